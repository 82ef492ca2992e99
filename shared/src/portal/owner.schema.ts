import { Type, type Static } from 'typebox'
import { NullableText } from '../http/nullable.ts'
import { Person } from '../vendors/vendor-fields.ts'

/** Who answers for something that goes on by itself. */
export const Owned = Type.Object({
  isMine: Type.Boolean(),
  ownerId: Type.Integer(),
  ownerName: NullableText(),
  /** They have left: it goes on, and nobody answers for it. */
  isOwnerGone: Type.Boolean(),
})
export type Owned = Static<typeof Owned>

/** All that one person answers for goes to another. */
export const HandOver = Type.Object({ fromId: Type.Integer({ minimum: 1 }), ownerId: Type.Integer({ minimum: 1 }) })
export type HandOver = Static<typeof HandOver>

/** What has become of who answers for something, for an audit. */
export const PastHandOver = Type.Object({ at: Type.String(), items: Type.Integer(), from: Person, to: Person, by: Person })
export type PastHandOver = Static<typeof PastHandOver>

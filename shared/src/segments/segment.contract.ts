import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { Share } from '../portal/share.schema.ts'
import { fieldIds, segmentSubjects } from './fields.ts'
import { RuleSchema } from './rule.ts'

const Name = Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' })
const Subject = Type.Enum([...segmentSubjects])
const Version = Type.Integer({ minimum: 1 })
const ById = Type.Object({ segmentId: Type.String({ format: 'uuid' }) })

/** What the CRM calls the choices that a rule names. */
export const ChoiceName = Type.Object({ field: Type.Enum([...fieldIds]), value: Type.String(), name: Type.String() })
export type ChoiceName = Static<typeof ChoiceName>

export const SegmentSummary = Type.Object({
  segmentId: Type.String(),
  subject: Subject,
  name: Type.String(),
  rule: RuleSchema,
  names: Type.Array(ChoiceName),
  version: Type.Integer(),
  isMine: Type.Boolean(),
  canEdit: Type.Boolean(),
  isShared: Type.Boolean(),
  ownerName: NullableText(),
  updatedAt: Type.String(),
})
export type SegmentSummary = Static<typeof SegmentSummary>

export const usePlaces = ['board', 'watch', 'report', 'decision'] as const
export const SegmentUse = Type.Object({
  place: Type.Enum([...usePlaces]),
  /** Null for what the reader may not see: it is counted all the same. */
  id: NullableText(),
  name: NullableText(),
})
export type SegmentUse = Static<typeof SegmentUse>

export const Segment = Type.Object({ ...SegmentSummary.properties, shares: Type.Array(Share), uses: Type.Array(SegmentUse) })
export type Segment = Static<typeof Segment>

export const SegmentVersion = Type.Object({
  version: Type.Integer(),
  name: Type.String(),
  rule: RuleSchema,
  restoredFrom: NullableInteger(),
  createdAt: Type.String(),
  createdBy: NullableText(),
})
export type SegmentVersion = Static<typeof SegmentVersion>

export const SegmentPreview = Type.Object({
  /** Records in the segment, and of all that the reader may see. */
  count: Type.Integer(),
  total: Type.Integer(),
  currency: Type.String(),
  /** Of deals their amounts, of vendors their purchases of twelve months; null where there is none. */
  sumMinor: NullableInteger(),
  sample: Type.Array(Type.Object({
    id: Type.String(),
    title: Type.String(),
    detail: NullableText(),
    amountMinor: NullableInteger(),
  })),
})
export type SegmentPreview = Static<typeof SegmentPreview>

export const SegmentChoice = Type.Object({ value: Type.String(), name: Type.String(), group: NullableText() })
export type SegmentChoice = Static<typeof SegmentChoice>

const Input = { name: Name, rule: RuleSchema }
const Preview = Type.Object({ subject: Subject, rule: RuleSchema })

export const segmentApi = {
  list: endpoint({
    method: 'GET', path: '/api/segments', summary: 'The viewer\'s segments and those shared with them',
    query: Type.Object({ subject: Type.Optional(Subject) }), reply: Type.Object({ currency: Type.String(), segments: Type.Array(SegmentSummary) }), errors: [],
  }),
  get: endpoint({ method: 'GET', path: '/api/segments/:segmentId', params: ById, reply: Segment, errors: ['segment.not_found'] }),
  create: endpoint({
    method: 'POST', path: '/api/segments', body: Type.Object({ subject: Subject, ...Input }), reply: Segment,
    errors: ['segment.invalid', 'segment.too_many'],
  }),
  save: endpoint({
    method: 'PUT', path: '/api/segments/:segmentId', summary: 'A new version; the older ones stay', params: ById,
    body: Type.Object({ version: Version, ...Input }), reply: Segment,
    errors: ['segment.not_found', 'segment.forbidden', 'segment.invalid', 'segment.changed_meanwhile'],
  }),
  remove: endpoint({
    method: 'DELETE', path: '/api/segments/:segmentId', summary: 'Refused while something uses it', params: ById, reply: ById,
    errors: ['segment.not_found', 'segment.forbidden', 'segment.used'],
  }),
  undoRemove: endpoint({ method: 'POST', path: '/api/segments/:segmentId/undo-removal', params: ById, reply: Segment, errors: ['segment.not_found', 'segment.forbidden'] }),
  versions: endpoint({ method: 'GET', path: '/api/segments/:segmentId/versions', params: ById, reply: Type.Array(SegmentVersion), errors: ['segment.not_found'] }),
  restore: endpoint({
    method: 'POST', path: '/api/segments/:segmentId/restore', summary: 'An older version becomes the newest', params: ById,
    body: Type.Object({ version: Version, restored: Version }), reply: Segment,
    errors: ['segment.not_found', 'segment.forbidden', 'segment.changed_meanwhile'],
  }),
  share: endpoint({
    method: 'PUT', path: '/api/segments/:segmentId/shares', summary: 'Who else chooses the segment, and who may change it', params: ById,
    body: Type.Object({ shares: Type.Array(Share, { maxItems: 100 }) }), reply: Segment, errors: ['segment.not_found', 'segment.forbidden'],
  }),
  preview: endpoint({
    method: 'POST', path: '/api/segments/preview', summary: 'How many records a rule lets in, with some of them', body: Preview, reply: SegmentPreview,
    errors: ['segment.invalid'],
  }),
  choices: endpoint({
    method: 'GET', path: '/api/segments/choices', summary: 'What a condition on this field can choose from',
    query: Type.Object({ field: Type.Enum([...fieldIds]), search: Type.Optional(Type.String({ maxLength: 100 })) }), reply: Type.Array(SegmentChoice), errors: [],
  }),
}

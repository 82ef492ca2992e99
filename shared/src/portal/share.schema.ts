import { Type, type Static } from 'typebox'

export const shareSubjects = ['everyone', 'user', 'department', 'head_of_department'] as const

/** Who else sees or changes something that a person made. */
export const Share = Type.Object({
  subjectKind: Type.Enum([...shareSubjects]),
  /** 0 for everyone. */
  subjectId: Type.Integer({ minimum: 0 }),
  role: Type.Enum(['viewer', 'editor']),
})
export type Share = Static<typeof Share>

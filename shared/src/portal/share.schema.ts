import { Type, type Static } from 'typebox'

/** Whoever has one of these on the day it is asked. The right over all vendors: that much, or more. */
export const shareRoles = ['department_head', 'vendor_admin', 'vendor_approver', 'vendor_editor'] as const

export const shareSubjects = ['everyone', 'user', 'department', 'head_of_department', ...shareRoles] as const

/** Who else sees or changes something that a person made. */
export const Share = Type.Object({
  subjectKind: Type.Enum([...shareSubjects]),
  /** 0 for everyone and for roles. */
  subjectId: Type.Integer({ minimum: 0 }),
  role: Type.Enum(['viewer', 'editor']),
})
export type Share = Static<typeof Share>

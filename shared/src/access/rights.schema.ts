import { Type, type Static } from 'typebox'
import { fieldGroups, vendorRoles } from './rights.ts'

export const RoleSchema = Type.Enum([...vendorRoles])
export const FieldGroupSchema = Type.Enum([...fieldGroups])

/** What the viewer may do with one vendor; the page offers exactly this. */
export const RightsSchema = Type.Object({
  role: RoleSchema,
  groups: Type.Array(FieldGroupSchema),
  roleOf: Type.Partial(Type.Object({ identity: RoleSchema, prices: RoleSchema, bank: RoleSchema, documents: RoleSchema, scores: RoleSchema })),
})
export type RightsOnVendor = Static<typeof RightsSchema>

import type { Generated } from 'kysely'
import type { AttributeGroup, AttributeKind, RequiredStart } from '@comptoir/shared/attributes/attribute'

export interface AttributeTables {
  vendor_attributes: {
    portal_id: number
    attribute_id: Generated<string>
    label: string
    kind: AttributeKind
    options: string[]
    field_group: AttributeGroup
    required_from: RequiredStart
    position: number
    is_archived: Generated<boolean>
    version: Generated<number>
    updated_at: Generated<Date>
    updated_by: number | null
  }
}

import type { Generated } from 'kysely'

export interface ProcessTables {
  process_templates: {
    portal_id: number
    process: string
    template_id: number
    added_at: Generated<Date>
    added_by: number
  }
}

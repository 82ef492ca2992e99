import type { Generated } from 'kysely'

export interface SettingsFileTables {
  settings_versions: {
    portal_id: number
    version: number
    origin: 'noticed' | 'file' | 'restored'
    file_name: string | null
    restored_from: number | null
    settings: unknown
    changes: unknown
    created_at: Generated<Date>
    created_by: number | null
  }
}

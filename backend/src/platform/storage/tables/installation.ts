import type { Generated } from 'kysely'

export interface InstallationTables {
  install_steps: {
    portal_id: number
    step: string
    app_version: string
    done_at: Generated<Date>
    fingerprint: string | null
    refused: Generated<string[]>
  }
}

import type { Generated } from 'kysely'
import type { RetentionKind } from '@comptoir/shared/personal-data/inventory'

export interface PersonalDataTables {
  retention_periods: {
    portal_id: number
    kind: RetentionKind
    months: number
    updated_at: Generated<Date>
    updated_by: number | null
  }
  erasures: {
    portal_id: number
    erasure_id: Generated<number>
    reason: 'request' | 'retention'
    counts: unknown
    at: Generated<Date>
    by_user_id: number | null
  }
  forgotten_people: {
    portal_id: number
    user_id: number
    at: Generated<Date>
  }
}

import type { Generated } from 'kysely'
import type { Share } from '@comptoir/shared/portal/share.schema'

export interface SegmentTables {
  segments: {
    portal_id: number
    segment_id: Generated<string>
    subject: 'deal' | 'vendor'
    name: string
    rule: unknown
    owner_id: number
    version: Generated<number>
    deleted_at: Date | null
    created_at: Generated<Date>
    updated_at: Generated<Date>
    updated_by: number
  }
  segment_versions: {
    portal_id: number
    segment_id: string
    version: number
    name: string
    rule: unknown
    restored_from: number | null
    created_at: Generated<Date>
    created_by: number
  }
  segment_shares: {
    portal_id: number
    segment_id: string
    subject_kind: Share['subjectKind']
    subject_id: number
    role: 'viewer' | 'editor'
  }
}

import type { Generated } from 'kysely'
import type { Share } from '@comptoir/shared/portal/share.schema'

export interface BoardTables {
  boards: {
    portal_id: number
    board_id: Generated<string>
    title: string
    owner_id: number
    version: Generated<number>
    pins: Generated<('deal' | 'company')[]>
    deleted_at: Date | null
    created_at: Generated<Date>
    updated_at: Generated<Date>
    updated_by: number
  }
  board_versions: {
    portal_id: number
    board_id: string
    version: number
    title: string
    spec: unknown
    restored_from: number | null
    created_at: Generated<Date>
    created_by: number
  }
  board_shares: {
    portal_id: number
    board_id: string
    subject_kind: Share['subjectKind']
    subject_id: number
    role: 'viewer' | 'editor'
  }
}

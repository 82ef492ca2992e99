import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'

export interface RelationshipDeps {
  readonly db: Database
  readonly now: () => Date
  readonly publicUrl: string
  readonly findPortal: (portalId: number) => Promise<PortalRecord | null>
}

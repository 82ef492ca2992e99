import { sql } from 'kysely'
import type { InsightSettings } from '@comptoir/shared/insights/insights.contract'
import type { Database } from '../../platform/storage/database.ts'

export async function saveInsightSettings(db: Database, portalId: number, settings: InsightSettings): Promise<InsightSettings> {
  await db.updateTable('portals')
    .set({ settings: sql`settings || ${JSON.stringify(settings)}::jsonb` })
    .where('portal_id', '=', portalId)
    .execute()
  return settings
}

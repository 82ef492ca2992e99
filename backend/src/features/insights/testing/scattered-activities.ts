import type { Database } from '../../../platform/storage/database.ts'
import type { InsightPortal } from '../ask.ts'

/** Calls and mails of leads and deals, done and to be done, in both directions, before and after what they are about. */
export async function scatteredActivities(db: Database, portal: InsightPortal, next: (below: number) => number): Promise<void> {
  await db.insertInto('crm_activities').values(Array.from({ length: 2400 }, (_, at) => {
    const isOfLead = at % 3 === 0
    return {
      portal_id: portal.id, activity_id: at + 1, owner_type_id: isOfLead ? 1 : 2, owner_id: 1 + next(isOfLead ? 220 : 720), type_id: 1 + next(4),
      is_completed: next(4) > 0, direction: next(3), created_at: new Date(Date.UTC(2025, 1, 1 + next(480), next(24), next(60))),
    }
  })).execute()
}

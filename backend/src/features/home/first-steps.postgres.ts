import { sql } from 'kysely'
import { firstStepKinds, type FirstStep } from '@comptoir/shared/home/home.contract'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'

type Reader = Pick<Caller, 'portal' | 'viewer'>

/** Whether each step has been done by anybody; none for who sets nothing up, or has put them away. */
export async function readFirstSteps(db: Database, { portal, viewer }: Reader): Promise<FirstStep[]> {
  if (!viewer.isAdmin)
    return []
  const { rows } = await sql<Record<FirstStep['kind'] | 'isHidden', boolean>>`select
    exists (select from viewer_settings where portal_id = ${portal.id} and user_id = ${viewer.userId} and first_steps_hidden_at is not null) as "isHidden",
    exists (select from vendors where portal_id = ${portal.id}) as vendors,
    exists (select from vendor_grants where portal_id = ${portal.id}) as rights,
    exists (select from action_runs where portal_id = ${portal.id}) as process,
    exists (select from report_schedules where portal_id = ${portal.id}) as report`.execute(db)
  const facts = rows[0]
  return facts && !facts.isHidden ? firstStepKinds.map(kind => ({ kind, isDone: facts[kind] })) : []
}

export async function hideFirstSteps(db: Database, { portal, viewer }: Reader, now: Date): Promise<void> {
  await db.insertInto('viewer_settings').values({ portal_id: portal.id, user_id: viewer.userId, first_steps_hidden_at: now })
    .onConflict(conflict => conflict.columns(['portal_id', 'user_id']).doUpdateSet({ first_steps_hidden_at: now })).execute()
}

import { sql } from 'kysely'
import { isAtLeast } from '@comptoir/shared/access/rights'
import type { Waiting } from '@comptoir/shared/home/home.contract'
import { addDays, dayAt } from '@comptoir/shared/insights/calendar'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { visiblePayables } from './payable-list.postgres.ts'
import { treasuryRole } from './treasury.postgres.ts'

type Reader = Pick<Caller, 'portal' | 'viewer'>

/** Runs that others have prepared and this person may approve, with what they add up to. */
export async function runsToApprove(db: Database, reader: Reader): Promise<Waiting> {
  const role = await treasuryRole(db, reader)
  if (role === null || !isAtLeast(role, 'approver'))
    return { count: 0, urgentCount: 0, amount: null }
  const { count, minor } = await db.selectFrom('payment_runs as r')
    .leftJoin('payment_run_items as i', join => join.onRef('i.portal_id', '=', 'r.portal_id').onRef('i.run_id', '=', 'r.run_id'))
    .where('r.portal_id', '=', reader.portal.id).where('r.status', '=', 'draft')
    .where(sql<boolean>`${reader.viewer.userId} <> all (r.author_ids)`)
    .select([sql<number>`count(distinct r.run_id)::int`.as('count'), sql<number>`coalesce(sum(i.amount_minor), 0)::bigint`.as('minor')])
    .executeTakeFirstOrThrow()
  return { count, urgentCount: 0, amount: reader.portal.currency === 'EUR' ? { minor, currency: 'EUR' } : null }
}

/** What is owed and in no run yet, due today plus so many days or earlier. */
export async function duePayables(db: Database, reader: Reader, days: number, now: Date): Promise<Waiting> {
  const { portal } = reader
  const today = dayAt(now, portal.timeZone)
  const { count, late, minor, unpriced } = await visiblePayables(db, reader)
    .where('payables.status', '=', 'open').where('payables.amount_minor', '>', 0).where('payables.due_on', '<=', addDays(today, days))
    .select([
      sql<number>`count(*)::int`.as('count'),
      sql<number>`(count(*) filter (where payables.due_on < ${today}))::int`.as('late'),
      sql<number>`coalesce(sum(payables.amount_base_minor), 0)::bigint`.as('minor'),
      sql<number>`(count(*) filter (where payables.amount_base_minor is null))::int`.as('unpriced'),
    ]).executeTakeFirstOrThrow()
  return { count, urgentCount: late, amount: unpriced > 0 ? null : { minor, currency: portal.currency } }
}

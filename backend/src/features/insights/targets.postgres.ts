import { addMonths, startOfMonth } from '@comptoir/shared/insights/calendar'
import type { MissingReason } from '@comptoir/shared/insights/metric'
import { isBound } from '@comptoir/shared/insights/period'
import type { Database } from '../../platform/storage/database.ts'
import { isUnfiltered, type Ask } from './ask.ts'

/** The sum of the period's months. A target is the portal's: it says nothing of some people or pipelines, nor of half a month. */
export async function readTarget(db: Database, ask: Ask): Promise<number | MissingReason> {
  const { range, portalId } = ask
  if (!isUnfiltered(ask))
    return 'target_for_all'
  if (!isBound(range) || range.from !== startOfMonth(range.from) || range.to !== startOfMonth(range.to))
    return 'no_target'
  const rows = await db.selectFrom('sales_targets').select(['month', 'amount_minor'])
    .where('portal_id', '=', portalId).where('month', '>=', range.from).where('month', '<', range.to).execute()
  const isWhole = addMonths(range.from, rows.length) === range.to
  return isWhole ? rows.reduce((sum, { amount_minor }) => sum + amount_minor, 0) : 'no_target'
}

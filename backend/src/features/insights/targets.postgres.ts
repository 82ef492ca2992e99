import type { SalesTarget, SalesTargets } from '@comptoir/shared/insights/insights.contract'
import { addMonths, startOfMonth } from '@comptoir/shared/insights/calendar'
import type { MissingReason } from '@comptoir/shared/insights/metric'
import { isBound } from '@comptoir/shared/insights/period'
import { inTransaction, type Database } from '../../platform/storage/database.ts'
import { isUnfiltered, type Ask, type InsightPortal } from './ask.ts'

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

export async function listTargets(db: Database, portal: Pick<InsightPortal, 'id' | 'currency'>): Promise<SalesTargets> {
  const rows = await db.selectFrom('sales_targets').select(['month', 'amount_minor']).where('portal_id', '=', portal.id).orderBy('month').execute()
  return { currency: portal.currency, targets: rows.map(({ month, amount_minor }) => ({ month, amountMinor: amount_minor })) }
}

export async function saveTargets(db: Database, portal: Pick<InsightPortal, 'id' | 'currency'>, { targets, userId }: { targets: readonly SalesTarget[], userId: number }): Promise<SalesTargets> {
  await inTransaction(db, async (tx) => {
    for (const { month, amountMinor } of targets) {
      if (amountMinor === null) {
        await tx.deleteFrom('sales_targets').where('portal_id', '=', portal.id).where('month', '=', month).execute()
        continue
      }
      const kept = { amount_minor: amountMinor, updated_by: userId, updated_at: new Date() }
      await tx.insertInto('sales_targets').values({ portal_id: portal.id, month, ...kept })
        .onConflict(conflict => conflict.columns(['portal_id', 'month']).doUpdateSet(kept)).execute()
    }
  })
  return listTargets(db, portal)
}

import type { MetricIngredient } from '@comptoir/shared/insights/insights.contract'
import { bucketsOf } from '@comptoir/shared/insights/bucket'
import { addMonths, daysBetween, monthsBetween, startOfMonth } from '@comptoir/shared/insights/calendar'
import type { Flow } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import { valueOf } from '@comptoir/shared/insights/tally'
import type { Database } from '../../platform/storage/database.ts'
import { daysOf, type Ask } from './ask.ts'
import { daysOfDeals } from './closed-deals.postgres.ts'
import { readTallies } from './metric-tally.postgres.ts'
import { owedEnd } from './purchasing-sources.postgres.ts'

/** What is still owed is looked for in the invoices of at most so many months. */
const mostMonths = 24

/** Whole months of won deals up to the end of the period, or to today while it runs. */
export async function readHistory(db: Database, ask: Ask): Promise<number> {
  const { from } = await daysOfDeals(db, { ...ask, range: { from: null, to: null } }, ['won'])
  return from === null ? 0 : Math.max(0, monthsBetween(from, owedEnd(ask)))
}

interface MonthBack extends Flow { readonly ingredient: MetricIngredient }

/** What was invoiced month by month back from the end of the period, the month in which it ends first. */
export async function readMonthsBack(db: Database, ask: Ask): Promise<MonthBack[]> {
  const { receivables_issued: issued } = metricCatalogue
  const to = owedEnd(ask)
  const range = { from: startOfMonth(addMonths(to, 1 - mostMonths)), to }
  const tallies = await readTallies(db, issued, { ...ask, range }, { kind: 'time', bucket: 'month' })
  return bucketsOf(range, 'month').toReversed().map((month) => {
    const tally = tallies.get(startOfMonth(month.from))
    const value = tally ? valueOf(issued, tally) ?? 0 : 0
    return {
      days: daysBetween(month.from, month.to),
      value,
      ingredient: { metricId: issued.id, unit: issued.unit, value, records: tally?.records ?? 0, within: daysOf(month) },
    }
  })
}

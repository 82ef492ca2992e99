import type { MetricId } from '@comptoir/shared/insights/metric'
import { addMonths, dayAt, startOfMonth } from '@comptoir/shared/insights/calendar'
import { horizonDays } from '@comptoir/shared/scenarios/scenario'
import type { ScenarioStart } from '@comptoir/shared/scenarios/scenario.contract'
import type { Database } from '../../platform/storage/database.ts'
import type { Reader } from './months-port.ts'
import { readPriceRatios, readVendorDays, readVendorOffers } from './vendor-offers.postgres.ts'

/** A metric of whole months as the analytics tell it to this viewer; null where they cannot tell. */
export interface MetricPort {
  readonly readMetric: (reader: Reader, metricId: MetricId, days: { readonly from: string, readonly to: string }) => Promise<{ readonly value: number | null, readonly isWithinRights: boolean }>
}

/** The twelve whole months that scenarios start from. */
export async function readScenarioStart({ db, now, readMetric }: MetricPort & { readonly db: Database, readonly now: () => Date }, reader: Reader): Promise<ScenarioStart> {
  const end = startOfMonth(dayAt(now(), reader.portal.timeZone))
  const year = { from: addMonths(end, -12), to: end }
  const value = async (metricId: MetricId) => (await readMetric(reader, metricId, year)).value
  // A delay that is seen in part is nobody's delay.
  const delay = async (metricId: MetricId) => {
    const read = await readMetric(reader, metricId, year)
    return read.isWithinRights ? null : read.value
  }
  const [dealsWon, dealsLost, winRate, averageValue, cycle, revenueWon, spend, customerDays, agreedDays, paidDays, vendors] = await Promise.all([
    value('deals_won'), value('deals_lost'), value('win_rate'), value('average_deal'), value('sales_cycle'), value('revenue_won'), readMetric(reader, 'spend_total', year),
    delay('dso'), readVendorDays(db, reader, year), delay('dpo'), readVendorOffers(db, reader, year),
  ])
  // A share of what one may see is no share of the company's costs.
  const known = spend.isWithinRights ? null : spend.value
  // Deals closed on the day they were entered have a cycle of nothing; the identity divides by it.
  const cycleDays = cycle === null ? null : Math.max(1, cycle)
  return {
    currency: reader.portal.currency,
    ...year,
    // Little's law: what is closed in a year, times how long each takes, is what is in play at one time. Deals that are
    // open and never close are in no figure of the year, and would be revenue here that never was.
    volume: dealsWon === null || dealsLost === null || cycleDays === null ? null : (dealsWon + dealsLost) * cycleDays / horizonDays,
    winRate, cycleDays, averageValue, revenueWon, customerDays, vendorDays: agreedDays ?? paidDays,
    spend: known,
    costShare: known === null || revenueWon === null || revenueWon <= 0 ? null : known / revenueWon,
    vendors,
    priceRatios: await readPriceRatios(db, reader, year, vendors.map(({ vendorId }) => vendorId)),
  }
}

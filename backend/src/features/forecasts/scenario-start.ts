import type { MetricId } from '@comptoir/shared/insights/metric'
import { addMonths, dayAt, startOfMonth } from '@comptoir/shared/insights/calendar'
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
  const [volume, winRate, averageValue, cycleDays, revenueWon, spend, vendorDays, vendors] = await Promise.all([
    value('deals_open'), value('win_rate'), value('average_deal'), value('sales_cycle'), value('revenue_won'), readMetric(reader, 'spend_total', year),
    readVendorDays(db, reader, year), readVendorOffers(db, reader, year),
  ])
  // A share of what one may see is no share of the company's costs.
  const known = spend.isWithinRights ? null : spend.value
  return {
    currency: reader.portal.currency,
    ...year,
    volume, winRate, averageValue, revenueWon, vendorDays,
    // Deals closed on the day they were entered have a cycle of nothing; the identity divides by it.
    cycleDays: cycleDays === null ? null : Math.max(1, cycleDays),
    spend: known,
    costShare: known === null || revenueWon === null || revenueWon <= 0 ? null : known / revenueWon,
    vendors,
    priceRatios: await readPriceRatios(db, reader, year, vendors.map(({ vendorId }) => vendorId)),
  }
}

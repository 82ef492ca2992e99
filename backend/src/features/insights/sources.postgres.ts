import type { MetricRecord, RecordFilters } from '@comptoir/shared/insights/insights.contract'
import type { LeftOutReason, MetricDefinition } from '@comptoir/shared/insights/metric'
import { addTallies, emptyTally, type Tally } from '@comptoir/shared/insights/tally'
import type { Database } from '../../platform/storage/database.ts'
import { answeredLeadSource } from './answered-leads.postgres.ts'
import type { Ask } from './ask.ts'
import type { Split } from './closed-deals.postgres.ts'
import { customerSource } from './customer-source.postgres.ts'
import { readDeals } from './deal-records.postgres.ts'
import { dealSource } from './deal-source.postgres.ts'
import { adCostSource, leadSource, paidDealSource } from './marketing-sources.postgres.ts'
import { forecastSource } from './forecast-source.postgres.ts'
import { pricedItemSource } from './priced-items.postgres.ts'
import { purchaseSource, readPurchases } from './purchase-records.postgres.ts'
import { readPurchasing } from './purchasing-records.postgres.ts'
import { orderLineSource, payableSource, vendorSource } from './purchasing-sources.postgres.ts'
import { receivableSource } from './receivables.postgres.ts'
import { scoredVendorSource, vendorInvoiceSource } from './scorecard-sources.postgres.ts'
import { tallyOfTotals, totalsOf, type Narrowed, type RecordSource } from './record-page.postgres.ts'

/** The records behind a metric as SQL. A formula has none. */
export async function sourceOf(db: Database, metric: MetricDefinition, { ask, narrowed }: { ask: Ask, narrowed: Narrowed }): Promise<RecordSource> {
  switch (metric.subject) {
    case 'deal': return metric.channels === 'paid' ? paidDealSource(db, metric, { ask, narrowed }) : dealSource(metric, ask, narrowed)
    case 'lead': return metric.measure === 'response_hours' ? answeredLeadSource(ask, narrowed) : leadSource(db, ask)
    case 'ad_cost': return adCostSource(db, ask, narrowed)
    case 'purchase': return purchaseSource(ask, narrowed)
    case 'vendor': return vendorSource(metric, ask, narrowed)
    case 'customer': return customerSource(metric, ask, narrowed)
    case 'receivable': return receivableSource(metric, ask, narrowed)
    case 'payable': return payableSource(metric, ask, narrowed)
    case 'order_line': return orderLineSource(ask, narrowed)
    case 'priced_item': return pricedItemSource(metric, ask, narrowed)
    case 'vendor_invoice': return vendorInvoiceSource(ask, narrowed)
    case 'scored_vendor': return scoredVendorSource(metric, ask, narrowed)
    case 'forecast': return forecastSource(metric, ask)
    case 'formula': throw new TypeError(`${metric.id} is made of other numbers and has no records`)
  }
}

export function readRows(db: Database, ask: Ask, source: RecordSource, filters: RecordFilters): Promise<(MetricRecord & { rank: number })[]> {
  if (source.entity === 'deal')
    return readDeals(db, ask, source, filters)
  return source.entity === 'purchase' ? readPurchases(db, ask, source, filters) : readPurchasing(db, ask, source, filters)
}

const whole: Split = { kind: 'none' }

/** What its records come to, counted one by one; with what it leaves out. */
export async function countRecords(db: Database, metric: MetricDefinition, ask: Ask): Promise<Tally> {
  const count = async (narrowed: Narrowed): Promise<Tally> => {
    const { rows } = await totalsOf(await sourceOf(db, metric, { ask, narrowed }), { split: whole, aggregate: narrowed.leftOut ? 'sum' : metric.aggregate }).execute(db)
    return tallyOfTotals(rows)
  }
  const [tally, ...leftOut] = await Promise.all([count({}), ...metric.leavesOut.map(reason => count({ leftOut: reason }))])
  return { ...tally, leftOut: Object.fromEntries(metric.leavesOut.flatMap((reason, at) => leftOut[at]!.records > 0 ? [[reason, leftOut[at]!.records]] : [])) }
}

export async function countParts(db: Database, metric: MetricDefinition, ask: Ask, split: Split): Promise<Map<string, Tally>> {
  const count = async (leftOut?: LeftOutReason): Promise<Map<string, Tally>> =>
    countSource(db, await sourceOf(db, metric, { ask, narrowed: { leftOut } }), { split, aggregate: leftOut ? 'sum' : metric.aggregate })
  // A channel whose deals cannot be priced brought something that nobody knows, not nothing.
  const reasons = split.kind === 'channel' || split.kind === 'campaign' ? metric.leavesOut : []
  const [parts, ...leftOut] = await Promise.all([count(), ...reasons.map(count)])
  const keys = new Set([parts, ...leftOut].flatMap(tallies => [...tallies.keys()]))
  return new Map([...keys].map(key => [key, {
    ...parts.get(key) ?? emptyTally,
    leftOut: Object.fromEntries(reasons.flatMap((reason, at) => leftOut[at]!.has(key) ? [[reason, leftOut[at]!.get(key)!.records]] : [])),
  }]))
}

export async function countSource(db: Database, source: RecordSource, by: Parameters<typeof totalsOf>[1]): Promise<Map<string, Tally>> {
  const { rows } = await totalsOf(source, by).execute(db)
  return new Map([...Map.groupBy(rows, ({ key }) => key ?? '')].map(([key, own]) => [key, addTallies([tallyOfTotals(own), emptyTally])]))
}

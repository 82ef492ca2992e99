import type { Dashboard, MetricFilters, MetricPart, MetricResult } from '@comptoir/shared/insights/insights.contract'
import type { MetricDefinition, MetricId } from '@comptoir/shared/insights/metric'
import { metricCatalogue as metrics } from '@comptoir/shared/insights/metric-catalogue'
import type { Tally } from '@comptoir/shared/insights/tally'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { Database } from '../../platform/storage/database.ts'
import { askOf, daysOf, type Ask, type AskedPeriods, type InsightPortal } from './ask.ts'
import { partsOfCells, tallyOfCells, type Cell, type CycleCell } from './cells.ts'
import { closedCells, cycleCells, daysOfDeals } from './closed-deals.postgres.ts'
import { figureOf } from './figure.postgres.ts'
import { readFreshness } from './freshness.postgres.ts'
import { readKnownSince } from './known-since.postgres.ts'
import { labelled } from './labels.postgres.ts'
import { boundBy, bucketOfRange, timeParts, toMetricResult } from './metric-result.ts'
import { cycleTally, readDataDays, withDealless } from './metric-tally.postgres.ts'
import { openCells } from './open-deals.postgres.ts'
import { segmentDashboard } from './segment-dashboard.postgres.ts'
import { isWithinRights, purchasesWithoutDeal, spendCells } from './spend.postgres.ts'

const topVendors = 10

/** What the page of analytics shows first. Rows are read once and serve every number that rests on them. */
export async function firstAnalytics(db: Database, portal: InsightPortal, viewer: Viewer, filters: MetricFilters, now = new Date()): Promise<Dashboard> {
  const asked = await askOf(db, portal, viewer, filters, now)
  if (filters.segmentId)
    return segmentDashboard(db, { portal, viewer, filters, asked, now })
  const [sales, pipelineOpen, spend, freshness] = await Promise.all([
    readSales(db, asked),
    readPipeline(db, asked.current),
    readSpend(db, asked),
    readFreshness(db, portal.id),
  ])
  return {
    currency: portal.currency,
    days: daysOf(asked.current.range),
    scope: asked.current.scope,
    freshness,
    ...sales.winRate.records === 0 && { closedDays: daysOf(await daysOfDeals(db, asked.current, ['won', 'lost'])) },
    ...sales,
    pipelineOpen,
    ...spend,
  }
}

type Sales = Pick<Dashboard, 'revenueWon' | 'dealsWon' | 'winRate' | 'averageDeal' | 'salesCycle'>

async function readSales(db: Database, { current, previous }: AskedPeriods): Promise<Sales> {
  const range = boundBy(current.range, await readDataDays(db, metrics.revenue_won, current))
  const bucket = bucketOfRange(range)
  const [cells, cycles, cellsBefore, cyclesBefore, knownSince] = await Promise.all([
    closedCells(db, current, { kind: 'time', bucket }),
    cycleCells(db, current, { kind: 'none' }),
    previous ? closedCells(db, previous, { kind: 'none' }) : [],
    previous ? cycleCells(db, previous, { kind: 'none' }) : [],
    previous && readKnownSince(db, metrics.revenue_won, previous),
  ])
  const answer = (id: MetricId, parts: MetricPart[] = []): MetricResult => {
    const metric = metrics[id]
    return toMetricResult({
      metric,
      ask: current,
      figure: figureOf(metric, closedTally(metric, cells, cycles)),
      previous: previous && { range: previous.range, figure: figureOf(metric, closedTally(metric, cellsBefore, cyclesBefore)), knownSince },
      by: parts.length > 0 ? 'time' : null,
      bucket: parts.length > 0 ? bucket : null,
      parts,
    })
  }
  return {
    revenueWon: answer('revenue_won', timeParts(metrics.revenue_won, range, bucket, partsOfCells(metrics.revenue_won, cells))),
    dealsWon: answer('deals_won'),
    winRate: answer('win_rate'),
    averageDeal: answer('average_deal'),
    salesCycle: answer('sales_cycle'),
  }
}

const closedTally = (metric: MetricDefinition, cells: readonly Cell[], cycles: readonly CycleCell[]): Tally =>
  metric.measure === 'cycle_days' ? cycleTally(metric, cells, cycles) : tallyOfCells(metric, cells)

async function readPipeline(db: Database, ask: Ask): Promise<MetricResult> {
  const metric = metrics.pipeline_open
  const cells = await openCells(db, ask, { kind: 'stage' })
  const parts = await labelled(db, metric, ask, 'stage', partsOfCells(metric, cells))
  return toMetricResult({ metric, ask, figure: figureOf(metric, tallyOfCells(metric, cells)), previous: null, by: 'stage', bucket: null, parts })
}

async function readSpend(db: Database, { current, previous }: AskedPeriods): Promise<Pick<Dashboard, 'spendTotal' | 'topVendors'>> {
  const metric = metrics.spend_total
  const range = boundBy(current.range, await readDataDays(db, metric, current))
  const bucket = bucketOfRange(range)
  const [cells, before, knownSince, top, withoutDeal, isPartial] = await Promise.all([
    spendCells(db, current, { kind: 'time', bucket }),
    previous ? spendCells(db, previous, { kind: 'none' }) : [],
    previous && readKnownSince(db, metric, previous),
    spendCells(db, current, { kind: 'vendor' }, { atMost: topVendors }),
    purchasesWithoutDeal(db, current),
    isWithinRights(db, current),
  ])
  const common = {
    metric,
    ask: current,
    figure: figureOf(metric, withDealless(tallyOfCells(metric, cells), withoutDeal)),
    previous: previous && { range: previous.range, figure: figureOf(metric, tallyOfCells(metric, before)), knownSince },
  }
  return {
    spendTotal: { ...toMetricResult({ ...common, by: 'time', bucket, parts: timeParts(metric, range, bucket, partsOfCells(metric, cells)) }), ...isPartial && { isWithinRights: true } },
    topVendors: toMetricResult({ ...common, by: 'vendor', bucket: null, parts: await labelled(db, metric, current, 'vendor', partsOfCells(metric, top)) }),
  }
}

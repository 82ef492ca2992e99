import { firstAnalyses } from '@comptoir/backend/features/analysis/first-questions.job'
import { firstForecasts } from '@comptoir/backend/features/forecasts/first-questions.job'
import { evaluateMetric } from '@comptoir/backend/features/insights/evaluate-metric.postgres'
import { learnStages } from '@comptoir/backend/features/insights/lessons.postgres'
import { readRecords } from '@comptoir/backend/features/insights/records.postgres'
import type { Caller } from '@comptoir/backend/platform/http/caller'
import { countAhead, keptAnswer } from '@comptoir/backend/platform/results/kept-answers.postgres'
import { freshDatabase, startTestServer } from '@comptoir/backend/platform/storage/test-database'
import type { Dimension, MetricId } from '@comptoir/shared/insights/metric'
import type { AnalyticsScope } from '@comptoir/shared/insights/insights.contract'
import { metricDefinitions } from '@comptoir/shared/insights/metric-catalogue'
import { rounded, quantile, type Figure } from './figure.ts'
import { generateAdCosts, generateDeals, generateStageChanges, generateWork } from './generate-deals.ts'

const admin = { userId: 1, name: 'Admin', isAdmin: true, departmentIds: [] }
/** One of forty; the department is one of eight. */
const seller = { userId: 5, name: 'Camille', isAdmin: false, departmentIds: [6] }
const now = new Date('2026-06-30T10:00:00Z')
const portal = { id: 1, timeZone: 'Europe/Paris', currency: 'EUR', settings: {} }
const deals = 1_000_000
/** Milliseconds that a tile may take. */
const budget = 150

/**
 * On a million deals: every figure of the catalogue counted as if nobody had asked before, the lists behind the largest of them,
 * and the pages of the analysis as they are first asked, after what is counted ahead has been.
 */
export async function metricFigures(): Promise<Figure[]> {
  const server = await startTestServer()
  process.env.TEST_DATABASE_URL = server.url
  const { db, pool, close } = await freshDatabase()
  try {
    await pool.query(`insert into portals (member_id, domain, client_endpoint, server_endpoint, status) values ('bench', 'd', 'https://d/rest/', 's', 'installed')`)
    await generateDeals(pool, 1, deals)
    await generateAdCosts(pool, 1)
    await generateWork(pool, 1)
    await generateStageChanges(pool, 1)
    const learned = await time(() => learnStages(db, 1, now), 1)
    const timeTiles = async (analyticsScope: AnalyticsScope, viewer = seller, by?: Dimension): Promise<Map<MetricId, number>> => {
      const asked = metricDefinitions.filter(({ dimensions }) => by === undefined || dimensions.includes(by))
      const asking = { ...portal, settings: { analyticsScope } }
      return new Map(await inTurn(asked, async ({ id }) => [id, await time(() => evaluateMetric(db, asking, viewer, { metricId: id, period: 'last_12_months', by }, now))] as const))
    }
    const tiles = await timeTiles('all', admin)
    const narrower = { own: await timeTiles('own'), department: await timeTiles('department') }
    const channels = await timeTiles('all', admin, 'channel')
    const lists = Object.fromEntries(await inTurn(['win_rate', 'sales_cycle', 'revenue_won', 'new_deals', 'pipeline_weighted', 'stale_share'] as const,
      async id => [id, await time(() => readRecords(db, portal, admin, id, { period: 'all', limit: 20 }, now))] as const))
    const caller = { portal: { ...portal, memberId: 'bench' }, viewer: admin } as unknown as Pick<Caller, 'portal' | 'viewer'>
    const ahead: Record<string, number> = {}
    const pages: Record<string, number> = {}
    for (const { question, count } of [...firstAnalyses(db), ...firstForecasts(db)]) {
      const [name] = question
      ahead[name] = await time(() => countAhead(db, { caller, question, now }, () => count(caller, now)), 1)
      pages[name] = await time(() => keptAnswer(db, { caller, question, now }, () => count(caller, now)))
    }
    return [
      { figure: 'metrics: slowest tile on 1,000,000 deals', value: slowest(tiles), unit: 'ms', budget, rule: 'most', details: counted(tiles) },
      ...(['own', 'department'] as const).map((scope): Figure => ({ figure: `metrics: slowest tile of a seller, scope ${scope}`, value: slowest(narrower[scope]), unit: 'ms', budget, rule: 'most', details: counted(narrower[scope]) })),
      { figure: 'metrics: slowest tile by channel', value: slowest(channels), unit: 'ms', budget, rule: 'most', details: counted(channels) },
      { figure: 'metrics: slowest list over all time', value: Math.max(...Object.values(lists)), unit: 'ms', budget, rule: 'most', details: lists },
      { figure: 'metrics: slowest page of the analysis and the forecast', value: Math.max(...Object.values(pages)), unit: 'ms', budget, rule: 'most', details: { ...pages, ahead, learned } },
    ]
  }
  finally {
    await close()
    await server.stop()
  }
}

const slowest = (tiles: ReadonlyMap<MetricId, number>): number => Math.max(...tiles.values())

/** How many figures were counted, those beyond the budget, and what else takes its time. */
function counted(tiles: ReadonlyMap<MetricId, number>): Readonly<Record<string, unknown>> {
  const above = (least: number): Record<string, number> => Object.fromEntries([...tiles].filter(([, ms]) => ms > least).toSorted(([, a], [, b]) => b - a))
  return { figures: tiles.size, overBudget: above(budget), above20: above(20) }
}

const samples = 7

/** The middle of a few runs after two for warmth. */
async function time(work: () => Promise<unknown>, runs = samples): Promise<number> {
  const times: number[] = []
  for (let run = runs > 3 ? -2 : 0; run < runs; run++) {
    const startedAt = performance.now()
    await work()
    if (run >= 0)
      times.push(performance.now() - startedAt)
  }
  return rounded(quantile(times, 0.5))
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const item of items)
    results.push(await work(item))
  return results
}

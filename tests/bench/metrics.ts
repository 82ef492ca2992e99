import { firstAnalyses } from '@comptoir/backend/features/analysis/first-questions.job'
import { firstForecasts } from '@comptoir/backend/features/forecasts/first-questions.job'
import { evaluateMetric } from '@comptoir/backend/features/insights/evaluate-metric.postgres'
import { learnStages } from '@comptoir/backend/features/insights/lessons.postgres'
import { readMetric } from '@comptoir/backend/features/insights/read-metric.postgres'
import { readRecords } from '@comptoir/backend/features/insights/records.postgres'
import type { Caller } from '@comptoir/backend/platform/http/caller'
import { countAhead, keptAnswer } from '@comptoir/backend/platform/results/kept-answers.postgres'
import { freshDatabase, startTestServer } from '@comptoir/backend/platform/storage/test-database'
import type { Dimension, MetricId } from '@comptoir/shared/insights/metric'
import type { AnalyticsScope } from '@comptoir/shared/insights/insights.contract'
import { metricCatalogue, metricDefinitions } from '@comptoir/shared/insights/metric-catalogue'
import { rounded, quantile, type Figure } from './figure.ts'
import { generateAdCosts, generateDeals, generateStageChanges } from './generate-deals.ts'

const admin = { userId: 1, name: 'Admin', isAdmin: true, departmentIds: [] }
/** One of forty; the department is one of eight. */
const seller = { userId: 5, name: 'Camille', isAdmin: false, departmentIds: [6] }
const now = new Date('2026-06-30T10:00:00Z')
const portal = { id: 1, timeZone: 'Europe/Paris', currency: 'EUR', settings: {} }
const deals = 1_000_000
const isReadOneByOne = (id: MetricId): boolean => {
  const { family, measure, ingredients } = metricCatalogue[id]
  return family === 'marketing' || ['activities', 'stage_days', 'response_hours', 'discount', 'list_value'].includes(measure) || ingredients.length > 0 && ingredients.every(isReadOneByOne)
}

/**
 * On a million deals: every figure of the catalogue as a tile counts it, the lists behind the largest of them, and the pages of
 * the analysis as they are first asked, after what is counted ahead has been.
 */
export async function metricFigures(): Promise<Figure[]> {
  const server = await startTestServer()
  process.env.TEST_DATABASE_URL = server.url
  const { db, pool, close } = await freshDatabase()
  try {
    await pool.query(`insert into portals (member_id, domain, client_endpoint, server_endpoint, status) values ('bench', 'd', 'https://d/rest/', 's', 'installed')`)
    await generateDeals(pool, 1, deals)
    await generateAdCosts(pool, 1)
    await generateStageChanges(pool, 1)
    const learned = await time(() => learnStages(db, 1, now), 1)
    const timeTiles = async (analyticsScope: AnalyticsScope, viewer = seller, by?: Dimension): Promise<Map<MetricId, number>> => {
      const asked = metricDefinitions.filter(({ dimensions }) => by === undefined || dimensions.includes(by))
      const caller = { portal: { ...portal, settings: { analyticsScope } }, viewer } as unknown as Pick<Caller, 'portal' | 'viewer'>
      // Of what is read record by record pages show the last count and renew it behind the reader.
      return new Map(await inTurn(asked, async ({ id }) => [id, await time(() => isReadOneByOne(id)
        ? readMetric(db, caller, { metricId: id, period: 'last_12_months', by }, now)
        : evaluateMetric(db, caller.portal, viewer, { metricId: id, period: 'last_12_months', by }, now))] as const))
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
      { figure: 'metrics: slowest tile on 1,000,000 deals', value: slowest(tiles), unit: 'ms', budget: 150, rule: 'most', details: above20(tiles) },
      ...(['own', 'department'] as const).map((scope): Figure => ({ figure: `metrics: slowest tile of a seller, scope ${scope}`, value: slowest(narrower[scope]), unit: 'ms', budget: 150, rule: 'most', details: above20(narrower[scope]) })),
      { figure: 'metrics: slowest tile by channel', value: slowest(channels), unit: 'ms', budget: 150, rule: 'most', details: above20(channels) },
      { figure: 'metrics: slowest list over all time', value: Math.max(...Object.values(lists)), unit: 'ms', budget: 150, rule: 'most', details: lists },
      { figure: 'metrics: slowest page of the analysis and the forecast', value: Math.max(...Object.values(pages)), unit: 'ms', budget: 150, rule: 'most', details: { ...pages, ahead, learned } },
    ]
  }
  finally {
    await close()
    await server.stop()
  }
}

const slowest = (tiles: ReadonlyMap<MetricId, number>): number => Math.max(...tiles.values())
const above20 = (tiles: ReadonlyMap<MetricId, number>): Record<string, number> => Object.fromEntries([...tiles].filter(([, ms]) => ms > 20))

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

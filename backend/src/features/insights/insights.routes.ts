import type { FastifyInstance } from 'fastify'
import { insightsApi, usualAnalyticsScope } from '@comptoir/shared/insights/insights.contract'
import { metricDefinitions } from '@comptoir/shared/insights/metric-catalogue'
import { serve } from '../../platform/http/serve.ts'
import type { Database } from '../../platform/storage/database.ts'
import { toAsk } from './ask.ts'
import { readChoices } from './choices.postgres.ts'
import { firstAnalytics } from './dashboard.postgres.ts'
import { readMetric } from './read-metric.postgres.ts'
import { checkRollups, rebuildInsights } from './rebuild.postgres.ts'
import { readRecords } from './records.postgres.ts'
import { listTargets, saveTargets } from './targets.postgres.ts'
import { pageUses, type ReadUses } from './uses.ts'
import { saveInsightSettings } from './settings.postgres.ts'

export interface InsightsDeps {
  readonly readUses: ReadUses
  readonly db: Database
  readonly now: () => Date
}

export function insightsRoutes(app: FastifyInstance, { db, now, readUses }: InsightsDeps): void {
  serve(app, insightsApi.dashboard, ({ query }, { portal, viewer }) => firstAnalytics(db, portal, viewer, query, now()))

  serve(app, insightsApi.metric, ({ params, query }, { portal, viewer }) =>
    readMetric(db, { portal, viewer }, { ...query, metricId: params.metricId }, now()))

  serve(app, insightsApi.records, ({ params, query }, { portal, viewer }) =>
    readRecords(db, portal, viewer, params.metricId, query, now()))

  serve(app, insightsApi.definitions, () => metricDefinitions.map(({ given: _given, combine: _combine, ...metric }) => ({
    ...metric,
    outcomes: [...metric.outcomes],
    leavesOut: [...metric.leavesOut],
    dimensions: [...metric.dimensions],
    recounted: [...metric.recounted],
    ingredients: [...metric.ingredients],
  })))

  serve(app, insightsApi.uses, async (_request, reader) => [...pageUses(), ...await readUses(reader)])

  serve(app, insightsApi.targets, (_request, { portal }) => listTargets(db, portal))

  serve(app, insightsApi.changeTargets, ({ body }, { portal, viewer }) => saveTargets(db, portal, { targets: body.targets, userId: viewer.userId }))

  serve(app, insightsApi.choices, (_request, { portal, viewer }) =>
    readChoices(db, toAsk(portal, viewer, { period: 'all' }, now()).current))

  serve(app, insightsApi.settings, (_request, { portal }) =>
    ({ analyticsScope: portal.settings.analyticsScope ?? usualAnalyticsScope }))

  serve(app, insightsApi.changeSettings, ({ body }, { portal }) => saveInsightSettings(db, portal.id, body))

  serve(app, insightsApi.rebuild, async (_request, { portal }) => {
    await rebuildInsights(db, portal.id)
    const { isConsistent } = await checkRollups(db, portal.id)
    return { isConsistent }
  })
}

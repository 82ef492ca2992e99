import type { FastifyInstance } from 'fastify'
import { forecastApi } from '@comptoir/shared/forecasts/forecast.contract'
import { scenarioApi } from '@comptoir/shared/scenarios/scenario.contract'
import { serve } from '../../platform/http/serve.ts'
import { keptAnswer } from '../../platform/results/kept-answers.postgres.ts'
import { readMetricForecast, type MetricForecastDeps } from './metric-forecast.postgres.ts'
import { readPipelineForecast } from './pipeline-forecast.postgres.ts'
import { readPipelines } from './pipeline.postgres.ts'
import { readScenarioStart, type MetricPort } from './scenario-start.postgres.ts'
import { changeScenario, createScenario, listScenarios, removeScenario } from './scenarios.postgres.ts'

export type ForecastsDeps = MetricForecastDeps & MetricPort

export function forecastRoutes(app: FastifyInstance, deps: ForecastsDeps): void {
  const { db, now } = deps
  serve(app, forecastApi.metric, ({ params, query }, caller) => readMetricForecast(deps, caller, params.metric, query))
  serve(app, forecastApi.pipeline, ({ query }, caller) => {
    const at = now()
    return keptAnswer(db, { caller, question: ['pipeline', query], now: at }, () => readPipelineForecast(db, { reader: caller, categoryId: query.categoryId ?? null }, at))
  })
  serve(app, forecastApi.choices, async (_request, { portal }) => ({ pipelines: await readPipelines(db, portal.id) }))

  serve(app, scenarioApi.start, (_request, caller) => readScenarioStart(deps, caller))
  serve(app, scenarioApi.list, (_request, caller) => listScenarios(db, caller))
  serve(app, scenarioApi.create, ({ body }, caller) => createScenario(db, caller, body, now()))
  serve(app, scenarioApi.change, ({ params, body }, caller) => changeScenario(db, caller, params.scenarioId, body, now()))
  serve(app, scenarioApi.remove, ({ params }, caller) => removeScenario(db, caller, params.scenarioId))
}

import { useMutation, useQuery, useQueryCache } from '@pinia/colada'
import { forecastApi, type ForecastMetric } from '@comptoir/shared/forecasts/forecast.contract'
import { scenarioApi, type Scenario, type ScenarioSpec } from '@comptoir/shared/scenarios/scenario.contract'
import { call } from '../../platform/api.ts'

const pipelineOf = (categoryId: number | null) => categoryId === null ? {} : { categoryId }

export const useMetricForecast = (metric: () => ForecastMetric, horizon: () => number, categoryId: () => number | null) => useQuery({
  key: () => ['forecasts', 'metric', metric(), horizon(), categoryId() ?? 'all'],
  query: ({ signal }) => call(forecastApi.metric, { params: { metric: metric() }, query: { horizon: horizon(), ...pipelineOf(categoryId()) } }, { signal }),
})

export const usePipelineForecast = (categoryId: () => number | null) => useQuery({
  key: () => ['forecasts', 'pipeline', categoryId() ?? 'all'],
  query: ({ signal }) => call(forecastApi.pipeline, { query: pipelineOf(categoryId()) }, { signal }),
})

export const useForecastChoices = () => useQuery({
  key: ['forecasts', 'choices'],
  query: ({ signal }) => call(forecastApi.choices, {}, { signal }),
})

export const useScenarioStart = () => useQuery({
  key: ['scenarios', 'start'],
  query: ({ signal }) => call(scenarioApi.start, {}, { signal }),
})

export const useScenarioList = () => useQuery({
  key: ['scenarios', 'list'],
  query: ({ signal }) => call(scenarioApi.list, {}, { signal }),
})

/** A new scenario, or the next version of one that is the viewer's own. */
export function useScenarioSaving() {
  const cache = useQueryCache()
  return useMutation({
    mutation: ({ spec, known }: { spec: ScenarioSpec, known: Scenario | null }) => known
      ? call(scenarioApi.change, { params: { scenarioId: known.scenarioId }, body: { ...spec, version: known.version } })
      : call(scenarioApi.create, { body: spec }),
    onSettled: () => cache.invalidateQueries({ key: ['scenarios', 'list'] }),
  })
}

export function useScenarioRemoval() {
  const cache = useQueryCache()
  return useMutation({
    mutation: (scenarioId: string) => call(scenarioApi.remove, { params: { scenarioId } }),
    onSettled: () => cache.invalidateQueries({ key: ['scenarios', 'list'] }),
  })
}

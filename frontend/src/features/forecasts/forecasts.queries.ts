import { useMutation, useQuery, useQueryCache } from '@pinia/colada'
import type { Tile } from '@comptoir/shared/dashboards/board'
import { boardApi } from '@comptoir/shared/dashboards/board.contract'
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

export const useChangeableBoards = () => useQuery({
  key: ['boards', 'changeable'],
  query: async ({ signal }) => (await call(boardApi.list, {}, { signal })).filter(({ canEdit }) => canEdit),
})

/** Puts something on a dashboard, onto its newest version. */
export function useBoardAddition() {
  const cache = useQueryCache()
  return useMutation({
    mutation: async ({ boardId, place }: { boardId: string, place: (tiles: readonly Tile[]) => Tile[] }) => {
      const { version, title, spec } = await call(boardApi.get, { params: { boardId } })
      return call(boardApi.save, { params: { boardId }, body: { version, title, spec: { ...spec, tiles: place(spec.tiles) } } })
    },
    onSettled: () => cache.invalidateQueries({ key: ['boards'] }),
  })
}

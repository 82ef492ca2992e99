import { useQuery, useQueryCache } from '@pinia/colada'
import { boardApi, type Board } from '@comptoir/shared/dashboards/board.contract'
import type { Crossing } from '@comptoir/shared/dashboards/figures'
import { insightsApi, type MetricFilters } from '@comptoir/shared/insights/insights.contract'
import type { Dimension, MetricId } from '@comptoir/shared/insights/metric'
import { call } from '../../platform/api.ts'

export const useBoards = () => useQuery({
  key: ['boards', 'list'],
  query: ({ signal }) => call(boardApi.list, {}, { signal }),
})

export const useBoard = (boardId: () => string) => useQuery({
  key: () => ['boards', 'board', boardId()],
  query: ({ signal }) => call(boardApi.get, { params: { boardId: boardId() } }, { signal }),
})

export const useBoardVersions = (boardId: () => string) => useQuery({
  key: () => ['boards', 'versions', boardId()],
  query: ({ signal }) => call(boardApi.versions, { params: { boardId: boardId() } }, { signal }),
})

export const useMetric = (asked: () => { readonly metricId: MetricId, readonly by: Dimension | null, readonly filters: MetricFilters }, isOn: () => boolean = () => true) => useQuery({
  key: () => ['insights', 'metric', JSON.stringify(asked())],
  enabled: isOn,
  query: ({ signal }) => {
    const { metricId, by, filters } = asked()
    return call(insightsApi.metric, { params: { metricId }, query: { ...filters, ...by !== null && { by } } }, { signal })
  },
})

export const useMetricGrid = (asked: () => { readonly metricId: MetricId, readonly by: Dimension, readonly across: Crossing, readonly filters: MetricFilters }, isOn: () => boolean) => useQuery({
  key: () => ['boards', 'grid', JSON.stringify(asked())],
  enabled: isOn,
  query: ({ signal }) => {
    const { metricId, by, across, filters } = asked()
    return call(boardApi.grid, { params: { metricId }, query: { ...filters, by, across } }, { signal })
  },
})

export function useBoardCache(): { keep: (board: Board) => void, forget: () => Promise<unknown> } {
  const cache = useQueryCache()
  return {
    keep(board) {
      cache.setQueryData(['boards', 'board', board.boardId], board)
      void cache.invalidateQueries({ key: ['boards', 'list'] })
      void cache.invalidateQueries({ key: ['boards', 'versions', board.boardId] })
    },
    forget: () => cache.invalidateQueries({ key: ['boards', 'list'] }),
  }
}

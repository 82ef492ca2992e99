import { useQuery, useQueryCache } from '@pinia/colada'
import { boardApi, type Board, type BoardPlace, type MetricGrid } from '@comptoir/shared/dashboards/board.contract'
import type { Crossing } from '@comptoir/shared/dashboards/figures'
import { insightsApi, type MetricFilters, type MetricResult } from '@comptoir/shared/insights/insights.contract'
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
  placeholderData: (last: MetricResult | undefined) => last && isSameQuestion(last, asked()) ? last : undefined,
})

/** Other filters on the same number: until the next figure comes the last one stays, and with it the reader's place in it. */
const isSameQuestion = (last: Pick<MetricResult, 'metricId' | 'by'>, { metricId, by }: Pick<MetricResult, 'metricId' | 'by'>): boolean => last.metricId === metricId && last.by === by

export const useMetricGrid = (asked: () => { readonly metricId: MetricId, readonly by: Dimension, readonly across: Crossing, readonly filters: MetricFilters }, isOn: () => boolean) => useQuery({
  key: () => ['boards', 'grid', JSON.stringify(asked())],
  enabled: isOn,
  query: ({ signal }) => {
    const { metricId, by, across, filters } = asked()
    return call(boardApi.grid, { params: { metricId }, query: { ...filters, by, across } }, { signal })
  },
  placeholderData: (last: MetricGrid | undefined) => last && last.across === asked().across && isSameQuestion(last.result, asked()) ? last : undefined,
})

/** The record whose page a board stands on. */
export interface RecordPlace { readonly place: BoardPlace, readonly recordId: string }
export interface BoardOfRecord extends RecordPlace { readonly boardId: string }

export const usePinnedBoards = (place: () => RecordPlace) => useQuery({
  key: () => ['boards', 'pinned', place().place, place().recordId],
  query: ({ signal }) => call(boardApi.pinned, { query: place() }, { signal }),
})

export const useRecordTile = (asked: () => { readonly tileId: string, readonly version: string, readonly filters: MetricFilters, readonly ofRecord: BoardOfRecord | null }) => useQuery({
  key: () => ['boards', 'record-tile', JSON.stringify(asked())],
  enabled: () => asked().ofRecord !== null,
  query: ({ signal }) => {
    const { tileId, filters, ofRecord } = asked()
    const { boardId, place, recordId } = ofRecord ?? { boardId: '', place: 'deal', recordId: '' }
    return call(boardApi.recordTile, { params: { boardId, tileId }, query: { ...filters, place, recordId } }, { signal })
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

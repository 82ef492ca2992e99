import { questionOf, type Tile } from '@comptoir/shared/dashboards/board'
import type { MetricFilters } from '@comptoir/shared/insights/insights.contract'
import { computed, type ComputedRef } from 'vue'
import { useMetric, useMetricGrid, useRecordTile, type BoardOfRecord } from './boards.queries.ts'
import type { TileData } from './tile-chart.ts'

interface Loaded {
  readonly data: ComputedRef<TileData | null>
  readonly error: ComputedRef<unknown>
  readonly isLoading: ComputedRef<boolean>
  readonly refetch: () => void
}

/** What a tile shows: its number, with a second breakdown or a second number where it has one. */
export function useTileData(tile: () => Tile, filters: () => MetricFilters, ofRecord: () => BoardOfRecord | null): Loaded {
  const asked = (): MetricFilters => ({ ...filters(), ...questionOf(tile()) })
  const single = useMetric(() => ({ metricId: tile().metricId, by: tile().by, filters: asked() }), () => !tile().across && !ofRecord())
  const against = useMetric(() => ({ metricId: tile().against ?? tile().metricId, by: tile().by, filters: asked() }), () => Boolean(tile().against) && !ofRecord())
  const grid = useMetricGrid(() => ({ metricId: tile().metricId, by: tile().by ?? 'time', across: tile().across ?? 'responsible', filters: asked() }), () => Boolean(tile().across) && !ofRecord())
  // The server knows what the tile asks; a changed tile is asked for again.
  const record = useRecordTile(() => ({ tileId: tile().tileId, version: JSON.stringify(tile()), filters: filters(), ofRecord: ofRecord() }))
  const used = computed(() => ofRecord() ? [record] : tile().across ? [grid] : tile().against ? [single, against] : [single])
  return {
    data: computed(() => {
      if (ofRecord())
        return record.data.value ?? null
      const cross = tile().across ? grid.data.value ?? null : null
      const other = tile().against ? against.data.value ?? null : null
      const result = tile().across ? cross?.result : single.data.value
      return result && (!tile().against || other) ? { result, grid: cross, against: other } : null
    }),
    error: computed(() => used.value.find(({ error }) => error.value)?.error.value ?? null),
    isLoading: computed(() => used.value.some(({ isLoading }) => isLoading.value)),
    refetch: () => used.value.forEach(query => void query.refetch()),
  }
}

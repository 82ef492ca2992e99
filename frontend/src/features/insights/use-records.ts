import { boardApi } from '@comptoir/shared/dashboards/board.contract'
import { insightsApi, type MetricFilters, type MetricRecord, type MetricRecords, type RecordFilters } from '@comptoir/shared/insights/insights.contract'
import type { MetricId } from '@comptoir/shared/insights/metric'
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { call } from '../../platform/api.ts'
import type { RecordPlace } from './boards.queries.ts'
import { recordFilters, type Drill } from './drill.ts'

export interface Records {
  readonly records: ShallowRef<readonly MetricRecord[]>
  readonly total: ShallowRef<MetricRecords['total']>
  readonly hasMore: Ref<boolean>
  readonly isLoading: Ref<boolean>
  readonly error: ShallowRef<unknown>
  more: () => Promise<void>
  reload: () => Promise<void>
}

/** A page of records: of everybody's, or of the open record's alone. */
const readPage = (metricId: MetricId, query: RecordFilters, { place, signal }: { place: RecordPlace | null, signal?: AbortSignal }): Promise<MetricRecords> => place
  ? call(boardApi.recordsBehind, { params: { metricId }, query: { ...query, ...place } }, { signal })
  : call(insightsApi.records, { params: { metricId }, query }, { signal })

/** Records page by page; another question starts anew and forgets what is still on its way. */
export function useRecords(filters: () => MetricFilters, drill: () => Drill, place: () => RecordPlace | null): Records {
  const records = shallowRef<readonly MetricRecord[]>([])
  const total = shallowRef<MetricRecords['total']>(null)
  const error = shallowRef<unknown>(null)
  const hasMore = ref(false)
  const isLoading = ref(false)
  let after: string | undefined
  let asking: AbortController | null = null

  async function ask(): Promise<void> {
    asking?.abort()
    const { signal } = asking = new AbortController()
    isLoading.value = true
    error.value = null
    try {
      const page = await readPage(drill().metricId, { ...recordFilters(filters(), drill()), after, limit: after ? 50 : 20 }, { place: place(), signal })
      records.value = after ? [...records.value, ...page.records] : page.records
      total.value = page.total ?? total.value
      after = page.next ?? undefined
      hasMore.value = page.next !== null
    }
    catch (caught) {
      if (signal.aborted)
        return
      error.value = caught
    }
    isLoading.value = false
  }

  function reload(): Promise<void> {
    after = undefined
    records.value = []
    total.value = null
    hasMore.value = false
    return ask()
  }

  watch(() => JSON.stringify([filters(), drill()]), () => void reload(), { immediate: true })
  onScopeDispose(() => asking?.abort())
  return { records, total, hasMore, isLoading, error, more: ask, reload }
}

/** Rows an export holds at most: beyond that a file is no longer something to read. */
export const exportAtMost = 20_000

export async function readAllRecords(metricId: MetricId, filters: RecordFilters, place: RecordPlace | null): Promise<{ records: MetricRecord[], isCut: boolean }> {
  const records: MetricRecord[] = []
  let after: string | undefined
  do {
    const page = await readPage(metricId, { ...filters, after, limit: 1000 }, { place })
    records.push(...page.records)
    after = page.next ?? undefined
  } while (after && records.length < exportAtMost)
  return { records, isCut: after !== undefined }
}

import { historyApi, type HistoryFilter, type HistoryLine } from '@comptoir/shared/access/history.contract'
import type { Person } from '@comptoir/shared/vendors/vendor-fields'
import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { call } from '../../platform/api.ts'

export interface HistoryState {
  readonly lines: Ref<readonly HistoryLine[]>
  /** Who there is to filter by. */
  readonly people: Ref<readonly Person[]>
  readonly hasMore: Ref<boolean>
  readonly isLoading: Ref<boolean>
  readonly error: ShallowRef<unknown>
  more: () => Promise<void>
  reload: () => Promise<void>
  /** Every line of the filter, read page by page. */
  all: () => Promise<readonly HistoryLine[]>
}

const exportPage = 1000
/** A file that a spreadsheet still opens. */
const exportAtMost = 50_000

export function useHistory(filter: () => HistoryFilter): HistoryState {
  const lines = ref<readonly HistoryLine[]>([])
  const people = ref<readonly Person[]>([])
  const hasMore = ref(false)
  const isLoading = ref(false)
  const error = shallowRef<unknown>(null)
  let before: number | undefined
  let turn = 0

  async function load({ isMore }: { isMore: boolean }): Promise<void> {
    const mine = ++turn
    isLoading.value = true
    error.value = null
    try {
      const page = await call(historyApi.list, { query: { ...filter(), ...isMore && before !== undefined && { before } } })
      if (mine !== turn)
        return
      lines.value = isMore ? [...lines.value, ...page.lines] : page.lines
      if (!isMore)
        people.value = page.people
      before = page.nextBefore ?? undefined
      hasMore.value = page.nextBefore !== null
    }
    catch (caught) {
      if (mine === turn)
        error.value = caught
    }
    if (mine === turn)
      isLoading.value = false
  }

  async function all(): Promise<readonly HistoryLine[]> {
    const read: HistoryLine[] = []
    let next: number | undefined
    do {
      const page = await call(historyApi.list, { query: { ...filter(), limit: exportPage, ...next !== undefined && { before: next } } })
      read.push(...page.lines)
      next = page.nextBefore ?? undefined
    } while (next !== undefined && read.length < exportAtMost)
    return read
  }

  watch(() => JSON.stringify(filter()), () => load({ isMore: false }), { immediate: true })
  return { lines, people, hasMore, isLoading, error, all, more: () => load({ isMore: true }), reload: () => load({ isMore: false }) }
}

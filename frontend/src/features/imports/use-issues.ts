import { importApi, type ImportIssue, type IssueRow } from '@comptoir/shared/imports/import.contract'
import type { RowDecision } from '@comptoir/shared/imports/row-context'
import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { call } from '../../platform/api.ts'

export type IssueFilter = { readonly severity?: 'error' | 'warning', readonly code?: ImportIssue['code'] }

export interface Issues {
  readonly rows: ShallowRef<readonly IssueRow[]>
  readonly total: Ref<number>
  readonly hasMore: Ref<boolean>
  readonly isLoading: Ref<boolean>
  readonly error: ShallowRef<unknown>
  load: () => Promise<void>
  loadMore: () => Promise<void>
  /** Corrects a cell, or all that hold the same; answers how many rows were corrected. */
  /** Leaves a row out, takes it in, or takes that back. */
  decide: (line: number, decision: RowDecision | null) => Promise<void>
  /** The same for every row with the fault; answers how many. */
  decideAll: (code: ImportIssue['code'], decision: RowDecision | null) => Promise<number>
  fix: (line: number, column: number, value: string, everywhere: boolean) => Promise<number>
}

const pageSize = 100

/** Rows with something wrong, page by page, in the order of the file. */
export function useIssues(importId: string, filter: () => IssueFilter): Issues {
  const rows = shallowRef<readonly IssueRow[]>([])
  const total = ref(0)
  const next = ref<number | null>(null)
  const hasMore = ref(false)
  const isLoading = ref(false)
  const error = shallowRef<unknown>(null)
  const params = { importId }

  async function read(afterLine: number | null): Promise<void> {
    isLoading.value = true
    try {
      const page = await call(importApi.issues, { params, query: { ...filter(), limit: pageSize, ...afterLine !== null && { afterLine } } })
      rows.value = afterLine === null ? page.rows : [...rows.value, ...page.rows]
      total.value = page.total
      next.value = page.nextAfterLine
      hasMore.value = page.nextAfterLine !== null
      error.value = null
    }
    catch (cause) {
      error.value = cause
    }
    isLoading.value = false
  }

  watch(() => JSON.stringify(filter()), () => void read(null), { immediate: true })

  return {
    rows, total, hasMore, isLoading, error,
    load: () => read(null),
    loadMore: () => read(next.value),
    decide: async (line, decision) => {
      const { row } = await call(importApi.decideRows, { params, body: { line, decision } })
      rows.value = rows.value.map(known => known.line === line && row ? row : known)
    },
    decideAll: async (code, decision) => {
      const { decidedRows } = await call(importApi.decideRows, { params, body: { code, decision } })
      await read(null)
      return decidedRows
    },
    fix: async (line, column, value, everywhere) => {
      const { row, fixedRows } = await call(importApi.fix, { params, body: { line, column, value, everywhere } })
      // A row that is right stays in sight until the list is read again: whoever corrects keeps their place.
      if (fixedRows > 1)
        await read(null)
      else
        rows.value = rows.value.map(known => known.line === line ? row : known)
      return fixedRows
    },
  }
}

import { useQuery, useQueryCache } from '@pinia/colada'
import { accountingApi, type Accounting, type ExportChoice } from '@comptoir/shared/accounting/accounting.contract'
import { call } from '../../platform/api.ts'

const key = ['accounting', 'all']

export const useAccounting = () => useQuery({ key, query: ({ signal }) => call(accountingApi.get, {}, { signal }) })

/** What a write answered is what is on file now. */
export function useKeepAccounting(): (accounting: Accounting) => void {
  const cache = useQueryCache()
  return (accounting) => {
    cache.setQueryData(key, accounting)
    void cache.invalidateQueries({ key: ['accounting', 'preview'] })
  }
}

export const useExportPreview = (choice: () => ExportChoice) => useQuery({
  key: () => ['accounting', 'preview', { ...choice() }],
  query: ({ signal }) => call(accountingApi.preview, { query: choice() }, { signal }),
})

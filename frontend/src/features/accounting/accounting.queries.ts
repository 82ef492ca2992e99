import { useQuery, useQueryCache } from '@pinia/colada'
import { accountingApi, type Accounting, type ExportChoice } from '@comptoir/shared/accounting/accounting.contract'
import type { PresetMapping } from '@comptoir/shared/accounting/preset-mapping'
import { accountingPresetApi } from '@comptoir/shared/accounting/preset.contract'
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

export function useReloadAccounting(): () => Promise<unknown> {
  const cache = useQueryCache()
  return () => cache.invalidateQueries({ key: ['accounting'] })
}

export const useExportPreview = (choice: () => ExportChoice) => useQuery({
  key: () => ['accounting', 'preview', { ...choice() }],
  query: ({ signal }) => call(accountingApi.preview, { query: choice() }, { signal }),
})

export const useWrittenExports = () => useQuery({ key: ['accounting', 'written'], query: ({ signal }) => call(accountingApi.exports, {}, { signal }), staleTime: 0 })

export const usePresetVersions = (presetId: () => string) => useQuery({
  key: () => ['accounting', 'versions', presetId()],
  query: ({ signal }) => call(accountingPresetApi.versions, { params: { presetId: presetId() } }, { signal }),
  staleTime: 0,
})

interface AskedPreview { readonly mapping: PresetMapping, readonly from: string, readonly to: string }
interface PreviewRows { rows: string[][], rowCount: number }

/** The last answer stays while the next is on its way. */
export const useMappingPreview = (asked: () => AskedPreview) => useQuery({
  key: () => ['accounting', 'mapping', JSON.stringify(asked())],
  query: ({ signal }) => call(accountingPresetApi.preview, { body: asked() }, { signal }),
  placeholderData: (previous: PreviewRows | undefined) => previous,
})

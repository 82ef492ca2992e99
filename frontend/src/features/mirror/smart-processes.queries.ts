import { smartProcessApi } from '@comptoir/shared/mirror/smart-process.contract'
import { useQuery, useQueryCache } from '@pinia/colada'
import { call } from '../../platform/api.ts'

const key = ['mirror', 'smart-processes']

export const useSmartProcesses = () => useQuery({ key, query: ({ signal }) => call(smartProcessApi.list, {}, { signal }) })

export function useSmartProcessChoice(): (entityTypeIds: readonly number[]) => Promise<void> {
  const cache = useQueryCache()
  return async (entityTypeIds) => {
    cache.setQueryData(key, await call(smartProcessApi.choose, { body: { entityTypeIds: [...entityTypeIds] } }))
    await cache.invalidateQueries({ key: ['mirror', 'state'] })
  }
}

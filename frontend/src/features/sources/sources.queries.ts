import { sourceApi, type Sources } from '@comptoir/shared/sources/source.contract'
import { useQuery, useQueryCache } from '@pinia/colada'
import { call } from '../../platform/api.ts'

const key = ['sources', 'list']

export const useSources = () => useQuery({ key, query: ({ signal }) => call(sourceApi.list, {}, { signal }), staleTime: 0 })

export const useSourceRuns = (sourceId: () => string, lastRunId: () => string) => useQuery({
  key: () => ['sources', 'runs', sourceId(), lastRunId()],
  query: ({ signal }) => call(sourceApi.runs, { params: { sourceId: sourceId() } }, { signal }),
})

export function useKeepSources(): (sources: Sources) => void {
  const cache = useQueryCache()
  return (sources) => {
    cache.setQueryData(key, sources)
    void cache.invalidateQueries({ key: ['sources', 'report'] })
  }
}

import { useMutation, useQuery, useQueryCache } from '@pinia/colada'
import { homeApi, type Home } from '@comptoir/shared/home/home.contract'
import { call } from '../../platform/api.ts'
import { takeFirst } from '../../platform/boot.ts'

const key = ['home']

export const useHome = () => useQuery({
  key,
  query: ({ signal }) => call(homeApi.read, {}, { signal }),
  initialData: () => homeIn(takeFirst<unknown>()),
})

/** What came with the page may belong to another placement that led here. */
const homeIn = (first: unknown): Home | undefined =>
  typeof first === 'object' && first !== null && 'tasks' in first && 'firstSteps' in first ? first as Home : undefined

export function useHideFirstSteps() {
  const cache = useQueryCache()
  return useMutation({
    mutation: () => call(homeApi.hideFirstSteps, {}),
    onSuccess: home => cache.setQueryData(key, home),
  })
}

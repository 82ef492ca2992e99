import { watchApi, type OwnedWatches, type Watch, type WatchInput, type Watches, type WatchTrial, type WatchTry } from '@comptoir/shared/alerts/watch.contract'
import type { HandOver } from '@comptoir/shared/portal/owner.schema'
import { reportApi } from '@comptoir/shared/reports/report.contract'
import { useQuery, useQueryCache } from '@pinia/colada'
import { call } from '../../platform/api.ts'

const key = ['watches', 'list']
const portalKey = ['watches', 'portal']

export const useWatches = () => useQuery({ key, query: ({ signal }) => call(watchApi.list, {}, { signal }), staleTime: 0 })

export const usePortalWatches = () => useQuery({ key: portalKey, query: ({ signal }) => call(watchApi.all, {}, { signal }), staleTime: 0 })

/** Whom something can be handed over to. */
export const usePeople = () => useQuery({ key: ['reports', 'choices'], query: ({ signal }) => call(reportApi.choices, {}, { signal }) })

/** Asked anew when the rule changes; the last answer stays while the next is on its way. */
export const useTrial = (input: () => WatchTry | null) => useQuery({
  key: () => ['watches', 'trial', JSON.stringify(input())],
  query: ({ signal }) => call(watchApi.try, { body: input() as WatchTry }, { signal }),
  enabled: () => input() !== null,
  placeholderData: (previous: WatchTrial | undefined) => previous,
})

export interface WatchWrites {
  create: (input: WatchInput) => Promise<void>
  change: (watch: Watch, change: Partial<WatchInput> & { isOn?: boolean }) => Promise<void>
  remove: (watchId: string) => Promise<void>
  judge: (watchId: string, month: string, judgement: 'useful' | 'normal') => Promise<void>
}

export function useWatchWrites(): WatchWrites {
  const cache = useQueryCache()
  function keep(watches: Watches): void {
    cache.setQueryData(key, watches)
    void cache.invalidateQueries({ key: portalKey })
  }
  return {
    create: async input => keep(await call(watchApi.create, { body: input })),
    async change({ watchId, metric, categoryId, segmentId, rule, coolDownMonths, isOn, version }, change) {
      keep(await call(watchApi.change, { params: { watchId }, body: { metric, categoryId, ...segmentId && !change.metric && { segmentId }, rule, coolDownMonths, isOn, version, ...change } }))
    },
    remove: async watchId => keep(await call(watchApi.remove, { params: { watchId } })),
    async judge(watchId, month, judgement) {
      keep(await call(watchApi.judge, { params: { watchId }, body: { month, judgement } }))
      await cache.invalidateQueries({ key: ['notices'] })
    },
  }
}

const handOversKey = ['watch-owners']
export const usePastHandOvers = () => useQuery({ key: handOversKey, query: ({ signal }) => call(watchApi.handOvers, {}, { signal }) })

export interface PortalWatchWrites {
  pause: (watchId: string, isPaused: boolean) => Promise<void>
  handOver: (body: HandOver) => Promise<void>
}

/** Some of them may be one's own. */
export function usePortalWatchWrites(): PortalWatchWrites {
  const cache = useQueryCache()
  async function keep(watches: OwnedWatches): Promise<void> {
    cache.setQueryData(portalKey, watches)
    await cache.invalidateQueries({ key })
  }
  return {
    pause: async (watchId, isPaused) => keep(await call(watchApi.pause, { params: { watchId }, body: { isPaused } })),
    async handOver(body) {
      await keep(await call(watchApi.handOverAll, { body }))
      await cache.invalidateQueries({ key: handOversKey })
    },
  }
}

import { useQuery, useQueryCache } from '@pinia/colada'
import { boardApi } from '@comptoir/shared/dashboards/board.contract'
import { reportApi } from '@comptoir/shared/reports/report.contract'
import { onScopeDispose, watch } from 'vue'
import { call } from '../../platform/api.ts'

export const useSchedules = () => useQuery({
  key: ['reports', 'schedules'],
  query: ({ signal }) => call(reportApi.schedules, {}, { signal }),
})

export const useReportFiles = () => useQuery({
  key: ['reports', 'files'],
  query: ({ signal }) => call(reportApi.files, {}, { signal }),
})

export const useReportRuns = (scheduleId: () => string) => useQuery({
  key: () => ['reports', 'runs', scheduleId()],
  query: ({ signal }) => call(reportApi.runs, { params: { scheduleId: scheduleId() } }, { signal }),
})

export const usePastHandOvers = () => useQuery({
  key: ['reports', 'owners'],
  query: ({ signal }) => call(reportApi.handOvers, {}, { signal }),
})

export const useReportChoices = () => useQuery({
  key: ['reports', 'choices'],
  query: ({ signal }) => call(reportApi.choices, {}, { signal }),
})

export const useBoardChoices = () => useQuery({
  key: ['boards', 'list'],
  query: ({ signal }) => call(boardApi.list, {}, { signal }),
})

const lookEveryMs = 3_000

/** While a report is being made, its state is asked for again; once it is there, so are its files. */
export function useProgress(isMaking: () => boolean): void {
  const cache = useQueryCache()
  let timer: ReturnType<typeof setInterval> | undefined
  watch(isMaking, (making, was) => {
    clearInterval(timer)
    if (making)
      timer = setInterval(() => void cache.invalidateQueries({ key: ['reports', 'schedules'] }), lookEveryMs)
    else if (was)
      void cache.invalidateQueries({ key: ['reports'] })
  }, { immediate: true })
  onScopeDispose(() => clearInterval(timer))
}

export function useReportCache(): { refresh: () => Promise<unknown> } {
  const cache = useQueryCache()
  return { refresh: () => cache.invalidateQueries({ key: ['reports'] }) }
}

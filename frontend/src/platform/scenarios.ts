import { scenarioApi } from '@comptoir/shared/scenarios/scenario.contract'
import { useQuery } from '@pinia/colada'
import { call } from './api.ts'

/** The year that scenarios start from, in the viewer's rights. */
export const useScenarioStart = () => useQuery({
  key: ['scenarios', 'start'],
  query: ({ signal }) => call(scenarioApi.start, {}, { signal }),
})

/** The viewer's own scenarios and the shared ones. */
export const useScenarioList = () => useQuery({
  key: ['scenarios', 'list'],
  query: ({ signal }) => call(scenarioApi.list, {}, { signal }),
})

import { useQuery } from '@pinia/colada'
import { reportApi } from '@comptoir/shared/reports/report.contract'
import { call } from '../../platform/api.ts'

/** With whom a board can be shared: the same people and departments that reports go to. */
export const useShareChoices = () => useQuery({
  key: ['reports', 'choices'],
  query: ({ signal }) => call(reportApi.choices, {}, { signal }),
})

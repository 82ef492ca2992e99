import { actionApi } from '@comptoir/shared/actions/action.contract'
import { useQuery } from '@pinia/colada'
import { call } from '../../platform/api.ts'

/** Pipelines and people, asked once for all fields that offer them. */
export const useChoices = (isNeeded: () => boolean) => useQuery({
  key: ['actions', 'choices'],
  query: ({ signal }) => call(actionApi.choices, {}, { signal }),
  enabled: isNeeded,
})

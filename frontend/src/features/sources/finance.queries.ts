import type { PeriodChoice } from '@comptoir/shared/insights/period'
import { financeApi, type LedgerGroup } from '@comptoir/shared/sources/finance.contract'
import { useQuery } from '@pinia/colada'
import { call } from '../../platform/api.ts'

export const useFinance = (chosen: () => PeriodChoice, sourceId: () => string | null) => useQuery({
  key: () => ['sources', 'report', 'finance', sourceId() ?? '', { ...chosen() }],
  query: ({ signal }) => {
    const id = sourceId()
    return call(financeApi.report, { query: { ...chosen(), ...id !== null && { sourceId: id } } }, { signal })
  },
})

export const useLedgerLines = (asked: () => { readonly sourceId: string, readonly month: string, readonly group: LedgerGroup }) => useQuery({
  key: () => ['sources', 'report', 'lines', { ...asked() }],
  query: ({ signal }) => call(financeApi.lines, { query: asked() }, { signal }),
})

import { useQuery } from '@pinia/colada'
import type { PeriodChoice } from '@comptoir/shared/insights/period'
import { spendReportApi, type SpendDimension } from '@comptoir/shared/spend-reports/spend-report.contract'
import { call } from '../../platform/api.ts'

export const useSpendReport = (chosen: () => PeriodChoice, by: () => SpendDimension) => useQuery({
  key: () => ['spend-reports', 'summary', by(), { ...chosen() }],
  query: ({ signal }) => call(spendReportApi.summary, { query: { ...chosen(), by: by() } }, { signal }),
})

export const usePriceReport = (chosen: () => PeriodChoice) => useQuery({
  key: () => ['spend-reports', 'prices', { ...chosen() }],
  query: ({ signal }) => call(spendReportApi.prices, { query: chosen() }, { signal }),
})

export const usePunctuality = (chosen: () => PeriodChoice) => useQuery({
  key: () => ['spend-reports', 'punctuality', { ...chosen() }],
  query: ({ signal }) => call(spendReportApi.punctuality, { query: chosen() }, { signal }),
})

export const useDueLines = (chosen: () => PeriodChoice, month: () => string) => useQuery({
  key: () => ['spend-reports', 'due-lines', month(), { ...chosen() }],
  query: ({ signal }) => call(spendReportApi.dueLines, { query: { ...chosen(), month: month() } }, { signal }),
})

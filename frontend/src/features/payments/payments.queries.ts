import { useQuery, useQueryCache } from '@pinia/colada'
import { paymentRunApi } from '@comptoir/shared/payments/payment-run.contract'
import { paymentApi, type PayableFilter } from '@comptoir/shared/payments/payments.contract'
import { call } from '../../platform/api.ts'

export const usePayables = (filter: () => PayableFilter) => useQuery({
  key: () => ['payments', 'payables', { ...filter() }],
  query: ({ signal }) => call(paymentApi.payables, { query: filter() }, { signal }),
  placeholderData: previous => previous,
})

export const useVendorPayments = (vendorId: () => string) => useQuery({
  key: () => ['payments', 'vendor', vendorId()],
  query: ({ signal }) => call(paymentApi.vendor, { params: { vendorId: vendorId() } }, { signal }),
})

export const useRuns = () => useQuery({
  key: ['payments', 'runs'],
  query: ({ signal }) => call(paymentRunApi.list, {}, { signal }),
})

export const useRun = (paymentRunId: () => string) => useQuery({
  key: () => ['payments', 'run', paymentRunId()],
  query: ({ signal }) => call(paymentRunApi.get, { params: { paymentRunId: paymentRunId() } }, { signal }),
})

type BookingStatus = 'unmatched' | 'matched' | 'ignored'

export const useStatements = (status: () => BookingStatus) => useQuery({
  key: () => ['payments', 'statements', status()],
  query: ({ signal }) => call(paymentRunApi.statements, { query: { status: status() } }, { signal }),
  placeholderData: previous => previous,
})

export const usePaymentSettings = () => useQuery({
  key: ['payments', 'settings'],
  query: ({ signal }) => call(paymentApi.settings, {}, { signal }),
})

/** What is paid, due or in a run changes everywhere at once. */
export function useRefresh(): () => Promise<unknown> {
  const cache = useQueryCache()
  return () => cache.invalidateQueries({ key: ['payments'] })
}

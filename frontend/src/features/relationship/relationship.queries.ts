import { useQuery, useQueryCache } from '@pinia/colada'
import { complianceApi, type VendorCompliance } from '@comptoir/shared/relationship/compliance.contract'
import { contractApi } from '@comptoir/shared/relationship/contract.contract'
import { deadlineApi, type DeadlineFilter } from '@comptoir/shared/relationship/deadline.contract'
import { lifecycleApi } from '@comptoir/shared/relationship/lifecycle.contract'
import { call } from '../../platform/api.ts'

export const useContracts = (vendorId: string) => useQuery({
  key: ['relationship', 'contracts', vendorId],
  query: ({ signal }) => call(contractApi.list, { params: { vendorId } }, { signal }),
})

export const useAutomaticMoves = (vendorId: string) => useQuery({
  key: ['relationship', 'moves', vendorId],
  query: ({ signal }) => call(lifecycleApi.automaticMoves, { params: { vendorId } }, { signal }),
})

const complianceKey = (vendorId: string) => ['relationship', 'compliance', vendorId]

export const useCompliance = (vendorId: string) => useQuery({
  key: complianceKey(vendorId),
  query: ({ signal }) => call(complianceApi.ofVendor, { params: { vendorId } }, { signal }),
})

export const useDeadlines = (filter: () => DeadlineFilter) => useQuery({
  key: () => ['relationship', 'deadlines', JSON.stringify(filter())],
  query: ({ signal }) => call(deadlineApi.list, { query: filter() }, { signal }),
  placeholderData: previous => previous,
})

export const useSubscriptions = () => useQuery({
  key: ['relationship', 'calendars'],
  query: ({ signal }) => call(deadlineApi.subscriptions, {}, { signal }),
})

export const useRules = () => useQuery({
  key: ['relationship', 'rules'],
  query: ({ signal }) => call(lifecycleApi.rules, {}, { signal }),
})

export const useRequirements = () => useQuery({
  key: ['relationship', 'requirements'],
  query: ({ signal }) => call(complianceApi.requirements, {}, { signal }),
})

export interface RelationshipCache {
  /** A contract changed: its dates, and by a rule perhaps its vendor, are read again. */
  contractChanged: (vendorId: string) => Promise<unknown>
  keepCompliance: (vendorId: string, compliance: VendorCompliance) => void
  refresh: (part: 'calendars' | 'rules' | 'requirements') => Promise<unknown>
}

export function useRelationshipCache(): RelationshipCache {
  const cache = useQueryCache()
  return {
    contractChanged: vendorId => Promise.all([
      cache.invalidateQueries({ key: ['relationship', 'contracts', vendorId] }),
      cache.invalidateQueries({ key: ['relationship', 'moves', vendorId] }),
      cache.invalidateQueries({ key: ['relationship', 'compliance', vendorId] }),
      cache.invalidateQueries({ key: ['vendors'] }),
    ]),
    keepCompliance: (vendorId, compliance) => {
      cache.setQueryData(complianceKey(vendorId), compliance)
      void cache.invalidateQueries({ key: ['vendors', 'history', vendorId] })
    },
    refresh: part => cache.invalidateQueries({ key: ['relationship', part] }),
  }
}

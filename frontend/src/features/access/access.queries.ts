import { useQuery, useQueryCache } from '@pinia/colada'
import { accessApi } from '@comptoir/shared/access/access.contract'
import { approvalApi } from '@comptoir/shared/access/approval.contract'
import { vendorApi } from '@comptoir/shared/vendors/vendor.contract'
import { call } from '../../platform/api.ts'

export const useGrants = () => useQuery({
  key: ['access', 'grants'],
  query: ({ signal }) => call(accessApi.grants, {}, { signal }),
})

export const useSubjects = (search: () => string) => useQuery({
  key: () => ['access', 'subjects', search()],
  query: ({ signal }) => call(accessApi.subjects, { query: { search: search() || undefined } }, { signal }),
})

export const useVendorGroups = () => useQuery({
  key: ['access', 'vendor-groups'],
  query: ({ signal }) => call(vendorApi.categories, {}, { signal }),
})

export const useVendorChoices = (search: () => string, isWanted: () => boolean) => useQuery({
  key: () => ['access', 'vendor-choices', search()],
  query: ({ signal }) => call(vendorApi.list, { query: { search: search() || undefined, limit: 20 } }, { signal }),
  enabled: isWanted,
})

export const useApprovals = (status: () => 'waiting' | 'decided') => useQuery({
  key: () => ['access', 'approvals', status()],
  query: ({ signal }) => call(approvalApi.list, { query: { status: status() } }, { signal }),
})

export const useVendorApprovals = (vendorId: string) => useQuery({
  key: ['access', 'approvals', 'of', vendorId],
  query: ({ signal }) => call(approvalApi.ofVendor, { params: { vendorId } }, { signal }),
})

export const useApprovalCount = () => useQuery({
  key: ['access', 'approval-count'],
  query: ({ signal }) => call(approvalApi.count, {}, { signal }),
})

export const useSight = (vendorId: string, search: () => string) => useQuery({
  key: () => ['access', 'sight', vendorId, search()],
  query: ({ signal }) => call(accessApi.sight, { params: { vendorId }, query: { search: search() || undefined } }, { signal }),
})

/** After a decision everything that hung on it is read anew: lists, counts, the vendor itself. */
export function useRefresh(): () => Promise<unknown> {
  const cache = useQueryCache()
  return () => Promise.all([cache.invalidateQueries({ key: ['access'] }), cache.invalidateQueries({ key: ['vendors'] })])
}

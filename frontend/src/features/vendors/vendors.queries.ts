import { useQuery, useQueryCache } from '@pinia/colada'
import { dealVendorApi, type DealVendors } from '@comptoir/shared/vendors/deal-vendor.contract'
import type { SpendPeriodName } from '@comptoir/shared/vendors/spend-period'
import type { Vendor } from '@comptoir/shared/vendors/vendor-fields'
import { vendorApi, type CompanyVendor, type VendorCard } from '@comptoir/shared/vendors/vendor.contract'
import { vendorDealsApi } from '@comptoir/shared/vendors/vendor-deals.contract'
import type { VendorSpend } from '@comptoir/shared/vendors/vendor-spend.contract'
import { call } from '../../platform/api.ts'
import { takeFirst } from '../../platform/boot.ts'

const companyKey = (companyId: number | null) => ['vendors', 'company', companyId]
const cardKey = (vendorId: string) => ['vendors', 'card', vendorId]
const dealKey = (dealId: number | null) => ['vendors', 'deal', dealId]

/** The company tab starts from what came with the page. */
export const useCompanyVendor = (companyId: number | null) => useQuery({
  key: companyKey(companyId),
  query: ({ signal }) => call(vendorApi.byCompany, { params: { companyId: companyId ?? 0 } }, { signal }),
  initialData: () => takeFirst<CompanyVendor>(),
  enabled: companyId !== null,
})

export const useVendorCard = (vendorId: string) => useQuery({
  key: cardKey(vendorId),
  query: ({ signal }) => call(vendorApi.get, { params: { vendorId } }, { signal }),
})

export const useDealVendors = (dealId: number | null) => useQuery({
  key: dealKey(dealId),
  query: ({ signal }) => call(dealVendorApi.list, { params: { dealId: dealId ?? 0 } }, { signal }),
  initialData: () => takeFirst<DealVendors>(),
  enabled: dealId !== null,
})

export const useVendorDeals = (vendorId: string) => useQuery({
  key: ['vendors', 'deals', vendorId],
  query: ({ signal }) => call(vendorDealsApi.list, { params: { vendorId } }, { signal }),
})

/** For periods other than the one that came with the vendor. */
export const useVendorSpend = (vendorId: string, period: () => SpendPeriodName, given: () => VendorSpend) => useQuery({
  key: () => ['vendors', 'spend', vendorId, period()],
  query: ({ signal }) => call(vendorApi.spend, { params: { vendorId }, query: { period: period() } }, { signal }),
  enabled: () => period() !== given().period,
  placeholderData: (previous: VendorSpend | undefined) => previous,
})

export interface VendorCache {
  /** A vendor as a write answered it, wherever it is on screen. */
  keepVendor: (vendor: Vendor) => void
  keepDeal: (dealId: number, deal: DealVendors) => void
  refresh: (key: 'company' | 'history' | 'directory' | 'categories') => Promise<unknown>
}

export function useVendorCache(): VendorCache {
  const cache = useQueryCache()
  return {
    keepVendor(vendor) {
      const card = cache.getQueryData<VendorCard>(cardKey(vendor.vendorId))
      if (card)
        cache.setQueryData(cardKey(vendor.vendorId), { ...card, vendor })
      const company = vendor.companyId === null ? undefined : cache.getQueryData<CompanyVendor>(companyKey(vendor.companyId))
      if (company)
        cache.setQueryData(companyKey(vendor.companyId), { ...company, vendor })
      void cache.invalidateQueries({ key: ['vendors', 'history', vendor.vendorId] })
    },
    keepDeal: (dealId, deal) => cache.setQueryData(dealKey(dealId), deal),
    refresh: key => cache.invalidateQueries({ key: ['vendors', key] }),
  }
}

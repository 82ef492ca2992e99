import { useQuery, useQueryCache } from '@pinia/colada'
import { attributeApi, type AttributeDefinition, type VendorAttributes } from '@comptoir/shared/attributes/attribute.contract'
import { call } from '../../platform/api.ts'

const definitionsKey = ['attributes', 'definitions']
const vendorKey = (vendorId: string) => ['attributes', 'vendor', vendorId]

export const useDefinitions = () => useQuery({
  key: definitionsKey,
  query: ({ signal }) => call(attributeApi.definitions, {}, { signal }),
})

export const useVendorAttributes = (vendorId: string) => useQuery({
  key: vendorKey(vendorId),
  query: ({ signal }) => call(attributeApi.ofVendor, { params: { vendorId } }, { signal }),
})

export const useWords = () => useQuery({
  key: ['attributes', 'words'],
  query: ({ signal }) => call(attributeApi.words, {}, { signal }),
})

export function useAttributesCache() {
  const cache = useQueryCache()
  return {
    keepDefinitions: (definitions: AttributeDefinition[]) => cache.setQueryData(definitionsKey, definitions),
    keepVendor(vendorId: string, attributes: VendorAttributes) {
      cache.setQueryData(vendorKey(vendorId), attributes)
      void cache.invalidateQueries({ key: ['attributes', 'words'] })
      // Its version went up, and its history grew.
      void cache.invalidateQueries({ key: ['vendors'] })
    },
    refreshVendor: (vendorId: string) => cache.invalidateQueries({ key: vendorKey(vendorId) }),
  }
}

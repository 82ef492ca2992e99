import { dataQualityApi, type FlawedRecords } from '@comptoir/shared/data-quality/data-quality.contract'
import type { QualityCheckId } from '@comptoir/shared/data-quality/quality-checks'
import { useQuery } from '@pinia/colada'
import { call } from '../../platform/api.ts'

export const useQuality = () => useQuery({
  key: ['data-quality', 'report'],
  query: ({ signal }) => call(dataQualityApi.report, {}, { signal }),
  staleTime: 0,
})

export const useFlawed = (checkId: () => QualityCheckId, page: () => number) => useQuery({
  key: () => ['data-quality', 'records', checkId(), page()],
  query: ({ signal }) => call(dataQualityApi.records, { params: { checkId: checkId() }, query: { page: page() } }, { signal }),
  placeholderData: (previous: FlawedRecords | undefined) => previous,
})

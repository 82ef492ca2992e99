import { segmentApi } from '@comptoir/shared/segments/segment.contract'
import { useQuery } from '@pinia/colada'
import { call } from './api.ts'

/** Segments of deals that the viewer may choose, wherever figures can be narrowed to one. */
export const useDealSegments = () => useQuery({
  key: ['segments', 'deal'],
  query: async ({ signal }) => (await call(segmentApi.list, { query: { subject: 'deal' } }, { signal })).segments,
})

import { reportApi } from '@comptoir/shared/reports/report.contract'
import type { FieldId, SegmentSubject } from '@comptoir/shared/segments/fields'
import type { Group } from '@comptoir/shared/segments/rule'
import { segmentApi, type Segment, type SegmentPreview } from '@comptoir/shared/segments/segment.contract'
import { useQuery, useQueryCache } from '@pinia/colada'
import { call } from '../../platform/api.ts'

const key = ['segments']

export const useSegments = () => useQuery({ key: [...key, 'list'], query: ({ signal }) => call(segmentApi.list, { query: {} }, { signal }), staleTime: 0 })

export const useSegment = (segmentId: () => string) => useQuery({
  key: () => [...key, 'one', segmentId()],
  query: ({ signal }) => call(segmentApi.get, { params: { segmentId: segmentId() } }, { signal }),
  staleTime: 0,
})

/** With whom a segment can be shared: the same people and departments that reports go to. */
export const useShareChoices = () => useQuery({
  key: ['reports', 'choices'],
  query: ({ signal }) => call(reportApi.choices, {}, { signal }),
})

export const useVersions = (segmentId: () => string) => useQuery({
  key: () => [...key, 'versions', segmentId()],
  query: ({ signal }) => call(segmentApi.versions, { params: { segmentId: segmentId() } }, { signal }),
  staleTime: 0,
})

/** Counted anew when the rule changes; the last answer stays while the next is on its way. */
export const usePreview = (asked: () => { readonly subject: SegmentSubject, readonly rule: Group } | null) => useQuery({
  key: () => [...key, 'preview', JSON.stringify(asked())],
  query: ({ signal }) => {
    const { subject, rule } = asked()!
    return call(segmentApi.preview, { body: { subject, rule: rule as Segment['rule'] } }, { signal })
  },
  enabled: () => asked() !== null,
  placeholderData: (previous: SegmentPreview | undefined) => previous,
})

export const useChoices = (field: () => FieldId, search: () => string, isAsked: () => boolean) => useQuery({
  key: () => [...key, 'choices', field(), search()],
  query: ({ signal }) => call(segmentApi.choices, { query: { field: field(), search: search() } }, { signal }),
  enabled: isAsked,
  staleTime: 60_000,
})

export function useSegmentCache(): { readonly refresh: () => Promise<unknown> } {
  const cache = useQueryCache()
  return { refresh: () => cache.invalidateQueries({ key }) }
}

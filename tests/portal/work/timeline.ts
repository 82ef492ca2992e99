import type { Portal, TimelineEntry } from '../state.ts'

type TimelineInput = Pick<TimelineEntry, 'kind' | 'entityTypeId' | 'entityId' | 'authorId'> & Partial<TimelineEntry>

export function addTimelineEntry(portal: Portal, input: TimelineInput): TimelineEntry {
  const entry: TimelineEntry = {
    clientId: null,
    title: '',
    text: '',
    iconCode: '',
    deadline: null,
    responsibleId: null,
    ...input,
    id: portal.nextId('timeline'),
    at: portal.clock.now(),
  }
  portal.timeline.push(entry)
  portal.journal.write('crm', { event: 'timeline', ...entry, at: undefined })
  return entry
}

import ical, { ICalCalendarMethod, ICalEventTransparency } from 'ical-generator'
import { addDays } from '@comptoir/shared/insights/calendar'
import type { Deadline } from '@comptoir/shared/relationship/deadline.contract'
import { subjectOf, wordsIn } from './deadline-words.ts'

export interface CalendarFile {
  readonly deadlines: readonly Deadline[]
  readonly language: string
  /** Host of the portal: part of the events' stable names, and where their links lead. */
  readonly domain: string
  readonly now: Date
}

/** Deadlines as whole days of a calendar. An event keeps its name when its day moves: programs move it along. */
export function calendarFile({ deadlines, language, domain, now }: CalendarFile): string {
  const say = wordsIn(language)
  const calendar = ical({
    name: say.calendar, method: ICalCalendarMethod.PUBLISH, ttl: 6 * 3600,
    prodId: { company: 'Comptoir', product: 'Comptoir', language: language.slice(0, 2).toUpperCase() },
  })
  for (const deadline of deadlines) {
    const { kind, subjectId, vendorName, dueOn, owner, companyId } = deadline
    calendar.createEvent({
      id: `${kind.replace('.', '-')}-${subjectId}@${domain}`,
      stamp: now,
      start: `${dueOn}T00:00:00.000Z`,
      end: `${addDays(dueOn, 1)}T00:00:00.000Z`,
      allDay: true,
      timezone: 'UTC',
      summary: `${say.kinds[kind]}${language.toLowerCase().startsWith('fr') ? '\u00a0' : ''}: ${subjectOf(say, deadline)} – ${vendorName}`,
      description: `${say.owner}${language.toLowerCase().startsWith('fr') ? '\u00a0' : ''}: ${owner?.name ?? say.nobody}`,
      transparency: ICalEventTransparency.TRANSPARENT,
      ...companyId !== null && { url: `https://${domain}/crm/company/details/${companyId}/` },
    })
  }
  return calendar.toString()
}

export const calendarFileName = (language: string): string => `${wordsIn(language).calendar.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll(' ', '-')}.ics`

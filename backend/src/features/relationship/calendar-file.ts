import ical, { ICalCalendarMethod, ICalEventTransparency } from 'ical-generator'
import { addDays } from '@comptoir/shared/insights/calendar'
import type { knownDocumentKinds } from '@comptoir/shared/relationship/compliance'
import type { Deadline } from '@comptoir/shared/relationship/deadline.contract'
import type { DeadlineKind } from '@comptoir/shared/relationship/deadlines'

interface Words {
  readonly calendar: string
  readonly owner: string
  readonly nobody: string
  readonly kinds: Readonly<Record<DeadlineKind, string>>
  readonly documents: Readonly<Record<(typeof knownDocumentKinds)[number], string>>
}

const words: Readonly<Record<'fr' | 'en', Words>> = {
  fr: {
    calendar: 'Échéances fournisseurs',
    owner: 'Responsable',
    nobody: 'les administrateurs',
    kinds: {
      'contract.notice': 'Dernier jour de préavis', 'contract.end': 'Fin de contrat', 'contract.renewal': 'Tacite reconduction',
      'document.expiry': 'Document à renouveler', 'payment.due': 'Paiement à échéance',
    },
    documents: {
      'kbis': 'Extrait Kbis', 'urssaf': 'Attestation de vigilance Urssaf', 'insurance': 'Attestation d’assurance',
      'foreign-workers': 'Liste nominative des salariés étrangers', 'tax': 'Attestation de régularité fiscale',
    },
  },
  en: {
    calendar: 'Vendor deadlines',
    owner: 'Responsible',
    nobody: 'the administrators',
    kinds: {
      'contract.notice': 'Last day to give notice', 'contract.end': 'Contract ends', 'contract.renewal': 'Tacit renewal',
      'document.expiry': 'Document to renew', 'payment.due': 'Payment due',
    },
    documents: {
      'kbis': 'Company register extract (Kbis)', 'urssaf': 'Certificate of social vigilance (Urssaf)', 'insurance': 'Certificate of insurance',
      'foreign-workers': 'List of foreign employees', 'tax': 'Tax compliance certificate',
    },
  },
}

const wordsIn = (language: string): Words => words[language.toLowerCase().startsWith('fr') ? 'fr' : 'en']

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
    const { kind, subjectId, title, vendorName, dueOn, owner, companyId } = deadline
    const subject = (say.documents as Readonly<Record<string, string>>)[title] ?? title
    calendar.createEvent({
      id: `${kind.replace('.', '-')}-${subjectId}@${domain}`,
      stamp: now,
      start: `${dueOn}T00:00:00.000Z`,
      end: `${addDays(dueOn, 1)}T00:00:00.000Z`,
      allDay: true,
      timezone: 'UTC',
      summary: `${say.kinds[kind]}${language.toLowerCase().startsWith('fr') ? '\u00a0' : ''}: ${subject} – ${vendorName}`,
      description: `${say.owner}${language.toLowerCase().startsWith('fr') ? '\u00a0' : ''}: ${owner?.name ?? say.nobody}`,
      transparency: ICalEventTransparency.TRANSPARENT,
      ...companyId !== null && { url: `https://${domain}/crm/company/details/${companyId}/` },
    })
  }
  return calendar.toString()
}

export const calendarFileName = (language: string): string => `${wordsIn(language).calendar.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll(' ', '-')}.ics`

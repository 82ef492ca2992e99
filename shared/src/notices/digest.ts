import { isFrenchBusinessDay, type Calendar } from '../calendar/business-days.ts'
import { isoWeekday } from '../calendar/company-days.ts'
import { addDays, dayAt, type Day } from '../insights/calendar.ts'
import type { Standing } from '../scorecards/standing.ts'
import { momentOf } from './quiet-hours.ts'

export interface DigestWish {
  readonly digest: 'off' | 'daily' | 'weekly'
  /** Monday is 1. */
  readonly weekday: number
  readonly hour: number
  readonly timeZone: string
}

export interface DigestSlot {
  readonly day: Day
  readonly at: Date
}

/** After a standstill a digest still comes, but not one that the next has overtaken. */
const patienceMs = { daily: 20 * 3_600_000, weekly: 3 * 24 * 3_600_000 }

/** The digest that is due now, or was a short while ago; null when none is. A daily one leaves days off out. */
export function digestSlot({ digest, weekday, hour, timeZone }: DigestWish, now: Date, isOpen: Calendar = isFrenchBusinessDay): DigestSlot | null {
  if (digest === 'off')
    return null
  const today = dayAt(now, timeZone)
  for (let back = 0; back <= 6; back++) {
    const day = addDays(today, -back)
    const at = momentOf(day, hour * 60, timeZone)
    const isItsDay = digest === 'daily' ? isOpen(day) : isoWeekday(day) === weekday
    if (isItsDay && at <= now)
      return now.getTime() - at.getTime() <= patienceMs[digest] ? { day, at } : null
  }
  return null
}

/** What a person is responsible for, in the figures that they may see; null where they may not. */
export interface KeyFigures {
  readonly openAlerts: number
  readonly criticalAlerts: number
  readonly lastMonth: string
  readonly spendMinor: number | null
  readonly currency: string
  readonly dueCount: number | null
  readonly dueMinor: number | null
  readonly overdueCount: number | null
  readonly contracts: number | null
  readonly documents: number | null
  /** Vendors by standing, the best first; empty where none is scored. */
  readonly standings: readonly { readonly standing: Standing, readonly count: number }[] | null
  /** Named first: the most pressing ones, as they are told. */
  readonly titles: { readonly fr: readonly string[], readonly en: readonly string[] }
}

/** One line per figure; what a person may not see is not mentioned. */
export function digestLines(figures: KeyFigures, language: 'fr' | 'en'): string {
  const words = language === 'fr' ? french : english
  const money = (minor: number) => {
    const format = new Intl.NumberFormat(language, { style: 'currency', currency: figures.currency, maximumFractionDigits: 0 })
    const digits = new Intl.NumberFormat(language, { style: 'currency', currency: figures.currency }).resolvedOptions().maximumFractionDigits ?? 2
    return format.format(minor / 10 ** digits)
  }
  const month = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${figures.lastMonth}-01T00:00:00Z`))
  return [
    words.alerts(figures.openAlerts, figures.criticalAlerts),
    ...figures.titles[language].map(title => `• ${title}`),
    figures.dueCount === null ? null : words.due(figures.dueCount, money(figures.dueMinor ?? 0)),
    figures.overdueCount ? words.overdue(figures.overdueCount) : null,
    figures.contracts === null ? null : words.contracts(figures.contracts),
    figures.documents === null ? null : words.documents(figures.documents),
    figures.standings === null || figures.standings.length === 0 ? null : words.standings(figures.standings),
    figures.spendMinor === null ? null : words.spend(month, money(figures.spendMinor)),
  ].filter(line => line !== null).join('\n')
}

type Standings = NonNullable<KeyFigures['standings']>
const countOf = (standings: Standings, names: Readonly<Record<Standing, readonly [one: string, other: string]>>): string =>
  standings.map(({ standing, count }) => `${count} ${names[standing][count === 1 ? 0 : 1]}`).join(', ')

const french = {
  alerts: (open: number, critical: number) => `Alertes ouvertes : ${open}${critical > 0 ? `, dont ${critical} urgente${critical > 1 ? 's' : ''}` : ''}`,
  due: (count: number, sum: string) => `À payer sous 30 jours : ${sum} (${count} échéance${count > 1 ? 's' : ''})`,
  overdue: (count: number) => `Paiements en retard : ${count}`,
  contracts: (count: number) => `Contrats à décider sous 90 jours : ${count}`,
  documents: (count: number) => `Documents qui expirent sous 30 jours : ${count}`,
  standings: (standings: Standings) => `Fournisseurs notés : ${countOf(standings, {
    'Excellent': ['excellent', 'excellents'], 'Satisfaisant': ['satisfaisant', 'satisfaisants'],
    'À surveiller': ['à surveiller', 'à surveiller'], 'Critique': ['critique', 'critiques'],
  })}`,
  spend: (month: string, sum: string) => `Achats ${/^[aeiouâéô]/.test(month) ? 'd’' : 'de '}${month} : ${sum}`,
}

const english: typeof french = {
  alerts: (open, critical) => `Open alerts: ${open}${critical > 0 ? `, ${critical} critical` : ''}`,
  due: (count, sum) => `To pay within 30 days: ${sum} (${count} instalment${count === 1 ? '' : 's'})`,
  overdue: count => `Payments overdue: ${count}`,
  contracts: count => `Contracts to decide within 90 days: ${count}`,
  documents: count => `Documents expiring within 30 days: ${count}`,
  standings: standings => `Scored vendors: ${countOf(standings, {
    'Excellent': ['excellent', 'excellent'], 'Satisfaisant': ['satisfactory', 'satisfactory'], 'À surveiller': ['to watch', 'to watch'], 'Critique': ['critical', 'critical'],
  })}`,
  spend: (month, sum) => `Purchases in ${month}: ${sum}`,
}

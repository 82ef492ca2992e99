import { addDays, addMonths, daysBetween, startOfMonth, type Day } from '../insights/calendar.ts'

/**
 * When an invoice is to be paid. `net`: so many days after its date. `days_then_month_end`: so many days, then to the
 * end of that month. `month_end_then_days`: to the end of the invoice's month, then so many days.
 */
export const termKinds = ['net', 'days_then_month_end', 'month_end_then_days'] as const
export type TermKind = (typeof termKinds)[number]

export interface PaymentTerm {
  readonly kind: TermKind
  readonly days: number
  /** « le 10 »: after everything else, on to this day of the month. */
  readonly monthDay: number | null
}

export interface InvoiceDates {
  readonly issuedOn: Day
  /** Goods or service received; the law counts from here where nothing was agreed. */
  readonly receivedOn?: Day | null
  /** « Facture récapitulative »: several deliveries of a month on one invoice. */
  readonly isPeriodic?: boolean
}

export const defaultTermDays = 30
export const legalNetDays = 60
export const legalMonthEndDays = 45
export const legalPeriodicDays = 45

export const endOfMonth = (day: Day): Day => addDays(addMonths(startOfMonth(day), 1), -1)

/** The next such day of the month, the given day included; a month too short gives its last day. */
function onMonthDay(day: Day, monthDay: number): Day {
  const inMonth = (first: Day): Day => {
    const last = endOfMonth(first)
    return monthDay >= Number(last.slice(8)) ? last : `${first.slice(0, 8)}${String(monthDay).padStart(2, '0')}`
  }
  const here = inMonth(startOfMonth(day))
  return here >= day ? here : inMonth(addMonths(startOfMonth(day), 1))
}

function agreedDay({ kind, days }: PaymentTerm, issuedOn: Day): Day {
  switch (kind) {
    case 'net': return addDays(issuedOn, days)
    case 'days_then_month_end': return endOfMonth(addDays(issuedOn, days))
    case 'month_end_then_days': return addDays(endOfMonth(issuedOn), days)
  }
}

/** Without a term the law's own: thirty days after receipt, or after the invoice's date where receipt is unknown. */
export function dueDate(term: PaymentTerm | null, { issuedOn, receivedOn }: InvoiceDates): Day {
  if (!term)
    return addDays(receivedOn ?? issuedOn, defaultTermDays)
  const day = agreedDay(term, issuedOn)
  return term.monthDay === null ? day : onMonthDay(day, term.monthDay)
}

export const legalLimits = ['default_30', 'net_60', 'days_45_then_month_end', 'month_end_then_45', 'periodic_45'] as const
export type LegalLimit = (typeof legalLimits)[number]

/** Which ceiling of article L441-10 of the commercial code a term is measured against. */
export function legalLimitOf(term: PaymentTerm | null, isPeriodic: boolean): LegalLimit {
  if (isPeriodic)
    return 'periodic_45'
  if (!term)
    return 'net_60'
  return term.kind === 'net' ? 'net_60' : term.kind === 'days_then_month_end' ? 'days_45_then_month_end' : 'month_end_then_45'
}

export function legalDueDate(limit: LegalLimit, { issuedOn, receivedOn }: InvoiceDates): Day {
  switch (limit) {
    case 'default_30': return addDays(receivedOn ?? issuedOn, defaultTermDays)
    case 'net_60': return addDays(issuedOn, legalNetDays)
    case 'days_45_then_month_end': return endOfMonth(addDays(issuedOn, legalMonthEndDays))
    case 'month_end_then_45': return addDays(endOfMonth(issuedOn), legalMonthEndDays)
    case 'periodic_45': return addDays(issuedOn, legalPeriodicDays)
  }
}

/** `sometimes`: lawful for most invoice dates, beyond the ceiling for others; the example shows one. */
export interface TermCheck {
  readonly verdict: 'lawful' | 'sometimes' | 'unlawful'
  readonly limit: LegalLimit
  /** The invoice date that goes farthest beyond the ceiling; null when none does. */
  readonly example: { readonly issuedOn: Day, readonly dueOn: Day, readonly legalDueOn: Day, readonly daysOver: number } | null
}

/** Two years of invoice dates, one of them a leap year: whether a term holds is then counted, not argued. */
const firstTried = '2027-01-01'
const daysTried = 731

export function checkTerm(term: PaymentTerm, { isPeriodic = false }: { isPeriodic?: boolean } = {}): TermCheck {
  const limit = legalLimitOf(term, isPeriodic)
  let example: TermCheck['example'] = null
  let over = 0
  for (let index = 0; index < daysTried; index++) {
    const issuedOn = addDays(firstTried, index)
    const dueOn = dueDate(term, { issuedOn })
    const legalDueOn = legalDueDate(limit, { issuedOn })
    const daysOver = daysBetween(legalDueOn, dueOn)
    if (daysOver <= 0)
      continue
    over++
    if (daysOver > (example?.daysOver ?? 0))
      example = { issuedOn, dueOn, legalDueOn, daysOver }
  }
  return { verdict: over === 0 ? 'lawful' : over === daysTried ? 'unlawful' : 'sometimes', limit, example }
}

/** One invoice's own due day against the ceiling. */
export function checkDueDate(dueOn: Day, term: PaymentTerm | null, dates: InvoiceDates): { legalDueOn: Day, daysOver: number, limit: LegalLimit } {
  const limit = legalLimitOf(term, dates.isPeriodic ?? false)
  const legalDueOn = legalDueDate(limit, dates)
  return { legalDueOn, daysOver: Math.max(0, daysBetween(legalDueOn, dueOn)), limit }
}

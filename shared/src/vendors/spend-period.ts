export const spendPeriods = ['12-months', 'this-year', 'last-year', 'all'] as const
export type SpendPeriodName = (typeof spendPeriods)[number]

/** Whole months, both ends included, as 'YYYY-MM'; null = without end on that side. */
export interface SpendPeriod {
  readonly from: string | null
  readonly to: string | null
}

const monthsSinceZero = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1

const monthAt = (index: number): string =>
  `${String(Math.floor(index / 12)).padStart(4, '0')}-${String(index % 12 + 1).padStart(2, '0')}`

export const addMonths = (month: string, count: number): string => monthAt(monthsSinceZero(month) + count)

/** The months a named period covers on a day of the portal's calendar ('YYYY-MM-DD'). The running month counts. */
export function spendPeriod(name: SpendPeriodName, today: string): SpendPeriod {
  const month = today.slice(0, 7)
  const year = Number(today.slice(0, 4))
  switch (name) {
    case '12-months': return { from: addMonths(month, -11), to: month }
    case 'this-year': return { from: `${year}-01`, to: month }
    case 'last-year': return { from: `${year - 1}-01`, to: `${year - 1}-12` }
    case 'all': return { from: null, to: null }
  }
}

/** Every month from one to the other: a month without purchases has its place on the axis. */
export function monthsBetween(from: string, to: string): readonly string[] {
  const first = monthsSinceZero(from)
  return Array.from({ length: Math.max(0, monthsSinceZero(to) - first + 1) }, (_, index) => monthAt(first + index))
}

/** The calendar day of a moment where the portal is. */
export function dayIn(timeZone: string, moment: Date): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(moment)
  const part = (type: string): string => parts.find(({ type: is }) => is === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

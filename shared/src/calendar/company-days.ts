import { Type, type Static } from 'typebox'
import { addDays, type Day } from '../insights/calendar.ts'
import type { Calendar } from './business-days.ts'
import { easterSunday, frenchHolidayOn } from './french-holidays.ts'

export const holidayCalendars = ['france', 'alsace', 'none'] as const

const DayText = Type.String({ format: 'date' })

/** When a company works, as its administrator says. */
export const CompanyDays = Type.Object({
  /** Days of the week; Monday is 1. */
  weekdays: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7, uniqueItems: true }),
  holidays: Type.Enum([...holidayCalendars]),
  /** Closures, both days included. */
  closures: Type.Array(Type.Object({ from: DayText, to: DayText }), { maxItems: 100 }),
})
export type CompanyDays = Static<typeof CompanyDays>

/** « Jours ouvrés » of France. */
export const usualCompanyDays: CompanyDays = { weekdays: [1, 2, 3, 4, 5], holidays: 'france', closures: [] }

export function calendarOf({ weekdays, holidays, closures }: CompanyDays = usualCompanyDays): Calendar {
  const open = new Set(weekdays)
  return day => open.has(isoWeekday(day)) && !isHoliday(day, holidays) && !closures.some(({ from, to }) => from <= day && day <= to)
}

export const isoWeekday = (day: Day): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7 + 1

function isHoliday(day: Day, holidays: CompanyDays['holidays']): boolean {
  if (holidays === 'none')
    return false
  return frenchHolidayOn(day) !== null || (holidays === 'alsace' && isLocalHoliday(day))
}

/** Good Friday and 26 December: article L3134-13 of the labour code, for Alsace and Moselle. */
const isLocalHoliday = (day: Day): boolean => day.endsWith('-12-26') || day === addDays(easterSunday(Number(day.slice(0, 4))), -2)

/** Days of the company's working week on which it is closed, between two days and on them. */
export function closedWorkdays(days: CompanyDays, from: Day, to: Day): Day[] {
  const isOpen = calendarOf(days)
  const closed: Day[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (days.weekdays.includes(isoWeekday(day)) && !isOpen(day))
      closed.push(day)
  }
  return closed
}

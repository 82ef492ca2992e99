import { addDays, type Day } from '../insights/calendar.ts'

export const frenchHolidayNames = [
  'new_year', 'easter_monday', 'labour_day', 'victory_day', 'ascension', 'whit_monday',
  'national_day', 'assumption', 'all_saints', 'armistice', 'christmas',
] as const
export type FrenchHoliday = (typeof frenchHolidayNames)[number]

/** Easter Sunday of the Gregorian calendar, by the anonymous algorithm (Meeus, Jones, Butcher). */
export function easterSunday(year: number): Day {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const yearOfCentury = year % 100
  const moonCorrection = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * golden + century - Math.floor(century / 4) - moonCorrection + 15) % 30
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - yearOfCentury % 4) % 7
  const shift = Math.floor((golden + 11 * epact + 22 * weekday) / 451)
  const dayOfYear = epact + weekday - 7 * shift + 114
  return `${String(year).padStart(4, '0')}-${pad(Math.floor(dayOfYear / 31))}-${pad(dayOfYear % 31 + 1)}`
}

const pad = (value: number): string => String(value).padStart(2, '0')

const byYear = new Map<number, ReadonlyMap<Day, FrenchHoliday>>()

/** The eleven holidays of article L3133-1 of the labour code, by day. Alsace-Moselle has two more: they are not national. */
export function frenchHolidays(year: number): ReadonlyMap<Day, FrenchHoliday> {
  const known = byYear.get(year)
  if (known)
    return known
  const easter = easterSunday(year)
  const on = (monthAndDay: string): Day => `${String(year).padStart(4, '0')}-${monthAndDay}`
  // Ascension and 8 May can fall on one day: the later entry then names it, and there are ten days off.
  const holidays = new Map<Day, FrenchHoliday>([
    [on('01-01'), 'new_year'],
    [addDays(easter, 1), 'easter_monday'],
    [addDays(easter, 39), 'ascension'],
    [addDays(easter, 50), 'whit_monday'],
    [on('05-01'), 'labour_day'],
    [on('05-08'), 'victory_day'],
    [on('07-14'), 'national_day'],
    [on('08-15'), 'assumption'],
    [on('11-01'), 'all_saints'],
    [on('11-11'), 'armistice'],
    [on('12-25'), 'christmas'],
  ])
  byYear.set(year, holidays)
  return holidays
}

export const frenchHolidayOn = (day: Day): FrenchHoliday | null =>
  frenchHolidays(Number(day.slice(0, 4))).get(day) ?? null

import { formatLocale } from './format.ts'

/** Day, month and year in the order of the portal's language, in figures that every keyboard has. */
const dayFormat = (): Intl.DateTimeFormat => new Intl.DateTimeFormat(formatLocale(), {
  day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn',
})
const partsOf = (day: string): Intl.DateTimeFormatPart[] => dayFormat().formatToParts(new Date(`${day}T00:00:00Z`))
/** Marks of direction belong to text around a date, not to a field. */
const unmarked = (text: string): string => text.replace(/[\u200E\u200F\u061C]/g, '')

/** `2026-03-05` as it stands in a field: 05/03/2026. What is no day stays as it is. */
export const writeDay = (day: string): string =>
  readDay(day) === day ? unmarked(partsOf(day).map(({ value }) => value).join('')) : day

/** jj/mm/aaaa, from the letters of the portal's language. */
export const dayPattern = (letters: { readonly day: string, readonly month: string, readonly year: string }): string =>
  unmarked(partsOf('2026-03-05').map(({ type, value }) => type === 'day' || type === 'month' || type === 'year' ? letters[type] : value).join(''))

/** The day that was typed, in the portal's order or as ISO writes it; null where it is none yet. `5/3/26` is one only when typing has `ended`. */
export function readDay(text: string, { ended = true } = {}): string | null {
  const figures = unmarked(text).replace(/[٠-٩]/g, digit => String(digit.charCodeAt(0) - 0x660))
  const order = partsOf('2026-03-05').map(({ type }) => type).filter(type => type === 'day' || type === 'month' || type === 'year')
  const numbers = split(figures.match(/\d+/g) ?? [], order)
  if (numbers.length !== 3)
    return null
  const [first = ''] = numbers
  const at = (part: 'year' | 'month' | 'day'): string => numbers[first.length === 4 ? ['year', 'month', 'day'].indexOf(part) : order.indexOf(part)]!
  const year = at('year').length === 2 && ended ? `20${at('year')}` : at('year')
  const day = `${year}-${at('month').padStart(2, '0')}-${at('day').padStart(2, '0')}`
  const moment = new Date(`${day}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day) ? day : null
}

/** 05032026 has no marks between its parts. */
function split(numbers: readonly string[], order: readonly string[]): readonly string[] {
  const [all = ''] = numbers
  if (numbers.length !== 1 || (all.length !== 8 && all.length !== 6))
    return numbers
  let from = 0
  return order.map(part => all.slice(from, from += part === 'year' ? all.length - 4 : 2))
}

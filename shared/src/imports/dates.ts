import { monthOfWord } from './months.ts'

export const dateOrders = ['dmy', 'mdy', 'ymd'] as const
export type DateOrder = (typeof dateOrders)[number]

export type DateFault = 'missing' | 'placeholder' | 'impossible' | 'unreadable' | 'out_of_range'
export type DateReading = { readonly ok: true, readonly day: string } | { readonly ok: false, readonly reason: DateFault }

/** What one cell proves about the column: an order, that both orders fit, or that it holds no day at all. */
export type DateEvidence = 'dmy' | 'mdy' | 'ymd' | 'open' | 'sure' | 'placeholder' | 'none'

const numeric = /^(\d{1,4})([/.\- ])(\d{1,2})\2(\d{1,4})(?:[ T,].*)?$/
const dayFirstWord = /^(?:\p{L}{2,10}\.?,? )?(\d{1,2})(?:er|st|nd|rd|th|\.)?[ \-/]*(?:de )?(\p{L}{3,10})\.?[ \-/,]*(?:de )?(\d{4}|\d{2})(?:[ T].*)?$/u
const monthFirstWord = /^(?:\p{L}{2,10}\.?,? )?(\p{L}{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?: .*)?$/u
/** Times without a day, days nobody means: what spreadsheets write for an empty date. */
const placeholders = /^(?:0{1,2}:0{2}(?::0{2})?|0{1,4}([/.-])0{1,2}\1(?:0{1,4}|1900)(?: .*)?|0{8}|0|1900-01-00|0001-01-01(?:[ T].*)?|0?1([/.-])0?1\2(?:0{3}1)(?: .*)?|-+|n\/?[acd]|null|none)$/i

/** Two digits leave out the century; four, as in 0001, mean what they say. */
const yearOf = (text: string): number => text.length > 2 ? Number(text) : Number(text) + (Number(text) < 70 ? 2000 : 1900)

const pad = (value: number): string => String(value).padStart(2, '0')

function dayOf(year: number, month: number, day: number): DateReading {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month))
    return { ok: false, reason: 'impossible' }
  if (year < 1950 || year > 2100)
    return { ok: false, reason: 'out_of_range' }
  return { ok: true, day: `${year}-${pad(month)}-${pad(day)}` }
}

export function daysIn(year: number, month: number): number {
  if (month === 2)
    return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Days since 1899-12-30, as spreadsheets count them; noon of UTC keeps the day whatever the zone. */
function ofSerial(serial: number): DateReading {
  const date = new Date(Date.UTC(1899, 11, 30, 12) + Math.floor(serial) * 86_400_000)
  return dayOf(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())
}

function ofDigits(text: string, order: DateOrder): DateReading {
  if (text.length === 5)
    return ofSerial(Number(text))
  const part = (from: number, to: number): string => text.slice(from, to)
  const cut = (from: number, to: number): number => Number(part(from, to))
  if (text.length === 8 && /^(?:19\d\d|20\d\d|2100)(?:0[1-9]|1[0-2])/.test(text))
    return dayOf(cut(0, 4), cut(4, 6), cut(6, 8))
  if (order === 'ymd' && text.length === 6)
    return dayOf(yearOf(part(0, 2)), cut(2, 4), cut(4, 6))
  const [first, second, year] = [cut(0, 2), cut(2, 4), yearOf(part(4, text.length))]
  return order === 'mdy' ? dayOf(year, first, second) : dayOf(year, second, first)
}

function ofParts(a: string, b: string, c: string, order: DateOrder): DateReading {
  const [first, second, third] = [Number(a), Number(b), yearOf(c)]
  if (a.length === 4 || (order === 'ymd' && c.length <= 2))
    return dayOf(yearOf(a), second, Number(c))
  // A cell that fits one order only is read that way, whatever its column decided.
  if (first > 12 || second > 12)
    return first > 12 ? dayOf(third, second, first) : dayOf(third, first, second)
  return order === 'mdy' ? dayOf(third, first, second) : dayOf(third, second, first)
}

function ofWords(text: string): DateReading {
  const dayFirst = dayFirstWord.exec(text)
  const month = monthOfWord(dayFirst?.[2] ?? '')
  if (dayFirst && month)
    return dayOf(yearOf(dayFirst[3]!), month, Number(dayFirst[1]))
  const monthFirst = monthFirstWord.exec(text)
  const firstMonth = monthOfWord(monthFirst?.[1] ?? '')
  if (monthFirst && firstMonth)
    return dayOf(yearOf(monthFirst[3]!), firstMonth, Number(monthFirst[2]))
  return { ok: false, reason: 'unreadable' }
}

const monthOnly = /^(?:(\d{1,2})[/.-](\d{4})|(\d{4})[/.-](\d{1,2})|(\p{L}{3,10})\.?[ \-/.]*(\d{4}|\d{2}))$/u

/** The month that a cell names without a day: "03/2026", "2026-03", "mars 2026", "févr.-26". */
export function parseMonth(text: string): { readonly from: string, readonly to: string } | null {
  const found = monthOnly.exec(text.trim().slice(0, longestDate))
  if (!found)
    return null
  const month = found[5] ? monthOfWord(found[5]) ?? 0 : Number(found[1] ?? found[4])
  const year = yearOf(found[2] ?? found[3] ?? found[6]!)
  const first = dayOf(year, month, 1)
  return first.ok ? { from: first.day, to: `${year}-${pad(month)}-${daysIn(year, month)}` } : null
}

/** No date is longer; patterns are not let loose on a page of text. */
const longestDate = 64

export function parseDate(text: string, order: DateOrder): DateReading {
  const cell = text.trim()
  if (cell === '')
    return { ok: false, reason: 'missing' }
  if (cell.length > longestDate)
    return { ok: false, reason: 'unreadable' }
  if (placeholders.test(cell))
    return { ok: false, reason: 'placeholder' }
  const parts = numeric.exec(cell)
  if (parts)
    return ofParts(parts[1]!, parts[3]!, parts[4]!, order)
  if (/^(?:\d{5}|\d{6}|\d{8})$/.test(cell))
    return ofDigits(cell, order)
  return /^\d{5}[.,]\d+$/.test(cell) ? ofSerial(Number(cell.slice(0, 5))) : ofWords(cell)
}

export function dateEvidence(text: string): DateEvidence {
  const cell = text.trim()
  if (cell.length > longestDate)
    return 'none'
  if (placeholders.test(cell))
    return 'placeholder'
  const parts = numeric.exec(cell)
  if (!parts)
    return parseDate(cell, 'dmy').ok ? 'sure' : 'none'
  const [first, second, third] = [Number(parts[1]), Number(parts[3]), Number(parts[4])]
  if (parts[1]!.length === 4)
    return second <= 12 && third <= 31 ? 'ymd' : 'none'
  if (parts[1]!.length === 3 || first > 31 || second > 31)
    return first > 31 && second <= 12 && third <= 31 ? 'ymd' : 'none'
  if (first > 12)
    return second <= 12 ? 'dmy' : 'none'
  if (second > 12)
    return 'mdy'
  return first === second ? 'sure' : 'open'
}

export interface DateDecision {
  readonly order: DateOrder
  /** Every cell fits both orders. */
  readonly isOpen: boolean
}

/** One 31/12 anywhere in the column proves day first; where nothing does, day first is what our users write. */
export function decideDateOrder(tally: Readonly<Record<DateEvidence, number>>, fallback: DateOrder = 'dmy'): DateDecision {
  const proven = (['dmy', 'mdy', 'ymd'] as const).filter(order => tally[order] > 0)
  if (proven.length === 0)
    return { order: fallback, isOpen: tally.open > 0 }
  const order = proven.reduce((best, candidate) => tally[candidate] > tally[best] ? candidate : best)
  // 'ymd' is told by its four digits and says nothing of the cells that are written otherwise.
  return { order, isOpen: order === 'ymd' && tally.open > 0 }
}

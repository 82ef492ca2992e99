import { daysIn, parseDate } from './dates.ts'
import { monthOfWord, monthWords } from './months.ts'

/** Calendar days, both included. */
export interface ImportPeriod {
  readonly from: string
  readonly to: string
}

const month = `(${monthWords.join('|')})`
const year = '((?:19|20)\\d\\d)'
const word = (pattern: string): RegExp => new RegExp(`(?<![a-z0-9])${pattern}(?![a-z0-9])`)

const dayRange = /(?<!\d)(\d{4} \d{1,2} \d{1,2}|\d{8}|\d{1,2} \d{1,2} \d{4}) (?:au |a |to |until |bis |- )?(\d{4} \d{1,2} \d{1,2}|\d{8}|\d{1,2} \d{1,2} \d{4})(?!\d)/
const monthsAcrossYears = word(`${month} ?${year} (?:a |au |to |bis )?${month} ?${year}`)
const monthsOfYear = word(`${month} (?:a |au |to |bis )?${month} ?${year}`)
const yearThenMonths = word(`${year} ?${month} (?:a |au |to |bis )?${month}`)
const oneMonth = word(`${month} ?${year}`)
const yearThenMonth = word(`${year} ?${month}`)
const quarter = word(`(?:t|q|trim|trimestre|quarter|quartal) ?([1-4]) ?${year}`)
const yearThenQuarter = word(`${year} ?(?:t|q|trim|trimestre|quarter|quartal) ?([1-4])`)
const ordinalQuarter = word(`([1-4]) ?(?:er|e|eme|nd|st|rd|th|t|q)? ?(?:trimestre|trim|quarter|quartal)? ?(?:de )?${year}`)
const ordinalHalf = word(`([12]) ?(?:er|e|eme|nd|st)? ?(?:semestre|half|halbjahr) ?(?:de )?${year}`)
const half = word(`(?:s|h|semestre|half) ?([12]) ?${year}`)
const yearThenHalf = word(`${year} ?(?:s|h|semestre|half) ?([12])`)
const numericMonth = word(`${year} (0[1-9]|1[0-2])`)
const compactMonth = /(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(?!\d)/
const monthThenYear = word(`(0[1-9]|1[0-2]) ${year}`)
const oneYear = word(year)

const pad = (value: number): string => String(value).padStart(2, '0')

function months(fromYear: number, fromMonth: number, toYear: number, toMonth: number): ImportPeriod | null {
  const from = `${fromYear}-${pad(fromMonth)}-01`
  const to = `${toYear}-${pad(toMonth)}-${pad(daysIn(toYear, toMonth))}`
  return from <= to ? { from, to } : null
}

/** "nov-jan-2015" starts in the year before. */
function monthsEndingIn(toYear: number, from: number, to: number): ImportPeriod | null {
  return months(from > to ? toYear - 1 : toYear, from, toYear, to)
}

const part = (ofYear: number, index: number, length: number): ImportPeriod | null =>
  months(ofYear, (index - 1) * length + 1, ofYear, index * length)

function days(first: string, second: string): ImportPeriod | null {
  const [from, to] = [first, second].map(text => parseDate(text, 'dmy'))
  return from?.ok && to?.ok && from.day <= to.day ? { from: from.day, to: to.day } : null
}

const n = (text: string | undefined): number => Number(text)
const m = (text: string | undefined): number => monthOfWord(text ?? '') ?? 0

const readings: readonly (readonly [RegExp, (found: RegExpExecArray) => ImportPeriod | null])[] = [
  [dayRange, found => days(found[1]!, found[2]!)],
  [monthsAcrossYears, found => months(n(found[2]), m(found[1]), n(found[4]), m(found[3]))],
  [monthsOfYear, found => monthsEndingIn(n(found[3]), m(found[1]), m(found[2]))],
  [yearThenMonths, found => monthsEndingIn(n(found[1]), m(found[2]), m(found[3]))],
  [quarter, found => part(n(found[2]), n(found[1]), 3)],
  [yearThenQuarter, found => part(n(found[1]), n(found[2]), 3)],
  [half, found => part(n(found[2]), n(found[1]), 6)],
  [yearThenHalf, found => part(n(found[1]), n(found[2]), 6)],
  [ordinalHalf, found => part(n(found[2]), n(found[1]), 6)],
  [ordinalQuarter, found => /trim|quart|[1-4] ?[tq](?![a-z])/.test(found[0]) ? part(n(found[2]), n(found[1]), 3) : null],
  [oneMonth, found => months(n(found[2]), m(found[1]), n(found[2]), m(found[1]))],
  [yearThenMonth, found => months(n(found[1]), m(found[2]), n(found[1]), m(found[2]))],
  [numericMonth, found => months(n(found[1]), n(found[2]), n(found[1]), n(found[2]))],
  [compactMonth, found => months(n(found[1]), n(found[2]), n(found[1]), n(found[2]))],
  [monthThenYear, found => months(n(found[2]), n(found[1]), n(found[2]), n(found[1]))],
  [oneYear, found => months(n(found[1]), 1, n(found[1]), 12)],
]

/** The period a file name or a title line speaks of: "apr-jun-2014", "T2 2014", "2014-Q2", "avril-juin 2014", "du 01/04/2014 au 30/06/2014". */
export function periodFromText(text: string): ImportPeriod | null {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\.(?:csv|txt|tsv)$/, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/\b(?:premier|first)\b/g, '1')
    .replace(/\b(?:deuxieme|second|seconde)\b/g, '2')
    .replace(/\b(?:troisieme|third)\b/g, '3')
    .replace(/\b(?:quatrieme|fourth)\b/g, '4')
    .trim()
  for (const [pattern, read] of readings) {
    const found = pattern.exec(plain)
    const period = found && read(found)
    if (period)
      return period
  }
  return null
}

import { countTitles } from './header-row.ts'

/** Cells of a workbook, as text that the reader of files understands in one way only. */

const pad = (value: number, length = 2): string => String(value).padStart(length, '0')

/** Year first: no other order can be read into it. */
function dateText(date: Date): string {
  const day = `${pad(date.getUTCFullYear(), 4)}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`
  const [hours, minutes, seconds] = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]
  return hours + minutes + seconds === 0 ? day : `${day} ${pad(hours)}:${pad(minutes)}:${pad(seconds)}`
}

// Made once: a formatter of its own for each number costs a hundred times as much.
const plainNumbers = new Intl.NumberFormat('en-US', { useGrouping: false, maximumFractionDigits: 15 })

/** A workbook keeps fifteen digits; what a program adds behind them is noise. Three decimals would read as thousands. */
function numberText(value: number): string {
  const text = plainNumbers.format(Number(value.toPrecision(15)))
  return /\.\d{3}$/.test(text) ? `${text}0` : text
}

export function cellText(value: unknown): string {
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? '' : dateText(value)
  if (typeof value === 'number')
    return Number.isFinite(value) ? numberText(value) : ''
  // A line of the file is a line of the sheet, whatever a cell holds.
  return value === null || value === undefined ? '' : String(value).replace(/[\r\n]+/g, ' ')
}

const quoted = (text: string): string => /[";]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text

/** A sheet as a text file: what Excel itself saves under "CSV UTF-8", without its guesses about dates and decimals. */
export const sheetText = (rows: readonly (readonly unknown[])[]): string =>
  rows.map(cells => `${cells.map(cell => quoted(cellText(cell))).join(';')}\r\n`).join('')

type Rows = readonly (readonly unknown[])[]

const titlesIn = (data: Rows): number =>
  Math.max(0, ...data.slice(0, 40).map(cells => countTitles(cells.map(cellText).map(cell => cell.slice(0, 80)))))

/** The sheet that is meant when nobody chose: the one with the most titles we know above its rows, the first of equals. */
export function likelySheet<Sheet extends { readonly data: Rows }>(sheets: readonly Sheet[]): Sheet | undefined {
  const filled = sheets.filter(({ data }) => data.length > 1)
  const titles = new Map(filled.map(sheet => [sheet, titlesIn(sheet.data)]))
  return filled.sort((a, b) => titles.get(b)! - titles.get(a)!)[0] ?? sheets[0]
}

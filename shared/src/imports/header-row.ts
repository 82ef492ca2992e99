import { isBlankRecord, type CsvRecord } from './csv-reader.ts'
import { dateEvidence } from './dates.ts'
import { headerWords } from './header-words.ts'
import { parseAmount } from './numbers.ts'
import { foreignHeaders, synonyms } from './synonyms.ts'

const knownHeaders = new Set([...Object.values(synonyms).flat(), ...foreignHeaders])

/** How many of the cells are titles we know. */
export const countTitles = (cells: readonly string[]): number => cells.filter(cell => knownHeaders.has(headerWords(cell))).length

const isDataLike = (cell: string): boolean => {
  const text = cell.trim()
  return text !== '' && (parseAmount(text, ',', 2).ok || dateEvidence(text) !== 'none' || text.includes('@'))
}

/** The width most of the records have; preambles and totals are narrower. */
function usualWidth(records: readonly CsvRecord[]): number {
  const tally = new Map<number, number>()
  for (const { cells } of records)
    tally.set(cells.length, (tally.get(cells.length) ?? 0) + 1)
  return [...tally].reduce((best, entry) => entry[1] > best[1] ? entry : best, [0, 0])[0]
}

function scoreOf(cells: readonly string[], width: number): number {
  const filled = cells.filter(cell => cell.trim() !== '')
  if (filled.length < Math.min(2, width) || filled.some(cell => cell.length > 80))
    return -1
  const words = filled.map(headerWords)
  const known = words.filter(word => knownHeaders.has(word)).length
  const dataLike = filled.filter(isDataLike).length / filled.length
  // A single column of names looks like a title from its first line on: only a word we know is one.
  if (width === 1 && known === 0)
    return -1
  const repeated = 1 - new Set(words).size / words.length
  return known * 2 / filled.length + Math.min(1, filled.length / width) + (known > 1 ? 1 : 0) - dataLike * 4 - repeated * 2
}

/** The row under the titles when it completes them: no cell of data, a title we know, and data where it has text. */
export function secondHeader(records: readonly CsvRecord[], header: CsvRecord): CsvRecord | null {
  const [second, ...rows] = records.slice(records.indexOf(header) + 1, records.indexOf(header) + 12)
  const filled = second?.cells.filter(cell => cell.trim() !== '') ?? []
  if (!second || rows.length === 0 || filled.length < 2 || filled.some(isDataLike) || !filled.some(cell => knownHeaders.has(headerWords(cell))))
    return null
  const isAboveData = second.cells.some((cell, column) => cell.trim() !== '' && rows.every(row => (row.cells[column] ?? '').trim() === '' || isDataLike(row.cells[column]!))
    && rows.some(row => (row.cells[column] ?? '').trim() !== ''))
  const repeats = second.cells.every((cell, column) => cell.trim() === (header.cells[column] ?? '').trim())
  return isAboveData && !repeats ? second : null
}

/**
 * Which of the first records names the columns; null when none does and data starts at once.
 * A preamble (firm, title, period, blank lines) is skipped because its lines are narrow and name no known column.
 */
export function findHeader(records: readonly CsvRecord[]): CsvRecord | null {
  const candidates = records.slice(0, 40)
  const width = usualWidth(records)
  let best: CsvRecord | null = null
  let bestScore = 0.5
  for (const record of candidates) {
    if (isBlankRecord(record.cells))
      continue
    const score = scoreOf(record.cells, width)
    if (score > bestScore + 0.01) {
      best = record
      bestScore = score
    }
  }
  return best
}

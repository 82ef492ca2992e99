import { insideQuotes } from './csv-reader.ts'

export const delimiters = [';', '\t', '|', ','] as const
export type Delimiter = (typeof delimiters)[number]

export interface DelimiterGuess {
  readonly delimiter: Delimiter
  readonly newline: '\n' | '\r'
  /** The first line is Excel's `sep=;` and holds no data. */
  readonly hasSepLine: boolean
  readonly isLineQuoted: boolean
}

const sepLine = /^sep=(.)\r?$/i

/** How often each candidate stands outside quotes, line by line. */
function countPerLine(text: string, newline: string, limit: number): Map<Delimiter, number[]> {
  const counts = new Map<Delimiter, number[]>(delimiters.map(delimiter => [delimiter, []]))
  const current = new Map<string, number>(delimiters.map(delimiter => [delimiter, 0]))
  let isQuoted = false
  let isBlank = true
  let decimals = 0
  let lines = 0
  const endLine = (): void => {
    // Beside another candidate, a comma between digits is a decimal mark.
    if (delimiters.some(delimiter => delimiter !== ',' && current.get(delimiter)! > 0))
      current.set(',', current.get(',')! - decimals)
    for (const delimiter of delimiters) {
      if (!isBlank)
        counts.get(delimiter)!.push(current.get(delimiter)!)
      current.set(delimiter, 0)
    }
    isBlank = true
    decimals = 0
  }
  for (let index = 0; index < text.length; index++) {
    const sign = text[index]!
    if (sign === '"')
      isQuoted = !isQuoted
    if (sign === newline && !isQuoted) {
      if (!isBlank && ++lines > limit)
        return counts
      endLine()
      continue
    }
    isBlank &&= sign.trim() === ''
    if (isQuoted || !current.has(sign))
      continue
    current.set(sign, current.get(sign)! + 1)
    decimals += sign === ',' && /^\d,\d$/.test(text.slice(index - 1, index + 2)) ? 1 : 0
  }
  if (!isBlank)
    endLine()
  return counts
}

/** A sign on fewer lines than this is part of the text: a list of names holds a comma here and there. */
const leastPresence = 1 / 3

/** Share of the lines that agree on one count above zero. */
function constancy(counts: readonly number[]): { share: number, count: number } {
  if (counts.filter(count => count > 0).length < counts.length * leastPresence)
    return { share: 0, count: 0 }
  const tally = new Map<number, number>()
  for (const count of counts) {
    if (count > 0)
      tally.set(count, (tally.get(count) ?? 0) + 1)
  }
  let best = { share: 0, count: 0 }
  for (const [count, lines] of tally) {
    const share = lines / counts.length
    if (share > best.share || (share === best.share && count > best.count))
      best = { share, count }
  }
  return best
}

/** The text without quotes around each of its lines, when they all have them and hold a delimiter inside. */
function withoutLineQuotes(head: string, newline: string): string | null {
  const lines = head.split(newline).slice(0, 100).filter(line => line.trim() !== '')
  const inner = lines.map(insideQuotes)
  const isWrapped = lines.length > 1 && inner.slice(0, -1).every(line => line !== null && delimiters.some(delimiter => line.includes(delimiter)))
  return isWrapped ? inner.map((line, index) => line ?? lines[index]!).join(newline) : null
}

/** The sign with the most constant count on the first lines; a decimal comma varies more than a delimiter. */
export function guessDelimiter(head: string): DelimiterGuess {
  const newline = head.includes('\n') || !head.includes('\r') ? '\n' : '\r'
  const first = head.slice(0, head.indexOf(newline) === -1 ? undefined : head.indexOf(newline))
  const named = sepLine.exec(first)?.[1]
  if (named !== undefined && (delimiters as readonly string[]).includes(named))
    return { delimiter: named as Delimiter, newline, hasSepLine: true, isLineQuoted: false }
  const counts = countPerLine(head, newline, 100)
  let delimiter: Delimiter = ';'
  let best = { share: 0, count: 0 }
  for (const candidate of delimiters) {
    const found = constancy(counts.get(candidate)!)
    // A clear lead in constancy wins; otherwise the sign that cuts finer.
    const isBetter = found.share > best.share + 0.15 || (found.share > best.share - 0.15 && found.count > best.count * 1.5)
    if (found.count > 0 && isBetter) {
      best = found
      delimiter = candidate
    }
  }
  const unquoted = best.count === 0 ? withoutLineQuotes(head, newline) : null
  if (unquoted !== null)
    return { ...guessDelimiter(unquoted), isLineQuoted: true }
  // One column: any sign that stands nowhere.
  const unused = ([',', ...delimiters] as const).find(candidate => counts.get(candidate)!.every(count => count === 0))
  return { delimiter: best.count === 0 ? unused ?? ',' : delimiter, newline, hasSepLine: false, isLineQuoted: false }
}

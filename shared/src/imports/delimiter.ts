export const delimiters = [';', '\t', '|', ','] as const
export type Delimiter = (typeof delimiters)[number]

export interface DelimiterGuess {
  readonly delimiter: Delimiter
  readonly newline: '\n' | '\r'
  /** The first line is Excel's `sep=;` and holds no data. */
  readonly hasSepLine: boolean
}

const sepLine = /^sep=(.)\r?$/i

/** How often each candidate stands outside quotes, line by line. */
function countPerLine(text: string, newline: string, limit: number): Map<Delimiter, number[]> {
  const counts = new Map<Delimiter, number[]>(delimiters.map(delimiter => [delimiter, []]))
  const current = new Map<string, number>(delimiters.map(delimiter => [delimiter, 0]))
  let isQuoted = false
  let isBlank = true
  let lines = 0
  for (const sign of text) {
    if (sign === '"')
      isQuoted = !isQuoted
    if (sign !== newline || isQuoted) {
      isBlank &&= sign.trim() === ''
      if (!isQuoted && current.has(sign))
        current.set(sign, current.get(sign)! + 1)
      continue
    }
    if (!isBlank && ++lines > limit)
      return counts
    for (const delimiter of delimiters) {
      if (!isBlank)
        counts.get(delimiter)!.push(current.get(delimiter)!)
      current.set(delimiter, 0)
    }
    isBlank = true
  }
  if (!isBlank) {
    for (const delimiter of delimiters)
      counts.get(delimiter)!.push(current.get(delimiter)!)
  }
  return counts
}

/** Share of the lines that agree on one count above zero. */
function constancy(counts: readonly number[]): { share: number, count: number } {
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

/** The sign with the most constant count on the first lines; a decimal comma varies more than a delimiter. */
export function guessDelimiter(head: string): DelimiterGuess {
  const newline = head.includes('\n') || !head.includes('\r') ? '\n' : '\r'
  const first = head.slice(0, head.indexOf(newline) === -1 ? undefined : head.indexOf(newline))
  const named = sepLine.exec(first)?.[1]
  if (named !== undefined && (delimiters as readonly string[]).includes(named))
    return { delimiter: named as Delimiter, newline, hasSepLine: true }
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
  return { delimiter: best.count === 0 ? ',' : delimiter, newline, hasSepLine: false }
}

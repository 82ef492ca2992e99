export interface CsvRecord {
  /** Line of the file, counted from 1, on which the record starts. */
  readonly line: number
  readonly cells: string[]
}

export interface CsvShape {
  readonly delimiter: string
  readonly newline: '\n' | '\r'
  /** Every line stands in quotes as a whole: a file with another separator was opened and saved once too often. */
  readonly isLineQuoted?: boolean
}

/** A quoted cell longer than this was never closed: the quote is then an ordinary sign. */
const quotedReach = 32_768
/** No record is longer: a file without line ends must not be held in memory whole. */
const longestRecord = 1_048_576

/**
 * Splits delimited text that arrives in pieces into records. A stray quote spoils its own cell at most:
 * a quote inside a quoted cell ends it only before a delimiter or a line end.
 */
export class CsvReader {
  readonly #delimiter: string
  readonly #newline: string
  #rest = ''
  #line = 1

  constructor(shape: CsvShape) {
    this.#delimiter = shape.delimiter
    this.#newline = shape.newline
  }

  push(text: string): CsvRecord[] {
    return this.#read(this.#rest + text, false)
  }

  end(): CsvRecord[] {
    return this.#rest === '' ? [] : this.#read(this.#rest, true)
  }

  #read(text: string, isEnd: boolean): CsvRecord[] {
    const records: CsvRecord[] = []
    let start = 0
    while (start < text.length) {
      const newline = text.indexOf(this.#newline, start)
      const reach = newline === -1 ? text.length : newline
      if (newline === -1 && !isEnd && reach - start < longestRecord)
        break
      const stop = Math.min(reach, start + longestRecord)
      const line = text.slice(start, text.charCodeAt(stop - 1) === 13 && stop > start ? stop - 1 : stop)
      if (!line.includes('"')) {
        records.push({ line: this.#line, cells: line.split(this.#delimiter) })
        this.#line += stop === newline ? 1 : 0
        start = stop === newline ? stop + 1 : stop
        continue
      }
      const quoted = this.#readQuoted(text, start, isEnd)
      if (!quoted)
        break
      records.push({ line: this.#line, cells: quoted.cells })
      this.#line += quoted.lines
      start = quoted.next
    }
    this.#rest = text.slice(start)
    return records
  }

  /** One record with quotes in it, cell by cell; null when its end is not in the text yet. */
  #readQuoted(text: string, from: number, isEnd: boolean): { cells: string[], next: number, lines: number } | null {
    const cells: string[] = []
    let position = from
    let lines = 1
    for (;;) {
      const opening = this.#openingQuote(text, position)
      const closing = opening === -1 ? -1 : this.#closingQuote(text, opening, isEnd)
      if (closing === null)
        return null
      if (closing !== -1) {
        const inner = text.slice(opening + 1, closing)
        lines += inner.split(this.#newline).length - 1
        cells.push(inner.replaceAll('""', '"'))
        position = this.#skipBlanks(text, closing + 1)
      }
      else {
        const stop = this.#plainEnd(text, position)
        cells.push(text.slice(position, stop).replace(/\r$/, ''))
        position = stop
      }
      if (position >= text.length)
        return isEnd ? { cells, next: text.length, lines } : null
      if (!text.startsWith(this.#delimiter, position)) {
        const newline = text.indexOf(this.#newline, position)
        return { cells, next: newline === -1 ? text.length : newline + 1, lines }
      }
      position += this.#delimiter.length
    }
  }

  #openingQuote(text: string, position: number): number {
    const start = this.#skipBlanks(text, position)
    return text.charCodeAt(start) === 34 ? start : -1
  }

  /** Where the quoted cell ends; -1 when its quote is an ordinary sign, null when more text is needed to know. */
  #closingQuote(text: string, opening: number, isEnd: boolean): number | null {
    let quote = opening
    for (;;) {
      quote = text.indexOf('"', quote + 1)
      if (quote === -1 || quote - opening > quotedReach)
        return isEnd || text.length - opening > quotedReach ? -1 : null
      if (text.charCodeAt(quote + 1) === 34) {
        quote++
        continue
      }
      const after = this.#skipBlanks(text, quote + 1)
      if (after >= text.length)
        return isEnd ? quote : null
      if (text.startsWith(this.#delimiter, after) || text.startsWith(this.#newline, after) || text.startsWith('\r\n', after))
        return quote
    }
  }

  #skipBlanks(text: string, from: number): number {
    let position = from
    while (text.charCodeAt(position) === 32)
      position++
    return position
  }

  #plainEnd(text: string, from: number): number {
    const newline = text.indexOf(this.#newline, from)
    const lineEnd = newline === -1 ? text.length : newline
    const delimiter = text.indexOf(this.#delimiter, from)
    return delimiter === -1 || delimiter > lineEnd ? lineEnd : delimiter
  }
}

const wholeLine = /^"(.*)"\s*$/

/** The line inside the quotes around it; null when it has none. */
export const insideQuotes = (line: string): string | null => wholeLine.exec(line)?.[1]?.replaceAll('""', '"') ?? null

async function* unquotedLines(text: AsyncIterable<string>, newline: string): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of text) {
    const lines = (rest + piece).split(newline)
    rest = lines.pop()!
    yield lines.map(line => (insideQuotes(line) ?? line) + newline).join('')
  }
  yield insideQuotes(rest) ?? rest
}

export async function* readRecords(text: AsyncIterable<string>, shape: CsvShape): AsyncGenerator<CsvRecord[]> {
  const reader = new CsvReader(shape)
  for await (const piece of shape.isLineQuoted ? unquotedLines(text, shape.newline) : text)
    yield reader.push(piece)
  yield reader.end()
}

export const isBlankRecord = (cells: readonly string[]): boolean => cells.every(cell => cell.trim() === '')

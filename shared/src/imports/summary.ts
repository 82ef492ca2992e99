import type { RowIssue, RowIssueCode, RowReading } from './row-context.ts'

export interface IssueCount {
  readonly severity: RowIssue['severity']
  readonly count: number
  /** Lines of the file, the first ones when there are very many. */
  readonly lines: readonly number[]
}

export interface ReadingSummary {
  readonly rows: number
  readonly usableRows: number
  /** Sum of the usable rows by currency, in minor units. */
  readonly sums: Readonly<Record<string, number>>
  readonly negativeRows: number
  readonly firstDay: string | null
  readonly lastDay: string | null
  readonly issues: Readonly<Partial<Record<RowIssueCode, IssueCount>>>
}

const listedLines = 1000

/** Adds up what a file's rows bring and what is wrong with them, one reading at a time. */
export class SummaryCount {
  #rows = 0
  #usableRows = 0
  #negativeRows = 0
  #firstDay: string | null = null
  #lastDay: string | null = null
  readonly #sums: Record<string, number> = {}
  readonly #issues = new Map<RowIssueCode, { severity: RowIssue['severity'], count: number, lines: number[] }>()

  add({ line, usable, issues }: RowReading): void {
    this.#rows++
    for (const issue of issues)
      this.addIssue(issue, line)
    if (!usable)
      return
    this.#usableRows++
    const { purchase } = usable
    if (!purchase)
      return
    this.#sums[purchase.currency] = (this.#sums[purchase.currency] ?? 0) + purchase.amountMinor
    if (purchase.amountMinor < 0)
      this.#negativeRows++
    if (this.#firstDay === null || purchase.day < this.#firstDay)
      this.#firstDay = purchase.day
    if (this.#lastDay === null || purchase.day > this.#lastDay)
      this.#lastDay = purchase.day
  }

  addIssue({ code, severity }: Pick<RowIssue, 'code' | 'severity'>, line: number): void {
    const known = this.#issues.get(code) ?? { severity, count: 0, lines: [] }
    known.count++
    if (known.lines.length < listedLines && known.lines.at(-1) !== line)
      known.lines.push(line)
    this.#issues.set(code, known)
  }

  result(): ReadingSummary {
    return {
      rows: this.#rows,
      usableRows: this.#usableRows,
      sums: this.#sums,
      negativeRows: this.#negativeRows,
      firstDay: this.#firstDay,
      lastDay: this.#lastDay,
      issues: Object.fromEntries(this.#issues),
    }
  }
}

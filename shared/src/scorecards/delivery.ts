import { addDays, daysBetween, type Day } from '../insights/calendar.ts'
import { isCounted, type Book } from './book.ts'
import { reaches, sumOf, type Measure } from './measure.ts'
import { proportion } from './proportion.ts'
import type { OrderLine } from './scorecard-input.schema.ts'

/** What became of one due line. */
export interface DueLine {
  readonly line: OrderLine
  readonly dueOn: Day
  /** What arrived in the window from the early side to the end of grace. */
  readonly onTimeQuantity: number
  readonly isInFull: boolean
  readonly deliveredQuantity: number
  /** Late pieces times their days, those still missing until the as-of day. */
  readonly lateDays: number
  /** Null: the promise was never moved. */
  readonly lastPromise: Day | null
}

type DueBy = (line: OrderLine) => Day | null | undefined

const byPromise: DueBy = line => line.promised
const byRequest: DueBy = line => line.requested

/** Due lines of a supplier by the first confirmed promise, delivered or not. */
export const dueLines = (book: Book, supplier: OrderLine['supplier'], dueBy: DueBy = byPromise): DueLine[] =>
  book.linesOf(supplier).filter(isCounted).flatMap((line) => {
    const dueOn = dueBy(line)
    return dueOn && book.isInPeriod(afterGrace(book, dueOn)) ? [judge(book, line, dueOn)] : []
  })

export const requestedLines = (book: Book, supplier: OrderLine['supplier']): DueLine[] => dueLines(book, supplier, byRequest)

/** Lines without a promise: in no measure of promises, and worth asking for one. */
export const notPromised = (book: Book, supplier: OrderLine['supplier']): OrderLine[] =>
  book.linesOf(supplier).filter(line => isCounted(line) && !line.promised)

const afterGrace = ({ settings: { graceDays } }: Book, dueOn: Day): Day => graceDays === 0 ? dueOn : addDays(dueOn, graceDays)

function judge(book: Book, line: OrderLine, dueOn: Day): DueLine {
  const { earlyWindowDays, tolerancePercent } = book.settings
  const receipts = book.receiptsOf(line)
  const lastDay = afterGrace(book, dueOn)
  const firstDay = earlyWindowDays === null ? '' : addDays(dueOn, -earlyWindowDays)
  const received = (isInTime: (on: Day) => boolean): number => sumOf(receipts.filter(({ on }) => isInTime(on)), ({ quantity }) => quantity)
  return {
    line,
    dueOn,
    onTimeQuantity: Math.min(line.quantity, Math.max(0, received(on => on >= firstDay && on <= lastDay))),
    isInFull: reaches(received(on => on <= lastDay), line.quantity * (1 - tolerancePercent / 100)),
    deliveredQuantity: received(() => true),
    lateDays: lateDays(line.quantity, receipts, { dueOn, asOf: book.asOf }),
    lastPromise: line.promises?.at(-1) ?? null,
  }
}

function lateDays(quantity: number, receipts: readonly { on: Day, quantity: number }[], { dueOn, asOf }: { dueOn: Day, asOf: Day }): number {
  let received = 0
  let filled = 0
  let late = 0
  for (const receipt of receipts) {
    received += receipt.quantity
    // What goes back leaves the line open again; what is beyond the order never counts.
    const filledNow = Math.min(quantity, Math.max(0, received))
    late += Math.max(0, filledNow - filled) * Math.max(0, daysBetween(dueOn, receipt.on))
    filled = filledNow
  }
  return late + (quantity - filled) * Math.max(0, daysBetween(dueOn, asOf))
}

const ordered = (lines: readonly DueLine[]): number => sumOf(lines, ({ line }) => line.quantity)

export const onTimeDelivery = (lines: readonly DueLine[]): Measure =>
  proportion({ part: sumOf(lines, line => line.onTimeQuantity), whole: ordered(lines), n: lines.length })

export const onTimeInFull = (lines: readonly DueLine[]): Measure =>
  proportion({ part: lines.filter(({ isInFull }) => isInFull).length, whole: lines.length, n: lines.length })

export const meanDaysLate = (lines: readonly DueLine[]): Measure =>
  ({ value: lines.length > 0 ? sumOf(lines, line => line.lateDays) / ordered(lines) : null, n: lines.length })

export function promiseDrift(lines: readonly DueLine[]): Measure {
  const drift = ({ dueOn, lastPromise }: DueLine): number => lastPromise === null ? 0 : daysBetween(dueOn, lastPromise)
  return { value: lines.length > 0 ? sumOf(lines, drift) / lines.length : null, n: lines.length }
}

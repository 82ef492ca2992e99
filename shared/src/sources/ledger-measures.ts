import { addMonths, daysBetween, type Day } from '../insights/calendar.ts'

/** A month of the books; balances are those of its end. Receivables are owed to us, payables by us: both positive. */
export interface LedgerMonth {
  readonly month: Day
  readonly receivablesMinor: number
  readonly payablesMinor: number
  /** With VAT, as receivables are: invoices and credit notes on the customers' account. */
  readonly salesInvoicedMinor: number
  readonly purchasesInvoicedMinor: number
  /** Without VAT: accounts 70, and 60. */
  readonly revenueMinor: number
  readonly purchasesMinor: number
  /** Classes 7 and 6 as a whole. */
  readonly incomeMinor: number
  readonly expensesMinor: number
}

/**
 * DSO = average receivables ÷ credit sales × days; DPO likewise (cio-wiki.org, "Days Sales Outstanding": 4 M ÷ 16 M × 365 = 91.25).
 * Null without a flow: nothing was sold or bought on credit.
 */
export const daysOutstanding = (averageMinor: number, flowMinor: number, days: number): number | null =>
  flowMinor > 0 ? averageMinor / flowMinor * days : null

/**
 * The count-back twin: whole months of the latest sales are taken off the closing balance, and of the last one its share.
 * It follows the season, which an average does not. Null when the months at hand do not use the balance up.
 */
export function countBack(balanceMinor: number, months: readonly { readonly days: number, readonly flowMinor: number }[]): number | null {
  let left = balanceMinor
  let days = 0
  for (const { days: length, flowMinor } of months.toReversed()) {
    if (left <= 0)
      return days
    if (flowMinor <= 0) {
      days += length
      continue
    }
    if (left < flowMinor)
      return days + left / flowMinor * length
    left -= flowMinor
    days += length
  }
  return left <= 0 ? days : null
}

export const daysOfMonth = (month: Day): number => daysBetween(month, addMonths(month, 1))

export interface Margin {
  readonly grossMinor: number
  /** Of revenue; null where nothing was sold. */
  readonly rate: number | null
}

/** Gross margin = revenue (70) − purchases (60, with the change of stock 603). */
export const marginOf = ({ revenueMinor, purchasesMinor }: Pick<LedgerMonth, 'revenueMinor' | 'purchasesMinor'>): Margin => ({
  grossMinor: revenueMinor - purchasesMinor,
  rate: revenueMinor > 0 ? (revenueMinor - purchasesMinor) / revenueMinor : null,
})

export interface LedgerSummary {
  readonly days: number
  readonly dso: number | null
  readonly dsoCountBack: number | null
  readonly dpo: number | null
  readonly dpoCountBack: number | null
  readonly revenueMinor: number
  readonly margin: Margin
  readonly resultMinor: number
}

/** Months in their order; `opening`: the balances before the first of them. */
export function summarise(months: readonly LedgerMonth[], opening: { readonly receivablesMinor: number, readonly payablesMinor: number }): LedgerSummary {
  const sum = (value: (month: LedgerMonth) => number): number => months.reduce((total, month) => total + value(month), 0)
  const days = sum(({ month }) => daysOfMonth(month))
  const last = months.at(-1) ?? { ...opening }
  const average = (from: number, to: number): number => (from + to) / 2
  const flows = (value: (month: LedgerMonth) => number) => months.map(month => ({ days: daysOfMonth(month.month), flowMinor: value(month) }))
  const totals = { revenueMinor: sum(month => month.revenueMinor), purchasesMinor: sum(month => month.purchasesMinor) }
  return {
    days,
    dso: daysOutstanding(average(opening.receivablesMinor, last.receivablesMinor), sum(month => month.salesInvoicedMinor), days),
    dsoCountBack: countBack(last.receivablesMinor, flows(month => month.salesInvoicedMinor)),
    dpo: daysOutstanding(average(opening.payablesMinor, last.payablesMinor), sum(month => month.purchasesInvoicedMinor), days),
    dpoCountBack: countBack(last.payablesMinor, flows(month => month.purchasesInvoicedMinor)),
    revenueMinor: totals.revenueMinor,
    margin: marginOf(totals),
    resultMinor: sum(({ incomeMinor, expensesMinor }) => incomeMinor - expensesMinor),
  }
}

import { addDays, addMonths, startOfMonth, type Day } from '@comptoir/shared/insights/calendar'
import type { LedgerMonth } from '@comptoir/shared/sources/ledger-measures'

export interface LedgerFile {
  readonly fileId: string
  readonly from: Day
  readonly to: Day
  readonly hasOpening: boolean
}

/** What a file says of a month, before balances are carried on. */
export interface MonthSums extends Omit<LedgerMonth, 'receivablesMinor' | 'payablesMinor'> {
  readonly fileId: string
  readonly receivablesOpening: number
  readonly receivablesMoved: number
  readonly payablesOpening: number
  readonly payablesMoved: number
}

interface Balances { readonly receivablesMinor: number, readonly payablesMinor: number }

export interface Chained {
  readonly months: readonly LedgerMonth[]
  /** Balances before each month. */
  readonly before: ReadonlyMap<Day, Balances>
  readonly hasUnknownOpening: boolean
}

/**
 * Months of all files with their balances. A file that opens with the balances of the year before starts from these;
 * one that follows the last without a gap goes on from it; any other starts from nothing, and that is said.
 */
export function chainMonths(files: readonly LedgerFile[], sums: readonly MonthSums[]): Chained {
  const months: LedgerMonth[] = []
  const before = new Map<Day, Balances>()
  let [balances, end, hasUnknownOpening]: [Balances, Day | null, boolean] = [{ receivablesMinor: 0, payablesMinor: 0 }, null, false]
  for (const { fileId, from, to, hasOpening } of files.toSorted((a, b) => a.from < b.from ? -1 : 1)) {
    const follows = end !== null && from <= addDays(endOfMonth(end), 1)
    const own = new Map(sums.filter(month => month.fileId === fileId).map(month => [month.month, month]))
    if (hasOpening || !follows)
      balances = openingOf([...own.values()])
    hasUnknownOpening ||= !hasOpening && !follows
    for (let month = startOfMonth(from); month <= to; month = addMonths(month, 1)) {
      const sum = own.get(month)
      before.set(month, before.get(month) ?? balances)
      balances = { receivablesMinor: balances.receivablesMinor + (sum?.receivablesMoved ?? 0), payablesMinor: balances.payablesMinor + (sum?.payablesMoved ?? 0) }
      months.push({ ...quiet, ...sum && pick(sum), month, ...balances })
    }
    end = to
  }
  return { months, before, hasUnknownOpening }
}

const endOfMonth = (day: Day): Day => addDays(addMonths(startOfMonth(day), 1), -1)
const openingOf = (months: readonly MonthSums[]): Balances => ({
  receivablesMinor: months.reduce((sum, { receivablesOpening }) => sum + receivablesOpening, 0), payablesMinor: months.reduce((sum, { payablesOpening }) => sum + payablesOpening, 0),
})
const quiet = { salesInvoicedMinor: 0, purchasesInvoicedMinor: 0, revenueMinor: 0, purchasesMinor: 0, incomeMinor: 0, expensesMinor: 0 }
const pick = ({ salesInvoicedMinor, purchasesInvoicedMinor, revenueMinor, purchasesMinor, incomeMinor, expensesMinor }: MonthSums) =>
  ({ salesInvoicedMinor, purchasesInvoicedMinor, revenueMinor, purchasesMinor, incomeMinor, expensesMinor })

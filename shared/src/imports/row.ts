import { currencyExponent } from '../money.ts'
import { readCurrency } from './currency.ts'
import { parseDate, parseMonth } from './dates.ts'
import type { ImportField } from './fields.ts'
import { isSupplierAccount, namesPayment, sideOfRow, type LedgerSide } from './ledger.ts'
import { parseAmount } from './numbers.ts'
import {
  cellOf, cleanText, report, takableFaults,
  type ImportPlan, type IncomingPurchase, type RowContext, type RowDecision, type RowIssueCode, type RowReading,
} from './row-context.ts'
import { headingOf } from './sections.ts'
import { readVendor } from './vendor-cells.ts'

const totalWords = /^(?:grand |sous[ -]?)?(?:total|totaux|sub-?total|report|summe|gesamt|zwischensumme|subtotal|totale|solde)(?: (?:g[ée]n[ée]ral|general|ht|ttc|g[ée]n[ée]raux|fournisseurs?|net|du mois|de la p[ée]riode))*\s*:?$/i

const totalOf = /^(?:grand |sous[ -]?)?(?:total|totaux|sub-?total|summe|zwischensumme|totale)(?![\p{L}\p{N}])/iu

/** A whole row that is no data: a repeated header, a total, a leftover. */
function rowFault(context: RowContext): RowIssueCode | null {
  const { plan, cells } = context
  const filled = cells.filter(cell => cell.trim() !== '')
  if (plan.headers.length > 0 && filled.length > 1 && cells.every((cell, column) => column === plan.headingColumn || cell.trim() === (plan.headers[column] ?? '').trim()))
    return 'row.repeated_header'
  if (cells.slice(Math.max(plan.headers.length, 1)).some(cell => cell.trim() !== ''))
    return 'row.too_many_cells'
  if (plan.headingColumn !== null && cells[plan.headingColumn] === '' && headingOf(cells) !== null)
    return 'row.heading'
  const isNamed = cellOf(context, 'vendorName') !== ''
  const hasKey = isNamed || (['vendorCode', 'siren', 'siret', 'vatNumber'] as const).some(field => cellOf(context, field) !== '')
  const hasAmount = (['amount', 'debit', 'credit'] as const).some(field => cellOf(context, field) !== '')
  if (isTotal(context, cleanText((filled[0] ?? '').slice(0, 80))))
    return 'row.total'
  if (!hasKey && !(plan.kind === 'purchases' && hasAmount))
    return 'row.stray'
  return plan.isLedger ? ledgerFault(context) : null
}

/** "Total", and on dated lines "Total 401ALPHA" too: a firm of that name has a date or a reference beside it. */
function isTotal(context: RowContext, first: string): boolean {
  const { plan } = context
  const isDated = plan.mapping.date !== undefined && plan.period === null && plan.kind === 'purchases'
  return (totalWords.test(first) || (isDated && totalOf.test(first)))
    && !parseDate(cellOf(context, 'date'), plan.dateOrder).ok && cellOf(context, 'reference') === ''
}

const sideOfContext = (context: RowContext): LedgerSide | null =>
  sideOfRow({ debit: cellOf(context, 'debit'), credit: cellOf(context, 'credit'), side: cellOf(context, 'side') })

/** Whether the plan tells money spent from money taken back by the side it stands on. */
const hasSides = ({ mapping }: ImportPlan): boolean => mapping.side !== undefined || mapping.amount === undefined

function readSides(context: RowContext): { text: string, sign: 1 | -1, field: ImportField } | null {
  const { plan } = context
  if (!hasSides(plan))
    return { text: cellOf(context, 'amount'), sign: plan.reversesSign ? -1 : 1, field: 'amount' }
  const side = sideOfContext(context)
  if (side === null) {
    report(context, plan.mapping.side === undefined ? 'amount.both_sides' : 'amount.no_side', 'error', plan.mapping.side === undefined ? 'debit' : 'side')
    return null
  }
  const field = plan.mapping.amount === undefined ? side : 'amount'
  return { text: cellOf(context, field), sign: side === plan.spendSide ? 1 : -1, field }
}

/** In a ledger: a line on somebody else's account, or one that only settles an invoice booked elsewhere. */
function ledgerFault(context: RowContext): RowIssueCode | null {
  const { plan } = context
  const account = cellOf(context, plan.mapping.account === undefined ? 'vendorCode' : 'account')
  if (account !== '' && /^\d/.test(account) && !isSupplierAccount(account))
    return 'row.other_account'
  if (!hasSides(plan) || plan.keepsPayments || sideOfContext(context) === plan.spendSide)
    return null
  const isPayment = plan.mapping.journal === undefined
    ? namesPayment(cellOf(context, 'label')) || namesPayment(cellOf(context, 'reference'))
    : plan.paymentJournals.includes(cellOf(context, 'journal'))
  return isPayment ? 'row.payment' : null
}

function readAmount(context: RowContext): { minor: number, currency: string } | null {
  const { plan } = context
  const sides = readSides(context)
  if (!sides)
    return null
  const column = cellOf(context, 'currency')
  const named = column === '' ? null : readCurrency(column, plan.currency)
  if (column !== '' && named === null) {
    report(context, 'currency.unknown', 'error', 'currency')
    return null
  }
  const first = parseAmount(sides.text, plan.decimal, 2)
  if (!first.ok) {
    report(context, `amount.${first.reason}`, 'error', sides.field)
    return null
  }
  const currency = named ?? (first.currency && readCurrency(first.currency, plan.currency)) ?? plan.currency
  const exponent = currencyExponent(currency)
  const amount = exponent === 2 ? first : parseAmount(sides.text, plan.decimal, exponent)
  if (!amount.ok)
    return null
  if (amount.isRounded)
    report(context, 'amount.rounded', 'warning', sides.field)
  // A figure that is negative on the side that takes money back says the same thing twice.
  const isSaidTwice = plan.mapping.side !== undefined && sides.sign === -1 && amount.minor < 0
  return { minor: (isSaidTwice ? amount.minor : amount.minor * sides.sign) || 0, currency }
}

function readDay(context: RowContext): { day: string, isPeriodGuess: boolean } | null {
  const { plan } = context
  const reading = parseDate(cellOf(context, 'date'), plan.dateOrder)
  if (reading.ok)
    return { day: reading.day, isPeriodGuess: false }
  const month = parseMonth(cellOf(context, 'date'))
  if (month) {
    report(context, 'date.period_proposed', 'warning', 'date', month)
    return { day: month.to, isPeriodGuess: true }
  }
  if (plan.period && (reading.reason === 'missing' || reading.reason === 'placeholder')) {
    report(context, 'date.period_proposed', 'warning', 'date', { from: plan.period.from, to: plan.period.to })
    return { day: plan.period.to, isPeriodGuess: true }
  }
  report(context, `date.${reading.reason}`, 'error', 'date')
  return null
}

function readPurchase(context: RowContext): IncomingPurchase | null {
  const amount = readAmount(context)
  const date = readDay(context)
  if (!amount || !date)
    return null
  const optional = (field: ImportField): string | null => cellOf(context, field).slice(0, 1000).toWellFormed() || null
  return {
    ...date,
    amountMinor: amount.minor,
    currency: amount.currency,
    reference: optional('reference'),
    label: optional('label'),
    category: optional('category'),
    department: optional('department'),
  }
}

/** One row of the file, read by the plan: what it brings, or why it cannot be used. */
export function readRow(cells: readonly string[], line: number, plan: ImportPlan, decision: RowDecision | null = null): RowReading {
  const context: RowContext = { plan, cells, issues: [] }
  const fault = decision === 'skip' ? 'row.skipped' : rowFault(context)
  if (fault && !(decision === 'take' && takableFaults.has(fault))) {
    report(context, fault, 'error', null)
    return { line, usable: null, issues: context.issues }
  }
  const vendor = readVendor(context)
  const purchase = plan.kind === 'purchases' ? readPurchase(context) : null
  const isUsable = !context.issues.some(issue => issue.severity === 'error')
  return { line, usable: isUsable && vendor ? { vendor, purchase } : null, issues: context.issues }
}

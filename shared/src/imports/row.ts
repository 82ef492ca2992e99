import { currencyExponent } from '../money.ts'
import { readCurrency } from './currency.ts'
import { parseDate } from './dates.ts'
import type { ImportField } from './fields.ts'
import { parseAmount } from './numbers.ts'
import { cellOf, cleanText, report, type ImportPlan, type IncomingPurchase, type RowContext, type RowIssueCode, type RowReading } from './row-context.ts'
import { readVendor } from './vendor-cells.ts'

const totalWords = /^(?:grand |sous[ -]?)?(?:total|totaux|sub-?total|report|summe|gesamt|zwischensumme|subtotal|totale|solde)(?: (?:g[ée]n[ée]ral|general|ht|ttc|g[ée]n[ée]raux|fournisseurs?|net|du mois|de la p[ée]riode))*\s*:?$/i

/** A whole row that is no data: a repeated header, a total, a leftover. */
function rowFault(context: RowContext): RowIssueCode | null {
  const { plan, cells } = context
  const filled = cells.filter(cell => cell.trim() !== '')
  if (plan.headers.length > 0 && filled.length > 1 && cells.every((cell, column) => cell.trim() === (plan.headers[column] ?? '').trim()))
    return 'row.repeated_header'
  if (cells.slice(Math.max(plan.headers.length, 1)).some(cell => cell.trim() !== ''))
    return 'row.too_many_cells'
  const isNamed = cellOf(context, 'vendorName') !== ''
  const hasKey = isNamed || (['vendorCode', 'siren', 'siret', 'vatNumber'] as const).some(field => cellOf(context, field) !== '')
  const hasAmount = (['amount', 'debit', 'credit'] as const).some(field => cellOf(context, field) !== '')
  if (totalWords.test(cleanText((filled[0] ?? '').slice(0, 80))) && !parseDate(cellOf(context, 'date'), plan.dateOrder).ok && cellOf(context, 'reference') === '')
    return 'row.total'
  return hasKey || (plan.kind === 'purchases' && hasAmount) ? null : 'row.stray'
}

function readSides(context: RowContext): { text: string, sign: 1 | -1, field: ImportField } | null {
  const { plan } = context
  if (plan.mapping.amount !== undefined)
    return { text: cellOf(context, 'amount'), sign: plan.reversesSign ? -1 : 1, field: 'amount' }
  const isZero = (text: string): boolean => /^[0\s.,€-]*$/.test(text)
  const [debit, credit] = [cellOf(context, 'debit'), cellOf(context, 'credit')]
  if (!isZero(debit) && !isZero(credit)) {
    report(context, 'amount.both_sides', 'error', 'debit')
    return null
  }
  const field = isZero(credit) && (debit !== '' || credit === '') ? 'debit' : 'credit'
  return { text: field === 'debit' ? debit : credit, sign: field === plan.spendSide ? 1 : -1, field }
}

function readAmount(context: RowContext): { minor: number, currency: string } | null {
  const sides = readSides(context)
  if (!sides)
    return null
  const column = cellOf(context, 'currency')
  const named = column === '' ? null : readCurrency(column, context.plan.currency)
  if (column !== '' && named === null) {
    report(context, 'currency.unknown', 'error', 'currency')
    return null
  }
  const first = parseAmount(sides.text, context.plan.decimal, 2)
  if (!first.ok) {
    report(context, `amount.${first.reason}`, 'error', sides.field)
    return null
  }
  const currency = named ?? (first.currency && readCurrency(first.currency, context.plan.currency)) ?? context.plan.currency
  const exponent = currencyExponent(currency)
  const amount = exponent === 2 ? first : parseAmount(sides.text, context.plan.decimal, exponent)
  if (!amount.ok)
    return null
  if (amount.isRounded)
    report(context, 'amount.rounded', 'warning', sides.field)
  return { minor: amount.minor * sides.sign || 0, currency }
}

function readDay(context: RowContext): { day: string, isPeriodGuess: boolean } | null {
  const { plan } = context
  const reading = parseDate(cellOf(context, 'date'), plan.dateOrder)
  if (reading.ok)
    return { day: reading.day, isPeriodGuess: false }
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
export function readRow(cells: readonly string[], line: number, plan: ImportPlan): RowReading {
  const context: RowContext = { plan, cells, issues: [] }
  const fault = rowFault(context)
  if (fault) {
    report(context, fault, 'error', null)
    return { line, usable: null, issues: context.issues }
  }
  const vendor = readVendor(context)
  const purchase = plan.kind === 'purchases' ? readPurchase(context) : null
  const isUsable = !context.issues.some(issue => issue.severity === 'error')
  return { line, usable: isUsable && vendor ? { vendor, purchase } : null, issues: context.issues }
}

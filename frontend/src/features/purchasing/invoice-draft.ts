import type { Invoice, Order } from '@comptoir/shared/purchasing/purchasing.contract'
import type { InvoiceFields, InvoiceKind, InvoiceStatus } from '@comptoir/shared/purchasing/purchasing-fields'
import { toMinor } from '@comptoir/shared/money'
import { chargedTaxOf, fitsRate, fitsTax, taxCategories } from '@comptoir/shared/purchasing/tax-category'
import { t } from '../../platform/i18n/i18n.ts'
import { emptyRow, isEmptyRow, type GridColumn, type GridRow } from './line-grid.ts'
import type { ReadDraft } from './order-draft.ts'
import { readMinor, readNumber, writeMinor, writeNumber } from './typed-values.ts'

export interface InvoiceDraft {
  kind: InvoiceKind
  number: string
  issuedOn: string
  dueOn: string
  currency: string
  /** Empty while the lines' rates say it. */
  tax: string
  status: InvoiceStatus
  iban: string
  paymentReference: string
  orderId: string
  note: string
  rows: GridRow[]
}

export const invoiceColumns = (orders: readonly Order[]): GridColumn[] => [
  { key: 'orderLineId', label: t('purchasing.fields.orderLine'), kind: 'choice', width: '18%', choices: orderLineChoices(orders) },
  { key: 'description', label: t('purchasing.fields.description'), kind: 'text' },
  { key: 'quantity', label: t('purchasing.fields.quantity'), kind: 'number', width: '10%' },
  { key: 'net', label: t('purchasing.fields.net'), kind: 'number', width: '14%' },
  { key: 'taxRate', label: t('purchasing.fields.taxRate'), kind: 'number', width: '9%' },
  { key: 'taxCategory', label: t('purchasing.fields.taxCategory'), kind: 'choice', width: '21%', choices: taxChoices() },
]

const orderLineChoices = (orders: readonly Order[]) => [
  { value: '', label: t('purchasing.form.noOrderLine') },
  ...orders.flatMap(order => order.lines.map(line => ({ value: line.lineId, label: `${order.number} · ${line.itemName}` }))),
]

const taxChoices = () => [
  { value: '', label: t('purchasing.form.noTaxCategory') },
  ...taxCategories.map(value => ({ value, label: t(`purchasing.taxCategories.${value}`) })),
]

/** What has been ordered and not been invoiced yet, ready to be confirmed. */
export const rowsOfOrder = (order: Order): GridRow[] => order.lines.filter(line => !line.isCancelled && line.quantity > line.invoicedQuantity).map((line) => {
  const quantity = line.quantity - line.invoicedQuantity
  return {
    orderLineId: line.lineId,
    description: line.itemName,
    quantity: writeNumber(quantity),
    net: line.unitPrice === null ? '' : writeMinor(toMinor(line.unitPrice * quantity, order.currency), order.currency),
    taxRate: '',
    taxCategory: '',
  }
})

export function draftOfInvoice(start: Invoice | InvoiceFields | null, { today, currency }: { today: string, currency: string }): InvoiceDraft {
  if (!start)
    return { kind: 'invoice', number: '', issuedOn: today, dueOn: '', currency, tax: '', status: 'registered', iban: '', paymentReference: '', orderId: '', note: '', rows: [emptyRow(invoiceColumns([]))] }
  return {
    kind: start.kind,
    number: start.number,
    issuedOn: start.issuedOn,
    dueOn: start.dueOn ?? '',
    currency: start.currency,
    tax: writeMinor(start.taxMinor, start.currency),
    status: start.status,
    iban: start.iban ?? '',
    paymentReference: start.paymentReference ?? '',
    orderId: start.orderId ?? '',
    note: start.note ?? '',
    rows: start.lines.map(line => ({
      invoiceLineId: line.invoiceLineId ?? '',
      itemCode: line.itemCode ?? '',
      taxCategory: line.taxCategory ?? '',
      account: line.account ?? '',
      category: line.category ?? '',
      orderLineId: line.orderLineId ?? '',
      description: line.description,
      quantity: writeNumber(line.quantity),
      net: writeMinor(line.netMinor, start.currency),
      taxRate: writeNumber(line.taxRate),
    })),
  }
}

export interface InvoiceSums { readonly netMinor: number, readonly taxMinor: number, readonly totalMinor: number }

export function sumsOf(draft: InvoiceDraft): InvoiceSums {
  const lines = draft.rows.map(row => ({
    netMinor: readMinor(row.net ?? '', draft.currency) ?? 0, taxCategory: row.taxCategory || null, taxRate: readNumber(row.taxRate ?? '') ?? null,
  }))
  const netMinor = lines.reduce((sum, line) => sum + line.netMinor, 0)
  const taxMinor = readMinor(draft.tax, draft.currency) ?? chargedTaxOf(lines)
  return { netMinor, taxMinor, totalMinor: netMinor + taxMinor }
}

/** A document from a file is taken as it states itself, however its tax fits together. */
export function readInvoice(draft: InvoiceDraft, { isFromFile = false }: { readonly isFromFile?: boolean } = {}): ReadDraft<InvoiceFields> {
  const bad = new Set<string>()
  const columns = invoiceColumns([])
  const rows = draft.rows.map((row, at) => ({ row, at })).filter(({ row }) => !isEmptyRow(row, columns))
  const lines = rows.map(({ row, at }) => {
    const [quantity, netMinor, taxRate] = [readNumber(row.quantity ?? ''), readMinor(row.net ?? '', draft.currency), readNumber(row.taxRate ?? '')]
    if (quantity === undefined)
      bad.add(`${at}:quantity`)
    if (typeof netMinor !== 'number')
      bad.add(`${at}:net`)
    if (taxRate === undefined || (taxRate ?? 0) < 0 || (taxRate ?? 0) > 100)
      bad.add(`${at}:taxRate`)
    if (!row.description?.trim())
      bad.add(`${at}:description`)
    return {
      invoiceLineId: row.invoiceLineId || null,
      orderLineId: row.orderLineId || null,
      itemCode: row.itemCode || null,
      description: row.description ?? '',
      quantity: quantity ?? 1,
      netMinor: netMinor ?? 0,
      taxRate: taxRate ?? null,
      taxCategory: row.taxCategory || null,
      account: row.account || null,
      category: row.category || null,
    }
  })
  const isTaxRead = readMinor(draft.tax, draft.currency) !== undefined
  const { taxMinor } = sumsOf(draft)
  const misfits = isFromFile ? [] : rows.filter((_, index) => !fitsRate(lines[index]!))
  const complaint = draft.number.trim() === '' || draft.issuedOn === ''
    ? t('purchasing.form.numberAndDay')
    : lines.length === 0
      ? t('purchasing.form.noLines')
      : bad.size > 0 || !isTaxRead
        ? t('purchasing.form.badCells')
        : misfits.length > 0
          ? t('purchasing.form.rateMisfit')
          : isFromFile || fitsTax(taxMinor, lines) ? null : t('purchasing.form.taxMisfit')
  for (const { at } of misfits)
    bad.add(`${at}:taxRate`)
  const { kind, number, issuedOn, currency, status } = draft
  return {
    bad,
    complaint,
    fields: complaint
      ? null
      : {
          kind, number, issuedOn, currency, status, lines,
          dueOn: draft.dueOn || null, receivedOn: null, taxMinor, dueMinor: null, iban: draft.iban || null,
          paymentReference: draft.paymentReference || null, orderId: draft.orderId || null, creditedInvoiceId: null, dealId: null, note: draft.note || null,
        },
  }
}

import { toMinor } from '@comptoir/shared/money'
import type { FileKind } from '@comptoir/shared/purchasing/document-columns'
import { RowReader, type DocumentTable, type TableIssue } from '@comptoir/shared/purchasing/document-table'
import { taxCategoryOf, type TaxCategory } from '@comptoir/shared/purchasing/tax-category'
import type { InvoiceLineFields, OrderLineFields, ReceiptLineFields } from '@comptoir/shared/purchasing/purchasing-fields'

/** One row of a file, understood; what it belongs to is found by its vendor and number. */
export interface DocumentRow {
  readonly line: number
  readonly issues: readonly TableIssue[]
  readonly clues: { readonly code: string | null, readonly name: string | null, readonly siren: string | null, readonly vatNumber: string | null }
  readonly number: string
  readonly day: string
  readonly isCredit: boolean
  readonly orderNumber: string | null
  readonly currency: string
  readonly dueOn: string | null
  readonly iban: string | null
  readonly paymentReference: string | null
  readonly category: string | null
  readonly department: string | null
  readonly order: OrderLineFields | null
  readonly receipt: ReceiptLineFields | null
  readonly invoice: InvoiceLineFields | null
  /** As the file says; null where it leaves that to the rates. */
  readonly taxMinor: number | null
}

const creditWords = /avoir|credit|gutschrift|\bav\b|381/i

export function readDocumentRow(kind: FileKind, table: DocumentTable, record: DocumentTable['rows'][number], baseCurrency: string): DocumentRow {
  const row = new RowReader(table, record)
  const currency = row.text('currency')?.toUpperCase().replace('€', 'EUR').replace('$', 'USD') ?? baseCurrency
  const net = kind === 'invoices' ? readNet(row) : 0
  const isCredit = kind === 'invoices' && (net < 0 || creditWords.test(row.text('kind') ?? ''))
  return {
    line: record.line,
    clues: { code: row.text('vendorCode'), name: row.text('vendorName'), siren: row.text('siren'), vatNumber: row.text('vatNumber') },
    number: row.required('number'),
    day: row.requiredDay('day'),
    isCredit,
    orderNumber: row.text('orderNumber'),
    currency: /^[A-Z0-9]{3,10}$/.test(currency) ? currency : baseCurrency,
    dueOn: row.day('dueOn'),
    iban: row.text('iban'),
    paymentReference: row.text('paymentReference')?.slice(0, 140) ?? null,
    category: row.text('category')?.slice(0, 120) ?? null,
    department: row.text('department')?.slice(0, 120) ?? null,
    order: kind === 'orders' ? readOrderLine(row) : null,
    receipt: kind === 'receipts' ? readReceiptLine(row) : null,
    invoice: kind === 'invoices' ? readInvoiceLine(row, isCredit ? Math.abs(net) : net, currency) : null,
    taxMinor: kind === 'invoices' ? readTax(row, isCredit, currency) : null,
    issues: row.issues,
  }
}

function readNet(row: RowReader): number {
  row.required('net')
  return row.number('net') ?? 0
}

function readTax(row: RowReader, isCredit: boolean, currency: string): number | null {
  const tax = row.number('tax')
  return tax === null ? null : toMinor(isCredit ? Math.abs(tax) : tax, currency)
}

function readTaxCategory(row: RowReader): TaxCategory | null {
  const text = row.text('taxCategory')
  const category = text === null ? null : taxCategoryOf(text)
  if (text !== null && category === null)
    row.report('taxCategory', 'bad_tax_category')
  return category
}

const readOrderLine = (row: RowReader): OrderLineFields => ({
  itemCode: row.text('itemCode')?.slice(0, 80) ?? null,
  itemName: row.required('itemName').slice(0, 300),
  unit: row.text('unit')?.slice(0, 20) ?? null,
  quantity: row.positive('quantity'),
  unitPrice: row.number('unitPrice'),
  requestedOn: row.day('requestedOn'),
  promisedOn: row.day('promisedOn'),
  isCancelled: false,
})

function readReceiptLine(row: RowReader): ReceiptLineFields {
  const quantity = row.positive('quantity')
  return {
    orderLineId: null,
    itemCode: row.text('itemCode')?.slice(0, 80) ?? null,
    itemName: row.text('itemName')?.slice(0, 300) ?? null,
    quantity,
    rejectedQuantity: Math.min(quantity, Math.max(0, row.number('rejectedQuantity') ?? 0)),
    rejectReason: row.text('rejectReason')?.slice(0, 300) ?? null,
  }
}

const readInvoiceLine = (row: RowReader, net: number, currency: string): InvoiceLineFields => ({
  orderLineId: null,
  itemCode: row.text('itemCode')?.slice(0, 80) ?? null,
  description: (row.text('itemName') ?? row.text('itemCode') ?? row.text('number') ?? '—').slice(0, 300),
  quantity: row.number('quantity') ?? 1,
  netMinor: toMinor(net, currency) ?? 0,
  taxRate: row.number('taxRate'),
  taxCategory: readTaxCategory(row),
  account: null,
  category: null,
})

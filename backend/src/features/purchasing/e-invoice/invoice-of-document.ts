import type { EInvoice } from '@comptoir/shared/purchasing/e-invoice'
import type { Order } from '@comptoir/shared/purchasing/purchasing.contract'
import type { InvoiceFields, InvoiceLineFields } from '@comptoir/shared/purchasing/purchasing-fields'
import { numberKey } from '@comptoir/shared/purchasing/duplicate-invoice'
import { nameKey } from '@comptoir/shared/vendors/name-key'

type Line = InvoiceLineFields
const line = (values: Partial<Line> & Pick<Line, 'description' | 'netMinor'>): Line =>
  ({ orderLineId: null, itemCode: null, quantity: 1, taxRate: null, taxCategory: null, account: null, category: null, ...values })

export interface KnownDocuments {
  readonly orders: readonly Order[]
  readonly invoices: readonly { readonly invoiceId: string, readonly number: string }[]
}

/** The document as an invoice of ours: discounts and charges of the whole become lines, so that the lines add up to its net. */
export function invoiceOfDocument(given: EInvoice, { orders, invoices }: KnownDocuments): InvoiceFields {
  const document = upright(given)
  const order = orders.find(one => document.orderReference !== null && numberKey(one.number) === numberKey(document.orderReference)) ?? null
  const { totals } = document
  return {
    kind: document.kind,
    number: document.number,
    issuedOn: document.issuedOn,
    dueOn: document.dueOn,
    receivedOn: null,
    currency: document.currency,
    taxMinor: totals.tax ?? (totals.grandTotal ?? 0) - (totals.taxBasis ?? totals.grandTotal ?? 0),
    dueMinor: totals.due !== null && totals.due !== totals.grandTotal ? totals.due : null,
    status: 'registered',
    iban: document.payment.iban,
    paymentReference: document.payment.reference?.slice(0, 140) ?? null,
    orderId: order?.orderId ?? null,
    creditedInvoiceId: document.kind === 'credit_note' ? creditedOf(document, invoices) : null,
    dealId: order?.dealId ?? null,
    note: null,
    lines: linesOf(document, order),
  }
}

/** Some write what they owe as an invoice of less than nothing, or their credit notes with a minus as well: either way it is a credit note. */
function upright(document: EInvoice): EInvoice {
  const { totals } = document
  if ((totals.grandTotal ?? 0) >= 0)
    return document
  const turned = (minor: number | null): number | null => minor === null ? null : -minor
  return {
    ...document,
    kind: 'credit_note',
    lines: document.lines.map(one => ({ ...one, netMinor: -one.netMinor, quantity: Math.abs(one.quantity) })),
    adjustments: document.adjustments.map(one => ({ ...one, amountMinor: -one.amountMinor })),
    taxes: document.taxes.map(one => ({ ...one, basisMinor: -one.basisMinor, taxMinor: -one.taxMinor })),
    totals: { ...totals, taxBasis: turned(totals.taxBasis), tax: turned(totals.tax), grandTotal: turned(totals.grandTotal), due: turned(totals.due) },
  }
}

const creditedOf = ({ precedingReference }: EInvoice, invoices: KnownDocuments['invoices']): string | null => {
  const found = precedingReference === null ? [] : invoices.filter(one => numberKey(one.number) === numberKey(precedingReference))
  return found.length === 1 ? found[0]!.invoiceId : null
}

function linesOf(document: EInvoice, order: Order | null): Line[] {
  const lines = document.lines.map((one, at) => line({
    description: (one.name || `${document.number} / ${one.lineId || at + 1}`).slice(0, 300),
    itemCode: one.itemCode?.slice(0, 80) ?? null,
    quantity: one.quantity,
    netMinor: one.netMinor,
    taxRate: one.taxRate,
    taxCategory: one.taxCategory?.slice(0, 4) ?? null,
    orderLineId: orderLineOf(one, order),
  }))
  if (lines.length === 0)
    return document.taxes.length > 0
      ? document.taxes.map(tax => line({ description: document.number, netMinor: tax.basisMinor, taxRate: tax.rate, taxCategory: tax.category }))
      : [line({ description: document.number, netMinor: document.totals.taxBasis ?? document.totals.grandTotal ?? 0 })]
  return [...lines, ...document.adjustments.map(one => line({
    description: one.reason?.slice(0, 300) ?? (one.isCharge ? '+' : '−'), netMinor: one.isCharge ? one.amountMinor : -one.amountMinor, taxRate: one.taxRate, taxCategory: one.taxCategory,
  }))]
}

/** By code, else by name; a line that fits several of the order's is left to a person. */
function orderLineOf({ itemCode, name }: EInvoice['lines'][number], order: Order | null): string | null {
  const by = (fits: (ordered: Order['lines'][number]) => boolean): string | null => {
    const found = order?.lines.filter(fits) ?? []
    return found.length === 1 ? found[0]!.lineId : null
  }
  return (itemCode === null ? null : by(ordered => ordered.itemCode !== null && numberKey(ordered.itemCode) === numberKey(itemCode)))
    ?? by(ordered => nameKey(ordered.itemName) === nameKey(name))
}

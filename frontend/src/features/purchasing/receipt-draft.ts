import type { Order, Receipt } from '@comptoir/shared/purchasing/purchasing.contract'
import type { ReceiptFields } from '@comptoir/shared/purchasing/purchasing-fields'
import { formatNumber } from '../../platform/format/format.ts'
import { t } from '../../platform/i18n/i18n.ts'
import { emptyRow, type GridColumn, type GridRow } from './line-grid.ts'
import type { ReadDraft } from './order-draft.ts'
import { readNumber, writeNumber } from './typed-values.ts'

export interface ReceiptDraft { number: string, receivedOn: string, note: string, rows: GridRow[] }

/** What is still awaited is only said while a delivery is entered; afterwards the delivery itself is in it. */
export const receiptColumns = ({ isEntered = false } = {}): GridColumn[] => [
  { key: 'order', label: t('purchasing.fields.order'), kind: 'text', width: '13%', isReadOnly: true },
  { key: 'itemName', label: t('purchasing.fields.itemName'), kind: 'text' },
  ...isEntered ? [] : [{ key: 'open', label: t('purchasing.fields.open'), kind: 'number', width: '12%', isReadOnly: true } as const],
  { key: 'quantity', label: t('purchasing.fields.received'), kind: 'number', width: '12%' },
  { key: 'rejectedQuantity', label: t('purchasing.fields.rejected'), kind: 'number', width: '12%' },
  { key: 'rejectReason', label: t('purchasing.fields.rejectReason'), kind: 'text', width: '20%' },
]

const openOf = (line: Order['lines'][number]): number => Math.max(0, line.quantity - line.receivedQuantity + line.rejectedQuantity)

/** Every line that is still open stands ready with what is missing; what did not come is emptied. */
export function draftOfReceipt(orders: readonly Order[], { today, orderId }: { today: string, orderId: string | null }): ReceiptDraft {
  const open = orders.filter(order => order.status === 'confirmed' && (orderId === null || order.orderId === orderId))
  const rows = open.flatMap(order => order.lines.filter(line => !line.isCancelled && openOf(line) > 0).map((line): GridRow => ({
    orderLineId: line.lineId,
    order: order.number,
    itemName: line.itemName,
    open: `${formatNumber(openOf(line))} ${line.unit ?? ''}`.trim(),
    quantity: orderId === null ? '' : writeNumber(openOf(line)),
    rejectedQuantity: '',
    rejectReason: '',
  })))
  return { number: '', receivedOn: today, note: '', rows: rows.length > 0 ? rows : [emptyRow(receiptColumns())] }
}

/** A receipt as it was entered, to be corrected. */
export const draftFrom = ({ number, receivedOn, note, lines }: Receipt): ReceiptDraft => ({
  number, receivedOn, note: note ?? '',
  rows: lines.map((line): GridRow => ({
    orderLineId: line.orderLineId ?? '', order: line.orderNumber ?? '', itemCode: line.itemCode ?? '', itemName: line.itemName ?? line.itemCode ?? '', open: '',
    quantity: writeNumber(line.quantity), rejectedQuantity: line.rejectedQuantity > 0 ? writeNumber(line.rejectedQuantity) : '', rejectReason: line.rejectReason ?? '',
  })),
})

export function readReceipt(draft: ReceiptDraft): ReadDraft<ReceiptFields> {
  const bad = new Set<string>()
  const lines = draft.rows.flatMap((row, at) => {
    const [quantity, rejected] = [readNumber(row.quantity ?? ''), readNumber(row.rejectedQuantity ?? '')]
    if (quantity === undefined || (quantity !== null && quantity <= 0))
      bad.add(`${at}:quantity`)
    if (rejected === undefined || (rejected ?? 0) > (quantity ?? 0) || (rejected ?? 0) < 0)
      bad.add(`${at}:rejectedQuantity`)
    return quantity
      ? [{ orderLineId: row.orderLineId || null, itemCode: row.itemCode || null, itemName: row.itemName || null, quantity, rejectedQuantity: rejected ?? 0, rejectReason: row.rejectReason || null }]
      : []
  })
  const complaint = draft.number.trim() === '' || draft.receivedOn === ''
    ? t('purchasing.form.numberAndDay')
    : bad.size > 0 ? t('purchasing.form.badCells') : lines.length === 0 ? t('purchasing.form.noQuantity') : null
  return { bad, complaint, fields: complaint ? null : { number: draft.number, receivedOn: draft.receivedOn, note: draft.note || null, lines } }
}

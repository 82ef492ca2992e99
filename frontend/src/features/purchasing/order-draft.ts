import type { Order } from '@comptoir/shared/purchasing/purchasing.contract'
import type { OrderFields, OrderStatus } from '@comptoir/shared/purchasing/purchasing-fields'
import { t } from '../../platform/i18n/i18n.ts'
import { emptyRow, isEmptyRow, type GridColumn, type GridRow } from './line-grid.ts'
import { readNumber, writeNumber } from './typed-values.ts'

export interface OrderDraft {
  number: string
  orderedOn: string
  currency: string
  status: OrderStatus
  category: string
  department: string
  note: string
  /** Number of the deal it is ordered for. */
  dealId: string
  rows: GridRow[]
}

export const orderColumns = (): GridColumn[] => [
  { key: 'itemCode', label: t('purchasing.fields.itemCode'), kind: 'text', width: '12%' },
  { key: 'itemName', label: t('purchasing.fields.itemName'), kind: 'text' },
  { key: 'unit', label: t('purchasing.fields.unit'), kind: 'text', width: '8%' },
  { key: 'quantity', label: t('purchasing.fields.quantity'), kind: 'number', width: '10%' },
  { key: 'unitPrice', label: t('purchasing.fields.unitPrice'), kind: 'number', width: '12%' },
  { key: 'requestedOn', label: t('purchasing.fields.requestedOn'), kind: 'date', width: '13%' },
  { key: 'promisedOn', label: t('purchasing.fields.promisedOn'), kind: 'date', width: '13%' },
]

/** A line that somebody ordered stays: it is cancelled, not taken out. */
export const orderColumnsFor = (order: Order | null): GridColumn[] => order
  ? [...orderColumns(), {
      key: 'isCancelled', label: t('purchasing.fields.lineStatus'), kind: 'choice', width: '11%',
      choices: [{ value: '', label: t('purchasing.lineStatuses.active') }, { value: 'yes', label: t('purchasing.lineStatuses.cancelled') }],
    }]
  : orderColumns()

export function draftOfOrder(order: Order | null, { today, currency }: { today: string, currency: string }): OrderDraft {
  if (!order)
    return { number: '', orderedOn: today, currency, status: 'confirmed', category: '', department: '', note: '', dealId: '', rows: [emptyRow(orderColumns())] }
  return {
    number: order.number,
    orderedOn: order.orderedOn,
    currency: order.currency,
    status: order.status,
    category: order.category ?? '',
    department: order.department ?? '',
    note: order.note ?? '',
    dealId: order.dealId === null ? '' : String(order.dealId),
    rows: order.lines.map(line => ({
      lineId: line.lineId,
      isCancelled: line.isCancelled ? 'yes' : '',
      itemCode: line.itemCode ?? '',
      itemName: line.itemName,
      unit: line.unit ?? '',
      quantity: writeNumber(line.quantity),
      unitPrice: writeNumber(line.unitPrice),
      requestedOn: line.requestedOn ?? '',
      promisedOn: line.promises.at(-1)?.promisedOn ?? line.promisedOn ?? '',
    })),
  }
}

export interface ReadDraft<F> { readonly fields: F | null, readonly bad: ReadonlySet<string>, readonly complaint: string | null }

const readWhole = (text: string): number | null => /^[1-9]\d{0,8}$/.test(text.trim()) ? Number(text) : null

/** What is sent, or what still stands against it. */
export function readOrder(draft: OrderDraft): ReadDraft<OrderFields> {
  const bad = new Set<string>()
  const rows = draft.rows.map((row, at) => ({ row, at })).filter(({ row }) => !isEmptyRow(row, orderColumns()))
  const lines = rows.map(({ row, at }) => {
    const [quantity, unitPrice] = [readNumber(row.quantity ?? ''), readNumber(row.unitPrice ?? '')]
    if (!quantity || quantity < 0)
      bad.add(`${at}:quantity`)
    if (unitPrice === undefined)
      bad.add(`${at}:unitPrice`)
    if (!row.itemName?.trim())
      bad.add(`${at}:itemName`)
    return {
      lineId: row.lineId || null,
      itemCode: row.itemCode || null,
      itemName: row.itemName ?? '',
      unit: row.unit || null,
      quantity: quantity ?? 0,
      unitPrice: unitPrice ?? null,
      requestedOn: row.requestedOn || null,
      promisedOn: row.promisedOn || null,
      isCancelled: row.isCancelled === 'yes',
    }
  })
  const isDealNumber = draft.dealId.trim() === '' || readWhole(draft.dealId) !== null
  const complaint = draft.number.trim() === '' || draft.orderedOn === ''
    ? t('purchasing.form.numberAndDay')
    : lines.length === 0 ? t('purchasing.form.noLines') : bad.size > 0 ? t('purchasing.form.badCells') : isDealNumber ? null : t('purchasing.form.dealNumber')
  const { number, orderedOn, currency, status, category, department, note, dealId } = draft
  return {
    bad,
    complaint,
    fields: complaint ? null : { number, orderedOn, currency, status, category: category || null, department: department || null, note: note || null, dealId: readWhole(dealId), lines },
  }
}

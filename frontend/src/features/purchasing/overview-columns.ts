import type { InvoiceToCheck, LateLine, OpenOrder } from '@comptoir/shared/purchasing/purchasing.contract'
import { formatShortDate } from '../../platform/format/dates.ts'
import { formatMoney, formatNumber } from '../../platform/format/format.ts'
import { t } from '../../platform/i18n/i18n.ts'
import type { DataColumn } from '../../ui/data-table.ts'

/** Columns of the purchasing page's tables. */
export const openColumns = (): DataColumn<OpenOrder>[] => [
  { key: 'number', label: t('purchasing.fields.order'), sortBy: row => row.number, text: row => row.number },
  { key: 'vendor', label: t('purchasing.fields.vendor'), sortBy: row => row.vendorName, text: row => row.vendorName },
  { key: 'orderedOn', label: t('purchasing.fields.orderedOn'), isSecondary: true, sortBy: row => row.orderedOn, text: row => formatShortDate(row.orderedOn) },
  { key: 'next', label: t('purchasing.fields.nextPromise'), sortBy: row => row.nextPromiseOn, text: row => formatShortDate(row.nextPromiseOn) },
  { key: 'lines', label: t('purchasing.fields.openLines'), align: 'end', isSecondary: true, sortBy: row => row.openLineCount, text: row => `${formatNumber(row.openLineCount)} / ${formatNumber(row.lineCount)}` },
  { key: 'amount', label: t('purchasing.fields.openAmount'), align: 'end', sortBy: row => row.openAmount?.minor ?? null, text: row => formatMoney(row.openAmount) },
]

export const lateColumns = (): DataColumn<LateLine>[] => [
  { key: 'order', label: t('purchasing.fields.order'), sortBy: row => row.orderNumber, text: row => row.orderNumber },
  { key: 'vendor', label: t('purchasing.fields.vendor'), sortBy: row => row.vendorName, text: row => row.vendorName },
  { key: 'item', label: t('purchasing.fields.itemName'), sortBy: row => row.itemName, text: row => row.itemName },
  { key: 'open', label: t('purchasing.fields.open'), align: 'end', isSecondary: true, sortBy: row => row.openQuantity, text: row => `${formatNumber(row.openQuantity)} ${row.unit ?? ''}` },
  { key: 'promised', label: t('purchasing.fields.promisedOn'), isSecondary: true, sortBy: row => row.promisedOn, text: row => formatShortDate(row.promisedOn) },
  { key: 'last', label: t('purchasing.fields.lastPromise'), isSecondary: true, sortBy: row => row.lastPromisedOn, text: row => formatShortDate(row.lastPromisedOn) },
  { key: 'late', label: t('purchasing.fields.late'), align: 'end', sortBy: row => row.daysLate },
]

export const checkColumns = (): DataColumn<InvoiceToCheck>[] => [
  { key: 'number', label: t('purchasing.fields.invoice'), sortBy: row => row.number, text: row => row.number },
  { key: 'vendor', label: t('purchasing.fields.vendor'), sortBy: row => row.vendorName, text: row => row.vendorName },
  { key: 'due', label: t('purchasing.fields.dueOn'), isSecondary: true, sortBy: row => row.dueOn, text: row => formatShortDate(row.dueOn) },
  { key: 'why', label: t('purchasing.fields.why') },
  { key: 'total', label: t('purchasing.fields.total'), align: 'end', sortBy: row => row.total?.minor ?? null, text: row => formatMoney(row.total) },
]

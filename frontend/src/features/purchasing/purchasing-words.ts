import type { Invoice, Order } from '@comptoir/shared/purchasing/purchasing.contract'
import type { InvoiceStatus, OrderStatus } from '@comptoir/shared/purchasing/purchasing-fields'
import type { Finding, MatchStatus } from '@comptoir/shared/purchasing/three-way-match'
import { formatMoney, formatNumber } from '../../platform/format/format.ts'
import { t } from '../../platform/i18n/i18n.ts'
import type { StatusTone } from '../../ui/StatusBadge.vue'

export const orderTones: Readonly<Record<OrderStatus, StatusTone>> = { draft: 'neutral', confirmed: 'info', closed: 'success', cancelled: 'neutral' }
export const invoiceTones: Readonly<Record<InvoiceStatus, StatusTone>> = { draft: 'neutral', registered: 'success', disputed: 'warning', rejected: 'neutral' }
export const matchTones: Readonly<Record<MatchStatus, StatusTone>> = { matched: 'success', within_tolerance: 'info', to_check: 'warning', blocked: 'alert' }

const price = (value: number): string => formatNumber(Number(value.toPrecision(7)), { digits: 2, upTo: 6 })

/** One difference in words that name both sides and what it costs. */
export function findingText({ code, expected, actual, differenceMinor }: Pick<Finding, 'code' | 'expected' | 'actual' | 'differenceMinor'>, currency: string): string {
  const written = code === 'price_above' || code === 'price_below' ? price : formatNumber
  return t(`purchasing.findings.${code}`, {
    expected: expected === null ? '' : written(expected),
    actual: actual === null ? '' : written(actual),
    amount: differenceMinor === null ? '' : formatMoney({ minor: Math.abs(differenceMinor), currency }),
  })
}

export type OrderProgress = 'none' | 'part' | 'whole'

export function progressOf({ lines }: Order): OrderProgress {
  const counted = lines.filter(line => !line.isCancelled)
  const accepted = counted.filter(line => line.receivedQuantity - line.rejectedQuantity >= line.quantity)
  if (counted.length > 0 && accepted.length === counted.length)
    return 'whole'
  return counted.some(line => line.receivedQuantity > 0) ? 'part' : 'none'
}

export const daysLateOf = ({ lines }: Order): number | null => lines.reduce<number | null>((most, { daysLate }) => daysLate === null ? most : Math.max(most ?? 0, daysLate), null)

export const needsCheck = (invoice: Invoice): boolean =>
  !invoice.isMatchAccepted && (invoice.ibanCheck === 'different' || invoice.match?.status === 'to_check' || invoice.match?.status === 'blocked')

import { writeCsv } from '@comptoir/shared/imports/csv-writer'
import type { Round } from '@comptoir/shared/purchasing/quotation.contract'
import { t } from '../../platform/i18n/i18n.ts'
import { writeMinor, writeNumber } from './typed-values.ts'

/** The comparison as a table: a line per item, a column per vendor, the sums and terms below. */
export function quotationCsv(round: Round): string {
  const { quotations, items } = round
  const nameOf = (vendorId: string | undefined): string => quotations.find(one => one.vendorId === vendorId)?.vendorName ?? ''
  const below = (label: string, cell: (quotation: Round['quotations'][number]) => string): string[] => [label, '', '', ...quotations.map(cell), '', '']
  return writeCsv([
    [t('purchasing.fields.itemCode'), t('purchasing.fields.itemName'), t('purchasing.fields.quantity'), ...quotations.map(one => `${one.vendorName} (${one.currency})`), t('purchasing.rounds.best'), t('purchasing.rounds.awarded')],
    ...items.map(item => [
      item.itemCode ?? '', item.itemName, writeNumber(item.quantity),
      ...quotations.map(one => writeNumber(one.lines.find(line => line.itemId === item.itemId)?.unitPrice ?? null)),
      item.best.map(nameOf).join(', '), nameOf(item.awardedVendorId ?? undefined),
    ]),
    below(t('purchasing.rounds.shipping'), one => writeMinor(one.shippingMinor, one.currency)),
    below(`${t('purchasing.rounds.total')} (${round.currency})`, one => writeMinor(one.totalMinor, round.currency)),
    below(t('purchasing.rounds.leadTimeDays'), one => one.leadTimeDays === null ? '' : String(one.leadTimeDays)),
    below(t('purchasing.rounds.paymentTermDays'), one => one.paymentTermDays === null ? '' : String(one.paymentTermDays)),
    below(t('purchasing.rounds.terms'), one => one.terms ?? ''),
  ])
}

export function saveQuotationCsv(round: Round): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([quotationCsv(round)], { type: 'text/csv' }))
  link.download = `${round.title}.csv`
  link.click()
  URL.revokeObjectURL(link.href)
}

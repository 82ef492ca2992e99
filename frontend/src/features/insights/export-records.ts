import type { MetricRecord } from '@comptoir/shared/insights/insights.contract'
import { toMajor } from '@comptoir/shared/money'
import { formatLocale } from '../../platform/format/format.ts'
import { portalDay } from '../../platform/format/dates.ts'
import { t } from '../../platform/i18n/i18n.ts'
import { dialectOf, writeCsv, type CsvCell } from './records-csv.ts'

interface Exported { readonly records: readonly MetricRecord[], readonly isMoney: boolean, readonly currency: string }

/** Days and plain numbers rather than what the screen shows: a spreadsheet is to sort and to add them. */
export function recordsAsCsv({ records, isMoney, currency }: Exported): string {
  const hasDeals = records.some(({ entity }) => entity === 'deal')
  const head = [
    t('insights.csv.id'), t('insights.csv.name'), t('insights.csv.company'), t('insights.csv.date'), t('insights.csv.amount'), t('insights.csv.currency'),
    t('insights.csv.worth'),
    ...hasDeals ? [t('insights.csv.responsible'), t('insights.csv.stage'), t('insights.csv.outcome'), t('insights.csv.created')] : [],
  ]
  const rows = records.map((record): CsvCell[] => [
    record.id, record.title, record.company?.name ?? null, dayOf(record.at),
    record.amountMinor === null ? null : toMajor(record.amountMinor, record.currency), record.currency,
    record.worth !== null && isMoney ? toMajor(Math.round(record.worth), currency) : record.worth,
    ...hasDeals ? [record.responsible?.name ?? null, record.stage, record.outcome && t(`insights.outcomes.${record.outcome}`), dayOf(record.createdAt)] : [],
  ])
  return writeCsv([head, ...rows], dialectOf(formatLocale()))
}

const dayOf = (at: string | null): string | null => at === null ? null : at.length === 10 ? at : portalDay(new Date(at))

export function saveFile(text: string, name: string, page: Document): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = page.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

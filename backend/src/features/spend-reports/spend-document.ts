import type { ReportBlock, ReportColumn, ReportDocument, ReportTable } from '@comptoir/shared/documents/report-document'
import type { SpendGroup, SpendReport } from '@comptoir/shared/spend-reports/spend-report.contract'
import { filled, reportWords, type ReportLanguage } from './report-words.ts'
import { writtenDate, writtenValue } from '../../platform/documents/written-value.ts'

export interface DocumentContext {
  readonly language: ReportLanguage
  readonly timeZone: string
  readonly now: Date
  readonly viewerName: string
}

const mostBars = 10

/** The report on the page as a file, with what stands behind it. */
export function spendDocument(report: SpendReport, { language, timeZone, now, viewerName }: DocumentContext): ReportDocument {
  const words = reportWords[language]
  return {
    title: words.title[report.by],
    facts: [
      { label: words.period, value: periodText(report, language) },
      ...report.isWithinRights ? [{ label: words.rights, value: filled(words.rightsOf, { name: viewerName }) }] : [],
    ],
    madeAt: now.toISOString(),
    language,
    timeZone,
    blocks: blocksOf(report, language),
  }
}

/** « du 1er avril 2025 au 31 mars 2026 ». */
export function periodText({ from, to }: { readonly from: string | null, readonly to: string | null }, language: ReportLanguage): string {
  const words = reportWords[language]
  return from === null || to === null ? words.allTime : `${words.from} ${writtenDate(from, language)} ${words.to} ${writtenDate(to, language)}`
}

function blocksOf(report: SpendReport, language: ReportLanguage): ReportBlock[] {
  const words = reportWords[language]
  const { total, currency, concentration } = report
  const named = report.groups.map(group => ({ ...group, label: group.label || words.none }))
  return [
    {
      type: 'figures',
      items: [
        { label: words.total, kind: 'money', currency, value: total.amountMinor },
        { label: words.purchases, kind: 'integer', value: total.purchases },
        { label: words.vendors, kind: 'integer', value: concentration?.vendors ?? null },
        { label: words.largest, kind: 'percent', value: concentration?.largestShare ?? null },
        { label: words.threeLargest, kind: 'percent', value: concentration?.threeLargestShare ?? null },
        { label: words.index, kind: 'integer', value: concentration && Math.round(concentration.index) },
      ],
    },
    ...named.length > 0 ? [chartOf(report, named, language), tableOf(report, named, language)] : [{ type: 'text' as const, text: words.nothing }],
  ]
}

const dimensionOf = (by: SpendReport['by'], language: ReportLanguage): ReportColumn => ({ label: reportWords[language].dimension[by], kind: by === 'month' ? 'month' : 'text' })

function chartOf({ by, currency }: SpendReport, groups: readonly SpendGroup[], language: ReportLanguage): ReportBlock {
  const words = reportWords[language]
  const dimension = dimensionOf(by, language)
  const shown = by === 'month' ? groups : groups.slice(0, mostBars)
  const most = [...groups].sort((a, b) => (b.amountMinor ?? 0) - (a.amountMinor ?? 0))[0]
  return {
    type: 'chart',
    title: by === 'month' ? words.byMonth : words.largestOnes,
    chart: by === 'month' ? 'bar' : 'bar-across',
    kind: 'money',
    currency,
    dimension,
    labels: shown.map(({ label }) => label),
    series: [{ label: words.amount, values: shown.map(({ amountMinor }) => amountMinor) }],
    summary: most ? filled(words.summary, { label: writtenValue(most.label, dimension, { language, timeZone: 'UTC' }), amount: money(most.amountMinor, currency, language), share: percent(most.share, language) }) : words.nothing,
  }
}

const money = (minor: number | null, currency: string, language: string): string => {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency })
  return minor === null ? '—' : format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}
const percent = (value: number | null, language: string): string =>
  value === null ? '—' : new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(value / 100)

function tableOf({ by, currency, total }: SpendReport, groups: readonly SpendGroup[], language: ReportLanguage): ReportTable {
  const words = reportWords[language]
  const isSorted = by !== 'month'
  return {
    type: 'table',
    title: words.title[by],
    columns: [
      dimensionOf(by, language),
      { label: words.amount, kind: 'money', currency },
      { label: words.share, kind: 'percent' },
      ...isSorted ? [{ label: words.cumulative, kind: 'percent' as const }, { label: 'ABC', kind: 'text' as const }] : [],
      { label: words.purchases, kind: 'integer' },
    ],
    rows: groups.map(group => [group.label, group.amountMinor, group.share, ...isSorted ? [group.cumulativeShare, group.abc] : [], group.purchases]),
    totals: [words.sum, total.amountMinor, null, ...isSorted ? [null, null] : [], total.purchases],
    ...total.unpriced > 0 && { note: filled(words.unpricedNote, { count: String(total.unpriced) }) },
  }
}

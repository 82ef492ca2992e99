import type { ReportDocument } from '@comptoir/shared/documents/report-document'
import type { PunctualityReport } from '@comptoir/shared/spend-reports/spend-report.contract'
import { filled, punctualityWords, reportWords } from './report-words.ts'
import type { DocumentContext } from './spend-document.ts'

const shareOf = (part: number, whole: number): number | null => whole > 0 ? part / whole * 100 : null

/** Deliveries by the month of their first promise, as a file. */
export function punctualityDocument({ months, notPromised, isWithinRights }: PunctualityReport, period: string, { language, timeZone, now, viewerName }: DocumentContext): ReportDocument {
  const [words, shared] = [punctualityWords[language], reportWords[language]]
  const sum = (of: 'due' | 'inFull' | 'neverDelivered'): number => months.reduce((total, month) => total + month[of], 0)
  const [due, inFull, never] = [sum('due'), sum('inFull'), sum('neverDelivered')]
  const rate = shareOf(inFull, due)
  const columns = [words.due, words.inFull, words.late, words.never]
  return {
    title: words.title,
    facts: [
      { label: shared.period, value: period },
      { label: words.rule, value: words.ruleText },
      ...isWithinRights ? [{ label: shared.rights, value: filled(shared.rightsOf, { name: viewerName }) }] : [],
    ],
    madeAt: now.toISOString(),
    language,
    timeZone,
    blocks: [
      {
        type: 'figures',
        items: [
          { label: words.rate, kind: 'percent', value: rate }, { label: words.due, kind: 'integer', value: due },
          { label: words.late, kind: 'integer', value: due - inFull - never }, { label: words.never, kind: 'integer', value: never },
        ],
      },
      ...months.length === 0
        ? [{ type: 'text' as const, text: words.nothing }]
        : [{
            type: 'chart' as const, title: words.byMonth, chart: 'stacked-bar' as const, kind: 'integer' as const,
            dimension: { label: shared.dimension.month, kind: 'month' as const }, labels: months.map(({ month }) => month),
            series: [
              { label: words.inFull, values: months.map(month => month.inFull) },
              { label: words.late, values: months.map(month => month.due - month.inFull - month.neverDelivered) },
              { label: words.never, values: months.map(month => month.neverDelivered) },
            ],
            summary: filled(words.summary, { inFull: String(inFull), due: String(due) }),
          }, {
            type: 'table' as const, title: words.byMonth,
            columns: [{ label: shared.dimension.month, kind: 'month' as const }, ...columns.map(label => ({ label, kind: 'integer' as const })), { label: words.rate, kind: 'percent' as const }],
            rows: months.map(month => [month.month, month.due, month.inFull, month.due - month.inFull - month.neverDelivered, month.neverDelivered, shareOf(month.inFull, month.due)]),
            totals: [shared.sum, due, inFull, due - inFull - never, never, rate],
            ...notPromised > 0 && { note: filled(words.notPromised, { count: String(notPromised) }) },
          }],
    ],
  }
}

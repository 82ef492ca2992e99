import type { ReportDocument } from '@comptoir/shared/documents/report-document'
import type { PriceReport } from '@comptoir/shared/spend-reports/spend-report.contract'
import { filled, priceWords, reportWords } from './report-words.ts'
import type { DocumentContext } from './spend-document.ts'

/** Prices of items against the twelve months before, as a file: what the page shows, line by line. */
export function priceDocument(report: PriceReport, period: string, { language, timeZone, now, viewerName }: DocumentContext): ReportDocument {
  const [words, shared] = [priceWords[language], reportWords[language]]
  const { currency } = report
  const money = { kind: 'money', currency } as const
  return {
    title: words.title,
    facts: [
      { label: shared.period, value: period },
      ...report.isWithinRights ? [{ label: shared.rights, value: filled(shared.rightsOf, { name: viewerName }) }] : [],
    ],
    madeAt: now.toISOString(),
    language,
    timeZone,
    blocks: [
      {
        type: 'figures',
        items: [{ label: words.saved, value: report.savedMinor, ...money }, { label: words.overspent, value: report.overspentMinor, ...money }],
      },
      {
        type: 'table',
        title: words.title,
        columns: [
          { label: words.code, kind: 'text' }, { label: words.item, kind: 'text' }, { label: shared.dimension.vendor, kind: 'text' },
          ...[words.first, words.last, words.baseline].map(label => ({ label: `${label} (${currency})`, kind: 'number' as const })),
          { label: words.change, kind: 'percent' }, { label: words.quantity, kind: 'number' }, { label: words.effect, ...money }, { label: words.single, kind: 'text' },
        ],
        rows: report.rows.map(row => [
          row.item, row.itemName, row.vendor, row.first, row.last, row.baseline, row.changePercent, row.quantity, row.effectMinor, row.isSingleSource ? words.yes : '',
        ]),
      },
    ],
  }
}

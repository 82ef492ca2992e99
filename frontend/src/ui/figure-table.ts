import type { ReportMeasure, ReportValue } from '@comptoir/shared/documents/report-document'
import { toMinor } from '@comptoir/shared/money'
import { writerOf, type ChartWords } from './chart.ts'

/** A figure's numbers: as they are read in its table, and as they go into a file. */
export interface FigureTable {
  /** What the rows are; « label » when absent. */
  readonly rowHead?: string
  readonly columns: readonly { readonly label: string, readonly measure: ReportMeasure }[]
  readonly rows: readonly { readonly label: string, readonly texts: readonly string[], readonly values: readonly ReportValue[] }[]
}

interface Column {
  readonly label: string
  readonly values: readonly (number | null)[]
  readonly write: (value: number) => string
  readonly measure: ReportMeasure
}

/** One row for each label, one column for each series: the same numbers the picture shows. */
export function tableOf(words: ChartWords): FigureTable {
  const measure = words.measure ?? { kind: 'number' }
  const columns = [
    ...words.across ? [{ label: words.across.label, values: words.across.values, write: words.across.format, measure: words.across.measure ?? { kind: 'number' as const } }] : [],
    ...words.series.flatMap((series): Column[] => {
      const column = { write: writerOf(words, series), measure: series.isShare ? { kind: 'percent' as const } : measure }
      return [
        { ...column, label: series.label, values: series.values },
        ...series.range ? [{ ...column, label: `${series.range.label} −`, values: series.range.low }, { ...column, label: `${series.range.label} +`, values: series.range.high }] : [],
      ]
    }),
  ]
  return {
    columns: columns.map(({ label, measure: own }) => ({ label, measure: own })),
    rows: words.labels.map((label, index) => ({
      label,
      texts: columns.map(({ values, write }) => typeof values[index] === 'number' ? write(values[index]) : '—'),
      values: columns.map(({ values, measure: own }) => inFile(values[index] ?? null, own)),
    })),
  }
}

/** Charts count in whole units and shares of one; files hold minor units and percent. */
export function inFile(value: number | null, { kind, currency }: ReportMeasure): number | null {
  if (value === null)
    return null
  if (kind === 'money' && currency !== undefined)
    return toMinor(value, currency)
  return kind === 'percent' ? value * 100 : value
}

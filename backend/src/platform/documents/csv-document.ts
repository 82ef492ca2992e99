import { tableOfChart, type ReportMeasure, type ReportDocument, type ReportTable, type ReportValue } from '@comptoir/shared/documents/report-document'
import { currencyExponent, toMajor } from '@comptoir/shared/money'
import { writtenInstant } from './written-value.ts'

/**
 * The numbers and tables of a document as CSV, one under the other: `;`, a mark of the encoding and the decimal comma in
 * French, so that a French Excel opens it by a double click.
 */
export function csvDocument(document: ReportDocument): string {
  const separator = document.language === 'fr' ? ';' : ','
  const line = (values: readonly string[]): string => values.map(value => cell(value, separator)).join(separator)
  const tables = tablesOf(document)
  const figures = document.blocks.flatMap(block => block.type === 'figures' ? block.items : [])
  const isPlain = tables.length === 1 && figures.length === 0
  const parts = [
    // One table alone is a file for machines: its first line names its columns.
    ...isPlain ? [] : [[line([document.title]), ...factsOf(document).map(({ label, value }) => line([label, value]))]],
    ...figures.length > 0 ? [figures.map(figure => line([headOf(figure, document.language), plain(figure.value, figure, document.language)]))] : [],
    ...tables.map(table => [
      ...tables.length > 1 ? [cell(table.title, separator)] : [],
      line(table.columns.map(column => headOf(column, document.language))),
      ...table.rows.map(row => line(row.map((value, at) => plain(value, table.columns[at], document.language)))),
    ]),
  ]
  return `\uFEFF${parts.map(lines => lines.join('\r\n')).join('\r\n\r\n')}\r\n`
}

/** What stands behind the figures, and when they were read. */
export const factsOf = (document: ReportDocument): ReportDocument['facts'] =>
  [{ label: document.language === 'fr' ? 'Établi le' : 'Made on', value: `${writtenInstant(document.madeAt, document)} (${document.timeZone})` }, ...document.facts]

export const tablesOf = ({ blocks }: ReportDocument): ReportTable[] => blocks.flatMap(block =>
  block.type === 'table' ? [block] : block.type === 'chart' ? [tableOfChart(block)] : [])

/** A bare number says nothing of its unit: the name of its column does. */
function headOf({ label, kind, currency, unit }: ReportMeasure & { readonly label: string }, language: ReportDocument['language']): string {
  const mark = kind === 'money' ? currency : kind === 'percent' ? '%' : unit && unitMarks[language][unit]
  return guarded(mark && !label.includes(`(${mark})`) ? `${label} (${mark})` : label)
}

const unitMarks = { fr: { hour: 'heures', day: 'jours', month: 'mois' }, en: { hour: 'hours', day: 'days', month: 'months' } } as const

/** Numbers without grouping, so that every spreadsheet reads them as numbers. */
function plain(value: ReportValue, column: ReportMeasure | undefined, language: string): string {
  if (value === null)
    return ''
  if (typeof value === 'string')
    return column?.kind === 'month' ? value.slice(0, 7) : guarded(value)
  const { kind = 'number', currency } = column ?? {}
  const text = kind === 'money' && currency !== undefined ? toMajor(value, currency).toFixed(currencyExponent(currency)) : String(Math.round(value * 1e6) / 1e6)
  return language === 'fr' ? text.replace('.', ',') : text
}

/** A text that a spreadsheet would take for a formula stays a text. */
const guarded = (text: string): string => /^[=+\-@\t\r]/.test(text) ? `'${text}` : text

const cell = (text: string, separator: string): string =>
  text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

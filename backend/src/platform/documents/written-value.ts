import type { ReportDocument, ReportMeasure, ReportValue } from '@comptoir/shared/documents/report-document'
import { toMajor } from '@comptoir/shared/money'

export type Tongue = Pick<ReportDocument, 'language' | 'timeZone'>

/** A value in the reader's language; a dash where there is no data. */
export function writtenValue(value: ReportValue, measure: ReportMeasure, { language }: Tongue): string {
  if (value === null || value === '')
    return '—'
  if (typeof value === 'string')
    return measure.kind === 'day' || measure.kind === 'month' ? writtenDay(value, measure.kind, language) : value
  return writtenNumber(value, measure, language)
}

function writtenNumber(value: number, { kind, currency, unit }: ReportMeasure, language: string): string {
  const format = (options: Intl.NumberFormatOptions, shown = value): string => new Intl.NumberFormat(language, options).format(shown)
  if (kind === 'money' && currency !== undefined)
    return format({ style: 'currency', currency }, toMajor(value, currency))
  if (kind === 'percent')
    return format({ style: 'percent', maximumFractionDigits: 1 }, value / 100)
  if (unit !== undefined)
    return format({ style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 })
  return format({ maximumFractionDigits: kind === 'integer' ? 0 : 2 })
}

function writtenDay(day: string, kind: 'day' | 'month', language: string): string {
  const date = new Date(`${day.length === 7 ? `${day}-01` : day}T00:00:00Z`)
  return Number.isNaN(date.getTime())
    ? day
    : new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...kind === 'month' ? { month: 'long', year: 'numeric' } : { dateStyle: 'short' } }).format(date)
}

/** « 150 k€ » beside an axis: its steps are round, so nothing is lost. */
export function writtenTick(value: number, measure: ReportMeasure, tongue: Tongue): string {
  const { kind, currency } = measure
  return kind === 'money' && currency !== undefined
    ? new Intl.NumberFormat(tongue.language, { style: 'currency', currency, notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 1 }).format(toMajor(value, currency))
    : writtenValue(value, { kind }, tongue)
}

export const writtenInstant = (iso: string, { language, timeZone }: Tongue): string =>
  ordinal(new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'long', timeStyle: 'short' }).format(new Date(iso)), language)

/** « 1er mars 2026 » */
export const writtenDate = (day: string, language: string): string =>
  ordinal(new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`)), language)

/** French writes the first of a month as an ordinal, which Intl leaves out. */
const ordinal = (date: string, language: string): string => language === 'fr' ? date.replace(/^1(?=\s\p{L})/u, '1er') : date

export const isNumeric = ({ kind }: ReportMeasure): boolean => kind !== 'text' && kind !== 'day' && kind !== 'month'

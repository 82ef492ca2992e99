import { parseDate } from '@comptoir/shared/imports/dates'
import { parseAmount } from '@comptoir/shared/imports/numbers'
import { currencyExponent } from '@comptoir/shared/money'
import { formatLocale } from '../../platform/format/format.ts'

const decimalMark = (): ',' | '.' => new Intl.NumberFormat(formatLocale()).format(0.5).includes(',') ? ',' : '.'
const sixDigits = 6

/** A quantity or a price as it is typed or pasted; null when nothing was typed, undefined when it is no number. */
export function readNumber(text: string): number | null | undefined {
  const reading = parseAmount(text, decimalMark(), sixDigits)
  if (reading.ok)
    return reading.minor / 10 ** sixDigits
  return reading.reason === 'missing' ? null : undefined
}

export function readMinor(text: string, currency: string): number | null | undefined {
  const reading = parseAmount(text, decimalMark(), currencyExponent(currency))
  if (reading.ok)
    return reading.minor
  return reading.reason === 'missing' ? null : undefined
}

/** As it is put into a field to be typed over. */
export const writeNumber = (value: number | null): string =>
  value === null ? '' : new Intl.NumberFormat(formatLocale(), { useGrouping: false, maximumFractionDigits: sixDigits }).format(value)

export const writeMinor = (minor: number | null, currency: string): string => {
  const digits = currencyExponent(currency)
  return minor === null ? '' : new Intl.NumberFormat(formatLocale(), { useGrouping: false, minimumFractionDigits: digits, maximumFractionDigits: digits }).format(minor / 10 ** digits)
}

/** A day as a spreadsheet holds it; empty when it is none. */
export function readDay(text: string): string {
  const reading = parseDate(text, 'dmy')
  return reading.ok ? reading.day : ''
}

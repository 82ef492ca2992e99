import { isCurrencyCode } from './currency.ts'

export type DecimalMark = ',' | '.'

export type AmountFault = 'missing' | 'unreadable' | 'scientific' | 'too_large'

export type AmountReading =
  | {
    readonly ok: true
    readonly minor: number
    /** Digits beyond the currency's minor unit were rounded away. */
    readonly isRounded: boolean
    /** Currency written beside the figure, as a code. */
    readonly currency: string | null
  }
  | { readonly ok: false, readonly reason: AmountFault }

const signs: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP', '$': 'USD', '¥': 'JPY', '₽': 'RUB', '₴': 'UAH', '₺': 'TRY', 'zł': 'PLN', 'fr.': 'CHF', 'euro': 'EUR', 'euros': 'EUR', 'Euro': 'EUR', 'Euros': 'EUR' }
const currencyAround = /^(?:(€|£|\$|¥|₽|₴|₺|[A-Z]{3})(?=[\d\s.,()+\-−–'’]))?(.*?)(?:\s*(€|£|\$|¥|₽|₴|₺|zł|[Ee]uros?|[A-Z]{3}))?$/u
/** No amount is longer; patterns are not let loose on a page of text. */
const longestFigure = 64
/** "120.00 CR": bookkeepers write the side behind the figure; what a supplier credits is taken off. */
const sideAfter = /^(.*\d\)?)\s*(CR|DR)\.?$/i
const blanks = /[\s\u200b-\u200d\ufeff]+/gu

interface Figure {
  readonly body: string
  readonly isNegative: boolean
  readonly currency: string | null
}

/** Takes sign, parentheses and currency off; the body keeps digits and separators only. Null when it is no figure. */
function openFigure(text: string): Figure | null {
  let rest = text.trim()
  if (rest.length > longestFigure)
    return null
  const [, figure, side] = sideAfter.exec(rest) ?? []
  rest = figure ?? rest
  let isNegative = side?.toUpperCase() === 'CR'
  if (/^\(.*\)$/.test(rest)) {
    isNegative = true
    rest = rest.slice(1, -1).trim()
  }
  const [, before, middle = '', after] = currencyAround.exec(rest) ?? []
  const sign = before ?? after
  if (sign !== undefined && /^[A-Z]{3}$/.test(sign) && !isCurrencyCode(sign))
    return null
  let body = middle.trim()
  if (/^\(.*\)$/.test(body)) {
    isNegative = true
    body = body.slice(1, -1).trim()
  }
  const signed = /^([+\-−–])?\s*(.*?)\s*([-−–])?$/u.exec(body)
  const leading = signed?.[1]
  const trailing = signed?.[3]
  if ((leading && trailing) || (isNegative && (leading ?? trailing)))
    return null
  if (trailing || (leading && leading !== '+'))
    isNegative = true
  body = (signed?.[2] ?? '').replace(blanks, ' ')
  const late = /^(€|£|\$|¥)\s*(.*)$/u.exec(body)
  const currency = sign ?? late?.[1] ?? null
  return { body: late?.[2] ?? body, isNegative, currency: currency === null ? null : signs[currency] ?? currency }
}

const grouped = (separator: string): RegExp => new RegExp(`^\\d{1,3}(?:${separator}\\d{3})+$`)
const groups: readonly RegExp[] = [' ', '\'', '’', '\\.', ',', '_'].map(grouped)
const indianGroups = /^\d{1,2}(?:,\d{2})+,\d{3}$/

/** Digits, parted by thousands or not at all. */
export const isWhole = (text: string): boolean =>
  /^\d+$/.test(text) || groups.some(group => group.test(text)) || indianGroups.test(text)

const digitsOf = (text: string): string => text.replace(/\D/g, '')

export type DecimalEvidence = 'comma' | 'dot' | 'open' | 'none'

/** What one cell proves about the column's decimal mark: "1,5" a comma, "1.234,56" too, "1,234" nothing. */
export function decimalEvidence(text: string): DecimalEvidence {
  const body = openFigure(text)?.body ?? ''
  if (!/^[\d., '’_]*\d[\d., '’_]*$/.test(body))
    return 'none'
  const comma = body.lastIndexOf(',')
  const dot = body.lastIndexOf('.')
  if (comma === -1 && dot === -1)
    return 'none'
  if (comma !== -1 && dot !== -1)
    return comma > dot ? 'comma' : 'dot'
  const mark = comma === -1 ? '.' : ','
  const parts = body.split(mark)
  if (parts.length > 2)
    return mark === ',' ? 'dot' : 'comma'
  if (/^\d{3}$/.test(parts[1]!) && /^[1-9]\d{0,2}$/.test(parts[0]!))
    return 'open'
  return mark === ',' ? 'comma' : 'dot'
}

function splitFigure(body: string, mark: DecimalMark): { whole: string, fraction: string } | null {
  const evidence = decimalEvidence(body)
  const decimal = evidence === 'comma' ? ',' : evidence === 'dot' ? '.' : mark
  const at = body.lastIndexOf(decimal)
  const isOnce = at !== -1 && body.indexOf(decimal) === at
  const whole = isOnce ? body.slice(0, at) : body
  const fraction = isOnce ? body.slice(at + 1) : ''
  if (!/^\d*$/.test(fraction) || (whole !== '' && !isWhole(whole)) || whole + fraction === '')
    return null
  return { whole: digitsOf(whole) || '0', fraction }
}

/** Reads an amount exactly, digit by digit, never through a float. `mark` decides only what the cell leaves open. */
export function parseAmount(text: string, mark: DecimalMark, exponent: number): AmountReading {
  if (text.trim() === '' || /^[-–−]$/.test(text.trim()))
    return { ok: false, reason: 'missing' }
  if (/^[+-]?\d+(?:[.,]\d+)?E[+-]?\d+$/i.test(text.trim()))
    return { ok: false, reason: 'scientific' }
  const figure = openFigure(text)
  const parts = figure && splitFigure(figure.body, mark)
  if (!parts)
    return { ok: false, reason: 'unreadable' }
  const { whole, fraction } = parts
  let minor = Number(whole + fraction.slice(0, exponent).padEnd(exponent, '0'))
  const dropped = fraction.slice(exponent)
  if (dropped >= '5')
    minor++
  if (!Number.isSafeInteger(minor))
    return { ok: false, reason: 'too_large' }
  return { ok: true, minor: figure.isNegative ? -minor || 0 : minor, isRounded: /[1-9]/.test(dropped), currency: figure.currency }
}

export interface DecimalDecision {
  readonly mark: DecimalMark
  /** No cell of the columns proves it: the other reading would be possible. */
  readonly isOpen: boolean
}

/** The mark most cells prove. Where none does, "1,234" stands for thousands: amounts have two decimals or none. */
export function decideDecimal(tally: Readonly<Record<DecimalEvidence, number>>, openMark: DecimalMark | null, fallback: DecimalMark): DecimalDecision {
  if (tally.comma !== tally.dot)
    return { mark: tally.comma > tally.dot ? ',' : '.', isOpen: false }
  if (tally.open > 0 && openMark !== null)
    return { mark: openMark === ',' ? '.' : ',', isOpen: true }
  return { mark: fallback, isOpen: tally.comma > 0 }
}

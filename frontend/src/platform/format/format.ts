import { currencyExponent, toMajor, type Money } from '@comptoir/shared/money'
import { localeOf } from '../i18n/languages.ts'

/** What every date, number and amount is written by: the portal's words, never the browser's. */
export interface FormatSettings {
  readonly language: string
  readonly timeZone: string
  readonly currency: string
}

/** Shown where a value is unknown; no data is never written as zero. */
export const NO_VALUE = '—'

let settings: FormatSettings = { language: 'en', timeZone: 'UTC', currency: 'EUR' }
let locale = 'en'
const numbers = new Map<string, Intl.NumberFormat>()

export function setFormats(given: FormatSettings): void {
  settings = given
  locale = localeOf(given.language)
  numbers.clear()
}

export const formatLocale = (): string => locale
export const portalTimeZone = (): string => settings.timeZone
export const portalCurrency = (): string => settings.currency

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options)
  const known = numbers.get(key)
  if (known)
    return known
  const made = new Intl.NumberFormat(locale, options)
  numbers.set(key, made)
  return made
}

type Maybe<T> = T | null | undefined

/** With `digits` decimals, or as many as it has `upTo` a number of them. */
export const formatNumber = (value: Maybe<number>, { digits, upTo = digits }: { digits?: number, upTo?: number } = {}): string =>
  typeof value === 'number'
    ? numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: upTo }).format(value)
    : NO_VALUE

export const formatCompact = (value: Maybe<number>): string =>
  typeof value === 'number' ? numberFormat({ notation: 'compact', maximumFractionDigits: 1 }).format(value) : NO_VALUE

/** 0.125 is written 12.5 %; in a column 0.12 is 12.0 %, so that the digits stand below each other. */
export const formatPercent = (ratio: Maybe<number>, { digits = 1, isInColumn = false }: { digits?: number, isInColumn?: boolean } = {}): string =>
  typeof ratio === 'number'
    ? numberFormat({ style: 'percent', minimumFractionDigits: isInColumn ? digits : 0, maximumFractionDigits: digits }).format(ratio)
    : NO_VALUE

/** A change, with its sign: +12.5 %. */
export const formatChange = (ratio: Maybe<number>): string =>
  typeof ratio === 'number'
    ? numberFormat({ style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(ratio)
    : NO_VALUE

/** Before a change that is written without its sign; the minus is the one that all figures have. */
export const signOf = (value: number): string => value > 0 ? '+'
  : value < 0 ? numberFormat({}).formatToParts(-1).find(({ type }) => type === 'minusSign')?.value ?? '-' : ''

export const formatMoney = (money: Maybe<Money>): string =>
  money ? writeMoney(money, {}) : NO_VALUE

/** What one piece costs: a screw may cost a fraction of a cent. */
export const formatUnitPrice = (price: Maybe<number>, currency: string): string => {
  if (typeof price !== 'number')
    return NO_VALUE
  const digits = { minimumFractionDigits: currencyExponent(currency), maximumFractionDigits: 6 }
  return /^[A-Z]{3}$/.test(currency)
    ? numberFormat({ style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...digits }).format(price)
    : `${numberFormat(digits).format(price)} ${currency}`
}

/** Whole units: for tiles and charts, where cents only make noise. */
export const formatRoundMoney = (money: Maybe<Money>): string =>
  money ? writeMoney(money, { minimumFractionDigits: 0, maximumFractionDigits: 0 }) : NO_VALUE

/** 1,2 M€: French joins the multiple to the symbol, where Intl leaves a space. */
export function formatCompactMoney(money: Maybe<Money>): string {
  if (!money)
    return NO_VALUE
  const text = writeMoney(money, { notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 1 })
  return locale.startsWith('fr') ? text.replace(/([kM])\s(?=\p{Sc})/u, '$1') : text
}

function writeMoney({ minor, currency }: Money, options: Intl.NumberFormatOptions): string {
  const major = toMajor(minor, currency)
  if (/^[A-Z]{3}$/.test(currency))
    return numberFormat({ style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...options }).format(major)
  // The host allows currency names of its own, which Intl refuses.
  const digits = currencyExponent(currency)
  return `${numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits, ...options }).format(major)} ${currency}`
}

/** "A, B and C" in the portal's language. */
export const formatList = (items: readonly string[]): string => new Intl.ListFormat(locale).format(items)

import { currencyExponent, toMajor, toMinor, type Money } from '@comptoir/shared/money'

/**
 * An amount as people type or paste it ("1 250,50", "1,250.50", "1250.5 €"); null when nothing was typed,
 * undefined when it is no amount. The last separator followed by at most the currency's decimals is the decimal one.
 */
export function parseAmount(text: string, currency: string): number | null | undefined {
  const typed = text.toUpperCase().replace(/[\s\u00a0\u202f'’\p{Sc}]/gu, '').replace(currency, '')
  if (text.trim() === '')
    return null
  const [, whole = '', fraction = ''] = new RegExp(`^(\\d[\\d.,]*?)(?:[.,](\\d{0,${Math.max(1, currencyExponent(currency))}}))?$`).exec(typed) ?? []
  if (whole === '' || !isGrouped(whole))
    return undefined
  return toMinor(Number(`${whole.replace(/[.,]/g, '')}.${fraction || '0'}`), currency) ?? undefined
}

/** Separators inside the whole part stand before groups of three. */
const isGrouped = (whole: string): boolean => /^(\d+|\d{1,3}([.,]\d{3})+)$/.test(whole)

/** The amount as it is put into the field to be typed over. */
export const writeAmount = (money: Money | null, locale: string): string =>
  money === null
    ? ''
    : new Intl.NumberFormat(locale, { useGrouping: false, minimumFractionDigits: 0, maximumFractionDigits: currencyExponent(money.currency) })
        .format(toMajor(money.minor, money.currency))

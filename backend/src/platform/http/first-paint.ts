import { toMajor, type Money } from '@comptoir/shared/money'

/** One figure of the page that is painted before any script runs. */
export interface FirstTile {
  readonly label: string
  /** Already written in the viewer's language; null paints a dash: no data is never zero. */
  readonly value: string | null
}

/** Plain HTML in the classes of the page's own critical style. Vue puts the real page in its place. */
export function paintFirst({ title, tiles, layout = '', hasTabs = false }: { title: string, tiles: readonly FirstTile[], layout?: '' | 'six' | 'six first-noted', hasTabs?: boolean }): string {
  const painted = tiles.map(({ label, value }) =>
    `<div class="first-tile"><dt>${escapeHtml(label)}</dt><dd>${value === null ? '—' : escapeHtml(value)}</dd></div>`)
  return `<div class="first"><h1>${escapeHtml(title)}</h1>${hasTabs ? '<div class="first-tabs"></div>' : ''}<dl class="first-tiles${layout && ` first-${layout}`}">${painted.join('')}</dl><div class="first-block"></div></div>`
}

/** CRM text is untrusted: names hold ampersands, and sometimes markup. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, found => `&#${found.charCodeAt(0)};`)

export interface Writing {
  money(amount: Money | null): string | null
  /** Whole units, where cents only make noise. */
  roundMoney(amount: Money | null): string | null
  number(value: number | null): string | null
  percent(value: number | null, digits?: number): string | null
  day(value: string | null): string | null
  days(count: number | null): string | null
}

/** Numbers and days as the pages write them. */
export function writing(language: string): Writing {
  const locale = isLocale(language) ? language : 'en'
  return {
    money: amount => amount && inCurrency(locale, amount),
    roundMoney: amount => amount && inCurrency(locale, amount, { minimumFractionDigits: 0, maximumFractionDigits: 0 }),
    number: value => value === null ? null : new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value),
    percent: (value, digits = 1) => value === null ? null : new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits }).format(value),
    day: value => value && dayIn(locale, value),
    days: count => count === null ? null : daysIn(locale, Math.round(count * 10) / 10),
  }
}

function dayIn(locale: string, day: string): string {
  const text = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
  return locale.startsWith('fr') ? text.replace(/^1(?=\s)/, '1er') : text
}

function daysIn(locale: string, count: number): string {
  const one = locale === 'fr' ? 'jour' : 'day'
  return `${new Intl.NumberFormat(locale).format(count)}${locale === 'fr' ? '\u00A0' : ' '}${new Intl.PluralRules(locale).select(count) === 'one' ? one : `${one}s`}`
}

function inCurrency(locale: string, { minor, currency }: Money, digits: Intl.NumberFormatOptions = {}): string {
  const major = toMajor(minor, currency)
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...digits }).format(major)
  }
  catch {
    return `${new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2, ...digits }).format(major)} ${currency}`
  }
}

const isLocale = (language: string): boolean => Intl.NumberFormat.supportedLocalesOf([language]).length > 0

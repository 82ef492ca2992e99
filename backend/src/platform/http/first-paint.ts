import { toMajor, type Money } from '@comptoir/shared/money'

/** One figure of the page that is painted before any script runs. */
export interface FirstTile {
  readonly label: string
  /** Already written in the viewer's language; null paints a dash: no data is never zero. */
  readonly value: string | null
}

/** Plain HTML in the classes of the page's own critical style. Vue puts the real page in its place. */
export function paintFirst({ title, tiles }: { title: string, tiles: readonly FirstTile[] }): string {
  const painted = tiles.map(({ label, value }) =>
    `<div class="first-tile"><dt>${escapeHtml(label)}</dt><dd>${value === null ? '–' : escapeHtml(value)}</dd></div>`)
  return `<div class="first"><h1>${escapeHtml(title)}</h1><dl class="first-tiles">${painted.join('')}</dl><div class="first-block"></div></div>`
}

/** CRM text is untrusted: names hold ampersands, and sometimes markup. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, found => `&#${found.charCodeAt(0)};`)

export interface Writing {
  money(amount: Money | null): string | null
  number(value: number | null): string | null
  percent(value: number | null): string | null
}

/** Numbers as the pages write them: whole amounts where a tile has room for no more. */
export function writing(language: string): Writing {
  const locale = isLocale(language) ? language : 'en'
  return {
    money: amount => amount && inCurrency(locale, amount),
    number: value => value === null ? null : new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value),
    percent: value => value === null ? null : new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(value),
  }
}

function inCurrency(locale: string, { minor, currency }: Money): string {
  const major = toMajor(minor, currency)
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 }).format(major)
  }
  catch {
    return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(major)} ${currency}`
  }
}

const isLocale = (language: string): boolean => Intl.NumberFormat.supportedLocalesOf([language]).length > 0

import type { Portal } from '../state.ts'
import type { ViewerLanguage } from './text/index.ts'

const locales: Record<ViewerLanguage, string> = { fr: 'fr-FR', en: 'en-GB', ar: 'ar-u-nu-latn' }

export interface Format {
  money(amount: unknown, currency: unknown): string
  number(value: unknown): string
  day(value: unknown): string
  moment(value: unknown): string
  clock(value: unknown): string
}

const moneyFormats = new Map<string, Intl.NumberFormat>()

function moneyFormat(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`
  let format = moneyFormats.get(key)
  if (!format) {
    format = new Intl.NumberFormat(locale, { style: 'currency', currency })
    moneyFormats.set(key, format)
  }
  return format
}

export function formatFor(portal: Portal, language: ViewerLanguage): Format {
  const locale = locales[language]
  const timeZone = portal.settings.timeZone
  const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone, ...options })
  const day = dates({ day: '2-digit', month: '2-digit', year: 'numeric' })
  const moment = dates({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' })
  const clock = dates({ hour: '2-digit', minute: '2-digit', second: '2-digit' })
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 4 })

  return {
    money(amount, currency) {
      const code = String(currency ?? '')
      return /^[A-Z]{3}$/.test(code) ? moneyFormat(locale, code).format(Number(amount ?? 0)) : plain.format(Number(amount ?? 0))
    },
    number: value => plain.format(Number(value ?? 0)),
    day: value => written(day, value),
    moment: value => written(moment, value),
    clock: value => written(clock, value),
  }
}

function written(format: Intl.DateTimeFormat, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number')
    return ''
  const date = new Date(value)
  return value === '' || Number.isNaN(date.getTime()) ? '' : format.format(date)
}

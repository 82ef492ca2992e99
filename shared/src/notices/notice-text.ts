import { isNoticeKind, noticeKind } from './kinds.ts'

/** A value inside a notice, shown in the reader's language: a day, an amount, a share or plain words. */
export type NoticeValue = string | number | null
  | { readonly day: string }
  | { readonly minor: number, readonly currency: string }
  | { readonly share: number }
  /** Words that exist in both languages. */
  | { readonly fr: string, readonly en: string }

export type NoticeParams = Readonly<Record<string, NoticeValue>>

export interface Reader {
  readonly language: string
  /** The reader's calendar day. */
  readonly today: string
}

export interface ToldNotice {
  readonly kind: string
  readonly params: NoticeParams
  readonly vendor: string | null
  readonly dueOn: string | null
}

/** Notices exist in two languages; every other reader gets English. */
export const noticeLanguage = (language: string): 'fr' | 'en' => language.toLowerCase().startsWith('fr') ? 'fr' : 'en'

/** The words of a notice; null for a kind that this version does not know. */
export function tellNotice(notice: ToldNotice, reader: Reader): { title: string, text: string } | null {
  if (!isNoticeKind(notice.kind))
    return null
  const words = noticeKind(notice.kind)[noticeLanguage(reader.language)]
  const value = (name: string) => valueOf(notice, name, reader)
  return { title: filled(words.title, value), text: filled(words.text, value) }
}

/** What somebody may read of a notice who may not know what its subject is called. */
export function withoutName(kind: string, params: NoticeParams): NoticeParams {
  const unnamed = isNoticeKind(kind) ? noticeKind(kind).unnamed : undefined
  return unnamed ? { ...params, subject: { fr: unnamed.fr, en: unnamed.en } } : params
}

const filled = (pattern: string, value: (name: string) => string): string =>
  pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => value(name))

function valueOf({ params, vendor, dueOn }: ToldNotice, name: string, reader: Reader): string {
  if (name === 'vendor')
    return vendor ?? '—'
  if (name === 'when' && dueOn)
    return timeLeft(dueOn, reader)
  if (name === 'due' && dueOn)
    return dayWords(dueOn, reader.language)
  const value = params[name]
  return value === undefined || value === null ? '—' : valueWords(value, reader.language)
}

function valueWords(value: NonNullable<NoticeValue>, language: string): string {
  const locale = noticeLanguage(language)
  if (typeof value === 'string')
    return value
  if (typeof value === 'number')
    return new Intl.NumberFormat(locale).format(value)
  if ('day' in value)
    return dayWords(value.day, language)
  if ('share' in value)
    return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(value.share)
  if ('minor' in value)
    return amountWords(value.minor, value.currency, locale)
  return value[locale]
}

function amountWords(minor: number, currency: string, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

const dayWords = (day: string, language: string): string =>
  new Intl.DateTimeFormat(noticeLanguage(language), { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
    .format(new Date(`${day}T00:00:00Z`)).replace(/^1(?=\s\p{L})/u, noticeLanguage(language) === 'fr' ? '1er' : '$&')

function timeLeft(day: string, { today, language }: Reader): string {
  const days = Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000)
  return new Intl.RelativeTimeFormat(noticeLanguage(language), { numeric: 'auto' }).format(days, 'day')
}

import { isNoticeKind, noticeKind } from '@comptoir/shared/notices/kinds'
import type { SettingsDifference } from '@comptoir/shared/settings-file/settings-file.contract'
import { formatDate, formatDays, formatMonth } from '../../platform/format/dates.ts'
import { formatList, formatLocale, formatMoney, formatNumber, portalCurrency } from '../../platform/format/format.ts'
import { hasText, t, textLanguage } from '../../platform/i18n/i18n.ts'

const word = (key: string): string | null => hasText(`settingsFile.${key}`) ? t(`settingsFile.${key}` as Parameters<typeof t>[0]) : null

export const sectionName = (section: string): string => word(`sections.${section}`) ?? section

/** A path behind its section, as the forms would say it. */
export const pathWords = ([section, ...steps]: readonly string[]): string => steps.map((step, at) => stepWords(section ?? '', step, at)).join(' › ')

function stepWords(section: string, step: string, at: number): string {
  if (section === 'targets')
    return formatMonth(step)
  if (section === 'interestRates')
    return formatDate(step)
  if ((section === 'attributes' || section === 'presets') && at === 0)
    return step
  if (section === 'notices' && isNoticeKind(step))
    return noticeKind(step)[textLanguage()].name
  if (step.includes('/'))
    return step.split('/').map((part, place) => section === 'access' && place === 2 ? t('settingsFile.names.ofGroup', { group: part }) : nameWords(part)).join(', ')
  return nameWords(step)
}

const nameWords = (name: string): string => word(`names.${name}`) ?? name

/** A value in words; what it means follows from where it stands. */
export function valueWords(value: unknown, path: readonly string[]): string {
  const name = path.at(-1) ?? ''
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return t('settingsFile.values.nothing')
  if (typeof value === 'boolean')
    return t(value ? 'settingsFile.values.yes' : 'settingsFile.values.no')
  if (typeof value === 'number')
    return numberWords(value, name, path)
  if (typeof value === 'string')
    return word(`values.${path.includes('grants') ? 'grants' : name}.${value}`) ?? word(`names.${value}`) ?? value
  return Array.isArray(value) ? listWords(value, name, path) : partsWords(value as Record<string, unknown>, path)
}

function numberWords(value: number, name: string, path: readonly string[]): string {
  if (path[0] === 'targets' || name === 'amountMinor' || name === 'thresholdMinor')
    return formatMoney({ minor: value, currency: portalCurrency() })
  return name === 'weekdays' || name === 'days' ? weekday(value) : formatNumber(value, { upTo: 6 })
}

function listWords(values: readonly unknown[], name: string, path: readonly string[]): string {
  if (name === 'columns')
    return t('settingsFile.values.columnCount', { count: values.length })
  return formatList(values.map((value) => {
    if (name === 'closures') {
      const { from, to } = value as { from: string, to: string }
      return formatDays(from, to)
    }
    if (path.includes('curves')) {
      const [measured = 0, points = 0] = value as number[]
      return t('settingsFile.values.point', { value: formatNumber(measured, { upTo: 6 }), points: formatNumber(points, { upTo: 2 }) })
    }
    return valueWords(value, path)
  }))
}

/** Something that is new or gone as a whole. */
const partsWords = (value: Record<string, unknown>, path: readonly string[]): string =>
  Object.entries(value).filter(([, part]) => part !== null && !(Array.isArray(part) && part.length === 0))
    .map(([name, part]) => `${nameWords(name)}\u00A0: ${valueWords(part, [...path, name])}`).join(' · ')

/** 5 January 1970 was a Monday. */
const weekday = (day: number): string => new Intl.DateTimeFormat(formatLocale(), { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(1970, 0, 4 + day)))

export const isAdded = (change: SettingsDifference): boolean => change.before === undefined
export const isRemoved = (change: SettingsDifference): boolean => change.after === undefined

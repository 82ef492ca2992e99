import type { ThresholdMetric } from '@comptoir/shared/actions/business-analytics'
import { metricNames } from '@comptoir/shared/insights/metric-names'
import type { MetricUnit } from '@comptoir/shared/insights/metric'
import type { DayRange } from '@comptoir/shared/insights/period'
import { toMajor } from '@comptoir/shared/money'
import type { VendorStatus } from '@comptoir/shared/vendors/vendor-status'
import type { MessageLanguage, OperationContext } from './operation.ts'
import type { ActionSpend } from './vendor-operations.ts'
import type { Direction } from './metric-operations.ts'

export type { MetricUnit }

const statusNames: Record<MessageLanguage, Record<VendorStatus, string>> = {
  fr: { prospect: 'prospect', onboarding: 'en intégration', active: 'actif', suspended: 'suspendu', terminated: 'résilié' },
  en: { prospect: 'prospect', onboarding: 'onboarding', active: 'active', suspended: 'suspended', terminated: 'terminated' },
}

export function totalMessage(context: OperationContext, { vendor, spend, days }: { vendor: string, spend: ActionSpend, days: DayRange }): string {
  const { language, portal } = context
  const when = rangeText(language, days)
  if (spend.amountMinor === null)
    return language === 'fr' ? `Aucun achat chiffré chez ${vendor} ${when}.` : `No priced purchase with ${vendor} ${when}.`
  const amount = money(language, spend.amountMinor, portal.currency)
  const count = new Intl.NumberFormat(language).format(spend.purchaseCount)
  const text = language === 'fr'
    ? `${amount} dépensés chez ${vendor} ${when} (${count} achat${spend.purchaseCount > 1 ? 's' : ''}).`
    : `${amount} spent with ${vendor} ${when} (${count} purchase${spend.purchaseCount === 1 ? '' : 's'}).`
  return spend.unpricedCount > 0 ? `${text} ${unpriced(language, spend.unpricedCount)}` : text
}

const unpriced = (language: MessageLanguage, count: number): string => language === 'fr'
  ? `${count} achat${count > 1 ? 's' : ''} sans taux de change, non compté${count > 1 ? 's' : ''}.`
  : `${count} purchase${count === 1 ? '' : 's'} without an exchange rate, not counted.`

export function statusMessage({ language }: OperationContext, { vendor, from, to, isProposed }: { vendor: string, from: VendorStatus, to: VendorStatus, isProposed: boolean }): string {
  const names = statusNames[language]
  if (from === to)
    return language === 'fr' ? `${vendor} est déjà au statut « ${names[to]} ».` : `${vendor} already has the status “${names[to]}”.`
  if (isProposed) {
    return language === 'fr'
      ? `Il est proposé que ${vendor} passe au statut « ${names[to]} » : une personne doit l’approuver.`
      : `It is proposed that ${vendor} moves to “${names[to]}”: a person must approve it.`
  }
  return language === 'fr'
    ? `${vendor} passe du statut « ${names[from]} » au statut « ${names[to]} ».`
    : `${vendor} moves from “${names[from]}” to “${names[to]}”.`
}

const directions: Record<MessageLanguage, Record<Direction, string>> = {
  fr: { at_least: 'au moins', above: 'plus de', at_most: 'au plus', below: 'moins de' },
  en: { at_least: 'at least', above: 'more than', at_most: 'at most', below: 'less than' },
}

export function thresholdMessage({ language, portal }: OperationContext, { metric, value, unit, direction, threshold, reached }:
{ metric: ThresholdMetric, value: number | null, unit: MetricUnit, direction: Direction, threshold: number, reached: boolean }): string {
  const name = metricNames[language][metric]
  if (value === null)
    return language === 'fr' ? `${name} : aucune donnée pour cette période.` : `${name}: no data for this period.`
  const figure = (number: number) => quantity(language, number, unit, portal.currency)
  const rule = `${directions[language][direction]} ${figure(threshold)}`
  return language === 'fr'
    ? `${name} : ${figure(value)}. Seuil (${rule}) ${reached ? 'atteint' : 'non atteint'}.`
    : `${name}: ${figure(value)}. Threshold (${rule}) ${reached ? 'reached' : 'not reached'}.`
}

const spans = {
  fr: { hours: ' heures', days: ' jours', months: ' mois' },
  en: { hours: ' hours', days: ' days', months: ' months' },
} as const

export function quantity(language: MessageLanguage, value: number, unit: MetricUnit, currency: string): string {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 })
  switch (unit) {
    case 'money': return majorMoney(language, value, currency)
    case 'percent': return language === 'fr' ? `${number.format(value)} %` : `${number.format(value)}%`
    case 'hours':
    case 'days':
    case 'months': return `${number.format(value)}${spans[language][unit]}`
    case 'ratio':
    case 'count': return number.format(value)
  }
}

/** What is only expected: whole counts, and no cents of large amounts. */
export function expectedQuantity(language: MessageLanguage, value: number, unit: MetricUnit, currency: string): string {
  return unit === 'money' && Math.abs(value) >= 1000
    ? majorMoney(language, Math.round(value), currency, { maximumFractionDigits: 0 })
    : quantity(language, unit === 'count' ? Math.round(value) : value, unit, currency)
}

const money = (language: MessageLanguage, minor: number, currency: string): string =>
  majorMoney(language, toMajor(minor, currency), currency)

function majorMoney(language: MessageLanguage, major: number, currency: string, digits: Intl.NumberFormatOptions = {}): string {
  try {
    return new Intl.NumberFormat(language, { style: 'currency', currency, ...digits }).format(major)
  }
  catch {
    return `${new Intl.NumberFormat(language).format(major)} ${currency}`
  }
}

/** The last day is included in words, while the range is half-open. */
function rangeText(language: MessageLanguage, { from, to }: DayRange): string {
  if (from === null || to === null)
    return language === 'fr' ? 'depuis le début' : 'since the beginning'
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
  const write = (day: Date): string => language === 'fr' ? format.format(day).replace(/^1(?=\s)/, '1er') : format.format(day)
  const last = new Date(Date.parse(to) - 86_400_000)
  return language === 'fr'
    ? `du ${write(new Date(from))} au ${write(last)}`
    : `from ${write(new Date(from))} to ${write(last)}`
}

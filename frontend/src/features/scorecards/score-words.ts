import type { Measure, MeasureId } from '@comptoir/shared/scorecards/measure'
import type { StandingOrNone } from '@comptoir/shared/scorecards/standing'
import { formatDate } from '../../platform/format/dates.ts'
import { formatChange, formatNumber, formatPercent, NO_VALUE } from '../../platform/format/format.ts'
import { hasText, t } from '../../platform/i18n/i18n.ts'
import type { StatusTone } from '../../ui/StatusBadge.vue'

const standingKeys = { 'Critique': 'critical', 'À surveiller': 'watch', 'Satisfaisant': 'good', 'Excellent': 'excellent', 'N/A': 'none' } as const
const tones: Readonly<Record<StandingOrNone, StatusTone>> = { 'Critique': 'alert', 'À surveiller': 'warning', 'Satisfaisant': 'info', 'Excellent': 'success', 'N/A': 'neutral' }

/** Documents carry the standing by its name; people read it in their language. */
export const standingText = (standing: StandingOrNone): string => t(`scorecards.standings.${standingKeys[standing]}`)
export const standingTone = (standing: StandingOrNone): StatusTone => tones[standing]

export const scoreText = (score: number | null): string => formatNumber(score, { digits: 1 })

const units: Readonly<Record<MeasureId, 'share' | 'change' | 'ppm' | 'days'>> = {
  otd: 'share', otif: 'share', otifRequested: 'share', invoiceAccuracy: 'share', responsiveness: 'share', compliance: 'share',
  ppv: 'change', ppm: 'ppm', meanDaysLate: 'days', promiseDrift: 'days',
}

export function measureText(id: MeasureId, value: number | null): string {
  if (value === null)
    return NO_VALUE
  switch (units[id]) {
    case 'share': return formatPercent(value / 100)
    case 'change': return formatChange(value / 100)
    case 'ppm': return t('scorecards.units.ppm', { value: formatNumber(Math.round(value)) })
    case 'days': return t('scorecards.units.days', { value: formatNumber(Math.round(value * 10) / 10) })
  }
}

const bases = {
  otd: 'otd', otif: 'otd', otifRequested: 'otd', meanDaysLate: 'otd', promiseDrift: 'otd',
  ppm: 'ppm', ppv: 'ppv', invoiceAccuracy: 'invoiceAccuracy', responsiveness: 'responsiveness', compliance: 'compliance',
} as const satisfies Record<MeasureId, string>

/** What and how much a measure rests on. */
export const basisText = (id: MeasureId, n: number): string => t(`scorecards.basis.${bases[id]}`, { count: n })

export function intervalText(id: MeasureId, { wilson90 }: Pick<Measure, 'wilson90'> | { wilson90?: readonly number[] }): string | null {
  const [low, high] = wilson90 ?? []
  return low === undefined || high === undefined ? null : t('scorecards.interval', { low: measureText(id, low), high: measureText(id, high) })
}

/** A kind of document by its name, an own kind by the title that the portal gave it. */
export const documentText = (type: string): string => {
  const key = `scorecards.documents.${type}`
  return hasText(key) ? t(key) : type
}

export function vetoText(veto: string): string {
  const [, type] = /^expired:(.*)$/.exec(veto) ?? []
  return type === undefined ? t('scorecards.vetoes.fraudAlert') : t('scorecards.vetoes.expired', { type: documentText(type) })
}

export const periodText = ({ asOf, from }: { asOf: string, from: string | null }): string =>
  from === null ? t('scorecards.asOf', { date: formatDate(asOf) }) : t('scorecards.since', { from: formatDate(from), to: formatDate(asOf) })

import type { PeriodChoice } from '@comptoir/shared/insights/period'
import { t } from '../../platform/i18n/i18n.ts'
import type { Drill } from './drill.ts'
import { daysLabel } from './metric-words.ts'

/** The number, and what of it is listed. */
export function drillTitle(drill: Drill, metric: string, records = 0): string {
  if (drill.kind === 'left-out')
    return t('insights.drill.leftOut', { metric, reason: t(`insights.leftOut.${drill.reason}`, { count: records }) })
  const detail = [...(drill.only ?? []).map(({ label }) => label), ...partOf(drill)].join(' · ')
  return detail ? t('insights.drill.title', { metric, detail }) : metric
}

function partOf(drill: Exclude<Drill, { kind: 'left-out' }>): string[] {
  if (drill.kind === 'days')
    return [daysLabel(drill)]
  const period = drill.within ? [periodWords(drill.within)] : []
  return drill.kind === 'all' ? period : [drill.label, ...period]
}

const periodWords = ({ period, from, to }: PeriodChoice): string =>
  period === 'custom' ? daysLabel({ from: from ?? null, to: to ?? null }) : t(`ui.period.kinds.${period}`)

import type { Tile } from '@comptoir/shared/dashboards/board'
import { metricTextKey } from '@comptoir/shared/insights/metric'
import { formatShortDate } from '../../platform/format/dates.ts'
import { t } from '../../platform/i18n/i18n.ts'

/** What a tile is called: its own title, else what it shows. */
export function tileTitle(tile: Pick<Tile, 'title' | 'metricId' | 'by' | 'across' | 'against' | 'period' | 'from' | 'to' | 'step' | 'scenarioIds' | 'text'>): string {
  const { title, period } = tile
  if (title.trim() !== '')
    return title
  if (tile.text !== undefined)
    return tile.text.split('\n', 1)[0]?.slice(0, 60) ?? ''
  if (tile.scenarioIds)
    return t('boards.tile.scenarios')
  const whole = subjectOf(tile)
  return period === null ? whole : t('boards.tile.in', { metric: whole, period: periodWords(tile) })
}

const periodWords = ({ period, from, to }: Pick<Tile, 'period' | 'from' | 'to'>): string => period === 'custom'
  ? t('boards.tile.days', { from: formatShortDate(from ?? null), to: formatShortDate(to ?? null) })
  : t(`ui.period.kinds.${period ?? 'all'}`)

function subjectOf({ metricId, by, across, against, step }: Pick<Tile, 'metricId' | 'by' | 'across' | 'against' | 'step'>): string {
  const metric = t(`${metricTextKey(metricId)}.name`)
  if (by === null)
    return metric
  const dimension = t(by === 'time' && step ? `boards.steps.${step}` : `boards.dimensions.${by}`)
  if (against)
    return t('boards.tile.against', { metric, dimension, other: t(`${metricTextKey(against)}.name`) })
  return across ? t('boards.tile.across', { metric, dimension, other: t(`boards.dimensions.${across}`) }) : t('boards.tile.by', { metric, dimension })
}

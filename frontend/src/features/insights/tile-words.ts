import type { Tile } from '@comptoir/shared/dashboards/board'
import { metricTextKey } from '@comptoir/shared/insights/metric'
import { t } from '../../platform/i18n/i18n.ts'

/** What a tile is called: its own title, else what it shows. */
export function tileTitle(tile: Pick<Tile, 'title' | 'metricId' | 'by' | 'across' | 'against' | 'period'>): string {
  const { title, period } = tile
  if (title.trim() !== '')
    return title
  const whole = subjectOf(tile)
  return period === null ? whole : t('boards.tile.in', { metric: whole, period: t(`ui.period.kinds.${period}`) })
}

function subjectOf({ metricId, by, across, against }: Pick<Tile, 'metricId' | 'by' | 'across' | 'against'>): string {
  const metric = t(`${metricTextKey(metricId)}.name`)
  if (by === null)
    return metric
  const dimension = t(`boards.dimensions.${by}`)
  if (against)
    return t('boards.tile.against', { metric, dimension, other: t(`${metricTextKey(against)}.name`) })
  return across ? t('boards.tile.across', { metric, dimension, other: t(`boards.dimensions.${across}`) }) : t('boards.tile.by', { metric, dimension })
}

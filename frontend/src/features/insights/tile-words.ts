import type { Tile } from '@comptoir/shared/dashboards/board'
import { metricTextKey } from '@comptoir/shared/insights/metric'
import { t } from '../../platform/i18n/i18n.ts'

/** What a tile is called: its own title, else what it shows. */
export function tileTitle({ title, metricId, by, period }: Pick<Tile, 'title' | 'metricId' | 'by' | 'period'>): string {
  if (title.trim() !== '')
    return title
  const name = t(`${metricTextKey(metricId)}.name`)
  const whole = by === null ? name : t('boards.tile.by', { metric: name, dimension: t(`boards.dimensions.${by}`) })
  return period === null ? whole : t('boards.tile.in', { metric: whole, period: t(`ui.period.kinds.${period}`) })
}

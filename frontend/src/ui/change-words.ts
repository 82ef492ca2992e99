import { formatChange, formatNumber } from '../platform/format/format.ts'
import { t } from '../platform/i18n/i18n.ts'

/** Shares change by points, everything else by its own size. */
export const writeChange = (change: number, isShare: boolean): string => isShare
  ? t('ui.tile.points', { change: `${change > 0 ? '+' : ''}${formatNumber(Math.round(change * 1000) / 10)}` })
  : formatChange(change)

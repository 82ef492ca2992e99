import { metricTextKey, type MetricDefinition } from '@comptoir/shared/insights/metric'
import { portalCurrency } from '../../platform/format/format.ts'
import { t } from '../../platform/i18n/i18n.ts'

/** Without accents and capitals: « depense » finds « Dépenses ». */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Every word of the search stands somewhere in the name, the formula, what is included, or the id that the API uses. */
export function isFound({ id }: MetricDefinition, search: string): boolean {
  const key = metricTextKey(id)
  const text = plain([t(`${key}.name`), t(`${key}.formula`), t(`${key}.included`), id].join(' '))
  return plain(search).split(/\s+/).every(word => text.includes(word))
}

export function unitText({ id, unit, aggregate, measure }: MetricDefinition): string {
  const currency = portalCurrency()
  if (aggregate === 'concentration')
    return t('insights.units.index')
  if (measure === 'score')
    return t('insights.units.points')
  if (id === 'effective_vendors')
    return t('insights.units.count')
  return id === 'sales_velocity' ? t('insights.units.perDay', { currency }) : t(`insights.units.${unit}`, { currency })
}

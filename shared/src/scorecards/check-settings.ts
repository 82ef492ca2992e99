import type { Curve } from './curve.ts'
import { criterionIds, type ScorecardSettings } from './settings.ts'

/** What a schema cannot say. `path` names the field, `reason` is a key of the texts. */
export interface SettingsFault {
  readonly path: string
  readonly reason: 'no_weight' | 'curve_not_rising' | 'bounds_not_rising' | 'hours_not_rising' | 'measure_twice' | 'no_measure'
}

export function settingsFaults(settings: ScorecardSettings): SettingsFault[] {
  const faults: SettingsFault[] = []
  if (!criterionIds.some(id => settings.weights[id] > 0))
    faults.push({ path: 'weights', reason: 'no_weight' })
  for (const [id, curve] of Object.entries(settings.curves)) {
    if (!isRising(curve.map(([x]) => x)))
      faults.push({ path: `curves.${id}`, reason: 'curve_not_rising' })
  }
  if (!isRising(settings.standingBounds))
    faults.push({ path: 'standingBounds', reason: 'bounds_not_rising' })
  if (settings.businessHours.from >= settings.businessHours.to)
    faults.push({ path: 'businessHours', reason: 'hours_not_rising' })
  const scored = criterionIds.flatMap(id => [...settings.measures[id]])
  if (new Set(scored).size < scored.length)
    faults.push({ path: 'measures', reason: 'measure_twice' })
  for (const id of criterionIds) {
    if (settings.weights[id] > 0 && settings.measures[id].length === 0)
      faults.push({ path: `measures.${id}`, reason: 'no_measure' })
  }
  return faults
}

const isRising = (values: readonly Curve[number][0][]): boolean => values.every((value, at) => at === 0 || value > values[at - 1]!)

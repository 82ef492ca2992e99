import type { Tile } from '@comptoir/shared/dashboards/board'
import { understand, type Understood } from '@comptoir/shared/dashboards/question'
import { companionsOf, crossingsFor, figuresFor, sizeOf, type Crossing, type Figure, type FigureQuestion } from '@comptoir/shared/dashboards/figures'
import type { BucketKind } from '@comptoir/shared/insights/bucket'
import type { Dimension, MetricId } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import type { PeriodKind } from '@comptoir/shared/insights/period'
import { portalDay } from '../../platform/format/dates.ts'
import { portalCurrency } from '../../platform/format/format.ts'
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import { toMajor, toMinor } from '@comptoir/shared/money'

/** « none » stands in a list of choices for what a tile keeps as null. */
export interface TileForm {
  readonly question: Ref<string>
  readonly isUnclear: Ref<boolean>
  /** What was made of the question; null before one was asked, and once the form was changed by hand. */
  readonly understood: Ref<Understood | null>
  readonly metricId: Ref<MetricId>
  readonly by: Ref<Dimension | 'none'>
  readonly across: Ref<Crossing | 'none'>
  readonly against: Ref<MetricId | 'none'>
  readonly figure: Ref<Figure>
  readonly period: Ref<PeriodKind | 'board'>
  /** How fine time is told. */
  readonly step: Ref<BucketKind | 'auto'>
  readonly from: Ref<string>
  readonly to: Ref<string>
  readonly title: Ref<string>
  /** As it is read: whole units of money, percent. */
  readonly goal: Ref<number | null>
  readonly asked: ComputedRef<FigureQuestion & Pick<Tile, 'period' | 'from' | 'to' | 'step'>>
  readonly crossings: ComputedRef<readonly Crossing[]>
  readonly companions: ComputedRef<readonly MetricId[]>
  ask: () => void
  toTile: () => Omit<Tile, 'x' | 'y'>
}

const orNull = <T>(value: T | 'none'): Exclude<T, 'none'> | null => value === 'none' ? null : value as Exclude<T, 'none'>

/** A tile by a question in plain words, or by choosing: both fill the same form. */
export function useTileForm(tile: Tile | null): TileForm {
  const question = ref('')
  const isUnclear = ref(false)
  const metricId = ref<MetricId>(tile?.metricId ?? 'revenue_won')
  const by = ref<Dimension | 'none'>(tile?.by ?? 'none')
  const across = ref<Crossing | 'none'>(tile?.across ?? 'none')
  const against = ref<MetricId | 'none'>(tile?.against ?? 'none')
  const figure = ref<Figure>(tile?.figure ?? 'number')
  const understood = ref<Understood | null>(null)
  const period = ref<PeriodKind | 'board'>(tile?.period ?? 'board')
  const step = ref<BucketKind | 'auto'>(tile?.step ?? 'auto')
  const from = ref(tile?.from ?? `${portalDay(new Date()).slice(0, 8)}01`)
  const to = ref(tile?.to ?? portalDay(new Date()))
  const title = ref(tile?.title ?? '')
  const goal = ref<number | null>(tile?.goal ? shownGoal(tile.metricId, tile.goal) : null)

  const asked = computed(() => ({
    metricId: metricId.value, by: orNull(by.value), across: orNull(across.value), against: orNull(against.value), period: period.value === 'board' ? null : period.value,
    ...period.value === 'custom' && { from: from.value, to: to.value },
    ...by.value === 'time' && step.value !== 'auto' && { step: step.value },
  }))
  const crossings = computed(() => crossingsFor(asked.value))
  const companions = computed(() => companionsOf(asked.value))

  watch(asked, (now) => {
    if (now.by !== null && !metricCatalogue[now.metricId].dimensions.includes(now.by))
      by.value = 'none'
    if (now.across && !crossings.value.includes(now.across))
      across.value = 'none'
    if (now.against && (now.across || !companions.value.includes(now.against)))
      against.value = 'none'
    const fitting = figuresFor(asked.value)
    if (!fitting.includes(figure.value))
      figure.value = fitting[0] ?? 'number'
  }, { flush: 'sync' })

  return {
    question, isUnclear, understood, metricId, by, across, against, figure, period, step, from, to, title, goal, asked, crossings, companions,
    ask() {
      const found = understand(question.value, portalDay(new Date()))
      understood.value = found
      isUnclear.value = found === null
      if (!found)
        return
      against.value = 'none'
      across.value = 'none'
      metricId.value = found.metricId
      by.value = found.by ?? 'none'
      across.value = found.across ?? 'none'
      against.value = found.against ?? 'none'
      figure.value = found.figure
      period.value = found.period?.period ?? 'board'
      step.value = found.step ?? 'auto'
      from.value = found.period?.from ?? from.value
      to.value = found.period?.to ?? to.value
    },
    toTile() {
      const size = tile?.figure === figure.value ? { width: tile.width, height: tile.height } : sizeOf(figure.value)
      return {
        tileId: tile?.tileId ?? crypto.randomUUID(), title: title.value.trim(), ...asked.value, figure: figure.value,
        goal: figure.value === 'gauge' && goal.value !== null && goal.value > 0 ? keptGoal(metricId.value, goal.value) : null, ...size,
      }
    },
  }
}

function keptGoal(metricId: MetricId, shown: number): number {
  const { unit } = metricCatalogue[metricId]
  return unit === 'money' ? toMinor(shown, portalCurrency()) ?? shown : unit === 'percent' ? shown / 100 : shown
}

function shownGoal(metricId: MetricId, kept: number): number {
  const { unit } = metricCatalogue[metricId]
  return unit === 'money' ? toMajor(kept, portalCurrency()) : unit === 'percent' ? kept * 100 : kept
}

import type { MetricFilters } from '@comptoir/shared/insights/insights.contract'
import type { MetricDefinition } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import { changeOf, type Tally } from '@comptoir/shared/insights/tally'
import type { ComparedPart, Comparison, ComparisonQuery } from '@comptoir/shared/segments/comparison.contract'
import { meanDrivers, sumDrivers, totalOf, type PartDriver, type PartSide } from '@comptoir/shared/segments/part-drivers'
import { wholeParts } from '@comptoir/shared/segments/shapley'
import type { ComparedFigure, ComparePort } from './compare-port.ts'
import { factorsOf } from './factors.ts'

/** More parts than this nobody reads; the rest is one. */
const mostParts = 12

/** One number over two sides, and what drives the difference; every contribution is exact, and together they are all of it. */
export async function compare(port: ComparePort, { metricId, by, before: was, after: is }: ComparisonQuery): Promise<Comparison> {
  const metric = metricCatalogue[metricId]
  const isBroken = by !== null && metric.dimensions.includes(by) && !metric.recounted.includes(by)
  const read = (filters: MetricFilters) => port.figure({ ...filters, metricId, ...isBroken && { by } })
  const [before, after] = await Promise.all([read(was), read(is)])
  const difference = before.value === null || after.value === null ? null : after.value - before.value
  const factors = difference === null ? null : await factorsOf(port, metric, { before: was, after: is })
  const parts = difference !== null && isBroken ? partsOf(metric, before, after) : null
  return {
    metricId, unit: metric.unit, currency: metric.unit === 'money' ? before.currency : null, better: metric.better,
    before: sideOf(before), after: sideOf(after),
    difference, change: changeOf(metric, after.value, before.value),
    factors: factors && settled(metric, factors, difference ?? 0),
    parts: parts && settled(metric, parts, difference ?? 0),
    undivided: undividedOf(metric, { by, isKnown: difference !== null, isBroken: parts !== null }),
  }
}

const sideOf = ({ days, segment, value, records }: ComparedFigure): Comparison['before'] => ({ days, segment, value, records })

/** Money in whole minor units that still add up. */
function settled<T extends { readonly contribution: number }>({ unit }: MetricDefinition, items: readonly T[], difference: number): T[] {
  if (unit !== 'money')
    return [...items]
  const whole = wholeParts(items.map(({ contribution }) => contribution), difference)
  return items.map((item, at) => ({ ...item, contribution: whole[at] ?? 0 }))
}

const dividable: readonly MetricDefinition['aggregate'][] = ['sum', 'share', 'mean']

function undividedOf(metric: MetricDefinition, { by, isKnown, isBroken }: { by: ComparisonQuery['by'], isKnown: boolean, isBroken: boolean }): Comparison['undivided'] {
  if (!isKnown)
    return 'unknown'
  if (by === null || isBroken)
    return null
  if (!metric.dimensions.includes(by) || metric.aggregate === 'formula')
    return 'no_dimension'
  return dividable.includes(metric.aggregate) ? 'overlap' : 'median'
}

/** Of a share, what it is a share of; of everything else, how many there are. */
const partSide = ({ aggregate }: MetricDefinition, tally: Tally | undefined): PartSide | null => tally === undefined
  ? null
  : aggregate === 'share' ? { weight: tally.sum, amount: tally.favourableSum } : { weight: tally.records, amount: tally.sum }

const valueIn = ({ aggregate }: MetricDefinition, side: PartSide | null): number | null =>
  side === null ? null : aggregate === 'sum' ? side.amount : side.weight > 0 ? side.amount / side.weight : null

interface Sides { readonly key: string, readonly label: string | null, readonly group: string | null, readonly isRest: boolean, readonly before: PartSide | null, readonly after: PartSide | null }

function partsOf(metric: MetricDefinition, before: ComparedFigure, after: ComparedFigure): ComparedPart[] | null {
  if (!dividable.includes(metric.aggregate))
    return null
  const keys = [...new Set([...before.parts.keys(), ...after.parts.keys()])]
  const told = keys.map((key): Sides => {
    const name = after.parts.get(key) ?? before.parts.get(key)
    return { key, label: name?.label ?? null, group: name?.group ?? null, isRest: false, before: partSide(metric, before.parts.get(key)?.tally), after: partSide(metric, after.parts.get(key)?.tally) }
  })
  const sides = [...told, ...restOf(metric, told, before.tally, after.tally)]
  const drivers = metric.aggregate === 'sum' ? sumDrivers(sides) : meanDrivers(sides)
  if (!drivers)
    return null
  return shortened(sides.map((part, at) => ({ ...part, ...drivers[at]! })))
    .map(({ before: was, after: is, ...part }): ComparedPart => ({ ...part, before: valueIn(metric, was), after: valueIn(metric, is) }))
}

/** What the parts leave of the whole: vendors beyond the first fifty. */
function restOf(metric: MetricDefinition, told: readonly Sides[], before: Tally, after: Tally): Sides[] {
  const rest = (whole: Tally, of: 'before' | 'after'): PartSide => {
    const all = partSide(metric, whole)!
    return told.reduce((left, sides) => ({ weight: left.weight - (sides[of]?.weight ?? 0), amount: left.amount - (sides[of]?.amount ?? 0) }), all)
  }
  const [was, is] = [rest(before, 'before'), rest(after, 'after')]
  return [was.weight, was.amount, is.weight, is.amount].every(value => Math.abs(value) < 1e-9) ? [] : [{ key: '', label: null, group: null, isRest: true, before: was, after: is }]
}

/** The largest first; what is left is added up. */
function shortened(parts: readonly (Sides & PartDriver)[]): (Sides & PartDriver)[] {
  const sorted = [...parts].sort((a, b) => Number(a.isRest) - Number(b.isRest) || Math.abs(b.contribution) - Math.abs(a.contribution))
  const shown = sorted.filter(({ isRest }) => !isRest).slice(0, mostParts)
  const others = sorted.filter(part => !shown.includes(part))
  if (others.length === 0)
    return shown
  const added = (of: keyof PartDriver): number => others.reduce((sum, part) => sum + part[of], 0)
  return [...shown, { key: '', label: null, group: null, isRest: true, before: totalOf(others.map(part => part.before)), after: totalOf(others.map(part => part.after)), contribution: added('contribution'), mix: added('mix'), rate: added('rate') }]
}

import type { MetricFilters } from '@comptoir/shared/insights/insights.contract'
import type { MetricDefinition } from '@comptoir/shared/insights/metric'
import { nothingGiven } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import type { ComparedFactor } from '@comptoir/shared/segments/comparison.contract'
import { shapleyOf } from '@comptoir/shared/segments/shapley'
import type { ComparePort } from './compare-port.ts'

type Factor = Omit<ComparedFactor, 'contribution'>
type KnownFactor = Omit<Factor, 'before' | 'after'> & Sides<number>
interface Sides<T> { readonly before: T, readonly after: T }

/** What a number is made of, and how much of the difference each has brought about. Null where it is no product and no formula. */
export async function factorsOf(port: ComparePort, metric: MetricDefinition, filters: Sides<MetricFilters>): Promise<ComparedFactor[] | null> {
  if (metric.combine)
    return ofFormula(port, metric, filters)
  if (metric.id === 'revenue_won' || metric.id === 'deals_won')
    return ofProduct(await salesFactors(port, metric, filters))
  return metric.aggregate === 'sum' && metric.measure === 'amount' ? ofProduct(await sumFactors(port, metric, filters)) : null
}

/** A factor that one side says nothing of has not changed. */
function ofProduct(factors: readonly Factor[]): ComparedFactor[] | null {
  const shares = shapleyOf(factors.length, isAfter => factors.reduce((product, { before, after }, at) => product * ((isAfter(at) ? after ?? before : before ?? after) ?? 0), 1))
  return shares && factors.map((factor, at) => ({ ...factor, contribution: shares[at] ?? 0 }))
}

/** Where a quotient has no divisor it says nothing: what made it so is in the factor before. */
const quotient = (over: Sides<number>, under: Sides<number>): Sides<number | null> =>
  ({ before: under.before > 0 ? over.before / under.before : null, after: under.after > 0 ? over.after / under.after : null })

/** Revenue = decided deals × share won × share of those with an amount × their average. */
async function salesFactors(port: ComparePort, metric: MetricDefinition, filters: Sides<MetricFilters>): Promise<Factor[]> {
  const [won, revenue] = await Promise.all((['win_rate', 'revenue_won'] as const).map(async metricId => ({
    before: (await port.figure({ ...filters.before, metricId })).tally,
    after: (await port.figure({ ...filters.after, metricId })).tally,
  })))
  const sides = <T>(of: Sides<T>, read: (value: T) => number): Sides<number> => ({ before: read(of.before), after: read(of.after) })
  const decided = sides(won!, tally => tally.records)
  const wins = sides(won!, tally => tally.favourableRecords)
  const volume: Factor = { name: 'volume', unit: 'count', ...decided }
  const success: Factor = { name: 'success', unit: 'percent', ...quotient(wins, decided) }
  if (metric.id === 'deals_won')
    return [volume, success]
  const priced = sides(revenue!, tally => tally.records)
  const known: Factor = { name: 'priced', unit: 'percent', ...quotient(priced, wins) }
  const size: Factor = { name: 'size', unit: 'money', ...quotient(sides(revenue!, tally => tally.sum), priced) }
  return [volume, success, ...[known.before, known.after].every(share => (share ?? 1) === 1) ? [] : [known], size]
}

/** A sum = how many × how much each. */
async function sumFactors(port: ComparePort, { id: metricId }: MetricDefinition, filters: Sides<MetricFilters>): Promise<Factor[]> {
  const [before, after] = await Promise.all([port.figure({ ...filters.before, metricId }), port.figure({ ...filters.after, metricId })])
  const records = { before: before.tally.records, after: after.tally.records }
  return [
    { name: 'volume', unit: 'count', ...records },
    { name: 'size', unit: 'money', ...quotient({ before: before.tally.sum, after: after.tally.sum }, records) },
  ]
}

/** The numbers that stand in a formula, and what else it was given. */
async function ofFormula(port: ComparePort, metric: MetricDefinition, filters: Sides<MetricFilters>): Promise<ComparedFactor[] | null> {
  const [before, after] = await Promise.all([port.figure({ ...filters.before, metricId: metric.id }), port.figure({ ...filters.after, metricId: metric.id })])
  // Days, balances and months before are no causes that anybody could act on; formulas that need them stay whole.
  if (metric.given.some(given => given !== 'target'))
    return null
  const factors = metric.ingredients.map((id, at): KnownFactor | null => {
    const [was, is] = [before.ingredients[at]?.value ?? null, after.ingredients[at]?.value ?? null]
    return was === null || is === null ? null : { name: id, unit: metricCatalogue[id].unit, before: was, after: is }
  })
  if (metric.given.includes('target'))
    factors.push(before.target === null || after.target === null ? null : { name: 'target', unit: 'money', before: before.target, after: after.target })
  if (factors.some(factor => factor === null))
    return null
  const known = factors as KnownFactor[]
  const shares = shapleyOf(known.length, (isAfter) => {
    const at = (index: number): number => isAfter(index) ? known[index]!.after : known[index]!.before
    const result = metric.combine!({
      value: id => at(metric.ingredients.indexOf(id)),
      ...nothingGiven,
      target: metric.given.includes('target') ? at(known.length - 1) : 'no_target',
    })
    return typeof result === 'number' ? result : null
  })
  return shares && known.map((factor, index) => ({ ...factor, contribution: shares[index] ?? 0 }))
}

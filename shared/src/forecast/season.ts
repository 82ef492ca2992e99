import { clamp, mean, smallest, sum, type Numbers } from './numbers.ts'

/** How a series goes up and down within the year. `none` has factors that change nothing. */
export interface Season {
  readonly kind: 'none' | 'multiplicative' | 'additive'
  readonly period: number
  /** One per position in the season, position 0 being the first value of the series. */
  readonly factors: Float64Array
}

export const noSeason: Season = { kind: 'none', period: 1, factors: Float64Array.of(0) }

/** Autocorrelation at lags 1 … upTo. */
export function autocorrelation(values: Numbers, upTo: number): Float64Array {
  const level = mean(values)
  const count = values.length
  let spread = 0
  for (let index = 0; index < count; index++)
    spread += (values[index]! - level) ** 2
  const found = new Float64Array(upTo)
  for (let lag = 1; lag <= upTo; lag++) {
    let together = 0
    for (let index = lag; index < count; index++)
      together += (values[index]! - level) * (values[index - lag]! - level)
    found[lag - 1] = spread > 0 ? together / spread : 0
  }
  return found
}

/**
 * Is there a season? The test of the M competitions (Assimakopoulos and Nikolopoulos, 2000): the autocorrelation at the
 * season's lag must leave the 90 % band of Bartlett's formula. Fewer than two full seasons prove nothing.
 */
export function isSeasonal(values: Numbers, period: number): boolean {
  if (period < 2 || values.length < 2 * period)
    return false
  const correlations = autocorrelation(values, period)
  let before = 0
  for (let lag = 0; lag < period - 1; lag++)
    before += correlations[lag]! ** 2
  const band = 1.645 * Math.sqrt((1 + 2 * before) / values.length)
  return Math.abs(correlations[period - 1]!) > band
}

/** Centred moving average over one season; the half season at either end has none (NaN). */
export function movingAverage(values: Numbers, period: number): Float64Array {
  const half = Math.floor(period / 2)
  const smooth = new Float64Array(values.length).fill(Number.NaN)
  for (let index = half; index < values.length - half; index++) {
    let total = 0
    for (let offset = -half; offset <= half; offset++)
      total += values[index + offset]! * (period % 2 === 0 && Math.abs(offset) === half ? 0.5 : 1)
    smooth[index] = total / period
  }
  return smooth
}

/** What a season counts against the one after it: a season's shape drifts. */
const recency = 0.9

interface Departures { readonly factors: Float64Array, readonly noise: number }

/** Mean departure from the moving average at each position of the season, and how uncertain such a mean is. */
function departures(values: Numbers, period: number, kind: 'multiplicative' | 'additive', weight: number): Departures {
  const smooth = movingAverage(values, period)
  const factors = new Float64Array(period)
  let within = 0
  let freedom = 0
  let precision = 0
  for (let position = 0; position < period; position++) {
    const found: number[] = []
    for (let index = position; index < values.length; index += period) {
      if (!Number.isNaN(smooth[index]!))
        found.push(kind === 'multiplicative' ? values[index]! / smooth[index]! : values[index]! - smooth[index]!)
    }
    const weights = found.map((_, age) => weight ** (found.length - 1 - age))
    const total = sum(weights)
    const middle = found.reduce((all, value, age) => all + value * weights[age]!, 0) / total
    within += found.reduce((all, value) => all + (value - middle) ** 2, 0)
    freedom += found.length - 1
    precision += total * total / sum(weights.map(weight => weight * weight)) / period
    factors[position] = middle
  }
  const middle = mean(factors)
  const centred = factors.map(factor => kind === 'multiplicative' ? factor / middle : factor - middle)
  return { factors: centred, noise: within / Math.max(1, freedom) / precision }
}

/** Classical decomposition: multiplicative where every value is positive, additive elsewhere. */
export function seasonOf(values: Numbers, period: number): Season {
  const found = decompose(values, period, 1)
  return { kind: found.kind, period, factors: found.factors }
}

function decompose(values: Numbers, period: number, weight: number): Departures & { readonly kind: 'multiplicative' | 'additive' } {
  if (smallest(values) > 0) {
    const found = departures(values, period, 'multiplicative', weight)
    // A factor near nothing would blow the adjusted series up: such a season adds, it does not multiply.
    if (smallest(found.factors) > 0.01)
      return { ...found, kind: 'multiplicative' }
  }
  return { ...departures(values, period, 'additive', weight), kind: 'additive' }
}

/**
 * The season as far as the data speak for it. Factors estimated from a handful of years are noise in part, so they are
 * drawn towards "no season" by the share of their spread that noise explains (James and Stein; Miller and Williams, 2003),
 * and by half again where neither the series nor its steps pass the test.
 */
export function shrunkSeason(values: Numbers, period: number): Season {
  if (period < 2 || values.length < 2 * period)
    return noSeason
  const { kind, factors, noise } = decompose(values, period, recency)
  const neutral = kind === 'multiplicative' ? 1 : 0
  const spread = factors.reduce((all, factor) => all + (factor - neutral) ** 2, 0) / (period - 1)
  if (!(spread > 0))
    return noSeason
  const share = clamp(1 - Math.max(0, period - 3) / (period - 1) * noise / spread, 0, 1)
  const kept = share * (isSeasonal(values, period) || isSeasonal(steps(values), period) ? 1 : 0.5)
  return { kind, period, factors: factors.map(factor => neutral + kept * (factor - neutral)) }
}

export const steps = (values: Numbers): Float64Array => Float64Array.from({ length: values.length - 1 }, (_, index) => values[index + 1]! - values[index]!)

export const detectSeason = (values: Numbers, period: number): Season => isSeasonal(values, period) ? seasonOf(values, period) : noSeason

/** The value at a position without its season. */
export function adjusted(values: Numbers, season: Season): Float64Array {
  const { kind, period, factors } = season
  return Float64Array.from(values, (value, index) => kind === 'none' ? value : kind === 'multiplicative' ? value / factors[index % period]! : value - factors[index % period]!)
}

/** Puts the season back on values that begin at a position of the series. */
export function withSeason(values: Numbers, season: Season, from: number): Float64Array {
  const { kind, period, factors } = season
  return Float64Array.from(values, (value, index) => kind === 'none' ? value : kind === 'multiplicative' ? value * factors[(from + index) % period]! : value + factors[(from + index) % period]!)
}

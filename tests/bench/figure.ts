/** One line of the benchmark: what was measured, what the budget is, and whether it holds. */
export interface Figure {
  readonly figure: string
  readonly value: number
  readonly unit: string
  readonly budget: number
  /** `most`: the value may not exceed the budget; `least`: it must reach it. */
  readonly rule: 'most' | 'least'
  readonly details?: Readonly<Record<string, unknown>>
}

export const holds = ({ value, budget, rule }: Figure): boolean => rule === 'most' ? value <= budget : value >= budget

export const rounded = (value: number, digits = 3): number => Number(value.toPrecision(digits))

/** The value below which a share of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

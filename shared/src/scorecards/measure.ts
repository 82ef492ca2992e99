/** What is measured of a vendor. Shares are percentages from 0 to 100. */
export const measureIds = [
  'otd', 'otif', 'otifRequested', 'meanDaysLate', 'promiseDrift', 'ppm', 'ppv', 'invoiceAccuracy', 'responsiveness', 'compliance',
] as const
export type MeasureId = (typeof measureIds)[number]

/** Measures that a criterion may be made of: those with a better end. */
export const scorableMeasures = ['otd', 'otif', 'otifRequested', 'ppm', 'ppv', 'invoiceAccuracy', 'responsiveness', 'compliance'] as const
export type ScorableMeasure = (typeof scorableMeasures)[number]

export interface Measure {
  /** Null: nothing to measure, which is neither 0 nor 100. */
  readonly value: number | null
  /** How many lines, receipts, invoices, requests or requirements it rests on. */
  readonly n: number
  /** Bounds of the 90 % Wilson interval, in the unit of the value. */
  readonly wilson90?: readonly [number, number]
}

/** Quantities and amounts arrive as decimal fractions: 0.7 + 0.1 has reached 0.8. */
const NOISE = 1e-9

export const reaches = (value: number, bound: number): boolean => value >= bound - NOISE * Math.max(1, Math.abs(bound))

export const sumOf = <T>(items: readonly T[], worth: (item: T) => number): number => items.reduce((sum, item) => sum + worth(item), 0)

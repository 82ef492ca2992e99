import type { ForecastMonth, MetricForecast } from '@comptoir/shared/forecasts/forecast.contract'
import { toMajor, toMinor } from '@comptoir/shared/money'
import { formatCompact, formatCompactMoney, formatMoney, formatNumber, formatRoundMoney, NO_VALUE, signOf } from '../../platform/format/format.ts'
import type { ChartSeries } from '../../ui/chart.ts'

export type Measured = Pick<MetricForecast, 'unit' | 'currency'>

/** A forecast is never sharper than its unit: whole currency units, whole deals. */
export const writeValue = (measured: Measured, value: number | null): string =>
  writeMean(measured, value !== null && measured.unit === 'count' ? Math.round(value) : value)

/** Means, errors and parts of a count may be less than one; of large ones nobody reads a tenth. */
export const writeMean = ({ unit, currency }: Measured, value: number | null): string => value === null
  ? NO_VALUE
  : unit === 'money' && currency ? formatRoundMoney({ minor: Math.round(value), currency }) : formatNumber(value, { upTo: Math.abs(value) < 100 ? 1 : 0 })

export const writeSigned = (measured: Measured, value: number): string => `${signOf(value)}${writeMean(measured, Math.abs(value))}`

export const toChart = ({ unit, currency }: Measured, value: number | null): number | null =>
  value === null ? null : unit === 'money' && currency ? toMajor(Math.round(value), currency) : Math.round(value)

const moneyOf = (value: number, currency: string) => ({ minor: toMinor(value, currency) ?? 0, currency })

export const writeChartValue = ({ unit, currency }: Measured, value: number): string =>
  unit === 'money' && currency ? formatMoney(moneyOf(value, currency)) : formatNumber(value)

export const writeTick = ({ unit, currency }: Measured, value: number): string =>
  unit === 'money' && currency ? formatCompactMoney(moneyOf(value, currency)) : formatCompact(value)

/** Percent from 0 … 200 as the page writes ratios. */
export const ratioOf = (smape: number): number => smape / 100

export interface ForecastLine { readonly months: readonly string[], readonly series: readonly ChartSeries[] }

/** What is known as a line, what is expected as a dashed one that begins at the last known month, with its band. */
export function linesOf(found: MetricForecast, months: readonly ForecastMonth[], words: { history: string, forecast: string, band: string }, shown = 36): ForecastLine {
  const history = found.history.slice(-shown)
  const value = (raw: number | null) => toChart(found, raw)
  const before = history.map(() => null as number | null)
  const last = history.at(-1)?.value ?? null
  if (before.length > 0)
    before[before.length - 1] = value(last)
  const hasBand = months.some(({ lower80 }) => lower80 !== null)
  return {
    months: [...history, ...months].map(({ month }) => month),
    series: [
      { key: 'history', label: words.history, values: [...history.map(entry => value(entry.value)), ...months.map(() => null)], colour: 1 },
      ...months.length > 0
        ? [{
            key: 'forecast',
            label: words.forecast,
            values: [...before, ...months.map(({ point }) => value(point))],
            isForecast: true,
            colour: 2 as const,
            ...hasBand && { range: { label: words.band, low: [...before, ...months.map(({ lower80 }) => value(lower80))], high: [...before, ...months.map(({ upper80 }) => value(upper80))] } },
          }]
        : [],
    ],
  }
}

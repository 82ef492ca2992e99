import type { ChartLook, ChartSeries, ChartWords } from './chart.ts'

const dashes = [[], [6, 3], [2, 3], [8, 3, 2, 3], [12, 4], [4, 4]] as const
const marks = ['circle', 'rect', 'triangle', 'rectRot', 'star', 'crossRot'] as const

const colourOf = (look: ChartLook, series: ChartSeries, index: number): string =>
  look.colours[(series.colour ?? index % look.colours.length + 1) - 1] ?? look.text

/** Translucent, for areas: the colours are written `#rrggbb`. */
const faint = (colour: string): string => `${colour.trim()}26`

/** The library's configuration as plain data, so that it can be read and tested without a canvas. */
export function configOf(words: ChartWords, look: ChartLook): Record<string, unknown> {
  return {
    type: words.kind === 'doughnut' ? 'doughnut' : words.kind === 'line' || words.kind === 'area' ? 'line' : 'bar',
    data: {
      labels: [...words.labels],
      datasets: words.kind === 'doughnut' ? [slices(words, look)] : words.series.flatMap((series, index) => datasets(words, look, series, index)),
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      font: { family: look.font },
      animation: look.isStill ? false : { duration: 250 },
      indexAxis: words.kind === 'bar-across' ? 'y' : 'x',
      interaction: { mode: words.kind === 'doughnut' ? 'nearest' : 'index', axis: words.kind === 'bar-across' ? 'y' : 'x', intersect: words.kind === 'doughnut' },
      ...words.kind === 'doughnut' ? { cutout: '62%' } : { scales: scales(words, look) },
      plugins: { tooltip: tooltip(words, look) },
    },
  }
}

function datasets(words: ChartWords, look: ChartLook, series: ChartSeries, index: number): Record<string, unknown>[] {
  const colour = colourOf(look, series, index)
  const isLine = series.kind === 'line' || (!series.kind && (words.kind === 'line' || words.kind === 'area'))
  const main = isLine ? line(words, series, index, colour) : bar(words, look, series, index, colour)
  return series.range
    ? [main, bound(series.range.low, colour, false), bound(series.range.high, colour, '-1')]
    : [main]
}

function line(words: ChartWords, series: ChartSeries, index: number, colour: string): Record<string, unknown> {
  return {
    type: 'line',
    label: series.label,
    data: [...series.values],
    borderColor: colour,
    backgroundColor: faint(colour),
    borderWidth: 2,
    borderDash: series.isForecast ? [5, 4] : dashes[index % dashes.length],
    pointStyle: marks[index % marks.length],
    pointRadius: words.labels.length > 36 ? 0 : 3,
    pointHoverRadius: 6,
    pointBackgroundColor: colour,
    tension: 0.25,
    spanGaps: false,
    fill: words.kind === 'area' && index === 0,
    order: 0,
  }
}

function bar(words: ChartWords, look: ChartLook, series: ChartSeries, index: number, colour: string): Record<string, unknown> {
  return {
    type: 'bar',
    label: series.label,
    data: [...series.values],
    backgroundColor: index === 0 && !series.isForecast ? colour : look.pattern(colour, index),
    borderColor: colour,
    borderWidth: index === 0 && !series.isForecast ? 0 : 1,
    borderRadius: 3,
    maxBarThickness: 48,
    stack: words.kind === 'stacked-bar' ? 'all' : undefined,
    order: 1,
  }
}

/** The edges of a range: an area between two lines that are not drawn themselves. */
function bound(values: readonly (number | null)[], colour: string, fill: string | false): Record<string, unknown> {
  return {
    type: 'line', data: [...values], borderColor: 'transparent', backgroundColor: faint(colour), pointRadius: 0, pointHoverRadius: 0,
    tension: 0.25, fill, isBound: true, order: 2,
  }
}

function slices(words: ChartWords, look: ChartLook): Record<string, unknown> {
  const [series] = words.series
  const colours = words.labels.map((_, index) => look.colours[index % look.colours.length] ?? look.text)
  return {
    label: series?.label,
    data: [...series?.values ?? []],
    backgroundColor: colours.map((colour, index) => index === 0 ? colour : look.pattern(colour, index)),
    borderColor: look.surface,
    borderWidth: 2,
    hoverOffset: 4,
  }
}

function scales({ kind, formatTick }: ChartWords, look: ChartLook): Record<string, unknown> {
  const isStacked = kind === 'stacked-bar'
  const names = {
    stacked: isStacked,
    grid: { display: false },
    border: { color: look.grid },
    ticks: { color: look.text, font: { family: look.font }, maxRotation: 0, ...kind === 'bar-across' ? { autoSkip: false } : { autoSkipPadding: 12 } },
    reverse: look.isRightToLeft && kind !== 'bar-across',
    position: kind === 'bar-across' && look.isRightToLeft ? 'right' : undefined,
  }
  const values = {
    stacked: isStacked,
    beginAtZero: kind !== 'line',
    grid: { color: look.grid },
    border: { display: false },
    ticks: { color: look.text, font: { family: look.font }, maxTicksLimit: kind === 'bar-across' ? 4 : 6, maxRotation: 0, autoSkipPadding: 14, callback: (value: number | string) => formatTick(Number(value)) },
    reverse: look.isRightToLeft && kind === 'bar-across',
    position: look.isRightToLeft && kind !== 'bar-across' ? 'right' : undefined,
  }
  return kind === 'bar-across' ? { x: values, y: names } : { x: names, y: values }
}

interface TooltipItem {
  readonly dataset: { readonly label?: string, readonly isBound?: boolean }
  readonly parsed: unknown
  readonly raw: unknown
  readonly label: string
}

function tooltip({ kind, format }: ChartWords, look: ChartLook): Record<string, unknown> {
  return {
    rtl: look.isRightToLeft,
    textDirection: look.isRightToLeft ? 'rtl' : 'ltr',
    padding: 10,
    boxPadding: 4,
    usePointStyle: true,
    filter: ({ dataset }: TooltipItem) => !dataset.isBound,
    callbacks: {
      label: ({ dataset, raw, label }: TooltipItem) =>
        typeof raw === 'number' ? ` ${kind === 'doughnut' ? label : dataset.label ?? ''}\u2002${format(raw)}` : '',
    },
  }
}

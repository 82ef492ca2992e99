import { chartScales } from './chart-scales.ts'
import { writerOf, type ChartLook, type ChartSeries, type ChartWords } from './chart.ts'

const dashes = [[], [6, 3], [2, 3], [8, 3, 2, 3], [12, 4], [4, 4]] as const
const marks = ['circle', 'rect', 'triangle', 'rectRot', 'star', 'crossRot'] as const

const colourOf = (look: ChartLook, series: ChartSeries, index: number): string =>
  look.colours[(series.colour ?? index % look.colours.length + 1) - 1] ?? look.text

/** Translucent, for areas: the colours are written `#rrggbb`. */
const faint = (colour: string): string => `${colour.trim()}26`

const isLineKind = (kind: ChartWords['kind']): boolean => kind === 'line' || kind === 'area'

function typeOf(kind: ChartWords['kind']): string {
  if (kind === 'doughnut' || kind === 'scatter')
    return kind
  return isLineKind(kind) ? 'line' : 'bar'
}

/** The library's configuration as plain data, so that it can be read and tested without a canvas. */
export function configOf(words: ChartWords, look: ChartLook): Record<string, unknown> {
  const { kind } = words
  const isNearest = kind === 'doughnut' || kind === 'scatter'
  return {
    type: typeOf(kind),
    data: {
      labels: [...words.labels],
      datasets: kind === 'doughnut' ? [slices(words, look)] : words.series.flatMap((series, index) => datasets(words, look, series, index)),
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      font: { family: look.font },
      animation: look.isStill ? false : { duration: 250 },
      indexAxis: kind === 'bar-across' ? 'y' : 'x',
      interaction: { mode: isNearest ? 'nearest' : 'index', axis: kind === 'bar-across' ? 'y' : kind === 'scatter' ? 'xy' : 'x', intersect: kind === 'doughnut' },
      ...kind === 'doughnut' ? { cutout: '62%' } : { scales: chartScales(words, look) },
      plugins: { tooltip: tooltip(words, look) },
    },
  }
}

function datasets(words: ChartWords, look: ChartLook, series: ChartSeries, index: number): Record<string, unknown>[] {
  const colour = colourOf(look, series, index)
  if (words.kind === 'scatter')
    return [points(words, series, index, colour)]
  if (series.spans)
    return [floating(series, look)]
  const isLine = series.kind === 'line' || (!series.kind && isLineKind(words.kind))
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
    tension: series.isShare ? 0 : 0.25,
    spanGaps: false,
    fill: words.kind === 'area' && index === 0,
    order: 0,
    ...series.isShare && { yAxisID: 'share', clip: 8 },
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

const toneColours = { up: 0, down: 1, total: 5 } as const

/** Bars between two levels: what goes down is striped, not only of another colour. */
function floating(series: ChartSeries, look: ChartLook): Record<string, unknown> {
  const colours = series.spans?.map(({ tone }) => look.colours[toneColours[tone]] ?? look.text) ?? []
  return {
    type: 'bar',
    label: series.label,
    data: series.spans?.map(({ from, to }, at) => series.values[at] === null ? null : [from, to]),
    backgroundColor: series.spans?.map(({ tone }, at) => tone === 'down' ? look.pattern(colours[at] ?? look.text, 1) : colours[at]),
    borderColor: colours,
    borderWidth: series.spans?.map(({ tone }) => tone === 'down' ? 1 : 0),
    borderRadius: 3,
    borderSkipped: false,
    maxBarThickness: 48,
    minBarLength: 2,
    order: 1,
  }
}

/** Every label has its place, so that a point's number is its label's; what is unknown is not drawn. */
function points(words: ChartWords, series: ChartSeries, index: number, colour: string): Record<string, unknown> {
  return {
    type: 'scatter',
    label: series.label,
    data: series.values.map((y, at) => ({ x: words.across?.values[at] ?? NaN, y: y ?? NaN })),
    borderColor: colour,
    backgroundColor: faint(colour),
    borderWidth: 2,
    pointStyle: marks[index % marks.length],
    pointRadius: 6,
    pointHoverRadius: 9,
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

interface TooltipItem {
  readonly dataset: { readonly label?: string, readonly isBound?: boolean }
  readonly dataIndex: number
  readonly label: string
}

function tooltip(words: ChartWords, look: ChartLook): Record<string, unknown> {
  return {
    rtl: look.isRightToLeft,
    textDirection: look.isRightToLeft ? 'rtl' : 'ltr',
    padding: 10,
    boxPadding: 4,
    usePointStyle: true,
    filter: ({ dataset }: TooltipItem) => !dataset.isBound,
    callbacks: {
      ...words.kind === 'scatter' && { title: ([item]: readonly TooltipItem[]) => words.labels[item?.dataIndex ?? 0] ?? '' },
      label: (item: TooltipItem) => tooltipLine(words, item),
    },
  }
}

/** From the words and not from the library, which knows bars by their ends. */
function tooltipLine(words: ChartWords, { dataset, dataIndex, label }: TooltipItem): string | string[] {
  const series = words.kind === 'doughnut' ? words.series[0] : words.series.find(one => one.label === dataset.label)
  const value = series?.values[dataIndex] ?? null
  if (value === null)
    return ''
  const own = ` ${words.kind === 'doughnut' ? label : series?.label ?? ''}\u2002${writerOf(words, series)(value)}`
  const x = words.across?.values[dataIndex]
  return words.across && typeof x === 'number' ? [` ${words.across.label}\u2002${words.across.format(x)}`, own] : own
}

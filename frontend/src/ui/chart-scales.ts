import { isWhole, type ChartLook, type ChartWords } from './chart.ts'

type Scale = Record<string, unknown>

/** Names along one axis, values along the other; a scatter has values along both. */
export function chartScales(words: ChartWords, look: ChartLook): Record<string, Scale> {
  const { kind, formatTick, across } = words
  if (kind === 'scatter')
    return {
      x: { ...values({ ...words, measure: across?.measure, series: [{ key: 'x', label: '', values: across?.values ?? [] }] }, look, across?.formatTick ?? formatTick), title: title(across?.label ?? '', look), reverse: look.isRightToLeft, position: 'bottom' },
      y: { ...values(words, look, formatTick), title: title(words.series[0]?.label ?? '', look) },
    }
  if (kind === 'bar-across')
    return { x: values(words, look, formatTick), y: names(words, look) }
  const axes = { x: names(words, look), y: values(words, look, formatTick) }
  return words.series.some(({ isShare }) => isShare) ? { ...axes, share: shares(words, look) } : axes
}

interface Scriptable { readonly chart: { readonly width: number } }

/** Slanted names need so much of the width each, and the axes beside them so much. */
const namePx = 20
const axesPx = 100

/** In a narrow frame the bars keep their room: a second axis and slanted names would leave them none. */
const isRoomy = ({ chart }: Scriptable): boolean => chart.width > 320

const title = (text: string, look: ChartLook): Scale => ({ display: text !== '', text, color: look.text, font: { family: look.font } })

function names({ kind, labels }: ChartWords, look: ChartLook): Scale {
  return {
    stacked: kind === 'stacked-bar',
    grid: { display: false },
    border: { color: look.grid },
    ticks: {
      color: look.text, font: { family: look.font }, maxRotation: kind === 'pareto' ? ({ chart }: Scriptable) => isRoomy({ chart }) ? 40 : 0 : 0, ...kind === 'bar-across' ? { autoSkip: false } : { autoSkipPadding: 12 },
      // A bar without a name says nothing: none is left out while slanted names find room.
      ...kind === 'pareto' && { autoSkip: ({ chart }: Scriptable) => !isRoomy({ chart }) || chart.width - axesPx < labels.length * namePx },
      ...kind === 'pareto' && { callback(this: { getLabelForValue: (at: number) => string }, at: number | string) { return shortened(this.getLabelForValue(Number(at))) } },
    },
    reverse: look.isRightToLeft && kind !== 'bar-across',
    position: kind === 'bar-across' && look.isRightToLeft ? 'right' : undefined,
  }
}

const mostLetters = 18
const shortened = (label: string): string => label.length > mostLetters ? `${label.slice(0, mostLetters - 1)}…` : label

function values(words: ChartWords, look: ChartLook, formatTick: (value: number) => string): Scale {
  const { kind } = words
  return {
    stacked: kind === 'stacked-bar',
    beginAtZero: kind !== 'line' && kind !== 'scatter',
    grid: { color: look.grid },
    border: { display: false },
    ticks: { color: look.text, font: { family: look.font }, maxTicksLimit: kind === 'bar-across' ? 4 : 6, maxRotation: 0, autoSkipPadding: 14, callback: (value: number | string) => formatTick(Number(value)), ...isWhole(words) && { precision: 0 } },
    reverse: look.isRightToLeft && kind === 'bar-across',
    position: look.isRightToLeft && kind !== 'bar-across' ? 'right' : undefined,
  }
}

/** What the bars add up to, 0 to all, at the other side. */
function shares({ formatShare }: ChartWords, look: ChartLook): Scale {
  return {
    display: isRoomy,
    min: 0,
    max: 1,
    position: look.isRightToLeft ? 'left' : 'right',
    grid: { display: false },
    border: { display: false },
    ticks: { color: look.text, font: { family: look.font }, stepSize: 0.2, callback: (value: number | string) => formatShare(Number(value)) },
  }
}

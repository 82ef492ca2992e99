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

/** Names in two lines need so much of the width each, slanted ones so much, and the axes beside them so much. */
const linePx = 72
const namePx = 20
const axesPx = 100
const letterPx = 6.3

/** In a narrow frame the bars keep their room: a second axis and slanted names would leave them none. */
const isRoomy = ({ chart }: Scriptable): boolean => chart.width > 320

const title = (text: string, look: ChartLook): Scale => ({ display: text !== '', text, color: look.text, font: { family: look.font } })

function names({ kind, labels, series }: ChartWords, look: ChartLook): Scale {
  // A bar without a name says nothing: none is left out while slanted names find room.
  const isNamed = kind === 'pareto' || series.some(({ spans }) => spans)
  const roomOf = (chart: { readonly width: number }): number => (chart.width - axesPx) / Math.max(1, labels.length)
  return {
    stacked: kind === 'stacked-bar',
    grid: { display: false },
    border: { color: look.grid },
    ticks: {
      color: look.text, font: { family: look.font }, maxRotation: isNamed ? ({ chart }: Scriptable) => isRoomy({ chart }) && roomOf(chart) < linePx ? 40 : 0 : 0, ...kind === 'bar-across' ? { autoSkip: false } : { autoSkipPadding: 12 },
      ...isNamed && { autoSkip: ({ chart }: Scriptable) => !isRoomy({ chart }) || chart.width - axesPx < labels.length * namePx },
      ...isNamed && {
        callback(this: { chart: { width: number }, getLabelForValue: (at: number) => string }, at: number | string) {
          const label = this.getLabelForValue(Number(at))
          return roomOf(this.chart) < linePx ? isolated(shortened(label)) : inTwoLines(label, Math.floor(roomOf(this.chart) / letterPx)).map(isolated)
        },
      },
    },
    reverse: look.isRightToLeft && kind !== 'bar-across',
    position: kind === 'bar-across' && look.isRightToLeft ? 'right' : undefined,
  }
}

const mostLetters = 18
const shortened = (label: string, most = mostLetters): string => label.length > most ? `${label.slice(0, most - 1)}…` : label
/** A name keeps its own direction, whatever the page's. */
const isolated = (text: string): string => `\u2068${text}\u2069`

/** As many words as fit stand in the first line, the others in the second. */
export function inTwoLines(label: string, most: number): string[] {
  const words = label.split(' ')
  let first = words.shift() ?? ''
  while (words[0] !== undefined && first.length + 1 + words[0].length <= most)
    first += ` ${words.shift()}`
  return [first, ...words.length > 0 ? [words.join(' ')] : []].map(line => shortened(line, most))
}

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

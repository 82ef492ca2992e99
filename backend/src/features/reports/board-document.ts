import type { ReportBlock, ReportDocument } from '@comptoir/shared/documents/report-document'
import { questionOf, type Tile } from '@comptoir/shared/dashboards/board'
import { gaugeOf, goalOf } from '@comptoir/shared/dashboards/figure-models'
import type { MetricFilters, MetricResult } from '@comptoir/shared/insights/insights.contract'
import { metricNames } from '@comptoir/shared/insights/metric-names'
import { writtenValue } from '../../platform/documents/written-value.ts'
import { blockOf } from './board-figures.ts'
import { measureOf, valueOf, type Drawn } from './board-tables.ts'
import type { Asked, ReportPorts } from './ports.ts'
import { filled, reportWords, type Language } from './report-words.ts'
import { scenarioBlock } from './scenario-block.ts'

export interface BoardReport {
  readonly title: string
  readonly tiles: readonly Tile[]
  /** Of this segment alone. */
  readonly segment: { readonly segmentId: string, readonly name: string } | null
  readonly filters: MetricFilters
  /** What the filters say beside period and segment. */
  readonly facts?: ReportDocument['facts']
  readonly language: Language
  readonly timeZone: string
}

/** A board on paper: numbers first, then its figures in reading order, each in the rights of the one it is made for. */
export async function boardDocument(asked: Asked, ports: Pick<ReportPorts, 'metric' | 'grid' | 'scenarios'>, report: BoardReport): Promise<ReportDocument> {
  const words = reportWords[report.language]
  const numbers: Omit<Drawn, 'title'>[] = []
  let days: MetricResult['days'] | null = null
  const blocks: ReportBlock[] = []
  for (const tile of [...report.tiles].sort((a, b) => a.y - b.y || a.x - b.x)) {
    if (tile.text !== undefined) {
      blocks.push({ type: 'text', text: [tile.title, tile.text].filter(Boolean).join('\n') })
      continue
    }
    if (tile.scenarioIds) {
      blocks.push(scenarioBlock(await ports.scenarios(asked, tile.scenarioIds), tile.title.trim() || words.scenarios, report.language))
      continue
    }
    const drawn = await readTile(asked, ports, tile, { ...report.filters, ...questionOf(tile), ...report.segment && { segmentId: report.segment.segmentId } })
    days ??= tile.period === null ? drawn.result.days : null
    if (isNumber(tile))
      numbers.push(drawn)
    if (tile.figure !== 'number' && tile.figure !== 'gauge')
      blocks.push(blockOf({ ...drawn, title: titleOf(tile, report.language) }, report))
  }
  return {
    title: report.title,
    facts: [{ label: words.period, value: periodWords(report, days) }, ...report.segment ? [{ label: words.segment, value: report.segment.name }] : [], ...report.facts ?? [], { label: words.rights, value: asked.viewer.name }],
    madeAt: asked.now.toISOString(),
    language: report.language,
    timeZone: report.timeZone,
    blocks: [...numbers.length > 0 ? [figuresOf(numbers, report)] : [], ...blocks],
  }
}

/** The days are printed with the name: the same words mean others tomorrow. */
function periodWords({ filters: { period }, language }: BoardReport, days: MetricResult['days'] | null): string {
  const words = reportWords[language]
  return days?.from && days.to ? filled(words.span, { period: words.periods[period], between: filled(words.between, { from: dayWords(days.from, language), to: dayWords(days.to, language) }) }) : words.periods[period]
}

const dayWords = (day: string | undefined, language: Language): string => writtenValue(day ?? null, { kind: 'day' }, { language, timeZone: 'UTC' })

const isNumber = ({ figure }: Tile): boolean => figure === 'number' || figure === 'kpi' || figure === 'gauge'

async function readTile(asked: Asked, { metric, grid }: Pick<ReportPorts, 'metric' | 'grid'>, tile: Tile, filters: MetricFilters): Promise<Omit<Drawn, 'title'>> {
  const { metricId, by, across, against } = tile
  if (by !== null && across) {
    const read = await grid(asked, { ...filters, metricId, by, across })
    return { tile, result: read.result, grid: read, against: null }
  }
  const read = (id: Tile['metricId']): Promise<MetricResult> => metric(asked, { metricId: id, ...filters, ...by !== null && { by } })
  return { tile, result: await read(metricId), grid: null, against: against ? await read(against) : null }
}

function titleOf({ title, metricId, by, across, against, period, from, to }: Tile, language: Language): string {
  if (title.trim() !== '')
    return title
  const words = reportWords[language]
  const name = metricNames[language][metricId]
  const dimension = words.dimensions[by ?? 'time']
  const parted = across ? filled(words.across, { metric: name, dimension, other: words.dimensions[across] })
    : against ? filled(words.against, { metric: name, dimension, other: metricNames[language][against] })
      : filled(words.by, { metric: name, dimension })
  const whole = by === null ? name : parted
  if (period === null)
    return whole
  return filled(words.in, { metric: whole, period: period === 'custom' ? filled(words.between, { from: dayWords(from, language), to: dayWords(to, language) }) : words.periods[period] })
}

/** Beside a number stands how it moved, beside a gauge's what it was measured against. */
function figuresOf(drawn: readonly Omit<Drawn, 'title'>[], report: BoardReport): ReportBlock {
  return {
    type: 'figures',
    items: drawn.map(({ tile, result }) => {
      const note = tile.figure === 'gauge' ? goalNote(tile, result, report) : changeNote(result, report)
      return { label: titleOf({ ...tile, by: null }, report.language), ...measureOf(result), value: valueOf(result, result.value), ...note !== null && { note } }
    }),
  }
}

function goalNote(tile: Tile, result: MetricResult, { language, timeZone }: BoardReport): string | null {
  const words = reportWords[language]
  const { goal, kind } = goalOf(tile.goal, result)
  const gauge = gaugeOf(result.value, goal)
  return gauge && filled(words.ofGoal, {
    rate: writtenValue(gauge.rate * 100, { kind: 'percent' }, { language, timeZone }), goal: writtenValue(valueOf(result, goal), measureOf(result), { language, timeZone }),
    what: words[kind === 'goal' ? 'goal' : 'before'],
  })
}

function changeNote(result: MetricResult, { language, timeZone }: BoardReport): string | null {
  const { change, previous, unit } = result
  if (change === null || previous === null || previous.value === null)
    return null
  const words = reportWords[language]
  const write = (options: Intl.NumberFormatOptions, value: number): string => new Intl.NumberFormat(language, { signDisplay: 'exceptZero', maximumFractionDigits: 1, ...options }).format(value)
  return filled(words.change, {
    change: unit === 'percent' ? filled(words.points, { change: write({}, change * 100) }) : write({ style: 'percent' }, change),
    before: writtenValue(valueOf(result, previous.value), measureOf(result), { language, timeZone }),
  })
}

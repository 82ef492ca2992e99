import type { Dimension, MetricDefinition, MetricId } from '../insights/metric.ts'
import { metricCatalogue } from '../insights/metric-catalogue.ts'

export const figures = [
  'number', 'kpi', 'gauge', 'line', 'area', 'bar', 'stacked-bar', 'bar-across', 'doughnut',
  'funnel', 'waterfall', 'pareto', 'scatter', 'heat-map', 'pivot', 'table',
] as const
export type Figure = (typeof figures)[number]

/** Breakdowns that the filters know, so that a number can be broken down by a second one. */
export const crossings = ['responsible', 'pipeline'] as const
export type Crossing = (typeof crossings)[number]

export interface FigureQuestion {
  readonly metricId: MetricId
  readonly by: Dimension | null
  /** A second breakdown. */
  readonly across?: Crossing | null
  /** A second number of the same parts. */
  readonly against?: MetricId | null
}

/** Why a figure does not fit: what it would need, or what it has no room for. */
export type Misfit = 'whole' | 'parts' | 'time' | 'not-time' | 'sum' | 'stage' | 'across' | 'against' | 'single'

interface Needs {
  readonly by: 'whole' | 'parts' | 'time' | 'not-time' | 'stage'
  readonly isSum?: boolean
  /** Whether a second breakdown is needed, allowed or has no place. */
  readonly across?: 'needed' | 'allowed'
  readonly isAgainst?: boolean
}

const needs: Readonly<Record<Figure, Needs>> = {
  'number': { by: 'whole' },
  'gauge': { by: 'whole' },
  'kpi': { by: 'time' },
  'line': { by: 'time', across: 'allowed' },
  'area': { by: 'time' },
  'bar': { by: 'parts', across: 'allowed' },
  'stacked-bar': { by: 'parts', across: 'needed', isSum: true },
  'bar-across': { by: 'not-time' },
  'doughnut': { by: 'not-time', isSum: true },
  'funnel': { by: 'stage', isSum: true },
  'waterfall': { by: 'parts', isSum: true },
  'pareto': { by: 'not-time', isSum: true },
  'scatter': { by: 'parts', isAgainst: true },
  'heat-map': { by: 'parts', across: 'needed' },
  'pivot': { by: 'parts', across: 'needed' },
  'table': { by: 'parts' },
}

/** Null when the figure fits the question. */
export function misfitOf(figure: Figure, question: FigureQuestion): Misfit | null {
  const need = needs[figure]
  return placeMisfit(need, question.by)
    ?? (need.isSum && !addsUp(question) ? 'sum' : null)
    ?? (need.across === 'needed' && !question.across ? 'across' : null)
    ?? (need.isAgainst && !question.against ? 'against' : null)
    ?? (question.across && need.across === undefined || question.against && !need.isAgainst ? 'single' : null)
}

/** Whether parts make the whole: not of rates and means, nor of what each part counts anew. */
export function addsUp({ metricId, by }: Pick<FigureQuestion, 'metricId' | 'by'>): boolean {
  const { aggregate, recounted }: MetricDefinition = metricCatalogue[metricId]
  return aggregate === 'sum' && (by === null || !recounted.includes(by))
}

function placeMisfit({ by: wanted }: Needs, by: Dimension | null): Misfit | null {
  switch (wanted) {
    case 'whole': return by === null ? null : 'whole'
    case 'parts': return by === null ? 'parts' : null
    case 'time': return by === 'time' ? null : 'time'
    case 'not-time': return by === null ? 'parts' : by === 'time' ? 'not-time' : null
    case 'stage': return by === 'stage' ? null : 'stage'
  }
}

/** Most telling first. */
const orders = {
  whole: ['number', 'gauge'],
  time: ['line', 'stacked-bar', 'bar', 'area', 'kpi', 'waterfall', 'heat-map', 'pivot', 'scatter', 'table'],
  stage: ['funnel', 'bar-across', 'stacked-bar', 'doughnut', 'pareto', 'waterfall', 'bar', 'heat-map', 'pivot', 'scatter', 'table'],
  parts: ['bar-across', 'stacked-bar', 'pareto', 'doughnut', 'waterfall', 'bar', 'heat-map', 'pivot', 'scatter', 'table'],
} as const satisfies Record<string, readonly Figure[]>

/** The figures that fit a question, the one to begin with first. */
export function figuresFor(question: FigureQuestion): readonly Figure[] {
  const { by } = question
  const order: readonly Figure[] = orders[by === null ? 'whole' : by === 'time' || by === 'stage' ? by : 'parts']
  return order.filter(figure => misfitOf(figure, question) === null)
}

/** The second breakdowns that a question leaves. */
export const crossingsFor = ({ metricId, by }: Pick<FigureQuestion, 'metricId' | 'by'>): readonly Crossing[] =>
  by === null ? [] : crossings.filter(crossing => crossing !== by && metricCatalogue[metricId].dimensions.includes(crossing))

/** The numbers that have the same parts, and can stand against this one. */
export const companionsOf = ({ metricId, by }: Pick<FigureQuestion, 'metricId' | 'by'>): readonly MetricId[] =>
  by === null ? [] : Object.values(metricCatalogue).filter(({ id, dimensions }) => id !== metricId && dimensions.includes(by)).map(({ id }) => id)

const wide = { width: 12, height: 3 }
const small = { width: 3, height: 2 }
const ownSizes: Readonly<Partial<Record<Figure, { readonly width: number, readonly height: number }>>> = {
  'number': { width: 3, height: 1 }, 'kpi': small, 'gauge': small, 'heat-map': { width: 12, height: 4 }, 'pivot': wide,
}

/** The size a figure is added with. */
export const sizeOf = (figure: Figure): { readonly width: number, readonly height: number } => ownSizes[figure] ?? { width: 6, height: 3 }

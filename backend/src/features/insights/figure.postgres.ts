import type { MetricIngredient } from '@comptoir/shared/insights/insights.contract'
import { addDays, dayAt, daysBetween } from '@comptoir/shared/insights/calendar'
import { nothingGiven, type Dimension, type Given, type MetricDefinition, type MetricId, type MissingReason } from '@comptoir/shared/insights/metric'
import { metricCatalogue } from '@comptoir/shared/insights/metric-catalogue'
import { monthsUsed } from '@comptoir/shared/insights/metrics/receivables'
import { isBound } from '@comptoir/shared/insights/period'
import { emptyTally, missingOf, valueOf, type Tally } from '@comptoir/shared/insights/tally'
import { seesAllVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { Ask } from './ask.ts'
import { isRecurring, readRecurring } from './customer-source.postgres.ts'
import { needsCost } from './deal-source.postgres.ts'
import { forecastObstacle } from './forecast-source.postgres.ts'
import { companyObstacle } from './marketing-sources.postgres.ts'
import { boundBy, type PartFigure } from './metric-result.ts'
import { readDataDays, readTallies, readTally } from './metric-tally.postgres.ts'
import { readHistory, readMonthsBack } from './past-months.postgres.ts'
import { readTarget } from './targets.postgres.ts'

/** One number with what it rests on; without a value it says why. */
export interface Figure {
  readonly value: number | null
  readonly missing: MissingReason | null
  readonly tally: Tally
  readonly ingredients: readonly MetricIngredient[]
  readonly target: number | null
}

export async function readFigure(db: Database, metric: MetricDefinition, ask: Ask): Promise<Figure> {
  if (metric.combine)
    return combined(db, metric, ask)
  const obstacle = await readObstacle(db, metric, ask)
  if (obstacle)
    return absent(obstacle)
  const [tally, target] = await Promise.all([readTally(db, metric, ask), metric.given.includes('target') ? readTarget(db, ask) : null])
  return { ...figureOf(metric, tally), target: typeof target === 'number' ? target : null }
}

export function figureOf(metric: MetricDefinition, tally: Tally): Figure {
  const value = valueOf(metric, tally)
  return { value, missing: value === null ? missingOf(tally) : null, tally, ingredients: [], target: null }
}

const absent = (missing: MissingReason): Figure => ({ value: null, missing, tally: emptyTally, ingredients: [], target: null })

/** What keeps a number from being told whatever its records say. */
export async function readObstacle(db: Database, metric: MetricDefinition, ask: Ask): Promise<MissingReason | null> {
  const { timeBasis } = metric
  const { portalId, viewer, range, timeZone } = ask
  const filtered = companyObstacle(metric, ask) ?? forecastObstacle(metric, ask)
  if (filtered)
    return filtered
  // A margin over some of the costs would be wrong, and one over all of them would tell what the viewer may not know.
  if (needsCost(metric) && !await seesAllVendors(db, { portal: { id: portalId }, viewer }, 'prices'))
    return 'no_rights'
  if (timeBasis === 'before' && !isBound(range) || metric.subject === 'priced_item' && range.from === null)
    return 'no_bounds'
  if (metric.measure === 'activities' && !await hasActivities(db, portalId))
    return 'no_activities'
  if (timeBasis !== 'postponed' || range.to === null)
    return null
  const { plans_kept_since: since } = await db.selectFrom('portals').select('plans_kept_since').where('portal_id', '=', portalId).executeTakeFirstOrThrow()
  return range.to <= dayAt(since, timeZone) ? 'no_history' : null
}

/** A portal that keeps no activities, or lets nobody read them, says nothing about effort; zero would be a claim. */
async function hasActivities(db: Database, portalId: number): Promise<boolean> {
  return await db.selectFrom('crm_activities').select('activity_id').where('portal_id', '=', portalId).limit(1).executeTakeFirst() !== undefined
}

/** Each part of a formula is the formula of the parts of its ingredients that bear the same key. */
export async function readFormulaParts(db: Database, metric: MetricDefinition, ask: Ask, by: Exclude<Dimension, 'time'>): Promise<Map<string, PartFigure>> {
  const ingredients = new Map(await Promise.all(metric.ingredients.map(async id => [id, await readTallies(db, metricCatalogue[id], ask, { kind: by })] as const)))
  const keys = new Set([...ingredients.values()].flatMap(tallies => [...tallies.keys()]))
  return new Map([...keys].map((key) => {
    const figures = new Map([...ingredients].map(([id, tallies]) => [id, figureOf(metricCatalogue[id], tallies.get(key) ?? emptyTally)] as const))
    const { value } = resultOf(metric, figures, { ...nothingGiven, openings: new Map() })
    return [key, { value, records: recordsOf(figures) }]
  }))
}

async function combined(db: Database, metric: MetricDefinition, ask: Ask): Promise<Figure> {
  const figures = await readIngredients(db, metric, ask)
  const [days, target, openings, history, monthsBack] = await Promise.all([
    metric.given.includes('days') ? daysOf(db, metric, ask) : null,
    metric.given.includes('target') ? readTarget(db, ask) : 'no_target' as const,
    metric.given.includes('opening') ? readOpenings(db, metric, ask) : new Map<MetricId, Figure>(),
    metric.given.includes('history') ? readHistory(db, ask) : 0,
    metric.given.includes('months_back') ? readMonthsBack(db, ask) : [],
  ])
  const obstacle = companyObstacle(metric, ask)
  return {
    ...obstacle ? absent(obstacle) : resultOf(metric, figures, { openings, days, target, history, monthsBack }),
    tally: { ...emptyTally, records: recordsOf(figures) },
    ingredients: [
      ...[...openings].map(([metricId, figure]) => ({ ...ingredientOf(metricId, figure), on: addDays(ask.range.from!, -1) })),
      ...[...figures].map(([metricId, figure]) => ingredientOf(metricId, figure)),
      ...monthsBack.slice(0, monthsUsed(figures.get('receivables_open')?.value ?? 0, monthsBack)).map(({ ingredient }) => ingredient),
    ],
    target: typeof target === 'number' ? target : null,
  }
}

/** What an ingredient leaves out is said with the ingredient itself; here it matters only where nothing is left. */
async function readIngredient(db: Database, metric: MetricDefinition, ask: Ask, counted?: Tally): Promise<Figure> {
  const figure = counted ? figureOf(metric, counted) : await readFigure(db, { ...metric, leavesOut: [] }, ask)
  return figure.tally.records > 0 || metric.leavesOut.length === 0 ? figure : readFigure(db, metric, ask)
}

async function readIngredients(db: Database, { ingredients }: MetricDefinition, ask: Ask): Promise<Map<MetricId, Figure>> {
  const recurring = isBound(ask.range) ? ingredients.map(id => metricCatalogue[id]).filter(isRecurring) : []
  const counted = recurring.length > 0 ? await readRecurring(db, recurring, ask) : new Map<MetricId, Tally>()
  return new Map(await Promise.all(ingredients.map(async id => [id, await readIngredient(db, metricCatalogue[id], ask, counted.get(id))] as const)))
}

interface GivenFigures extends Omit<Given, 'value' | 'opening'> { readonly openings: ReadonlyMap<MetricId, Figure> }

/** What a formula makes of its ingredients. */
function resultOf({ combine, given, rounding }: MetricDefinition, figures: ReadonlyMap<MetricId, Figure>, { openings, ...others }: GivenFigures): Pick<Figure, 'value' | 'missing'> {
  // Nothing owed any more is nothing, where there was something to owe.
  const isNothing = (id: MetricId, { missing }: Figure): boolean => given.includes('opening') && metricCatalogue[id].timeBasis === 'owed' && missing === 'no_records'
  const unknown = [...figures, ...openings].find(([id, figure]) => figure.value === null && !isNothing(id, figure))?.[1]
  const told = combine!({ value: id => figures.get(id)?.value ?? 0, opening: id => openings.get(id)?.value ?? 0, ...others })
  const result = unknown ? missingBecause(unknown.missing!, told) : told
  if (typeof result !== 'number')
    return { value: null, missing: result }
  return { value: rounding === 'minor_unit' ? Math.round(result) : result, missing: null }
}

/** What the formula itself asks for says more than that an ingredient has no data: too short a history, no margin, no target. */
const missingBecause = (ingredient: MissingReason, told: number | MissingReason): MissingReason =>
  (ingredient === 'no_records' || ingredient === 'all_left_out') && typeof told === 'string' && told !== 'nothing_to_divide' ? told : ingredient

const recordsOf = (figures: ReadonlyMap<MetricId, Figure>): number => [...figures.values()].reduce((sum, { tally }) => sum + tally.records, 0)

const ingredientOf = (metricId: MetricId, { value, tally }: Figure): MetricIngredient => ({ metricId, unit: metricCatalogue[metricId].unit, value, records: tally.records })

/** What was owed before the period began; before the first record nothing was. */
async function readOpenings(db: Database, metric: MetricDefinition, ask: Ask): Promise<Map<MetricId, Figure>> {
  const { from } = ask.range
  const owed = from === null ? [] : metric.ingredients.filter(id => metricCatalogue[id].timeBasis === 'owed')
  return new Map(await Promise.all(owed.map(async id => [id, await readFigure(db, metricCatalogue[id], { ...ask, range: { from: null, to: from } })] as const)))
}

/** Calendar days of the period as far as it has run. */
async function daysOf(db: Database, metric: MetricDefinition, ask: Ask): Promise<number | null> {
  const { from, to } = boundBy(ask.range, await readDataDays(db, metric, ask))
  if (from === null || to === null)
    return null
  const last = to > ask.today ? ask.today : to
  return Math.max(0, daysBetween(from, last) + (to > ask.today ? 1 : 0))
}

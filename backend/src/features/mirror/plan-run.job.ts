import type { Database } from '../../platform/storage/database.ts'
import { countReading } from './count-reading.job.ts'
import { currencyReading, departmentReading, stageReading, userReading } from './directory-reading.job.ts'
import { hintReading } from './hint-reading.job.ts'
import { appendedReading, changedReading, fullReading } from './item-reading.job.ts'
import { allLists, stageChangeTable, type MirroredList, type MirroredLists } from './mirror-tables.job.ts'
import { allDeals, changedDeals } from './product-row-sources.job.ts'
import { productRowReading } from './product-row-reading.job.ts'
import type { Reading } from './reading.job.ts'
import { directoryMs } from './sync-schedule.ts'
import type { EntityState, EntityStates } from './sync-state.postgres.ts'

interface Place {
  readonly db: Database
  readonly portalId: number
  readonly now: () => Date
  readonly lists: MirroredLists
}

export interface Plan {
  readonly readings: readonly Reading[]
  /** What the host refuses on the way; nothing waits for it any longer. */
  readonly dropped: Set<Reading>
}

/** An ordinary run, in the order of need: what gives later rows their meaning comes first. */
export function planRun(place: Place, states: EntityStates): Plan {
  const { portalId, now, lists } = place
  const dropped = new Set<Reading>()
  const areSettled = (readings: readonly Reading[]) => readings.every(reading => reading.isDone || dropped.has(reading))
  const at = (state: EntityState) => ({ portalId, state, now })
  const itemReading = (table: MirroredList, state: EntityState) => state.mode === 'full' ? fullReading(table, at(state)) : changedReading(table, at(state))
  const companies = itemReading(lists.companies, states.companies)
  const deals = itemReading(lists.deals, states.deals)
  const changes = states.stage_changes.mode === 'full' ? fullReading(stageChangeTable(portalId), at(states.stage_changes)) : appendedReading(stageChangeTable(portalId), at(states.stage_changes))
  const others = lists.others.flatMap((table) => {
    const state = states[table.entity]
    return state ? [itemReading(table, state)] : []
  })
  const activities = itemReading(lists.activities, states.activities)
  const hinted = allLists(lists).map(table => hintReading(table, place))
  const isRead = () => areSettled([companies, deals, changes, ...others, ...hinted, activities])
  // What was just read from the first record needs no comparison, only the counts.
  const counts = states.deals.mode === 'full' ? [countReading({ portalId, lists: allLists(lists), now, mayStart: isRead })] : []
  const productRows = states.product_rows.mode === 'full'
    ? productRowReading({ portalId, source: allDeals({ ...place, state: states.product_rows }), mayStart: () => deals.isDone })
    : changedProductRows(place, states, () => deals.isDone && areSettled(hinted))
  return { readings: [...dueDirectories(place, states), companies, deals, changes, ...others, ...hinted, productRows, activities, ...counts], dropped }
}

/** After a comparison of ranges: what differed is read, then both sides are counted. */
export function planCheck(place: Place, states: EntityStates): Plan {
  const dropped = new Set<Reading>()
  const lists = allLists(place.lists)
  const hinted = lists.map(table => hintReading(table, place))
  const isFollowed = () => hinted.every(reading => reading.isDone || dropped.has(reading))
  return { readings: [...hinted, countReading({ ...place, lists, mayStart: isFollowed }), changedProductRows(place, states, isFollowed)], dropped }
}

function dueDirectories({ portalId, now }: Place, states: EntityStates): Reading[] {
  const readings = { stages: stageReading, currencies: currencyReading, departments: departmentReading, users: userReading }
  const isDue = ({ finished_at: at, mode }: EntityState) => mode === 'full' || at === null || now().getTime() - at.getTime() >= directoryMs
  return (Object.keys(readings) as (keyof typeof readings)[])
    .filter(entity => isDue(states[entity]))
    .map(entity => readings[entity]({ portalId, now }))
}

const changedProductRows = (place: Place, states: EntityStates, mayStart: () => boolean): Reading =>
  productRowReading({ portalId: place.portalId, source: changedDeals({ ...place, state: states.product_rows }), mayStart })

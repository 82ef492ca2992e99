import { standing } from '@comptoir/shared/alerts/band'
import { judge, type Verdict, type WatchRule } from '@comptoir/shared/alerts/watch'
import type { WatchMetric } from '@comptoir/shared/alerts/watch-metrics'
import { addMonths, dayAt } from '@comptoir/shared/insights/calendar'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { administrators } from '../../platform/portals/administrators.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { sayVerdict } from './say-verdict.postgres.ts'
import type { Reader, WatchedMonths, WatchedMonthsPort } from './months-port.ts'

export interface DueWatch {
  readonly watchId: string
  readonly ownerUserId: number
  readonly metric: WatchMetric
  readonly categoryId: number | null
  readonly segmentId: string | null
  readonly rule: WatchRule
  readonly coolDownMonths: number
  readonly version: number
}

export interface Finding {
  readonly watch: DueWatch
  readonly verdict: Verdict
  readonly isCooling: boolean
  readonly months: WatchedMonths
}

/** Looks at every watch of a portal once a day: the last whole month, as its owner may see it. */
export async function checkWatches(db: Database, port: WatchedMonthsPort, portal: PortalRecord, now: Date): Promise<void> {
  const today = dayAt(now, portal.timeZone)
  const due = await readDue(db, portal.id, today)
  const findings: Finding[] = []
  for (const watch of due) {
    const finding = await findingOf(db, port, portal, watch)
    if (finding)
      findings.push(finding)
  }
  const standsAt = new Map(bandsOf(findings))
  for (const finding of findings)
    await sayVerdict(db, { portal, finding, isChance: standsAt.get(finding) === false, today, now })
  await markChecked(db, portal.id, due, today)
}

async function readDue(db: Database, portalId: number, today: string): Promise<DueWatch[]> {
  const rows = await db.selectFrom('watches').selectAll()
    .where('portal_id', '=', portalId).where('is_on', '=', true)
    .where(eb => eb.or([eb('checked_on', 'is', null), eb('checked_on', '<', today)])).orderBy('watch_id').execute()
  return rows.map(row => ({
    watchId: row.watch_id, ownerUserId: row.owner_user_id, metric: row.metric as WatchMetric, categoryId: row.category_id, segmentId: row.segment_id,
    rule: row.rule as WatchRule, coolDownMonths: row.cool_down_months, version: row.version,
  }))
}

async function findingOf(db: Database, port: WatchedMonthsPort, portal: PortalRecord, watch: DueWatch): Promise<Finding | null> {
  const months = await port.readWatched(await readerOf(db, portal, watch.ownerUserId), watch)
  const last = months.months.at(-1)
  if (!last)
    return null
  const checks = await db.selectFrom('watch_checks').select(['month', 'state', 'judgement'])
    .where('portal_id', '=', portal.id).where('watch_id', '=', watch.watchId).execute()
  const falseAlarms = checks.filter(({ judgement }) => judgement === 'normal').length
  const isCooling = checks.some(({ state, month }) => state === 'rang' && month < last.month && last.month < addMonths(month, 1 + watch.coolDownMonths))
  return { watch, months, isCooling, verdict: judge(watch.rule, months.months, months.months.length - 1, { falseAlarms }) }
}

/** Whoever set a watch hears of nothing that they may not see; who has left hears of nothing. */
async function readerOf(db: Database, portal: PortalRecord, userId: number): Promise<Reader> {
  const row = await db.selectFrom('crm_users').select(['name', 'department_ids']).where('portal_id', '=', portal.id).where('user_id', '=', userId).executeTakeFirst()
  const isAdmin = (await administrators(db, portal)).includes(userId)
  return { portal, viewer: { userId, name: row?.name ?? '', isAdmin, departmentIds: row?.department_ids ?? [] } }
}

/** The more bands are watched at once, the likelier that one is left by chance. */
function bandsOf(findings: readonly Finding[]): [Finding, boolean][] {
  const banded = findings.filter(({ verdict }) => verdict.band !== null)
  const stands = standing(banded.map(({ verdict }) => verdict.band?.chance ?? 1))
  return banded.map((finding, index) => [finding, stands[index] ?? false])
}

async function markChecked(db: Database, portalId: number, due: readonly DueWatch[], today: string): Promise<void> {
  if (due.length > 0)
    await db.updateTable('watches').set({ checked_on: today }).where('portal_id', '=', portalId)
      .where(eb => eb.or(due.map(({ watchId, version }) => eb.and({ watch_id: watchId, version })))).execute()
}

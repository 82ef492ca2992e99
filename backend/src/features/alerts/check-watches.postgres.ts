import { standing } from '@comptoir/shared/alerts/band'
import type { MonthValue } from '@comptoir/shared/alerts/month-value'
import { judge, type Verdict, type WatchRule } from '@comptoir/shared/alerts/watch'
import type { WatchMetric } from '@comptoir/shared/alerts/watch-metrics'
import { tellsEarly } from '@comptoir/shared/alerts/fitting'
import { addMonths } from '@comptoir/shared/insights/calendar'
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

/** How long what was said of a watch is left alone. */
const restMs = 3_600_000

/** Looks at every watch of a portal once an hour: the last whole month, as its owner may see it, and what the running one already tells. */
export async function checkWatches(db: Database, port: WatchedMonthsPort, portal: PortalRecord, now: Date): Promise<void> {
  const due = await readDue(db, portal.id, now)
  const findings: Finding[] = []
  for (const watch of due)
    findings.push(...await findingsOf(db, port, portal, watch))
  const standsAt = new Map(bandsOf(findings))
  for (const finding of findings)
    await sayVerdict(db, { portal, finding, isChance: standsAt.get(finding) === false, now })
  await markChecked(db, portal.id, due, now)
}

async function readDue(db: Database, portalId: number, now: Date): Promise<DueWatch[]> {
  const rows = await db.selectFrom('watches').selectAll()
    .where('portal_id', '=', portalId).where('is_on', '=', true)
    .where(eb => eb.or([eb('checked_at', 'is', null), eb('checked_at', '<=', new Date(now.getTime() - restMs)), eb('checked_at', '>', now)])).orderBy('watch_id').execute()
  return rows.map(row => ({
    watchId: row.watch_id, ownerUserId: row.owner_user_id, metric: row.metric as WatchMetric, categoryId: row.category_id, segmentId: row.segment_id,
    rule: row.rule as WatchRule, coolDownMonths: row.cool_down_months, version: row.version,
  }))
}

async function findingsOf(db: Database, port: WatchedMonthsPort, portal: PortalRecord, watch: DueWatch): Promise<Finding[]> {
  const months = await port.readWatched(await readerOf(db, portal, watch.ownerUserId), watch)
  const checks = await db.selectFrom('watch_checks').select(['month', 'state', 'judgement'])
    .where('portal_id', '=', portal.id).where('watch_id', '=', watch.watchId).execute()
  const falseAlarms = checks.filter(({ judgement }) => judgement === 'normal').length
  const rung = checks.filter(({ state }) => state === 'rang').map(({ month }) => month)
  const findingAt = (series: readonly MonthValue[]): Finding => {
    const verdict = judge(watch.rule, series, series.length - 1, { falseAlarms })
    const isCooling = rung.some(month => month < verdict.month && verdict.month < addMonths(month, 1 + watch.coolDownMonths))
    return { watch, months, isCooling, verdict }
  }
  const whole = months.months.length > 0 ? [findingAt(months.months)] : []
  if (!months.running || !tellsEarly(watch.rule, watch.metric))
    return whole
  rung.push(...whole.flatMap(({ verdict, isCooling }) => verdict.isRinging && !isCooling ? [verdict.month] : []))
  const early = findingAt([...months.months, months.running])
  return early.verdict.isRinging ? [...whole, early] : whole
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

async function markChecked(db: Database, portalId: number, due: readonly DueWatch[], now: Date): Promise<void> {
  if (due.length > 0)
    await db.updateTable('watches').set({ checked_at: now }).where('portal_id', '=', portalId)
      .where(eb => eb.or(due.map(({ watchId, version }) => eb.and({ watch_id: watchId, version })))).execute()
}

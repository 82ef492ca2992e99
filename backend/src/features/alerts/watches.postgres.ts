import { sql, type Selectable } from 'kysely'
import { fits } from '@comptoir/shared/alerts/fitting'
import type { WatchRule } from '@comptoir/shared/alerts/watch'
import { watchUnitOf, type WatchMetric } from '@comptoir/shared/alerts/watch-metrics'
import type { Watch, WatchCheck, WatchInput, Watches } from '@comptoir/shared/alerts/watch.contract'
import { AppError } from '@comptoir/shared/errors'
import { resolveAlert, writeAlertEvent } from '../../platform/notices/outbox.postgres.ts'
import { readSegmentRule, segmentName } from '../../platform/segments/segment-condition.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { WatchesTable } from '../../platform/storage/tables/alerts.ts'
import type { Reader } from './months-port.ts'

/** As many as one person can tell apart. */
const mostWatches = 50
const checksShown = 24

export const alertKeyOf = (watchId: string): string => `watch:${watchId}`

export async function listWatches(db: Database, { portal, viewer }: Reader): Promise<Watches> {
  const rows = await db.selectFrom('watches').selectAll().where('portal_id', '=', portal.id).where('owner_user_id', '=', viewer.userId).orderBy('created_at').orderBy('watch_id').execute()
  return { currency: portal.currency, watches: await withChecks(db, portal.id, rows, checksShown) }
}

/** In the order of the rows, each with its newest checks. */
export async function withChecks(db: Database, portalId: number, rows: readonly Selectable<WatchesTable>[], most: number): Promise<Watch[]> {
  const checks = rows.length === 0
    ? []
    : await db.selectFrom('watch_checks as c').selectAll('c').where('c.portal_id', '=', portalId).where('c.watch_id', 'in', rows.map(row => row.watch_id))
        .where('c.month', 'in', eb => eb.selectFrom('watch_checks as newest').select('newest.month')
          .whereRef('newest.portal_id', '=', 'c.portal_id').whereRef('newest.watch_id', '=', 'c.watch_id').orderBy('newest.month', 'desc').limit(most))
        .orderBy('c.month', 'desc').execute()
  const names = new Map(await Promise.all(rows.flatMap(({ segment_id: id }) => id ? [id] : []).map(async id => [id, await segmentName(db, portalId, id)] as const)))
  const byWatch = Map.groupBy(checks, ({ watch_id }) => watch_id)
  return rows.map((row): Watch => ({
    watchId: row.watch_id,
    metric: row.metric as WatchMetric,
    categoryId: row.category_id,
    ...row.segment_id && { segmentId: row.segment_id, segmentName: names.get(row.segment_id) ?? null },
    rule: row.rule as WatchRule,
    coolDownMonths: row.cool_down_months,
    isOn: row.is_on,
    unit: watchUnitOf(row.metric as WatchMetric),
    version: row.version,
    checkedAt: row.checked_at?.toISOString() ?? null,
    checks: (byWatch.get(row.watch_id) ?? []).map(({ month, state, value, previous, low, high, judgement }): WatchCheck =>
      ({ month, state, value, previous, low, high, judgement })),
  }))
}

export async function countFalseAlarms(db: Database, { portal, viewer }: Reader, watchId: string): Promise<number> {
  const { count } = await db.selectFrom('watch_checks as c').innerJoin('watches as w', join => join.onRef('w.portal_id', '=', 'c.portal_id').onRef('w.watch_id', '=', 'c.watch_id'))
    .select(sql<number>`count(*)::int`.as('count'))
    .where('c.portal_id', '=', portal.id).where('c.watch_id', '=', watchId).where('w.owner_user_id', '=', viewer.userId).where('c.judgement', '=', 'normal').executeTakeFirstOrThrow()
  return count
}

/** @throws AppError watch.unfit for a rule that the metric cannot have */
export function requireFit({ rule, metric }: Pick<WatchInput, 'rule' | 'metric'>): void {
  if (!fits(rule, metric))
    throw new AppError('watch.unfit', { details: { kind: rule.kind, metric } })
}

/** @throws AppError segment.not_found */
async function requireSegment(db: Database, portalId: number, { segmentId }: WatchInput): Promise<void> {
  if (segmentId)
    await readSegmentRule(db, portalId, segmentId)
}

export async function createWatch(db: Database, { portal, viewer }: Reader, input: WatchInput): Promise<void> {
  requireFit(input)
  await requireSegment(db, portal.id, input)
  await db.transaction().execute(async (tx) => {
    const { count } = await tx.selectFrom('watches').select(sql<number>`count(*)::int`.as('count'))
      .where('portal_id', '=', portal.id).where('owner_user_id', '=', viewer.userId).executeTakeFirstOrThrow()
    if (count >= mostWatches)
      throw new AppError('watch.too_many', { details: { most: mostWatches } })
    await tx.insertInto('watches').values({ portal_id: portal.id, owner_user_id: viewer.userId, ...columnsOf(input) }).execute()
  })
}

const columnsOf = ({ metric, categoryId, segmentId, rule, coolDownMonths }: WatchInput) =>
  ({ metric, category_id: categoryId, segment_id: segmentId ?? null, rule: JSON.stringify(rule), cool_down_months: coolDownMonths })

export async function changeWatch(db: Database, { portal, viewer }: Reader, watchId: string, input: WatchInput & { isOn: boolean, version: number }, now: Date): Promise<void> {
  requireFit(input)
  await requireSegment(db, portal.id, input)
  await db.transaction().execute(async (tx) => {
    const before = await lockOwn(tx, { portal, viewer }, watchId)
    if (before.version !== input.version)
      throw new AppError('watch.changed_meanwhile')
    const isSame = before.metric === input.metric && before.category_id === input.categoryId && before.segment_id === (input.segmentId ?? null) && JSON.stringify(sorted(before.rule)) === JSON.stringify(sorted(input.rule))
    // Another question has no answers yet.
    if (!isSame)
      await tx.deleteFrom('watch_checks').where('portal_id', '=', portal.id).where('watch_id', '=', watchId).execute()
    if (!isSame || !input.isOn)
      await resolveAlert(tx, portal.id, alertKeyOf(watchId), 'changed', now)
    await tx.updateTable('watches').set({ ...columnsOf(input), is_on: input.isOn, checked_at: null, version: before.version + 1, updated_at: now })
      .where('portal_id', '=', portal.id).where('watch_id', '=', watchId).execute()
  })
}

const sorted = (rule: unknown): unknown => Object.entries(rule as object).sort(([a], [b]) => a < b ? -1 : 1)

export async function removeWatch(db: Database, reader: Reader, watchId: string, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockOwn(tx, reader, watchId)
    await resolveAlert(tx, reader.portal.id, alertKeyOf(watchId), 'removed', now)
    await tx.deleteFrom('watches').where('portal_id', '=', reader.portal.id).where('watch_id', '=', watchId).execute()
  })
}

/** "That was normal" also puts the alert to rest. */
export async function judgeCheck(db: Database, reader: Reader, watchId: string, { month, judgement }: { month: string, judgement: 'useful' | 'normal' }, now: Date): Promise<void> {
  const portalId = reader.portal.id
  await db.transaction().execute(async (tx) => {
    await lockOwn(tx, reader, watchId)
    await tx.updateTable('watch_checks').set({ judgement, judged_by: reader.viewer.userId })
      .where('portal_id', '=', portalId).where('watch_id', '=', watchId).where('month', '=', month).where('state', '=', 'rang').execute()
    const alert = await tx.selectFrom('alerts').select('alert_id').where('portal_id', '=', portalId).where('key', '=', alertKeyOf(watchId)).executeTakeFirst()
    if (!alert)
      return
    await writeAlertEvent(tx, { portalId, alertId: alert.alert_id, event: 'judged', byUserId: reader.viewer.userId, at: now, details: { judgement, month } })
    if (judgement === 'normal')
      await resolveAlert(tx, portalId, alertKeyOf(watchId), 'normal', now)
  })
}

async function lockOwn(tx: Tx, { portal, viewer }: Reader, watchId: string) {
  const row = await tx.selectFrom('watches').selectAll()
    .where('portal_id', '=', portal.id).where('watch_id', '=', watchId).where('owner_user_id', '=', viewer.userId).forUpdate().executeTakeFirst()
  if (!row)
    throw new AppError('watch.not_found', { details: { watchId } })
  return row
}

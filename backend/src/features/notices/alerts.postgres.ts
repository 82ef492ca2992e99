import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import { isNoticeKind, noticeKind } from '@comptoir/shared/notices/kinds'
import type { AlertEvent, AlertFilter, AlertPage, AlertRow, AlertView } from '@comptoir/shared/notices/notice.contract'
import { withoutName, type NoticeParams } from '@comptoir/shared/notices/notice-text'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { mayReadSubject, visibleAlerts } from './visible-alerts.postgres.ts'

type Onlooker = Pick<Caller, 'portal' | 'viewer'>

const pageSize = 50

/** The view of an alert at a moment: one that rests shows up by itself when its rest is over. */
export const viewAt = (now: Date) => sql<AlertView>`case when alerts.state = 'resolved' then 'resolved'
  when alerts.snoozed_until > ${now} then 'snoozed' when alerts.state = 'acknowledged' then 'acknowledged' else 'active' end`

export async function listAlerts(db: Database, onlooker: Onlooker, filter: AlertFilter, now: Date): Promise<AlertPage> {
  const chosen = filtered(db, onlooker, filter)
  const view = filter.view ?? 'active'
  const [counts, kinds, rows] = await Promise.all([
    chosen.select([viewAt(now).as('view'), sql<number>`count(*)::int`.as('count')]).groupBy(sql`1`).execute(),
    visibleAlerts(db, onlooker).select('alerts.kind').distinct().orderBy('alerts.kind').execute(),
    rowsOf(chosen, onlooker, now).where(viewAt(now), '=', view)
      .orderBy(view === 'resolved' ? sql`alerts.resolved_at desc nulls last` : sql`array_position(array['critical', 'warning', 'info'], alerts.severity)`)
      .orderBy('alerts.due_on', order => order.asc().nullsLast()).orderBy('alerts.raised_at', 'desc').orderBy('alerts.alert_id')
      .offset(filter.offset ?? 0).limit(pageSize).execute(),
  ])
  const count = (name: AlertView): number => counts.find(row => row.view === name)?.count ?? 0
  return {
    items: rows.map(toRow),
    total: count(view),
    counts: { active: count('active'), acknowledged: count('acknowledged'), snoozed: count('snoozed'), resolved: count('resolved') },
    kinds: kinds.map(row => row.kind),
  }
}

function filtered(db: Database, onlooker: Onlooker, { kind, severity, vendorId, isMine, search }: AlertFilter) {
  const words = search?.trim()
  return joined(db, onlooker)
    .$if(Boolean(kind?.length), query => query.where('alerts.kind', 'in', kind ?? []))
    .$if(Boolean(severity?.length), query => query.where('alerts.severity', 'in', severity ?? []))
    .$if(vendorId !== undefined, query => query.where('alerts.vendor_id', '=', vendorId ?? ''))
    .$if(isMine === true, query => query.where('alerts.owner_user_id', '=', onlooker.viewer.userId))
    .$if(Boolean(words), query => query.where(eb => eb.or([
      eb('v.name', 'ilike', `%${likeText(words ?? '')}%`),
      eb.and([mayReadSubject(onlooker), eb(sql<string>`alerts.params ->> 'subject'`, 'ilike', `%${likeText(words ?? '')}%`)]),
    ])))
}

const likeText = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

const joined = (db: Database, onlooker: Onlooker) => visibleAlerts(db, onlooker)
  .leftJoin('vendors as v', join => join.onRef('v.portal_id', '=', 'alerts.portal_id').onRef('v.vendor_id', '=', 'alerts.vendor_id'))
  .leftJoin('crm_users as u', join => join.onRef('u.portal_id', '=', 'alerts.portal_id').onRef('u.user_id', '=', 'alerts.owner_user_id'))

const rowsOf = (query: ReturnType<typeof joined>, onlooker: Onlooker, now: Date) => query
  .selectAll('alerts')
  .select(['v.name as vendor_name', 'v.company_id', viewAt(now).as('view'), mayReadSubject(onlooker).as('may_read_subject'), sql<string | null>`nullif(trim(concat(u.name, ' ', u.last_name)), '')`.as('owner_name')])

type Row = Awaited<ReturnType<ReturnType<typeof rowsOf>['execute']>>[number]

const toRow = (row: Row): AlertRow => ({
  alertId: row.alert_id,
  kind: row.kind,
  severity: row.severity,
  vendorId: row.vendor_id,
  vendorName: row.vendor_name,
  companyId: row.company_id,
  ownerUserId: row.owner_user_id,
  ownerName: row.owner_name,
  params: row.may_read_subject ? row.params as Record<string, unknown> : withoutName(row.kind, row.params as NoticeParams),
  link: row.link,
  dueOn: row.due_on,
  view: row.view,
  snoozedUntil: row.snoozed_until?.toISOString() ?? null,
  raisedAt: row.raised_at.toISOString(),
  resolvedAt: row.resolved_at?.toISOString() ?? null,
  version: row.version,
})

export async function readAlerts(db: Database, onlooker: Onlooker, alertIds: readonly string[], now: Date): Promise<AlertRow[]> {
  const rows = await rowsOf(joined(db, onlooker).where('alerts.alert_id', 'in', [...alertIds]), onlooker, now).execute()
  return rows.map(toRow)
}

export async function countAlerts(db: Database, onlooker: Onlooker, now: Date): Promise<{ open: number, critical: number }> {
  return visibleAlerts(db, onlooker).where(viewAt(now), '=', 'active')
    .select([sql<number>`count(*)::int`.as('open'), sql<number>`(count(*) filter (where alerts.severity = 'critical'))::int`.as('critical')])
    .executeTakeFirstOrThrow()
}

const eventsShown = 200

export async function readAlertHistory(db: Database, onlooker: Onlooker, alertId: string): Promise<AlertEvent[]> {
  const alert = await visibleAlerts(db, onlooker).select('alerts.kind').where('alerts.alert_id', '=', alertId).executeTakeFirst()
  if (!alert || !isNoticeKind(alert.kind) || !noticeKind(alert.kind))
    throw new AppError('alert.not_found', { details: { alertId } })
  const rows = await db.selectFrom('alert_events as e')
    .leftJoin('crm_users as u', join => join.onRef('u.portal_id', '=', 'e.portal_id').on(eb => eb('u.user_id', '=', sql<number>`coalesce(e.by_user_id, (e.details ->> 'userId')::int)`)))
    .select(['e.event', 'e.at', 'e.details', sql<string | null>`nullif(trim(concat(u.name, ' ', u.last_name)), '')`.as('by_name')])
    .where('e.portal_id', '=', onlooker.portal.id).where('e.alert_id', '=', alertId)
    .orderBy('e.at', 'desc').orderBy('e.alert_event_id', 'desc').limit(eventsShown).execute()
  return rows.map(({ event, at, details, by_name }) => ({ event, at: at.toISOString(), byName: by_name, details: details as Record<string, unknown> }))
}

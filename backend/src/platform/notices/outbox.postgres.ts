import { sql } from 'kysely'
import { noticeKind, type NoticeKindId, type Severity } from '@comptoir/shared/notices/kinds'
import type { NoticeLink } from '@comptoir/shared/notices/notice-link'
import type { NoticeParams } from '@comptoir/shared/notices/notice-text'
import type { Tx } from '../storage/database.ts'
import type { AlertEventName } from '../storage/tables/notices.ts'

export interface Notice {
  readonly portalId: number
  /** Once per key and for ever: the same event told twice is one notice. */
  readonly key: string
  readonly kind: NoticeKindId
  readonly vendorId?: string | null
  /** `owners`: whoever is responsible when it is sent, else the fall-back persons. */
  readonly recipients: readonly number[] | 'owners'
  /** Responsible for the subject itself, asked before the vendor's owner. */
  readonly ownerUserId?: number | null
  readonly params?: NoticeParams
  readonly link?: NoticeLink | null
  /** Not before this moment. */
  readonly at?: Date
  readonly isUrgent?: boolean
  /** Whoever did it is not told of it. */
  readonly causedBy?: number | null
  /** Not sent any more once this alert is resolved or acknowledged. */
  readonly alertKey?: string | null
  /** How people are told; as the kind's settings say, and with its trigger, when absent. */
  readonly ways?: readonly NoticeWay[]
}

export type NoticeWay = 'usual' | 'task' | 'trigger'

/** Notes down in the caller's transaction that people must know. A job addresses and sends it. */
export async function notify(tx: Tx, notice: Notice): Promise<void> {
  await tx.insertInto('notice_outbox').values({
    portal_id: notice.portalId,
    key: notice.key,
    kind: notice.kind,
    vendor_id: notice.vendorId ?? null,
    recipients: notice.recipients === 'owners' ? null : [...notice.recipients],
    owner_user_id: notice.ownerUserId ?? null,
    params: JSON.stringify(notice.params ?? {}),
    link: notice.link ? JSON.stringify(notice.link) : null,
    alert_key: notice.alertKey ?? null,
    is_urgent: notice.isUrgent ?? noticeKind(notice.kind).isUrgent ?? false,
    caused_by: notice.causedBy ?? null,
    ways: notice.ways ? [...notice.ways] : null,
    ...(notice.at && { not_before: notice.at }),
  }).onConflict(conflict => conflict.columns(['portal_id', 'key']).doNothing()).execute()
}

export interface Alert {
  readonly portalId: number
  /** What is wrong with what: the alert of a key is one row, however often it comes back. */
  readonly key: string
  readonly kind: NoticeKindId
  readonly severity?: Severity
  readonly vendorId?: string | null
  readonly subjectId?: string | null
  /** Who sees it; everybody who may see the vendor when absent. */
  readonly audience?: readonly number[] | null
  readonly ownerUserId?: number | null
  readonly params?: NoticeParams
  readonly link?: NoticeLink | null
  readonly dueOn?: string | null
  /** Who is told when it opens; 'owners' when absent, nobody for null. */
  readonly recipients?: readonly number[] | 'owners' | null
  readonly isUrgent?: boolean
  readonly ways?: readonly NoticeWay[]
  /** When it became true; now, when absent. */
  readonly at?: Date
}

export interface RaisedAlert {
  readonly alertId: string
  /** It was not open before: it is new, or has come back. */
  readonly isNews: boolean
}

/** Opens an alert, or brings the open one up to date. People are told when it opens, not while it stays open. */
export async function raiseAlert(tx: Tx, alert: Alert): Promise<RaisedAlert> {
  const before = await tx.selectFrom('alerts').select(['alert_id', 'state', 'occurrence', 'due_on'])
    .where('portal_id', '=', alert.portalId).where('key', '=', alert.key).forUpdate().executeTakeFirst()
  const facts = factsOf(alert)
  if (!before) {
    const row = await tx.insertInto('alerts').values({ portal_id: alert.portalId, key: alert.key, ...facts, ...(alert.at && { raised_at: alert.at }) })
      .returning('alert_id').executeTakeFirstOrThrow()
    await writeAlertEvent(tx, { portalId: alert.portalId, alertId: row.alert_id, event: 'raised', at: alert.at })
    await tell(tx, alert, 1)
    return { alertId: row.alert_id, isNews: true }
  }
  const isBack = before.state === 'resolved'
  // Who has taken care of one date has not taken care of another.
  const isMoved = before.state === 'acknowledged' && before.due_on !== (alert.dueOn ?? null)
  await tx.updateTable('alerts').set({
    ...facts,
    ...((isBack || isMoved) && { state: 'open' as const, snoozed_until: null }),
    ...(isBack && { occurrence: before.occurrence + 1, raised_at: alert.at ?? sql<Date>`now()`, resolved_at: null }),
    version: sql<number>`version + 1`,
  }).where('portal_id', '=', alert.portalId).where('alert_id', '=', before.alert_id).execute()
  if (isBack || isMoved)
    await writeAlertEvent(tx, { portalId: alert.portalId, alertId: before.alert_id, event: isBack ? 'returned' : 'changed', details: { dueOn: alert.dueOn ?? null }, at: alert.at })
  if (isBack)
    await tell(tx, alert, before.occurrence + 1)
  return { alertId: before.alert_id, isNews: isBack }
}

/** The reason is gone. What was not sent yet is not sent any more. */
export async function resolveAlert(tx: Tx, portalId: number, key: string, why: string | null = null, at?: Date): Promise<boolean> {
  const row = await tx.updateTable('alerts')
    .set({ state: 'resolved', resolved_at: at ?? sql<Date>`now()`, snoozed_until: null, version: sql<number>`version + 1` })
    .where('portal_id', '=', portalId).where('key', '=', key).where('state', '<>', 'resolved')
    .returning('alert_id').executeTakeFirst()
  if (row)
    await writeAlertEvent(tx, { portalId, alertId: row.alert_id, event: 'resolved', details: { why }, at })
  return row !== undefined
}

export async function writeAlertEvent(tx: Tx, { portalId, alertId, event, details = {}, byUserId = null, at }: {
  readonly portalId: number
  readonly alertId: string
  readonly event: AlertEventName
  readonly details?: Readonly<Record<string, unknown>>
  readonly byUserId?: number | null
  readonly at?: Date
}): Promise<void> {
  await tx.insertInto('alert_events')
    .values({ portal_id: portalId, alert_id: alertId, event, details: JSON.stringify(details), by_user_id: byUserId, ...(at && { at }) }).execute()
}

const factsOf = (alert: Alert) => ({
  kind: alert.kind,
  severity: alert.severity ?? noticeKind(alert.kind).severity,
  vendor_id: alert.vendorId ?? null,
  subject_id: alert.subjectId ?? null,
  audience: alert.audience ? [...alert.audience] : null,
  owner_user_id: alert.ownerUserId ?? null,
  params: JSON.stringify(alert.params ?? {}),
  link: alert.link ? JSON.stringify(alert.link) : null,
  due_on: alert.dueOn ?? null,
})

async function tell(tx: Tx, alert: Alert, occurrence: number): Promise<void> {
  if (alert.recipients === null)
    return
  await notify(tx, {
    portalId: alert.portalId,
    key: `alert:${alert.key}:${occurrence}`,
    kind: alert.kind,
    vendorId: alert.vendorId,
    recipients: alert.recipients ?? 'owners',
    ownerUserId: alert.ownerUserId,
    params: alert.params,
    link: alert.link,
    isUrgent: alert.isUrgent,
    at: alert.at,
    alertKey: alert.key,
    ...alert.ways && { ways: alert.ways },
  })
}

import { sql } from 'kysely'
import type { NoticeLink } from '@comptoir/shared/notices/notice-link'
import type { NoticeParams } from '@comptoir/shared/notices/notice-text'
import { writeAlertEvent } from '../../platform/notices/outbox.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { DeliveryChannel } from '../../platform/storage/tables/notices.ts'

export interface ClaimedDelivery {
  readonly portalId: number
  readonly deliveryId: number
  readonly channel: DeliveryChannel
  readonly userId: number
  readonly entityId: number
  /** From 1. From 2 on, an earlier try may have reached the portal. */
  readonly attempts: number
  readonly startedAt: Date
  readonly key: string
  readonly kind: string
  readonly vendorId: string | null
  readonly alertKey: string | null
  readonly isUrgent: boolean
  readonly params: NoticeParams
  readonly link: NoticeLink | null
  readonly dueOn: string | null
  readonly vendor: string | null
  readonly companyId: number | null
}

/** Twice as long as the slowest answer of the host that we wait for. */
const leaseMs = 150_000

/** Takes what is due, and what a dead process had taken and not finished. */
export async function claimDeliveries(db: Database, atMost: number, now: Date): Promise<ClaimedDelivery[]> {
  const { rows } = await sql<ClaimedDelivery>`
    with due as (
      select d.portal_id, d.delivery_id from notice_deliveries d
      join portals p on p.portal_id = d.portal_id and p.status = 'installed'
      where d.state in ('waiting', 'sending') and d.due_at <= ${now}
      order by d.due_at limit ${atMost} for update of d skip locked
    ), taken as (
      update notice_deliveries d
      set state = 'sending', attempts = d.attempts + 1, started_at = coalesce(d.started_at, ${now}), due_at = ${new Date(now.getTime() + leaseMs)}
      from due where d.portal_id = due.portal_id and d.delivery_id = due.delivery_id
      returning d.*
    )
    select t.portal_id as "portalId", t.delivery_id as "deliveryId", t.channel, t.user_id as "userId", t.entity_id as "entityId",
      t.attempts, t.started_at as "startedAt", o.key, o.kind, o.vendor_id as "vendorId", o.alert_key as "alertKey", o.is_urgent as "isUrgent",
      o.params, o.link, a.due_on as "dueOn", v.name as vendor, v.company_id as "companyId"
    from taken t
    join notice_outbox o on o.portal_id = t.portal_id and o.notice_id = t.notice_id
    left join alerts a on a.portal_id = o.portal_id and a.key = o.alert_key
    left join vendors v on v.portal_id = o.portal_id and v.vendor_id = o.vendor_id
    order by t.delivery_id`.execute(db)
  return rows
}

/** No other process shares the database: what counts as under way was cut off. */
export async function releaseDeliveries(db: Database, now: Date): Promise<void> {
  await db.updateTable('notice_deliveries').set({ due_at: now }).where('state', '=', 'sending').execute()
}

export interface Ending {
  readonly state: 'sent' | 'dropped' | 'failed'
  readonly hostId?: string | null
  readonly reason?: string | null
}

export async function endDelivery(db: Database, one: ClaimedDelivery, { state, hostId = null, reason = null }: Ending, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.updateTable('notice_deliveries')
      .set({ state, host_id: hostId, reason, ...(state === 'sent' && { sent_at: now }) })
      .where('portal_id', '=', one.portalId).where('delivery_id', '=', one.deliveryId).execute()
    if (state !== 'sent' || one.alertKey === null)
      return
    const alert = await tx.selectFrom('alerts').select('alert_id').where('portal_id', '=', one.portalId).where('key', '=', one.alertKey).executeTakeFirst()
    if (alert)
      await writeAlertEvent(tx, { portalId: one.portalId, alertId: alert.alert_id, event: 'sent', at: now, details: { channel: one.channel, userId: one.userId || null, dealId: one.entityId || null } })
  })
}

export async function postponeDelivery(db: Database, { portalId, deliveryId, attempts }: ClaimedDelivery, until: Date, { isTry, reason = null }: { isTry: boolean, reason?: string | null }): Promise<void> {
  await db.updateTable('notice_deliveries')
    .set({ state: 'waiting', due_at: until, reason, attempts: isTry ? attempts : attempts - 1 })
    .where('portal_id', '=', portalId).where('delivery_id', '=', deliveryId).execute()
}

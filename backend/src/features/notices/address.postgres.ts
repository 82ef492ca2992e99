import { nextAllowed } from '@comptoir/shared/notices/quiet-hours'
import { noticeKind, type NoticeChannel, type NoticeKindId } from '@comptoir/shared/notices/kinds'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { DeliveryChannel } from '../../platform/storage/tables/notices.ts'
import { isInHand, isStillTrue } from './still-true.postgres.ts'
import { findRecipients } from './recipients.postgres.ts'
import { knownKind, readPortalNotices, readPreferences, type PortalNotices } from './settings.postgres.ts'

interface WaitingNotice {
  readonly portal_id: number
  readonly notice_id: string
  readonly kind: string
  readonly vendor_id: string | null
  readonly recipients: number[] | null
  readonly owner_user_id: number | null
  readonly alert_key: string | null
  readonly is_urgent: boolean
  readonly caused_by: number | null
  readonly ways: readonly ('usual' | 'task' | 'trigger')[] | null
}

export interface AddressDeps {
  readonly db: Database
  readonly findPortal: (portalId: number) => Promise<PortalRecord | null>
}

const atOnce = 50

/** Turns notices into what is asked of the portal, person by person. False when none was waiting. */
export async function addressDue({ db, findPortal }: AddressDeps, now: Date): Promise<boolean> {
  const waiting = await db.selectFrom('notice_outbox')
    .innerJoin('portals', 'portals.portal_id', 'notice_outbox.portal_id').where('portals.status', '=', 'installed')
    .select(['notice_outbox.portal_id', 'notice_id']).where('state', '=', 'waiting').where('not_before', '<=', now)
    .orderBy('not_before').limit(atOnce).execute()
  for (const { portal_id: portalId, notice_id: noticeId } of waiting) {
    const portal = await findPortal(portalId)
    if (portal)
      await db.transaction().execute(tx => addressOne(tx, portal, noticeId, now))
  }
  return waiting.length > 0
}

async function addressOne(tx: Tx, portal: PortalRecord, noticeId: string, now: Date): Promise<void> {
  const notice: WaitingNotice | undefined = await tx.selectFrom('notice_outbox').selectAll()
    .where('portal_id', '=', portal.id).where('notice_id', '=', noticeId).where('state', '=', 'waiting')
    .forUpdate().skipLocked().executeTakeFirst()
  if (!notice)
    return
  const reason = await planDeliveries(tx, portal, notice, now)
  await tx.updateTable('notice_outbox').set(reason === null ? { state: 'addressed' } : { state: 'dropped', reason })
    .where('portal_id', '=', portal.id).where('notice_id', '=', noticeId).execute()
}

/** Null, or why nobody is told. */
async function planDeliveries(tx: Tx, portal: PortalRecord, notice: WaitingNotice, now: Date): Promise<string | null> {
  const kind = knownKind(notice.kind)
  if (!kind)
    return 'unknown_kind'
  const untrue = await isStillTrue(tx, portal.id, { kind, vendorId: notice.vendor_id, alertKey: notice.alert_key }, now)
  if (untrue !== null && !isInHand(untrue))
    return untrue
  const notices = await readPortalNotices(tx, portal.id)
  const people = untrue === null && notices.kind(kind).isOn ? await peopleToTell(tx, portal, notices, notice, kind) : []
  const companyId = await companyOf(tx, portal.id, notice.vendor_id)
  const deliveries: Delivery[] = []
  for (const userId of people) {
    const { wishes, digest, quiet } = await readPreferences(tx, portal, notices, userId)
    const wish = wishes[kind] ?? 'now'
    // Whoever wants it in the digest but gets none would never hear of it.
    if (wish === 'off' || (wish === 'digest' && digest !== 'off' && !notice.is_urgent))
      continue
    const dueAt = notice.is_urgent ? now : nextAllowed(now, quiet)
    for (const channel of channelsFor(portal, wishedChannels(notice, notices.kind(kind).channels), companyId))
      deliveries.push({ channel, user_id: userId, entity_id: 0, due_at: dueAt })
  }
  const records = await recordsToTell(tx, portal.id, { kind, vendorId: notice.vendor_id, companyId }, now)
  deliveries.push(...records.filter(({ channel }) => channel !== 'trigger' || notice.ways === null || notice.ways.includes('trigger')))
  if (deliveries.length === 0)
    return untrue ?? (notices.kind(kind).isOn ? 'nobody' : 'off')
  await tx.insertInto('notice_deliveries')
    .values(deliveries.map(one => ({ portal_id: portal.id, notice_id: notice.notice_id, ...one })))
    .onConflict(conflict => conflict.doNothing()).execute()
  return null
}

const wishedChannels = ({ ways }: Pick<WaitingNotice, 'ways'>, usual: readonly NoticeChannel[]): readonly NoticeChannel[] => ways === null
  ? usual
  : [...new Set([...ways.includes('usual') ? usual : [], ...ways.includes('task') ? ['task' as const] : []])]

interface Delivery {
  readonly channel: DeliveryChannel
  readonly user_id: number
  readonly entity_id: number
  readonly due_at: Date
}

/** Nobody is told what they have done themselves, and nobody else instead of them. */
async function peopleToTell(tx: Tx, portal: PortalRecord, notices: PortalNotices, notice: WaitingNotice, kind: NoticeKindId): Promise<number[]> {
  const people = await findRecipients(tx, portal, notices.fallbackUserIds, {
    kind, vendorId: notice.vendor_id, recipients: notice.recipients, ownerUserId: notice.owner_user_id,
  })
  return people.filter(userId => userId !== notice.caused_by)
}

/** Without a right to the chat the to-do of the company speaks, without one to tasks the bell; without both, the alert centre alone. */
export function channelsFor(portal: Pick<PortalRecord, 'scope'>, wished: readonly NoticeChannel[], companyId: number | null): readonly NoticeChannel[] {
  const has = { bell: portal.scope.includes('im'), task: portal.scope.some(scope => scope === 'task' || scope === 'tasks'), todo: companyId !== null }
  const open = wished.filter(channel => has[channel])
  const replacement = (['bell', 'todo'] as const).find(channel => has[channel])
  return open.length > 0 || wished.length === 0 || !replacement ? open : [replacement]
}

export async function companyOf(db: Database, portalId: number, vendorId: string | null): Promise<number | null> {
  if (vendorId === null)
    return null
  const row = await db.selectFrom('vendors').select('company_id').where('portal_id', '=', portalId).where('vendor_id', '=', vendorId).executeTakeFirst()
  return row?.company_id ?? null
}

interface Told { readonly kind: NoticeKindId, readonly vendorId: string | null, readonly companyId: number | null }

/** Open deals that the vendor is linked to get their trigger (companies have none); they and the company get a line in their timeline. */
async function recordsToTell(tx: Tx, portalId: number, { kind, vendorId, companyId }: Told, now: Date): Promise<Delivery[]> {
  const { trigger, isOnTimeline } = noticeKind(kind)
  if ((!trigger && !isOnTimeline) || vendorId === null)
    return []
  const deals = await tx.selectFrom('deal_vendors as l')
    .innerJoin('crm_deals as d', join => join.onRef('d.portal_id', '=', 'l.portal_id').onRef('d.deal_id', '=', 'l.deal_id'))
    .select('d.deal_id').where('l.portal_id', '=', portalId).where('l.vendor_id', '=', vendorId).where('d.semantics', '=', 'P').execute()
  const to = (channel: DeliveryChannel, entityId: number): Delivery => ({ channel, user_id: 0, entity_id: entityId, due_at: now })
  return [
    ...trigger ? deals.map(({ deal_id }) => to('trigger', deal_id)) : [],
    ...isOnTimeline ? deals.map(({ deal_id }) => to('deal_timeline', deal_id)) : [],
    ...isOnTimeline && companyId !== null ? [to('company_timeline', companyId)] : [],
  ]
}

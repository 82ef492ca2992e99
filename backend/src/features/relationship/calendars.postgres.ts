import { createHash, randomBytes } from 'node:crypto'
import { AppError } from '@comptoir/shared/errors'
import type { CalendarFilter, CalendarSubscription } from '@comptoir/shared/relationship/deadline.contract'
import type { Database } from '../../platform/storage/database.ts'
import type { RelationshipTables } from '../../platform/storage/tables/relationship.ts'
import type { Selectable } from 'kysely'
import type { Onlooker } from './contracts.postgres.ts'

const most = 5
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

type SubscriptionRecord = Selectable<RelationshipTables['calendar_subscriptions']>

const toSubscription = (row: SubscriptionRecord): CalendarSubscription => ({
  subscriptionId: row.subscription_id,
  language: row.language,
  filter: row.filter as CalendarFilter,
  createdAt: row.created_at.toISOString(),
  lastReadAt: row.last_read_at?.toISOString() ?? null,
})

const own = (db: Database, { portal, viewer }: Onlooker) => db.selectFrom('calendar_subscriptions').selectAll()
  .where('portal_id', '=', portal.id).where('user_id', '=', viewer.userId).where('revoked_at', 'is', null)

export const listSubscriptions = async (db: Database, onlooker: Onlooker): Promise<CalendarSubscription[]> =>
  (await own(db, onlooker).orderBy('created_at').execute()).map(toSubscription)

/** The secret leaves the server once, in the address; stored is its hash. */
export async function subscribe(db: Database, onlooker: Onlooker, { language, filter }: { language: string, filter: CalendarFilter }, now: Date): Promise<{ subscription: CalendarSubscription, token: string }> {
  if ((await own(db, onlooker).execute()).length >= most)
    throw new AppError('calendar.too_many', { details: { most } })
  const token = randomBytes(32).toString('base64url')
  const row = await db.insertInto('calendar_subscriptions').values({
    portal_id: onlooker.portal.id, user_id: onlooker.viewer.userId, token_hash: hashOf(token), language, filter: JSON.stringify(filter), created_at: now,
  }).returningAll().executeTakeFirstOrThrow()
  return { subscription: toSubscription(row), token }
}

export async function revoke(db: Database, { portal, viewer }: Onlooker, subscriptionId: string, now: Date): Promise<void> {
  const { numUpdatedRows } = await db.updateTable('calendar_subscriptions').set({ revoked_at: now })
    .where('portal_id', '=', portal.id).where('user_id', '=', viewer.userId).where('subscription_id', '=', subscriptionId).where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n)
    throw new AppError('calendar.not_found')
}

export interface OpenCalendar { readonly portalId: number, readonly userId: number, readonly language: string, readonly filter: CalendarFilter }

/** Whose calendar an address is; null once it was closed, or its owner has left. */
export async function openCalendar(db: Database, token: string, now: Date): Promise<OpenCalendar | null> {
  const row = await db.selectFrom('calendar_subscriptions as s')
    .leftJoin('crm_users as u', join => join.onRef('u.portal_id', '=', 's.portal_id').onRef('u.user_id', '=', 's.user_id'))
    .select(['s.portal_id', 's.subscription_id', 's.user_id', 's.language', 's.filter', 'u.is_active'])
    .where('s.token_hash', '=', hashOf(token)).where('s.revoked_at', 'is', null).executeTakeFirst()
  if (!row || row.is_active === false)
    return null
  await db.updateTable('calendar_subscriptions').set({ last_read_at: now }).where('portal_id', '=', row.portal_id).where('subscription_id', '=', row.subscription_id).execute()
  return { portalId: row.portal_id, userId: row.user_id, language: row.language, filter: row.filter as CalendarFilter }
}

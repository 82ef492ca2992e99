import { noticeKind, type NoticeKindId } from '@comptoir/shared/notices/kinds'
import type { Database } from '../../platform/storage/database.ts'

export interface Claim {
  readonly kind: NoticeKindId
  readonly vendorId: string | null
  readonly alertKey: string | null
}

/** Why a notice has stopped mattering since it was written; null while it holds. */
export async function isStillTrue(db: Database, portalId: number, { kind, vendorId, alertKey }: Claim, now: Date): Promise<string | null> {
  if (alertKey !== null) {
    const alert = await db.selectFrom('alerts').select(['state', 'snoozed_until'])
      .where('portal_id', '=', portalId).where('key', '=', alertKey).executeTakeFirst()
    if (!alert || alert.state === 'resolved')
      return 'resolved'
    if (alert.state === 'acknowledged')
      return 'acknowledged'
    if (alert.snoozed_until && alert.snoozed_until > now)
      return 'snoozed'
  }
  if (vendorId === null)
    return null
  const vendor = await db.selectFrom('vendors').select('status')
    .where('portal_id', '=', portalId).where('vendor_id', '=', vendorId).executeTakeFirst()
  if (!vendor)
    return 'vendor_gone'
  return vendor.status === 'terminated' && endsWithRelationship(kind) ? 'terminated' : null
}

/** What is owed stays owed; papers and scores of a former vendor matter to nobody. */
const endsWithRelationship = (kind: NoticeKindId): boolean => ['documents', 'scores'].includes(noticeKind(kind).group)

/** Somebody has seen to it: people are left alone, but what the automation does with it is another matter. */
export const isInHand = (reason: string): boolean => reason === 'acknowledged' || reason === 'snoozed'

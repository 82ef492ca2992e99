import { AppError } from '@comptoir/shared/errors'
import type { VendorScorecard } from '@comptoir/shared/scorecards/scorecard-card.schema'
import { requireVendor } from '../../platform/access/vendor-gate.postgres.ts'
import { raiseAlert, resolveAlert } from '../../platform/notices/outbox.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { Asker } from './vendor-scorecard.postgres.ts'

export async function readOpenFraudAlert(db: Database, portalId: number, vendorId: string): Promise<VendorScorecard['fraudAlert']> {
  const row = await db.selectFrom('vendor_fraud_alerts as f')
    .leftJoin('crm_users as u', join => join.onRef('u.portal_id', '=', 'f.portal_id').onRef('u.user_id', '=', 'f.opened_by'))
    .select(['f.reason', 'f.opened_at', 'u.name'])
    .where('f.portal_id', '=', portalId).where('f.vendor_id', '=', vendorId).where('f.closed_at', 'is', null).executeTakeFirst()
  return row ? { reason: row.reason, openedAt: row.opened_at.toISOString(), openedBy: row.name } : null
}

interface Suspicion { readonly vendorId: string, readonly reason: string }

const alertKey = (vendorId: string): string => `fraud:${vendorId}`

/** @throws AppError scorecard.fraud_open */
export async function openFraudAlert(db: Database, asker: Asker, { vendorId, reason }: Suspicion, now: Date): Promise<Record<string, never>> {
  await requireVendor(db, asker, vendorId, { group: 'scores', role: 'editor' })
  await db.transaction().execute(async (tx) => {
    const row = await tx.insertInto('vendor_fraud_alerts')
      .values({ portal_id: asker.portal.id, vendor_id: vendorId, reason: reason.trim(), opened_at: now, opened_by: asker.viewer.userId })
      .onConflict(conflict => conflict.columns(['portal_id', 'vendor_id']).where('closed_at', 'is', null).doNothing())
      .returning('fraud_alert_id').executeTakeFirst()
    if (!row)
      throw new AppError('scorecard.fraud_open', { details: { vendorId } })
    await raiseAlert(tx, {
      portalId: asker.portal.id, key: alertKey(vendorId), kind: 'fraud_suspected', vendorId,
      params: { reason: reason.trim() }, link: { to: 'vendor', vendorId, section: 'scorecard' }, at: now,
    })
  })
  return {}
}

/** @throws AppError scorecard.fraud_gone */
export async function closeFraudAlert(db: Database, asker: Asker, { vendorId, reason }: Suspicion, now: Date): Promise<Record<string, never>> {
  await requireVendor(db, asker, vendorId, { group: 'scores', role: 'approver' })
  await db.transaction().execute(async (tx) => {
    const row = await tx.updateTable('vendor_fraud_alerts')
      .set({ closed_at: now, closed_by: asker.viewer.userId, closing_reason: reason.trim() })
      .where('portal_id', '=', asker.portal.id).where('vendor_id', '=', vendorId).where('closed_at', 'is', null)
      .returning('fraud_alert_id').executeTakeFirst()
    if (!row)
      throw new AppError('scorecard.fraud_gone', { details: { vendorId } })
    await resolveAlert(tx, asker.portal.id, alertKey(vendorId), reason.trim(), now)
  })
  return {}
}

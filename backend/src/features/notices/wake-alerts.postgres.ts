import type { NoticeKindId } from '@comptoir/shared/notices/kinds'
import type { NoticeLink } from '@comptoir/shared/notices/notice-link'
import type { NoticeParams } from '@comptoir/shared/notices/notice-text'
import { notify, writeAlertEvent } from '../../platform/notices/outbox.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { knownKind } from './settings.postgres.ts'

/** Alerts whose rest is over speak up once more, to whoever is responsible now. */
export async function wakeAlerts(db: Database, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const due = await tx.selectFrom('alerts').selectAll().where('snoozed_until', '<=', now).forUpdate().skipLocked().limit(200).execute()
    for (const alert of due) {
      await tx.updateTable('alerts').set({ snoozed_until: null, version: alert.version + 1 })
        .where('portal_id', '=', alert.portal_id).where('alert_id', '=', alert.alert_id).execute()
      const kind: NoticeKindId | null = knownKind(alert.kind)
      if (alert.state !== 'open' || !kind)
        continue
      await writeAlertEvent(tx, { portalId: alert.portal_id, alertId: alert.alert_id, event: 'woken', at: now })
      await notify(tx, {
        portalId: alert.portal_id,
        key: `woken:${alert.key}:${alert.snoozed_until?.toISOString()}`,
        kind,
        vendorId: alert.vendor_id,
        recipients: alert.audience ?? 'owners',
        ownerUserId: alert.owner_user_id,
        params: alert.params as NoticeParams,
        link: alert.link as NoticeLink | null,
        at: now,
        alertKey: alert.key,
      })
    }
  })
}

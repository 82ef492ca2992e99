import { AppError } from '@comptoir/shared/errors'
import { dayAt } from '@comptoir/shared/insights/calendar'
import { momentOf } from '@comptoir/shared/notices/quiet-hours'
import type { AlertRow, alertActions } from '@comptoir/shared/notices/notice.contract'
import { sql } from 'kysely'
import type { Caller } from '../../platform/http/caller.ts'
import { writeAlertEvent } from '../../platform/notices/outbox.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { AlertEventName } from '../../platform/storage/tables/notices.ts'
import { readAlerts } from './alerts.postgres.ts'
import { visibleAlerts } from './visible-alerts.postgres.ts'

export interface AlertAct {
  readonly alertIds: readonly string[]
  readonly action: (typeof alertActions)[number]
  readonly until?: string
}

const morning = 8 * 60

/** Who sees an alert may see to it: it is the same for everybody, so that two people do not do the same work. */
export async function actOnAlerts(db: Database, caller: Pick<Caller, 'portal' | 'viewer'>, act: AlertAct, now: Date): Promise<AlertRow[]> {
  const today = dayAt(now, caller.portal.timeZone)
  if (act.action === 'snooze' && (!act.until || act.until <= today))
    throw new AppError('alert.snooze_past', { details: { until: act.until ?? null } })
  await db.transaction().execute(async (tx) => {
    const rows = await visibleAlerts(tx, caller).select(['alerts.alert_id', 'alerts.due_on', 'alerts.state', 'alerts.snoozed_until'])
      .where('alerts.alert_id', 'in', [...act.alertIds]).forUpdate('alerts').execute()
    if (rows.length < new Set(act.alertIds).size)
      throw new AppError('alert.not_found')
    for (const row of rows) {
      if (row.state !== 'resolved')
        await carryOut(tx, caller, { alertId: row.alert_id, dueOn: row.due_on, today, act, now })
    }
  })
  return readAlerts(db, caller, act.alertIds, now)
}

interface Step {
  readonly alertId: string
  readonly dueOn: string | null
  readonly today: string
  readonly act: AlertAct
  readonly now: Date
}

async function carryOut(tx: Tx, { portal, viewer }: Pick<Caller, 'portal' | 'viewer'>, { alertId, dueOn, today, act, now }: Step): Promise<void> {
  // A date does not pass while its alert rests: on its morning, at the latest, the alert speaks up.
  const until = act.until && dueOn !== null && dueOn > today && act.until > dueOn ? dueOn : act.until
  const change = {
    acknowledge: { state: 'acknowledged' as const, snoozed_until: null },
    snooze: { state: 'open' as const, snoozed_until: until ? momentOf(until, morning, portal.timeZone) : null },
    reopen: { state: 'open' as const, snoozed_until: null },
  }[act.action]
  const event: AlertEventName = act.action === 'acknowledge' ? 'acknowledged' : act.action === 'snooze' ? 'snoozed' : 'reopened'
  await tx.updateTable('alerts').set({ ...change, version: sql<number>`version + 1` })
    .where('portal_id', '=', portal.id).where('alert_id', '=', alertId).execute()
  await writeAlertEvent(tx, { portalId: portal.id, alertId, event, byUserId: viewer.userId, at: now, details: until ? { until } : {} })
}

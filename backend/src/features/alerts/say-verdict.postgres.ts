import type { CheckState } from '@comptoir/shared/alerts/watch'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { raiseAlert, resolveAlert } from '../../platform/notices/outbox.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { Finding } from './check-watches.postgres.ts'
import { kindOf, paramsOf } from './watch-params.ts'
import { alertKeyOf } from './watches.postgres.ts'

interface Saying {
  readonly portal: PortalRecord
  readonly finding: Finding
  /** Out of its band, but no more than so many watches must expect. */
  readonly isChance: boolean
  readonly now: Date
}

/** Writes down what a watch says of a month, and rings once for it. A month that a correction makes quiet again is resolved. */
export async function sayVerdict(db: Database, { portal, finding: { watch, verdict, isCooling, months }, isChance, now }: Saying): Promise<void> {
  const state = stateOf({ isRinging: verdict.isRinging, isChance, isCooling })
  const key = alertKeyOf(watch.watchId)
  await db.transaction().execute(async (tx) => {
    // Whoever has changed it or taken it over meanwhile asks another question, or in other rights.
    const asked = await tx.selectFrom('watches').select('watch_id')
      .where('portal_id', '=', portal.id).where('watch_id', '=', watch.watchId).where('version', '=', watch.version).forShare().executeTakeFirst()
    if (!asked)
      return
    const before = await tx.selectFrom('watch_checks').select(['state', 'judgement'])
      .where('portal_id', '=', portal.id).where('watch_id', '=', watch.watchId).where('month', '=', verdict.month).forUpdate().executeTakeFirst()
    const facts = {
      state, value: verdict.value, previous: verdict.previous, low: verdict.band?.low ?? null, high: verdict.band?.high ?? null, checked_at: now,
    }
    // What a person has judged stays as it was when they judged it.
    if (!before?.judgement)
      await tx.insertInto('watch_checks').values({ portal_id: portal.id, watch_id: watch.watchId, month: verdict.month, ...facts })
        .onConflict(conflict => conflict.columns(['portal_id', 'watch_id', 'month']).doUpdateSet(facts)).execute()
    if (state !== 'rang') {
      if (state === 'quiet')
        await resolveAlert(tx, portal.id, key, 'quiet', now)
      return
    }
    if (before?.state === 'rang')
      return
    // Another month is news, although the alert of the last one is still open; but whoever snoozed it has asked for silence.
    if (!await isSnoozed(tx, portal.id, key, now))
      await resolveAlert(tx, portal.id, key, 'superseded', now)
    await raiseAlert(tx, {
      portalId: portal.id, key, kind: kindOf[watch.rule.kind], audience: [watch.ownerUserId], ownerUserId: watch.ownerUserId, subjectId: watch.watchId,
      params: paramsOf(watch.metric, watch.rule, verdict, months), link: { to: 'page', path: `/watches?watch=${watch.watchId}` },
      recipients: [watch.ownerUserId], at: now,
    })
  })
}

async function isSnoozed(tx: Tx, portalId: number, key: string, now: Date): Promise<boolean> {
  const row = await tx.selectFrom('alerts').select('alert_id').where('portal_id', '=', portalId).where('key', '=', key).where('snoozed_until', '>', now).executeTakeFirst()
  return row !== undefined
}

function stateOf({ isRinging, isChance, isCooling }: { isRinging: boolean | null, isChance: boolean, isCooling: boolean }): CheckState | 'chance' {
  if (isRinging === null)
    return 'unknown'
  if (!isRinging)
    return 'quiet'
  return isChance ? 'chance' : isCooling ? 'cooling' : 'rang'
}

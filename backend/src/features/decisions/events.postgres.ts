import { sql } from 'kysely'
import { isAboutDeal, type DecisionTriggerKind } from '@comptoir/shared/decisions/decision-rule'
import { createdEvent } from './what-happened.ts'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { DecisionPorts } from './ports.ts'
import { toRule, type StoredRule } from './rules.postgres.ts'
import type { Happened } from './what-happened.ts'

/** Longer than any analysis takes: what is still taken then belonged to a process that ended. */
const leaseSeconds = 120
const mostTries = 6

/** The next things that happened, oldest first, under a lease. One that could not be looked at for so long is let go. */
export async function takeEvents(db: Database, atMost: number, now: Date): Promise<Happened[]> {
  await db.deleteFrom('decision_events').where('tries', '>=', mostTries).where('taken_until', '<', now).execute()
  const { rows } = await sql<{ portal_id: number, event_id: number, kind: DecisionTriggerKind, deal_id: number | null, rule_id: string | null, facts: unknown, happened_at: Date }>`
    update decision_events e set taken_until = ${now}::timestamptz + ${leaseSeconds} * interval '1 second', tries = e.tries + 1
    from (select portal_id, event_id from decision_events where taken_until is null or taken_until < ${now} order by event_id limit ${atMost} for update skip locked) d
    where e.portal_id = d.portal_id and e.event_id = d.event_id
    returning e.portal_id, e.event_id, e.kind, e.deal_id, e.rule_id, e.facts, e.happened_at`.execute(db)
  return rows.map(createdEvent).toSorted((a, b) => a.eventId - b.eventId)
}

export async function forgetEvent(db: Database, { portalId, eventId }: Happened): Promise<void> {
  await db.deleteFrom('decision_events').where('portal_id', '=', portalId).where('event_id', '=', eventId).execute()
}

/** Leases of a process that ended are void when no other shares the database. */
export async function releaseEvents(db: Database): Promise<void> {
  await db.updateTable('decision_events').set({ taken_until: null }).where('taken_until', 'is not', null).execute()
}

/** Rules that this may concern: those of its kind, or the one whose hour it is. */
export async function rulesFor(db: Database, { portalId, kind, ruleId }: Happened): Promise<StoredRule[]> {
  const rows = await db.selectFrom('decision_rules').selectAll().where('portal_id', '=', portalId).where('is_on', '=', true)
    .where(sql<string>`trigger->>'kind'`, '=', kind).$if(ruleId !== null, query => query.where('rule_id', '=', ruleId!)).orderBy('rule_id').execute()
  return rows.map(toRule)
}

/** Writes an event for every rule whose hour has come; however many hours were missed, it is one. */
export async function noteDueRules(db: Database, portals: (portalId: number) => Promise<PortalRecord | null>, { nextRun }: Pick<DecisionPorts, 'nextRun'>, now: Date): Promise<void> {
  const due = await db.selectFrom('decision_rules').selectAll().where('is_on', '=', true).where('next_run_at', '<=', now).execute()
  for (const row of due) {
    const portal = await portals(row.portal_id)
    const { trigger } = toRule(row)
    if (!portal || portal.status !== 'installed' || isAboutDeal(trigger) || trigger.kind !== 'schedule' || !row.next_run_at)
      continue
    const dueAt = row.next_run_at
    await db.transaction().execute(async (tx) => {
      const { numUpdatedRows } = await tx.updateTable('decision_rules').set({ next_run_at: nextRun(trigger.recurrence, now, portal.timeZone) })
        .where('portal_id', '=', row.portal_id).where('rule_id', '=', row.rule_id).where('next_run_at', '=', dueAt).executeTakeFirst()
      if (numUpdatedRows > 0n)
        await tx.insertInto('decision_events').values({ portal_id: row.portal_id, kind: 'schedule', rule_id: row.rule_id, key: `schedule/${row.rule_id}/${dueAt.toISOString()}`, happened_at: now, deal_id: null, facts: '{}', taken_until: null })
          .onConflict(conflict => conflict.doNothing()).execute()
    })
  }
}

export async function noteLook(db: Database, portalId: number, ruleId: string, { message, isMet, at }: { message: string | null, isMet: boolean | null, at: Date }): Promise<void> {
  await db.updateTable('decision_rules').set({ checked_at: at, checked_message: message, is_met: isMet }).where('portal_id', '=', portalId).where('rule_id', '=', ruleId).execute()
}

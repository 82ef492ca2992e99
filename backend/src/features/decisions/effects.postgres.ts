import { sql } from 'kysely'
import type { DecisionEffect } from '@comptoir/shared/decisions/decision-rule'
import type { ErrorCode } from '@comptoir/shared/errors'
import type { Database, Tx } from '../../platform/storage/database.ts'

export interface ClaimedEffect {
  readonly portalId: number
  readonly decisionId: string
  readonly position: number
  readonly effect: DecisionEffect
  readonly before: string | null
  readonly tries: number
  readonly startedAt: Date
  readonly ruleName: string
  readonly message: string
  readonly dealId: number | null
  readonly actsAs: number
}

const leaseSeconds = 120

/** What is due, under a lease; the steps of a decision come one after the other. */
export async function claimEffects(db: Database, atMost: number, now: Date): Promise<ClaimedEffect[]> {
  const { rows } = await sql<{ portal_id: number, decision_id: string, position: number, params: DecisionEffect, before: string | null, tries: number, started_at: Date, rule_name: string, message: string, deal_id: number | null, acts_as: number }>`
    update decision_effects e set state = 'running', tries = e.tries + 1, started_at = coalesce(e.started_at, ${now}::timestamptz),
      next_try_at = ${now}::timestamptz + ${leaseSeconds} * interval '1 second'
    from (
      select portal_id, decision_id, position from decision_effects w
      where state in ('waiting', 'running') and next_try_at <= ${now}
        and not exists (select from decision_effects o where o.portal_id = w.portal_id and o.decision_id = w.decision_id and o.position < w.position and o.state in ('waiting', 'running'))
      order by next_try_at limit ${atMost} for update skip locked
    ) c join decisions d on d.portal_id = c.portal_id and d.decision_id = c.decision_id
    where e.portal_id = c.portal_id and e.decision_id = c.decision_id and e.position = c.position
    returning e.portal_id, e.decision_id, e.position, e.params, e.before, e.tries, e.started_at, d.rule_name, d.message, d.deal_id, d.acts_as`.execute(db)
  return rows.map(row => ({
    portalId: row.portal_id, decisionId: row.decision_id, position: row.position, effect: row.params, before: row.before, tries: row.tries,
    startedAt: row.started_at, ruleName: row.rule_name, message: row.message, dealId: row.deal_id, actsAs: row.acts_as,
  }))
}

export interface Ending {
  readonly state: 'done' | 'failed'
  readonly hostId?: string | null
  readonly before?: string | null
  readonly errorCode?: ErrorCode | null
}

type Named = Pick<ClaimedEffect, 'portalId' | 'decisionId' | 'position'>

const own = (db: Database | Tx, { portalId, decisionId, position }: Named) => db.updateTable('decision_effects')
  .where('portal_id', '=', portalId).where('decision_id', '=', decisionId).where('position', '=', position)

/** Ends a step once, and with the last step its decision. */
export async function endEffect(tx: Tx, one: Named, { state, hostId = null, before, errorCode = null }: Ending, now: Date): Promise<void> {
  await own(tx, one).where('state', '=', 'running').set({ state, host_id: hostId, error_code: errorCode, ended_at: now, ...before !== undefined && { before } }).execute()
  await sql`
    update decisions d set state = case when exists (select from decision_effects e where e.portal_id = d.portal_id and e.decision_id = d.decision_id and e.state = 'failed') then 'failed' else 'done' end
    where d.portal_id = ${one.portalId} and d.decision_id = ${one.decisionId} and d.state = 'working'
      and not exists (select from decision_effects e where e.portal_id = d.portal_id and e.decision_id = d.decision_id and e.state in ('waiting', 'running'))`.execute(tx)
}

/** Written before the host is asked: what an undo will put back survives whatever happens then. */
export async function rememberBefore(db: Database, one: Named, before: string): Promise<void> {
  await own(db, one).where('before', 'is', null).set({ before }).execute()
}

export async function postponeEffect(db: Database, one: Named, until: Date, errorCode: ErrorCode): Promise<void> {
  await own(db, one).where('state', '=', 'running').set({ state: 'waiting', next_try_at: until, error_code: errorCode }).execute()
}

export async function releaseEffects(db: Database, now: Date): Promise<void> {
  await db.updateTable('decision_effects').set({ next_try_at: now }).where('state', '=', 'running').execute()
}

const keptDays = 14

/** A proposal that nobody has judged for so long speaks of another day's figures. */
export async function lapseProposals(db: Database, now: Date): Promise<void> {
  await db.updateTable('decisions').set({ state: 'lapsed', judged_at: now }).where('state', '=', 'waiting').where('decided_at', '<', new Date(now.getTime() - keptDays * 86_400_000)).execute()
}

import { sql } from 'kysely'
import { gateOf } from '@comptoir/shared/decisions/guard-rails'
import { dayAt } from '@comptoir/shared/insights/calendar'
import { notify } from '../../platform/notices/outbox.postgres.ts'
import { administrators } from '../../platform/portals/administrators.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { HeldReason } from '../../platform/storage/tables/decisions.ts'
import type { Finding } from './look-at.ts'
import { tellTrouble } from './rule-trouble.postgres.ts'
import { troubleOf } from './rule-trouble.ts'
import type { StoredRule } from './rules.postgres.ts'
import type { Happened } from './what-happened.ts'

/**
 * Makes the decision and writes down what it does, in one transaction: the same event can't lead to two, and two events
 * at once see each other's through the lock on their rule.
 */
export const decide = (db: Database, finding: Finding, now: Date): Promise<void> => db.transaction().execute(async (tx) => {
  const { portal, rule, happened } = finding
  const stands = await tx.selectFrom('decision_rules').select('is_on').where('portal_id', '=', portal.id).where('rule_id', '=', rule.ruleId).forUpdate().executeTakeFirst()
  const key = `event/${happened.eventId}`
  const known = await tx.selectFrom('decisions').select('decision_id').where('portal_id', '=', portal.id).where('rule_id', '=', rule.ruleId).where('key', '=', key).executeTakeFirst()
  if (!stands?.is_on || known)
    return
  const gate = await gateNow(tx, finding, now)
  if (gate !== 'open')
    return writeHeld(tx, finding, gate, now)
  const { needsApproval } = rule.guards
  const { decision_id: decisionId } = await tx.insertInto('decisions')
    .values({ ...rowOf(finding, now), key, state: needsApproval ? 'waiting' : 'working', approvers: needsApproval ? [...rule.guards.approvers] : [] })
    .returning('decision_id').executeTakeFirstOrThrow()
  await tx.insertInto('decision_effects').values(rule.effects.map((effect, position) => ({
    portal_id: portal.id, decision_id: decisionId, position, kind: effect.kind, params: JSON.stringify(effect),
    state: needsApproval ? 'proposed' as const : 'waiting' as const, next_try_at: now,
  }))).execute()
  if (needsApproval)
    await askApprovers(tx, finding, decisionId, await approversOf(db, finding))
})

export const hold = (db: Database, finding: Finding, reason: HeldReason, now: Date): Promise<void> =>
  db.transaction().execute(tx => writeHeld(tx, finding, reason, now))

const rowOf = ({ portal, rule, happened, deal, judged }: Finding, now: Date) => ({
  portal_id: portal.id, rule_id: rule.ruleId, rule_name: rule.name, deal_id: deal?.dealId ?? happened.dealId, acts_as: rule.actsAs,
  event: JSON.stringify({ kind: happened.kind, ...happened.facts }), numbers: JSON.stringify(judged.numbers), message: judged.message,
  decided_on: dayAt(now, portal.timeZone), decided_at: now,
})

/** One row per day, reason and record: a rule that is held back a thousand times must not bury the log. */
async function writeHeld(tx: Tx, finding: Finding, reason: HeldReason, now: Date): Promise<void> {
  const row = rowOf(finding, now)
  await tx.insertInto('decisions').values({ ...row, key: `held/${reason}/${row.decided_on}/${row.deal_id ?? ''}`, state: 'held', held_reason: reason })
    .onConflict(conflict => conflict.columns(['portal_id', 'rule_id', 'key']).doUpdateSet({
      times: sql<number>`decisions.times + 1`, message: row.message, numbers: row.numbers, event: row.event, decided_at: now,
    })).execute()
  const trouble = troubleOf(reason, row.message)
  if (trouble)
    await tellTrouble(tx, trouble, { portal: finding.portal, ruleName: row.rule_name, key: `${row.rule_id}/${trouble}/${row.decided_on}` })
}

async function gateNow(tx: Tx, { portal, rule, happened }: Finding, now: Date) {
  const hours = Math.max(rule.guards.quietHours, 48)
  const past = await tx.selectFrom('decisions').select(['decided_at', 'deal_id']).where('portal_id', '=', portal.id).where('rule_id', '=', rule.ruleId)
    .where('state', '<>', 'held').where('decided_at', '>', new Date(now.getTime() - hours * 3_600_000)).execute()
  return gateOf(rule.guards, past.map(row => ({ at: row.decided_at, subject: row.deal_id })), { at: now, subject: happened.dealId }, at => dayAt(at, portal.timeZone))
}

const approversOf = async (db: Database, { portal, rule }: Finding): Promise<readonly number[]> =>
  rule.guards.approvers.length > 0 ? rule.guards.approvers : administrators(db, portal)

const askApprovers = (tx: Tx, { portal, rule, deal, judged }: Finding, decisionId: string, recipients: readonly number[]): Promise<void> => notify(tx, {
  portalId: portal.id, key: `decision/${decisionId}`, kind: 'decision_waits', recipients,
  params: { subject: rule.name, record: deal ? deal.title : '', text: judged.message }, link: { to: 'page', path: `/decisions?decision=${decisionId}` },
})

/** Whether the deal stands where this rule has just put it, or where its undoing has put it back. */
export async function isOwnEcho(db: Database, { ruleId }: StoredRule, { portalId, kind, dealId, facts, at }: Happened): Promise<boolean> {
  if (kind !== 'deal_stage' || dealId === null)
    return false
  const row = await db.selectFrom('decision_effects as e').innerJoin('decisions as d', join => join.onRef('d.portal_id', '=', 'e.portal_id').onRef('d.decision_id', '=', 'e.decision_id'))
    .select('e.position').where('e.portal_id', '=', portalId).where('d.rule_id', '=', ruleId).where('d.deal_id', '=', dealId).where('e.kind', '=', 'deal_stage')
    .where('e.started_at', '>', new Date(at.getTime() - 24 * 3_600_000))
    .where(eb => eb.or([
      eb(sql<string>`e.params->>'stageId'`, '=', String(facts.after)).and('e.before', '=', String(facts.before)),
      eb(sql<string>`e.params->>'stageId'`, '=', String(facts.before)).and('e.before', '=', String(facts.after)).and('e.state', '=', 'undone'),
    ])).limit(1).executeTakeFirst()
  return row !== undefined
}

import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import type { DecisionRule, RuleTrouble } from '@comptoir/shared/decisions/decision.contract'
import { unfitOf, type DecisionCondition, type DecisionEffect, type DecisionGuards, type DecisionRuleInput, type DecisionTrigger } from '@comptoir/shared/decisions/decision-rule'
import type { Caller, PortalRecord } from '../../platform/http/caller.ts'
import { viewerOf } from '../../platform/portals/viewer-of.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { DecisionPorts } from './ports.ts'

const mostRules = 100

export interface StoredRule extends DecisionRuleInput {
  readonly ruleId: string
  readonly version: number
}

type Row = { rule_id: string, name: string, trigger: unknown, condition: unknown, effects: unknown, guards: unknown, acts_as: number, version: number }

export const toRule = (row: Row): StoredRule => ({
  ruleId: row.rule_id, name: row.name, trigger: row.trigger as DecisionTrigger, condition: row.condition as DecisionCondition,
  effects: row.effects as DecisionEffect[], guards: row.guards as DecisionGuards, actsAs: row.acts_as, version: row.version,
})

const person = sql`crm_users u where u.portal_id = r.portal_id and u.user_id = r.acts_as`

export async function listRules(db: Database, portalId: number, now: Date): Promise<DecisionRule[]> {
  const rows = await db.selectFrom('decision_rules as r').selectAll('r')
    .select([
      sql<string | null>`(select trim(u.name || ' ' || u.last_name) from ${person})`.as('acts_as_name'),
      sql<boolean>`exists (select from ${person} and u.is_active and u.is_employee)`.as('has_person'),
      // Anything older than the rule as it stands speaks of another rule.
      sql<string | null>`(
        select case d.state when 'failed' then 'failed' when 'held' then d.held_reason end from decisions d
        where d.portal_id = r.portal_id and d.rule_id = r.rule_id and d.decided_at > r.updated_at and (d.state <> 'held' or d.held_reason = 'loop')
        order by d.decided_at desc limit 1)`.as('newest'),
      sql<number>`(select count(*)::int from decisions d where d.portal_id = r.portal_id and d.rule_id = r.rule_id and d.state <> 'held' and d.decided_at > ${now}::timestamptz - interval '30 days')`.as('decided'),
    ]).where('r.portal_id', '=', portalId).orderBy(sql`lower(r.name)`).orderBy('r.rule_id').execute()
  return rows.map(row => ({
    ...toRule(row), isOn: row.is_on, actsAsName: row.acts_as_name, decided: row.decided,
    nextRunAt: row.is_on ? row.next_run_at?.toISOString() ?? null : null, checkedAt: row.checked_at?.toISOString() ?? null, checkedMessage: row.checked_message, isMet: row.is_met, trouble: row.is_on ? troubleIn(row) : null,
  }))
}

function troubleIn(row: { has_person: boolean, newest: string | null, checked_at: Date | null, checked_message: string | null }): RuleTrouble | null {
  if (!row.has_person)
    return 'no_person'
  if (row.newest === 'failed' || row.newest === 'loop')
    return row.newest
  return row.checked_at && row.checked_message === null ? 'no_answer' : null
}

export interface RuleChecks extends Pick<DecisionPorts, 'isFit' | 'nextRun'> { readonly db: Database, readonly now: () => Date }

/** @throws AppError decision.unfit, action.no_person, action.settings_invalid */
export async function insistOnRule({ db, isFit }: Pick<RuleChecks, 'db' | 'isFit'>, portal: PortalRecord, rule: DecisionRuleInput): Promise<void> {
  const unfit = unfitOf(rule)
  if (unfit)
    throw new AppError('decision.unfit', { details: { reason: unfit } })
  const stageIds = rule.effects.flatMap(effect => effect.kind === 'deal_stage' ? [effect.stageId] : [])
  if (stageIds.length > 0) {
    const known = await db.selectFrom('crm_stages').select('stage_id').where('portal_id', '=', portal.id).where('entity_type_id', '=', 2).where('stage_id', 'in', stageIds).execute()
    if (stageIds.some(stageId => !known.some(row => row.stage_id === stageId)))
      throw new AppError('decision.unfit', { details: { reason: 'stage_gone' } })
  }
  if (rule.condition.kind === 'analysis' && !isFit(rule.condition.settings, rule.condition.verdicts))
    throw new AppError('action.settings_invalid', { details: { operation: rule.condition.settings.operation ?? null } })
  if (!await viewerOf(db, portal, rule.actsAs))
    throw new AppError('action.no_person', { details: { userId: rule.actsAs } })
}

const columnsOf = (rule: DecisionRuleInput) => ({
  name: rule.name.trim(), trigger: JSON.stringify(rule.trigger), condition: JSON.stringify(rule.condition), effects: JSON.stringify(rule.effects),
  guards: JSON.stringify(rule.guards), acts_as: rule.actsAs,
})

const firstRun = ({ nextRun, now }: RuleChecks, { trigger }: DecisionRuleInput, timeZone: string): Date | null =>
  trigger.kind === 'schedule' ? nextRun(trigger.recurrence, now(), timeZone) : null

export async function createRule(deps: RuleChecks, { portal, viewer }: Pick<Caller, 'portal' | 'viewer'>, rule: DecisionRuleInput): Promise<void> {
  await insistOnRule(deps, portal, rule)
  const { count } = await deps.db.selectFrom('decision_rules').select(sql<number>`count(*)::int`.as('count')).where('portal_id', '=', portal.id).executeTakeFirstOrThrow()
  if (count >= mostRules)
    throw new AppError('decision.too_many', { details: { most: mostRules } })
  await deps.db.insertInto('decision_rules').values({ portal_id: portal.id, created_by: viewer.userId, ...columnsOf(rule), next_run_at: firstRun(deps, rule, portal.timeZone) }).execute()
}

/** A rule that rested begins anew: what came meanwhile is not made up for. */
export async function changeRule(deps: RuleChecks, portal: PortalRecord, ruleId: string, { isOn, version, ...rule }: DecisionRuleInput & { isOn: boolean, version: number }): Promise<void> {
  if (isOn)
    await insistOnRule(deps, portal, rule)
  const { numUpdatedRows } = await deps.db.updateTable('decision_rules')
    .set({ ...columnsOf(rule), is_on: isOn, version: version + 1, checked_at: null, checked_message: null, is_met: null, next_run_at: firstRun(deps, rule, portal.timeZone), updated_at: deps.now() })
    .where('portal_id', '=', portal.id).where('rule_id', '=', ruleId).where('version', '=', version).executeTakeFirst()
  if (numUpdatedRows > 0n)
    return
  const known = await deps.db.selectFrom('decision_rules').select('rule_id').where('portal_id', '=', portal.id).where('rule_id', '=', ruleId).executeTakeFirst()
  throw new AppError(known ? 'decision.changed_meanwhile' : 'decision.rule_not_found', { details: { ruleId } })
}

export async function removeRule(db: Database, portalId: number, ruleId: string): Promise<void> {
  const { numDeletedRows } = await db.deleteFrom('decision_rules').where('portal_id', '=', portalId).where('rule_id', '=', ruleId).executeTakeFirst()
  if (numDeletedRows === 0n)
    throw new AppError('decision.rule_not_found', { details: { ruleId } })
}

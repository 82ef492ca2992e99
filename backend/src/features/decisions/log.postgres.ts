import { sql } from 'kysely'
import type { LoggedDecision, LoggedEffect, LogFilters } from '@comptoir/shared/decisions/decision.contract'
import { canBeUndone, type DecisionEffect } from '@comptoir/shared/decisions/decision-rule'
import type { ReturnValue } from '@comptoir/shared/actions/action.contract'
import { AppError } from '@comptoir/shared/errors'
import { startOfDay, addDays } from '@comptoir/shared/insights/calendar'
import { dealOnlooker, isVisible } from '../../platform/access/deal-gate.postgres.ts'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { eventWords } from './log-words.ts'
import { readNames, type Names } from './names.postgres.ts'
import type { EventFacts } from './what-happened.ts'

export type Reader = Pick<Caller, 'portal' | 'viewer'>

const personName = (column: string) => sql<string | null>`(select trim(u.name || ' ' || u.last_name) from crm_users u where u.portal_id = d.portal_id and u.user_id = ${sql.ref(column)})`

/** All for administrators; for others what is or was put to them. */
const visibleLog = (db: Database, { portal, viewer }: Reader) => db.selectFrom('decisions as d').where('d.portal_id', '=', portal.id)
  .where(eb => viewer.isAdmin ? sql<boolean>`true` : eb(sql<boolean>`${viewer.userId} = any(d.approvers)`, '=', true))

export async function readLog(db: Database, reader: Reader, filters: LogFilters & { readonly before?: string }, limit: number): Promise<{ decisions: LoggedDecision[], next: string | null }> {
  const { portal } = reader
  const [at, id] = filters.before?.split('_') ?? []
  const rows = await logRows(db, reader)
    .$if(filters.state !== undefined, query => query.where('d.state', '=', filters.state!))
    .$if(filters.ruleId !== undefined, query => query.where('d.rule_id', '=', filters.ruleId!))
    .$if(filters.from !== undefined, query => query.where('d.decided_at', '>=', startOfDay(filters.from!, portal.timeZone)))
    .$if(filters.to !== undefined, query => query.where('d.decided_at', '<', startOfDay(addDays(filters.to!, 1), portal.timeZone)))
    .$if(isMoment(at) && isId(id), query => query.where(sql<boolean>`(d.decided_at, d.decision_id) < (${at}::timestamptz, ${id}::uuid)`))
    .orderBy('d.decided_at', 'desc').orderBy('d.decision_id', 'desc').limit(limit + 1).execute()
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return { decisions: await withEffects(db, reader, shown), next: last ? `${last.moment}_${last.decision_id}` : null }
}

/** Decisions that wait for this person's approval. */
export async function countToApprove(db: Database, reader: Reader): Promise<number> {
  const { count } = await visibleLog(db, reader).where('d.state', '=', 'waiting').select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow()
  return count
}

/** @throws AppError decision.not_found */
export async function readDecision(db: Database, reader: Reader, decisionId: string): Promise<LoggedDecision> {
  const rows = await logRows(db, reader).where('d.decision_id', '=', decisionId).execute()
  const [decision] = await withEffects(db, reader, rows)
  if (!decision)
    throw new AppError('decision.not_found', { details: { decisionId } })
  return decision
}

const logRows = (db: Database, reader: Reader) => visibleLog(db, reader)
  .leftJoin('crm_deals as c', join => join.onRef('c.portal_id', '=', 'd.portal_id').onRef('c.deal_id', '=', 'd.deal_id').on(isVisible(dealOnlooker(reader.portal, reader.viewer), sql`c.assigned_by_id`)))
  .selectAll('d').select(['c.title', personName('d.acts_as').as('acts_as_name'), personName('d.judged_by').as('judge'), sql<string>`d.decided_at::text`.as('moment')])

type Row = Awaited<ReturnType<ReturnType<typeof logRows>['execute']>>[number]

async function withEffects(db: Database, reader: Reader, rows: readonly Row[]): Promise<LoggedDecision[]> {
  if (rows.length === 0)
    return []
  const effects = await db.selectFrom('decision_effects').selectAll().where('portal_id', '=', reader.portal.id)
    .where('decision_id', 'in', rows.map(row => row.decision_id)).orderBy('position').execute()
  const names = await readNames(db, reader, { effects: effects.map(({ params }) => params as DecisionEffect), events: rows.map(row => row.event as EventFacts) })
  return rows.map((row) => {
    const own = effects.filter(one => one.decision_id === row.decision_id).map(one => toEffect(one, names))
    return { ...toDecision(row, names, reader), effects: own, canUndo: reader.viewer.isAdmin && (row.state === 'done' || row.state === 'failed') && own.some(({ canUndo }) => canUndo) }
  })
}

const toDecision = (row: Row, names: Names, { portal, viewer }: Reader): Omit<LoggedDecision, 'effects' | 'canUndo'> => ({
  decisionId: row.decision_id, ruleId: row.rule_id, ruleName: row.rule_name, state: row.state, heldReason: row.held_reason, times: row.times,
  dealId: row.deal_id, dealTitle: row.title, event: eventWords(row.event as EventFacts & { kind: 'source' }, names, portal),
  numbers: row.numbers as Record<string, ReturnValue>, message: row.message, actsAsName: row.acts_as_name, decidedAt: row.decided_at.toISOString(),
  judgedBy: row.judge, judgedAt: row.judged_at?.toISOString() ?? null, comment: row.comment,
  canJudge: row.state === 'waiting' && (viewer.isAdmin || row.approvers.includes(viewer.userId)),
  canRetry: viewer.isAdmin && row.state === 'failed',
})

interface EffectRow { readonly position: number, readonly params: unknown, readonly state: LoggedEffect['state'], readonly before: string | null, readonly error_code: string | null }

function toEffect({ position, params, state, before, error_code }: EffectRow, names: Names): LoggedEffect {
  const effect = params as DecisionEffect
  return {
    position, effect, state, errorCode: state === 'failed' ? error_code : null, subject: names.ofEffect(effect),
    before: before !== null && effect.kind === 'deal_stage' ? names.stage(before) : before,
    canUndo: state === 'done' && before !== null && canBeUndone(effect.kind),
  }
}

const isMoment = (text: string | undefined): text is string => text !== undefined && !Number.isNaN(Date.parse(text))
const isId = (text: string | undefined): text is string => text !== undefined && /^[0-9a-f-]{36}$/.test(text)

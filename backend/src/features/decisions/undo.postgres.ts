import { AppError } from '@comptoir/shared/errors'
import { canBeUndone, type DecisionEffect } from '@comptoir/shared/decisions/decision-rule'
import type { VendorStatus } from '@comptoir/shared/vendors/vendor-status'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { DealCalls, DecisionPorts } from './ports.ts'

export interface UndoDeps extends Pick<DecisionPorts, 'planStatus'> {
  readonly db: Database
  readonly calls: (portalId: number) => DealCalls
  readonly now: () => Date
}

interface Done { readonly position: number, readonly params: unknown, readonly before: string | null, readonly host_id: string | null }

/**
 * Puts back what can be put back, the last step first, in the rights of whoever undoes. Each step is undone once: what
 * was cut off is gone on with by the next try.
 * @throws AppError decision.moved_meanwhile when somebody has changed the record since
 */
export async function undoDecision(deps: UndoDeps, caller: Pick<Caller, 'portal' | 'viewer'>, decisionId: string): Promise<void> {
  const { db } = deps
  const { portal } = caller
  const decision = await db.selectFrom('decisions').select(['state', 'deal_id', 'rule_name']).where('portal_id', '=', portal.id).where('decision_id', '=', decisionId).executeTakeFirst()
  if (!decision)
    throw new AppError('decision.not_found', { details: { decisionId } })
  const steps = await db.selectFrom('decision_effects').select(['position', 'params', 'before', 'host_id']).where('portal_id', '=', portal.id).where('decision_id', '=', decisionId)
    .where('state', '=', 'done').where('before', 'is not', null).orderBy('position', 'desc').execute()
  const undoable = steps.filter(({ params }) => canBeUndone((params as DecisionEffect).kind))
  if ((decision.state !== 'done' && decision.state !== 'failed') || undoable.length === 0)
    throw new AppError('decision.over', { details: { state: decision.state } })
  for (const step of undoable)
    await undoStep(deps, caller, { decisionId, dealId: decision.deal_id, ruleName: decision.rule_name, step })
  await db.updateTable('decisions').set({ state: 'undone', judged_by: caller.viewer.userId, judged_at: deps.now() })
    .where('portal_id', '=', portal.id).where('decision_id', '=', decisionId).execute()
}

interface Undone { readonly decisionId: string, readonly dealId: number | null, readonly ruleName: string, readonly step: Done }

async function undoStep(deps: UndoDeps, caller: Pick<Caller, 'portal' | 'viewer'>, { decisionId, dealId, ruleName, step }: Undone): Promise<void> {
  const effect = step.params as DecisionEffect
  const { portal, viewer } = caller
  const mark = { state: 'undone' as const, ended_at: deps.now() }
  if (effect.kind === 'deal_stage' && dealId !== null && step.before !== null) {
    const calls = deps.calls(portal.id)
    const stage = await calls.stageOf(dealId)
    if (stage !== effect.stageId && stage !== step.before)
      throw new AppError('decision.moved_meanwhile', { details: { stage } })
    // Marked first: the portal tells of the move at once, and it must be known as ours.
    await stepOf(deps.db, portal.id, decisionId, step).set(mark).execute()
    if (stage !== step.before)
      await calls.moveDeal(dealId, step.before).catch(async (error: unknown) => {
        await stepOf(deps.db, portal.id, decisionId, step).set({ state: 'done' }).execute()
        throw error
      })
  }
  if (effect.kind === 'vendor_status') {
    const move = await deps.planStatus({ portal, viewer, document: null, now: deps.now() }, { vendorId: step.host_id, status: step.before as VendorStatus, reason: `${effect.reason} (${portal.language === 'fr' ? 'annulé' : 'undone'} : ${ruleName})` })
    if (move.from !== effect.status)
      throw new AppError('decision.moved_meanwhile', { details: { status: move.from } })
    await deps.db.transaction().execute(async (tx) => {
      await move.apply?.(tx, decisionId)
      await stepOf(tx, portal.id, decisionId, step).set(mark).execute()
    })
  }
}

const stepOf = (db: Pick<Database, 'updateTable'>, portalId: number, decisionId: string, { position }: Done) =>
  db.updateTable('decision_effects').where('portal_id', '=', portalId).where('decision_id', '=', decisionId).where('position', '=', position)

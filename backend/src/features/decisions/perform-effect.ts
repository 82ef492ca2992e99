import { AppError, type ErrorCode } from '@comptoir/shared/errors'
import type { DecisionEffect } from '@comptoir/shared/decisions/decision-rule'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { mayMove, type DealFacts } from './deal-facts.ts'
import type { ClaimedEffect, Ending } from './effects.postgres.ts'
import type { Asker, DealCalls, DecisionPorts } from './ports.ts'

export interface PerformDeps extends Pick<DecisionPorts, 'planStatus'> {
  readonly findPortal: (portalId: number) => Promise<PortalRecord | null>
  readonly viewerOf: (portal: PortalRecord, userId: number) => Promise<Viewer | null>
  readonly dealOf: (asker: Pick<Asker, 'portal' | 'viewer'>, dealId: number) => Promise<DealFacts | null>
  readonly calls: (portalId: number) => DealCalls
  readonly rememberBefore: (one: ClaimedEffect, before: string) => Promise<void>
  /** Ends the step; `write` joins its transaction. */
  readonly end: (one: ClaimedEffect, ending: Ending, write?: (tx: unknown) => Promise<void>) => Promise<void>
  readonly postpone: (one: ClaimedEffect, until: Date, errorCode: ErrorCode) => Promise<void>
  readonly tell: (tx: unknown, one: ClaimedEffect, userIds: readonly number[], dealTitle: string | null) => Promise<void>
  readonly now: () => Date
}

const mostTries = 8
const patienceMs = (tries: number): number => Math.min(10_000 * 2 ** (tries - 1), 1_800_000)

/** Does one step. The rights of the rule's person are asked again right before. */
export async function performEffect(deps: PerformDeps, one: ClaimedEffect): Promise<void> {
  try {
    const portal = await deps.findPortal(one.portalId)
    if (portal?.status !== 'installed')
      return await deps.postpone(one, new Date(deps.now().getTime() + patienceMs(mostTries)), 'crm.login_lost')
    const viewer = await deps.viewerOf(portal, one.actsAs)
    if (!viewer)
      throw new AppError('action.no_person', { details: { userId: one.actsAs } })
    const deal = one.dealId === null ? null : await deps.dealOf({ portal, viewer }, one.dealId)
    if (one.dealId !== null && !deal?.isVisible)
      throw new AppError('decision.no_right')
    await act(deps, one, { portal, viewer, now: deps.now(), document: one.dealId === null ? null : { entityTypeId: 2, entityId: one.dealId } }, deal)
  }
  catch (error) {
    const code = error instanceof AppError ? error.code : 'internal'
    const mayPass = !(error instanceof AppError) || error.isRetryable || error.code === 'crm.login_lost'
    if (mayPass && one.tries < mostTries)
      await deps.postpone(one, new Date(deps.now().getTime() + patienceMs(one.tries)), code)
    else
      await deps.end(one, { state: 'failed', errorCode: code })
  }
}

async function act(deps: PerformDeps, one: ClaimedEffect, asker: Asker, deal: DealFacts | null): Promise<void> {
  const { effect } = one
  switch (effect.kind) {
    case 'notify':
      return deps.end(one, { state: 'done' }, tx => deps.tell(tx, one, effect.userIds, deal?.title ?? null))
    case 'vendor_status': {
      const move = await deps.planStatus(asker, { vendorId: effect.vendorId, status: effect.status, reason: effect.reason })
      return deps.end(one, { state: 'done', hostId: move.vendorId, before: move.apply ? move.from : null }, async tx => move.apply?.(tx, one.decisionId))
    }
    case 'task':
      return deps.end(one, { state: 'done', hostId: await addTask(deps, one, effect, deal) })
    case 'deal_stage':
      return moveDeal(deps, one, effect.stageId, asker, deal)
    case 'crm_trigger':
      insistOnMove(asker, deal)
      await deps.calls(one.portalId).fireTrigger(deal.dealId)
      return deps.end(one, { state: 'done' })
    case 'workflow':
      return deps.end(one, { state: 'done', hostId: await startWorkflow(deps, one, effect.templateId, asker, deal) })
  }
}

function insistOnMove(asker: Asker, deal: DealFacts | null): asserts deal is DealFacts {
  if (!deal || !mayMove(asker, deal))
    throw new AppError('decision.no_right')
}

async function moveDeal(deps: PerformDeps, one: ClaimedEffect, stageId: string, asker: Asker, deal: DealFacts | null): Promise<void> {
  insistOnMove(asker, deal)
  // The portal puts a deal it is told an unknown stage for into its first one.
  if (!deal.stageIds.includes(stageId))
    throw new AppError('decision.unfit', { details: { reason: 'other_pipeline' } })
  const calls = deps.calls(one.portalId)
  const stage = await calls.stageOf(deal.dealId)
  if (stage === stageId)
    return deps.end(one, { state: 'done' })
  if (stage !== null)
    await deps.rememberBefore(one, stage)
  await calls.moveDeal(deal.dealId, stageId)
  await deps.end(one, { state: 'done' })
}

/** What an earlier try may have left is looked for before it is made again: by the last line, since titles are alike. */
async function addTask(deps: PerformDeps, one: ClaimedEffect, effect: Extract<DecisionEffect, { kind: 'task' }>, deal: DealFacts | null): Promise<string> {
  const userId = effect.userId ?? deal?.responsibleId ?? one.actsAs
  const mark = `(Comptoir ${one.decisionId.slice(0, 8)}-${one.position})`
  const task = {
    userId, mark, dealId: deal?.dealId ?? null, title: effect.title, text: `${one.ruleName}\n${one.message}\n\n${mark}`,
    deadline: new Date(deps.now().getTime() + effect.days * 86_400_000),
  }
  const calls = deps.calls(one.portalId)
  const earlier = one.tries > 1 ? await calls.findTask(task, one.startedAt) : null
  return earlier ?? calls.addTask(task)
}

/** The portal lets only administrators start a process, and so do we. */
async function startWorkflow(deps: PerformDeps, one: ClaimedEffect, templateId: number, asker: Asker, deal: DealFacts | null): Promise<string> {
  if (!deal || !asker.viewer.isAdmin)
    throw new AppError('decision.no_right')
  const calls = deps.calls(one.portalId)
  const earlier = one.tries > 1 ? await calls.findWorkflow(templateId, deal.dealId, one.startedAt) : null
  return earlier ?? calls.startWorkflow(templateId, deal.dealId)
}

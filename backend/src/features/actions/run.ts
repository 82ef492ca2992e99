import type { ActionDocument, ActionEffect, ReturnValue } from '@comptoir/shared/actions/action.contract'
import { actionOfCode, actions, type ActionId } from '@comptoir/shared/actions/definitions'
import { checkSettings, type RawSettings } from '@comptoir/shared/actions/settings'
import { AppError, type ErrorCode } from '@comptoir/shared/errors'
import { failureMessage } from './failure-messages.ts'
import { messageLanguage, type Operation, type OperationContext, type Plan } from './operation.ts'

export interface StoredRun {
  readonly runId: string
  readonly actionId: ActionId
  readonly settings: RawSettings
  readonly document: ActionDocument | null
  readonly isWaitedFor: boolean
  readonly outcome: Outcome | null
}

/** What a run has found; stored with its effects in one transaction, so it is found once. */
export interface Outcome {
  readonly isSuccess: boolean
  readonly returns: Readonly<Record<string, ReturnValue>>
  readonly message: string
  readonly effects: readonly ActionEffect[]
  readonly errorCode: ErrorCode | null
}

export type Operations = Readonly<Record<string, Operation>>

export interface RunDeps {
  readonly operations: Readonly<Record<ActionId, Operations>>
  /** Writes effects and outcome together. False when somebody else who had taken the run was first. */
  readonly settle: (portalId: number, runId: string, outcome: Outcome, apply: Plan['apply']) => Promise<boolean>
  /** Tells the waiting step. False when the host no longer waits for it. */
  readonly answer: (portalId: number, runId: string, outcome: Outcome) => Promise<boolean>
  readonly finish: (portalId: number, runId: string, state: 'answered' | 'unanswered' | 'failed', errorCode: ErrorCode | null) => Promise<void>
}

/**
 * Runs a stored step to its end: find the result once, then answer until the host has it.
 * A run that was taken again may start anywhere in between.
 */
export async function runAction(deps: RunDeps, context: OperationContext, run: StoredRun, { isLastTry }: { isLastTry: boolean }): Promise<void> {
  const { runId } = run
  const outcome = run.outcome ?? await findOutcome(deps, context, run, isLastTry)
  if (!outcome)
    return
  if (!run.isWaitedFor) {
    await deps.finish(context.portal.id, runId, 'answered', outcome.errorCode)
    return
  }
  try {
    const isHeard = await deps.answer(context.portal.id, runId, outcome)
    await deps.finish(context.portal.id, runId, isHeard ? 'answered' : 'unanswered', outcome.errorCode)
  }
  catch (error) {
    if (isLastTry)
      await deps.finish(context.portal.id, runId, 'failed', codeOf(error))
    throw error
  }
}

async function findOutcome(deps: RunDeps, context: OperationContext, run: StoredRun, isLastTry: boolean): Promise<Outcome | null> {
  try {
    const plan = await planRun(deps.operations, { ...context, document: run.document }, run.actionId, run.settings)
    const outcome: Outcome = { isSuccess: true, returns: plan.returns, message: plan.message, effects: plan.effects, errorCode: null }
    return await deps.settle(context.portal.id, run.runId, withMessage(outcome), plan.apply) ? withMessage(outcome) : null
  }
  catch (error) {
    // A passing failure is tried again later; on the last try the workflow still gets an answer.
    if (isPassing(error) && !isLastTry)
      throw error
    const outcome = failureOf(failureMessage(messageLanguage(context.portal.language), run.actionId, error), codeOf(error))
    return await deps.settle(context.portal.id, run.runId, outcome, undefined) ? outcome : null
  }
}

/** Checks the settings and asks the operation. Used by run, preview and dry run alike. */
export async function planRun(operations: Readonly<Record<ActionId, Operations>>, context: OperationContext, actionId: ActionId, raw: RawSettings): Promise<Plan> {
  const { settings, problems } = checkSettings(actions[actionId], raw, { isResolved: true })
  const operation = settings && operations[actionId][settings.operation.id]
  if (!settings || !operation)
    throw new AppError('action.settings_invalid', { details: { problems } })
  return operation(context, settings.values)
}

const withMessage = (outcome: Outcome): Outcome =>
  ({ ...outcome, returns: { ...outcome.returns, message: outcome.message } })

function failureOf(message: string, code: ErrorCode): Outcome {
  return { isSuccess: false, returns: { success: false, verdict: 'error', message }, message, effects: [], errorCode: code }
}

/** Not an AppError: the database or a fault of ours; another try may do. */
const isPassing = (error: unknown): boolean => !(error instanceof AppError) || error.isRetryable

const codeOf = (error: unknown): ErrorCode => error instanceof AppError ? error.code : 'internal'

export const actionIdOfCode = (code: string): ActionId | null => actionOfCode(code)?.id ?? null

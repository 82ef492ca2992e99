import type { FastifyInstance } from 'fastify'
import { AppError } from '@comptoir/shared/errors'
import { readHostStep } from './host-step.ts'
import { actionIdOfCode } from './run.ts'
import type { NewRun } from './runs.postgres.ts'

export interface HandlerDeps {
  /** The portal's id when the application token is its own; null for an unknown portal or a wrong token. */
  readonly portalOfToken: (memberId: string, applicationToken: string) => Promise<number | null>
  readonly store: (run: NewRun) => Promise<void>
}

/** Where workflow steps arrive. Verified, stored, answered; the work is a job. */
export function actionHandlerRoutes(app: FastifyInstance, { portalOfToken, store }: HandlerDeps): void {
  app.get('/bx/action/:code', async () => ({ ok: true }))

  app.post<{ Params: { code: string } }>('/bx/action/:code', async (request) => {
    const actionId = actionIdOfCode(request.params.code)
    if (!actionId)
      throw new AppError('request.not_found')
    const step = readHostStep(request.body)
    if (!step.memberId || !step.applicationToken)
      throw new AppError('auth.required')
    const portalId = await portalOfToken(step.memberId, step.applicationToken)
    if (portalId === null)
      throw new AppError('auth.forged')
    if (!step.eventToken)
      throw new AppError('request.invalid', { details: { reason: 'event_token' } })
    await store({
      portalId,
      actionId,
      code: request.params.code,
      workflowId: step.workflowId,
      document: step.document,
      settings: step.settings,
      eventToken: step.eventToken,
      isWaitedFor: step.isWaitedFor,
    })
    return { ok: true }
  })
}

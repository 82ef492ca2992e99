import type { Portal } from '../state.ts'
import type { Caller, RestMethod, RestParams, RestRegistry } from './registry.ts'
import { toPortalTime } from '../core/zoned-time.ts'
import { RestError } from './registry.ts'

export interface RestAnswer {
  status: number
  body: Record<string, unknown>
}

export interface RestTime {
  start: number
  finish: number
  duration: number
  processing: number
  date_start: string
  date_finish: string
  operating_reset_at: number
  operating: number
}

export interface RestEngine {
  portal: Portal
  registry: RestRegistry
}

export function failure({ status, code, description, extra }: RestError): RestAnswer {
  return { status, body: { error: code, error_description: description, ...extra } }
}

/** Runs one method for a known caller: rights, operating time, handler, envelope. */
export async function execute({ portal, registry }: RestEngine, caller: Caller, name: string, params: RestParams): Promise<RestAnswer> {
  const start = portal.clock.now()
  const startedAt = performance.now()
  const owner = caller.app?.clientId ?? `webhook ${caller.user.id}`
  const operatingName = name.toLowerCase()
  const finish = () => timeOf(portal, owner, operatingName, start, performance.now() - startedAt)
  try {
    const method = permitted(registry.find(name), caller)
    if (!portal.limiter.mayOperate(owner, operatingName))
      throw new RestError(429, 'OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit.')
    const outcome = await method.handler({ portal, caller, params })
    return { status: 200, body: { ...enveloped(outcome), time: finish() } }
  }
  catch (error) {
    const answer = failure(asRestError(error))
    return answer.status === 200 ? { status: 200, body: { ...answer.body, time: finish() } } : answer
  }
}

const envelopeKeys = new Set(['result', 'total', 'next'])

function enveloped(outcome: unknown): Record<string, unknown> {
  if (outcome !== null && typeof outcome === 'object' && !Array.isArray(outcome) && 'result' in outcome
    && Object.keys(outcome).every(key => envelopeKeys.has(key)))
    return { ...outcome }
  return { result: outcome }
}

function asRestError(error: unknown): RestError {
  if (error instanceof RestError)
    return error
  return new RestError(500, 'INTERNAL_SERVER_ERROR', error instanceof Error ? error.message : 'Internal server error')
}

function permitted(method: RestMethod | undefined, { user, app, scopes }: Caller): RestMethod {
  if (!method)
    throw new RestError(404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!')
  if (method.scope !== null && !method.scope.split('|').some(scope => scopes.has(scope)))
    throw new RestError(403, 'insufficient_scope', 'The request requires higher privileges than provided by the access token')
  if (method.appContext && !app) {
    const { status, code, description } = method.contextError
      ?? { status: 403, code: 'WRONG_AUTH_TYPE', description: 'Current authorization type is denied for this method Application context required' }
    throw new RestError(status, code, description)
  }
  if (method.intranetOnly && user.isExtranet)
    throw new RestError(403, 'allowed_only_intranet_user', 'Extranet user is not allowed to call this method')
  if (method.admin && !user.isAdmin) {
    const { status, code, description } = method.adminError ?? { status: 403, code: 'ACCESS_DENIED', description: 'Access denied!' }
    throw new RestError(status, code, description)
  }
  return method
}

function timeOf(portal: Portal, owner: string, method: string, start: number, elapsedMs: number): RestTime {
  const { operating, resetAt } = portal.limiter.charge(owner, method)
  const finish = start + elapsedMs
  return {
    start: start / 1000,
    finish: finish / 1000,
    duration: elapsedMs / 1000,
    processing: elapsedMs / 1000,
    date_start: toPortalTime(start),
    date_finish: toPortalTime(finish),
    operating_reset_at: resetAt,
    operating,
  }
}

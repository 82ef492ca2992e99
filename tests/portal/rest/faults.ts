import type { RestFault } from '../core/faults.ts'
import type { RestAnswer } from './engine.ts'
import { omit } from '../core/omit.ts'
import { failure } from './engine.ts'
import { RestError } from './registry.ts'

type Truth<T extends RestAnswer> = () => Promise<T>

/** Answers given instead of the truth; `drop` = the connection is cut. */
export async function spoiled<T extends RestAnswer>(faults: RestFault[], truth: Truth<T>): Promise<T | RestAnswer | { status: number, body: string } | 'drop'> {
  const kinds = new Set(faults.map(({ kind }) => kind))
  if (kinds.has('dropConnection'))
    return 'drop'
  if (kinds.has('html'))
    return { status: 200, body: '<!DOCTYPE html><html><head><title>Portal</title></head><body><h1>Maintenance</h1></body></html>' }
  if (kinds.has('queryLimit'))
    return failure(new RestError(503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests'))
  if (kinds.has('operationLimit'))
    return failure(new RestError(429, 'OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit.'))
  if (kinds.has('expiredToken'))
    return failure(new RestError(401, 'expired_token', 'The access token provided has expired.'))
  if (kinds.has('serverError'))
    return failure(new RestError(500, 'INTERNAL_SERVER_ERROR', 'Internal server error'))
  if (kinds.has('emptyErrorCode'))
    return failure(new RestError(400, '', 'Access denied'))
  const answer = await truth()
  if (kinds.has('errorWithStatus200'))
    return { status: 200, body: { error: 'ERROR_UNEXPECTED_ANSWER', error_description: 'Server returned an unexpected response', time: answer.body.time } }
  if (kinds.has('emptyMapAsList'))
    return { ...answer, body: { ...answer.body, result: [] } }
  if (kinds.has('missingNext'))
    return { ...answer, body: omit(answer.body, 'next') }
  return answer
}

import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify'
import { errorCatalog } from '@comptoir/shared/error-catalog'
import { AppError, commonErrors, type ErrorCode, type Problem } from '@comptoir/shared/errors'
import type { Endpoint } from '@comptoir/shared/http/endpoint'

/** Every failure leaves as one body: a code, a trace id and details that are safe to show. */
export function handleProblems(app: FastifyInstance, { onUndeclared }: { onUndeclared?: (code: ErrorCode, path: string) => void } = {}): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = toAppError(error)
    if (known)
      request.log.info({ code: known.code, details: known.details }, 'refused')
    else
      request.log.error({ err: error }, 'failed')
    const code = known?.code ?? 'internal'
    const contract = (request.routeOptions.config as { contract?: Endpoint }).contract
    if (contract && !isDeclared(contract, code))
      onUndeclared?.(code, contract.path)
    return reply.code(errorCatalog[code].status).send(problem(code, request, known?.details ?? {}))
  })
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send(problem('request.not_found', request, {})))
}

const problem = (code: ErrorCode, request: FastifyRequest, details: Problem['details']): Problem =>
  ({ code, traceId: request.id, details })

function isDeclared(contract: Endpoint, code: ErrorCode): boolean {
  return contract.errors.includes(code) || (commonErrors as readonly ErrorCode[]).includes(code)
}

/** What PostgreSQL calls a number beyond its column, a zero character and a day that no calendar has: shapes let them through, no column holds them. */
const unstorable = new Set(['22003', '22007', '22008', '22021', '22P05'])

function toAppError(error: FastifyError): AppError | null {
  if (error instanceof AppError)
    return error
  if (error.validation)
    return new AppError('request.invalid', { details: { in: error.validationContext, problems: error.validation.map(({ instancePath, message }) => ({ at: instancePath, message })) } })
  if (unstorable.has(error.code))
    return new AppError('request.invalid', { details: { reason: 'value' }, cause: error })
  if (error.statusCode === 413)
    return new AppError('request.too_large')
  if (error.statusCode === 429)
    return new AppError('request.too_many')
  if (error.statusCode !== undefined && error.statusCode < 500)
    return new AppError('request.invalid', { details: { reason: error.code } })
  return null
}

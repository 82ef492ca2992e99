import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '@comptoir/shared/errors'
import type { Endpoint, ReplyOf, RequestOf } from '@comptoir/shared/http/endpoint'
import type { Caller } from './caller.ts'

type Handler<E extends Endpoint> = (request: RequestOf<E>, caller: Caller, raw: RawExchange) => Promise<ReplyOf<E>> | ReplyOf<E>

/** For the few routes that stream; everything else ignores it. */
export interface RawExchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

const defaultBodyLimit = 1024 * 1024
/** Without a session anybody may knock: by address, well above what a portal full of people needs. */
export const openDoor = { max: 300, timeWindow: '1 minute' }

/** The only place that turns a contract into a route. The caller was verified by the session hook before the handler runs. */
export function serve<const E extends Endpoint>(app: FastifyInstance, contract: E, handler: Handler<E>): void {
  app.route({
    method: contract.method,
    url: contract.path,
    schema: {
      ...(contract.summary && { summary: contract.summary }),
      ...(contract.params && { params: contract.params }),
      ...(contract.query && { querystring: contract.query }),
      ...(contract.body && { body: contract.body }),
      response: { 200: contract.reply },
    },
    bodyLimit: contract.bodyLimit ?? defaultBodyLimit,
    config: { contract, ...(contract.access === 'open' && { rateLimit: openDoor }) },
    handler: async (request, reply) => {
      const parts = { params: request.params, query: request.query, body: request.body } as RequestOf<E>
      const answer = await handler(parts, callerOf(request, contract), { request, reply })
      return reply.sent ? reply : answer
    },
  })
}

function callerOf(request: FastifyRequest, contract: Endpoint): Caller {
  if (contract.access === 'open')
    return { log: request.log, traceId: request.id } as Caller
  if (!request.caller)
    throw new AppError('auth.required')
  return request.caller
}

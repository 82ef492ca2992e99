import { createHash } from 'node:crypto'
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
      const caller = callerOf(request, contract)
      const work = async () => handler(parts, caller, { request, reply })
      const answer = await (contract.access === 'open' || contract.method === 'GET' ? work() : change(work, { app, contract, request, caller }))
      return reply.sent ? reply : answer
    },
  })
}

interface Asked { readonly app: FastifyInstance, readonly contract: Endpoint, readonly request: FastifyRequest, readonly caller: Caller }

/** A click is taken once; what administrators change may change what others are allowed to do. */
function change<T>(work: () => Promise<T>, { app, contract, request: { url, body }, caller: { portal, viewer } }: Asked): Promise<T> {
  const click = contract.isOnceAClick ? createHash('sha256').update(JSON.stringify([url, body])).digest('base64') : null
  const answer = app.clicks.take({ portalId: portal.id, userId: viewer.userId }, click, work)
  return contract.access === 'admin' && !click ? answer.finally(() => app.clicks.forget(portal.id)) : answer
}

function callerOf(request: FastifyRequest, contract: Endpoint): Caller {
  if (contract.access === 'open')
    return { log: request.log, traceId: request.id } as Caller
  if (!request.caller)
    throw new AppError('auth.required')
  return request.caller
}

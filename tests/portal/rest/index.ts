import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PortalModule } from '../module.ts'
import type { RestAnswer, RestEngine } from './engine.ts'
import type { Caller, RestParams } from './registry.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { answerAsAuthorizationServer } from '../oauth/app-info.ts'
import { runBatch } from './batch.ts'
import { execute, failure } from './engine.ts'
import { spoiled } from './faults.ts'
import { parseBody, parseQuery } from './form.ts'
import { callerByToken, callerByWebhook } from './identify.ts'
import { withoutSecrets } from './masking.ts'
import { registerMethods } from './methods/index.ts'
import { RestError } from './registry.ts'

interface Address {
  isV3: boolean
  webhook: { userId: string, code: string } | null
  method: string
}

/** `/rest/m`, `/rest/m.json`, `/rest//m`, `/rest/api/m` and `/rest/<user>/<code>/m`. */
function readAddress(path: string): Address {
  const parts = decodeURIComponent(path).split('/').filter(part => part !== '')
  const method = (parts.at(-1) ?? '').replace(/\.(json|xml)$/i, '')
  if (parts[0] === 'api')
    return { isV3: true, webhook: null, method }
  const webhook = parts.length >= 3 && /^\d+$/.test(parts[0]!) ? { userId: parts[0]!, code: parts[1]! } : null
  return { isV3: false, webhook, method }
}

const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, OPTIONS, HEAD',
  'access-control-allow-headers': 'origin, content-type, accept, authorization, x-requested-with',
  'access-control-max-age': '86400',
}

export function registerRest({ app, portal, rest }: PortalModule): void {
  const engine: RestEngine = { portal, registry: rest }
  rest.method('batch', { scope: null }, ({ caller, params }) => runBatch(engine, caller, params))
  registerMethods({ app, portal, rest })

  app.route({
    method: ['GET', 'POST', 'HEAD', 'OPTIONS'],
    url: '/rest/*',
    handler: async (request, reply) => {
      void reply.headers(corsHeaders)
      if (request.method === 'OPTIONS')
        return reply.code(200).send('')
      if (portal.settings.renamedFrom !== null && request.headers.host === portal.settings.renamedFrom)
        return reply.code(302).header('location', `${portal.origin}${request.url}`).send('')
      return answer(engine, request, reply)
    },
  })
}

async function answer(engine: RestEngine, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { portal } = engine
  const startedAt = performance.now()
  const [path = '', query = ''] = splitOnce(request.url.slice('/rest/'.length), '?')
  const address = readAddress(path)
  const body = typeof request.body === 'string' ? parseBody(request.headers['content-type'], request.body) : {}
  const { auth, ...params } = { ...parseQuery(query), ...body } as RestParams
  const result = await respond(engine, request, address, auth, params)
  if (result === 'drop') {
    request.raw.socket.destroy()
    return reply.hijack()
  }
  portal.journal.write('rest', {
    method: address.method,
    params: loggable(params),
    status: result.status,
    error: typeof result.body === 'object' ? result.body.error ?? null : null,
    userId: result.caller?.user.id ?? null,
    clientId: result.caller?.app?.clientId ?? null,
    ms: Math.round(performance.now() - startedAt),
  })
  if (typeof result.body === 'string')
    return reply.code(result.status).type('text/html; charset=utf-8').send(result.body)
  return reply.code(result.status).type('application/json; charset=utf-8').send(JSON.stringify(result.body))
}

interface Response {
  status: number
  body: Record<string, unknown> | string
  caller?: Caller
}

async function respond(engine: RestEngine, request: FastifyRequest, address: Address, auth: unknown, params: RestParams): Promise<Response | 'drop'> {
  const { portal } = engine
  if (address.isV3)
    return { status: 404, body: { error: { code: 'BITRIX_REST_V3_EXCEPTION_METHODNOTFOUNDEXCEPTION', message: `Method \`${address.method}\` was not found` } } }
  const faults = portal.faults.take(address.method)
  const slow = faults.find(({ kind }) => kind === 'slow')
  if (slow)
    await wait(slow.delayMs, undefined, { ref: false })
  const truth = async (): Promise<RestAnswer & { caller?: Caller }> => {
    try {
      if (!portal.limiter.admit())
        throw new RestError(503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests')
      const token = auth ?? bearer(request)
      if (address.method.toLowerCase() === 'app.info' && !address.webhook)
        return await answerAsAuthorizationServer(engine, token)
      const caller = address.webhook ? callerByWebhook(portal, address.webhook.userId, address.webhook.code) : callerByToken(portal, token)
      return { ...await execute(engine, caller, address.method, params), caller }
    }
    catch (error) {
      if (error instanceof RestError)
        return failure(error)
      throw error
    }
  }
  return spoiled(faults, truth)
}

const longestLogged = 4000

/** A batch of fifty commands would fill the log. */
function loggable(params: RestParams): unknown {
  const shown = withoutSecrets(params)
  const text = JSON.stringify(shown)
  return text.length > longestLogged ? `${text.slice(0, longestLogged)}…` : shown
}

function bearer(request: FastifyRequest): string | undefined {
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

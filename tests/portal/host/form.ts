import type { FastifyReply, FastifyRequest } from 'fastify'

export function field(body: unknown, name: string): string {
  const value = isMap(body) ? body[name] : undefined
  return typeof value === 'string' ? value.trim() : ''
}

export function fieldList(body: unknown, name: string): string[] {
  const value = isMap(body) ? body[name] : undefined
  if (isMap(value))
    return Object.values(value).map(String)
  return [value ?? []].flat().map(String)
}

export const isMap = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** A script gets 204, a plain form goes back to the page it came from. */
export function done(request: FastifyRequest, reply: FastifyReply, fallback = '/'): FastifyReply {
  if (request.headers['x-portal-script'] === '1')
    return reply.code(204).send()
  return reply.redirect(safePath(field(request.body, 'back')) ?? refererPath(request) ?? fallback, 303)
}

function refererPath({ headers }: FastifyRequest): string | null {
  const from = headers.referer ? URL.parse(headers.referer) : null
  return from && from.host === headers.host ? from.pathname + from.search : null
}

const safePath = (path: string): string | null => /^\/(?![/\\])/.test(path) ? path : null

import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isFresh, readSignature, signedText } from '@comptoir/shared/http/signature'

const bodies = new WeakMap<FastifyRequest, string>()

/** A signature is over the bytes that came, so the routes of this scope keep them beside what they were read as. */
export function keepBodies(scope: FastifyInstance): void {
  const readJson = scope.getDefaultJsonParser('error', 'error')
  scope.removeContentTypeParser('application/json')
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    bodies.set(request, String(body))
    void readJson(request, String(body), done)
  })
}

export const keptBody = (request: FastifyRequest): string => bodies.get(request) ?? ''

export function singleHeader(request: FastifyRequest, name: string): string | undefined {
  const header = request.headers[name]
  return Array.isArray(header) ? header[0] : header
}

/** Whether whoever wrote the header had the secret, and wrote it for this body within the last minutes. */
export function isSigned(body: string, header: string | undefined, secret: string, now: Date): boolean {
  const signature = readSignature(header)
  if (!signature || !isFresh(signature, now))
    return false
  const expected = createHmac('sha256', secret).update(signedText(signature.at, body)).digest()
  return timingSafeEqual(expected, Buffer.from(signature.mac, 'hex'))
}

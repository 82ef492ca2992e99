import { randomUUID } from 'node:crypto'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { pino, type DestinationStream } from 'pino'
import compress from '@fastify/compress'
import rateLimit from '@fastify/rate-limit'
import type { ErrorCode } from '@comptoir/shared/errors'
import { acceptHostForms } from './host-form.ts'
import { lazyCompilers } from './lazy-compilers.ts'
import { handleProblems } from './problems.ts'
import { closeSilentSockets } from './silent-sockets.ts'

/** Names under which the host and our own page carry secrets; none of them reaches a log line. */
const secrets = [
  'req.headers.authorization', '*.access_token', '*.refresh_token', '*.application_token', '*.AUTH_ID', '*.REFRESH_ID',
  '*.APPLICATION_TOKEN', '*.accessToken', '*.refreshToken', '*.client_secret',
]

export interface HttpOptions {
  readonly log: FastifyBaseLogger
  readonly onUndeclaredError?: (code: ErrorCode, path: string) => void
}

export const createLog = (level: string, destination?: DestinationStream): FastifyBaseLogger =>
  pino({ level, redact: { paths: secrets, censor: '***' }, serializers: { err: lean } }, destination)

/** What helps to find the cause. A database's error also carries its whole connection, which nobody reads. */
const lean = (error: unknown): object => isFailure(error)
  ? { type: error.name, message: error.message, stack: error.stack, ...'code' in error && { code: error.code }, ...error.cause !== undefined && { cause: lean(error.cause) } }
  : { message: String(error) }

/** The job queue tells of its failures as plain objects. */
const isFailure = (error: unknown): error is Error => error instanceof Error || typeof error === 'object' && error !== null && 'message' in error && 'stack' in error

/** Fastify with what every route of ours shares: forms of the host, problems, limits, compression. */
export async function createHttp({ log, onUndeclaredError }: HttpOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: log,
    genReqId: () => randomUUID(),
    // One line per answer is written below, without the query.
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    ajv: { customOptions: { coerceTypes: 'array', removeAdditional: false, useDefaults: true, allErrors: false } },
    schemaController: { compilersFactory: lazyCompilers() },
  })
  closeSilentSockets(app)
  handleProblems(app, { onUndeclared: onUndeclaredError })
  await acceptHostForms(app)
  await app.register(rateLimit, { global: false })
  await app.register(compress, { global: true, encodings: ['br', 'gzip'], threshold: 2048 })
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff')
    reply.header('referrer-policy', 'no-referrer')
  })
  app.addHook('onResponse', async (request, reply) => {
    request.log.info({ method: request.method, path: request.routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered')
  })
  return app
}

import { Type, type Static } from 'typebox'
import { runStates } from '../actions/action.contract.ts'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { LimiterView } from '../mirror/mirror.contract.ts'

const Instant = Type.String({ format: 'date-time' })
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])
const RequestId = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })

/** Work of this portal that waits, runs, or was given up. */
export const QueueState = Type.Object({
  queue: Type.String(),
  waiting: Type.Integer(),
  active: Type.Integer(),
  failed: Type.Integer(),
})
export type QueueState = Static<typeof QueueState>

/** A piece of work that failed at every try. */
export const DeadLetter = Type.Object({
  deadLetterId: Type.String(),
  queue: Type.String(),
  at: Instant,
  /** A code of the catalogue; null when it failed in a way that has none. */
  errorCode: NullableText(),
})
export type DeadLetter = Static<typeof DeadLetter>

/** The app's own way into the portal, obtained from whoever installed it. */
export const LoginState = Type.Object({
  /** `renewable`: renews itself; `ending`: works until `expiresAt`; `lost`: an administrator must open the app again. */
  status: Type.Enum(['renewable', 'ending', 'lost']),
  expiresAt: Nullable(Instant),
  renewedAt: Nullable(Instant),
})
export type LoginState = Static<typeof LoginState>

export const Health = Type.Object({
  version: Type.String(),
  checkedAt: Instant,
  storage: Type.Object({ isEmbedded: Type.Boolean(), sizeBytes: Type.Integer() }),
  queues: Type.Array(QueueState),
  deadLetters: Type.Array(DeadLetter),
  /** Runs of the last 24 hours. */
  runs: Type.Array(Type.Object({ state: Type.Enum([...runStates]), count: Type.Integer() })),
  limiter: LimiterView,
  login: LoginState,
  missingScope: Type.Array(Type.String()),
  sync: Type.Object({
    status: Type.String(),
    lastRunAt: Nullable(Instant),
    lagSeconds: NullableInteger(),
    errorCode: NullableText(),
  }),
})
export type Health = Static<typeof Health>

/** What was asked of the portal; secrets were masked before it was stored. */
export const LoggedRequest = Type.Object({
  requestId: RequestId,
  at: Instant,
  method: Type.String(),
  status: NullableInteger(),
  /** The portal's own word for what went wrong. */
  errorCode: NullableText(),
  durationMs: Type.Integer(),
})
export type LoggedRequest = Static<typeof LoggedRequest>

export const LoggedRequestDetail = Type.Object({
  ...LoggedRequest.properties,
  operatingMs: NullableInteger(),
  request: Type.Unknown(),
  answer: Type.Unknown(),
})
export type LoggedRequestDetail = Static<typeof LoggedRequestDetail>

export const requestsPerPage = 50

export const healthApi = {
  state: endpoint({
    method: 'GET', path: '/api/health', access: 'admin', summary: 'Whether Comptoir works for this portal, and what does not',
    reply: Health, errors: [],
  }),
  retry: endpoint({
    method: 'POST', path: '/api/health/dead-letters/:deadLetterId/retry', access: 'admin', summary: 'Put work that was given up back into its queue',
    params: Type.Object({ deadLetterId: Type.String({ format: 'uuid' }) }), reply: Health, errors: ['health.dead_letter_gone'],
  }),
  requests: endpoint({
    method: 'GET', path: '/api/health/requests', access: 'admin', summary: 'What was asked of the portal, newest first',
    query: Type.Object({
      method: Type.Optional(Type.String({ maxLength: 100 })),
      isFailed: Type.Optional(Type.Boolean()),
      before: Type.Optional(RequestId),
    }),
    reply: Type.Object({ requests: Type.Array(LoggedRequest), next: NullableInteger() }), errors: [],
  }),
  request: endpoint({
    method: 'GET', path: '/api/health/requests/:requestId', access: 'admin', summary: 'One question to the portal and its answer, masked',
    params: Type.Object({ requestId: RequestId }), reply: LoggedRequestDetail, errors: ['health.request_gone'],
  }),
}

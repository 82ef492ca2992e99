import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '@comptoir/shared/errors'
import { createAuthorization, type Authorization, type CallerIdentity } from './authorization.ts'
import { batchBody, readBatch, readTime, type BatchAnswer, type Command } from './batch.ts'
import { streamKeyset, type KeysetList, type KeysetPage } from './keyset.ts'
import type { Lane, Limiter, LimiterState } from './limiter.ts'
import type { Oauth } from './oauth.ts'
import { toMap, type Params } from './php-query.ts'
import { restBase, type AddressRules } from './portal-address.ts'
import type { PortalDirectory } from './portal-directory.postgres.ts'
import { followRelocation } from './relocation.ts'
import type { RequestLog } from './request-log.postgres.ts'
import { errorOfFault, faultOfSilence, type RestFault } from './rest-fault.ts'
import { isReading, patienceMs, retryDelay } from './retry-policy.ts'
import type { TokenStore } from './token-store.postgres.ts'
import type { Exchange, Post } from './transport.ts'

export interface CallOptions {
  /** The caller vouches that executing twice does no harm. Reading methods are repeatable anyway. */
  readonly isRepeatable?: boolean
  readonly signal?: AbortSignal
}

export interface CallAnswer<T = unknown> {
  readonly result: T
  readonly total: number | null
  readonly next: number | null
  readonly startedAt: Date | null
}

export interface CrmClient {
  call<T = unknown>(method: string, params?: Params, options?: CallOptions): Promise<CallAnswer<T>>
  batch(commands: readonly Command[], options?: CallOptions & { halt?: boolean }): Promise<BatchAnswer>
  /** Every row of a list in ascending order of id, up to 2,500 per request. */
  stream(list: KeysetList, options?: { after?: number, signal?: AbortSignal }): AsyncGenerator<KeysetPage, void, undefined>
}

export interface ClientOptions {
  readonly as?: CallerIdentity
  readonly lane?: Lane
  /** Told whenever the portal asks for patience and a call waits for it. */
  readonly onPatience?: (until: Date) => Promise<void>
}

export interface Crm {
  for(portalId: number, options?: ClientOptions): CrmClient
  limiterState(portalId: number): LimiterState
}

export interface CrmDeps {
  readonly post: Post
  readonly oauth: Pick<Oauth, 'ownerOf'>
  readonly tokens: TokenStore
  readonly directory: PortalDirectory
  readonly limiter: Limiter
  readonly log: RequestLog
  readonly rules: AddressRules
  readonly now?: () => Date
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly random?: () => number
}

/** The portal cuts a request off at 60 s: waiting a little longer tells its timeout from ours. A busy one needs 20 s at times. */
const timeoutMs: Record<Lane, number> = { viewer: 30_000, background: 70_000 }

interface Request {
  readonly portalId: number
  readonly lane: Lane
  readonly authorization: Authorization
  readonly onPatience?: ClientOptions['onPatience']
  readonly method: string
  /** Methods whose time the request uses; several for a batch. */
  readonly methods: readonly string[]
  readonly params: Params
  readonly isRepeatable: boolean
  readonly signal?: AbortSignal
}

export function createCrm(deps: CrmDeps): Crm {
  return {
    for(portalId, { as = 'app', lane = 'viewer', onPatience } = {}) {
      const authorization = createAuthorization(deps.tokens, portalId, as, deps.now ?? (() => new Date()))
      const base = { portalId, lane, authorization, onPatience }
      const client: CrmClient = {
        async call<T>(method: string, params: Params = {}, { isRepeatable, signal }: CallOptions = {}) {
          const body = await send(deps, { ...base, method, methods: [method], params, signal, isRepeatable: isRepeatable ?? isReading(method) })
          return { result: body.result as T, total: numberOf(body.total), next: numberOf(body.next), startedAt: readTime(body.time).startedAt }
        },
        async batch(commands, { halt, isRepeatable, signal } = {}) {
          const methods = [...new Set(commands.map(({ method }) => method))]
          const body = await send(deps, {
            ...base, method: 'batch', methods, params: batchBody(commands, { halt }), signal, isRepeatable: isRepeatable ?? methods.every(isReading),
          })
          const answer = readBatch(body)
          noteBatchTimes(deps, portalId, commands, answer)
          return answer
        },
        stream: (list, options) => streamKeyset(client, list, options),
      }
      return client
    },
    limiterState: portalId => deps.limiter.of(portalId).state(),
  }
}

/** The body of a successful answer. Everything the host can do wrong ends here, as a retry or as one AppError. */
async function send(deps: CrmDeps, request: Request): Promise<Record<string, unknown>> {
  const { portalId, lane, authorization, signal } = request
  let address = await addressOf(deps, portalId)
  let waitedMs = 0
  let hasRenewed = false
  let hasMoved = false

  for (let number = 1; ; number++) {
    const accessToken = await authorization.token()
    const exchange = await exchangeOnce(deps, request, address, accessToken)
    const { body, location, fault } = judged(exchange, request.method)
    if (location !== null && !hasMoved) {
      const moved = await followRelocation(deps, { portalId, location, accessToken, renew: () => renewApp(deps, portalId) })
      hasMoved = true
      if (moved) {
        address = moved
        continue
      }
    }
    if (!fault && body)
      return body
    const problem = fault ?? faultOfSilence('unreadable', exchange.status)
    if (problem.kind === 'expired' && !hasRenewed && await authorization.renew()) {
      hasRenewed = true
      continue
    }
    await noteFault(deps, request, problem)
    const wait = retryDelay(problem, { number, lane, waitedMs, isRepeatable: request.isRepeatable, jitter: (deps.random ?? Math.random)() })
    if (wait === null)
      throw errorOfFault(problem, { method: request.method, ...retryHint(deps, request, problem) })
    waitedMs += wait
    if (problem.kind === 'limit')
      await request.onPatience?.(nextTryAt(deps, request, wait))
    await (deps.sleep ?? sleepFor)(wait, signal)
  }
}

const nextTryAt = ({ now = () => new Date(), limiter }: CrmDeps, { portalId, lane }: Request, wait: number): Date =>
  new Date(now().getTime() + Math.max(wait, limiter.of(portalId).waitOf(lane)))

async function renewApp({ tokens, now = () => new Date() }: CrmDeps, portalId: number): Promise<boolean> {
  const authorization = createAuthorization(tokens, portalId, 'app', now)
  await authorization.token()
  return authorization.renew()
}

async function addressOf(deps: CrmDeps, portalId: number): Promise<string> {
  const portal = await deps.directory.find(portalId)
  if (!portal || portal.isGone)
    throw new AppError('portal.not_installed', { details: { portalId } })
  return restBase(portal.clientEndpoint, deps.rules)
}

async function exchangeOnce(deps: CrmDeps, request: Request, address: string, accessToken: string): Promise<Exchange> {
  const { portalId, lane, method, methods, params, signal } = request
  await deps.limiter.of(portalId).admit({ lane, methods, patienceMs: patienceMs[lane] })
  const startedAt = performance.now()
  const exchange = await deps.post(`${address}${method}`, { ...params, auth: accessToken }, { timeoutMs: timeoutMs[lane], signal })
  const time = readTime(exchange.body?.time)
  if (method !== 'batch' && time.operatingSeconds !== null)
    deps.limiter.of(portalId).operating.seen(method, time.operatingSeconds, time.resetAtSeconds)
  deps.log.write(portalId, {
    method,
    status: exchange.status,
    errorCode: exchange.fault ? exchange.fault.code || exchange.fault.kind : null,
    durationMs: Math.round(performance.now() - startedAt),
    operatingMs: time.operatingSeconds === null ? null : Math.round(time.operatingSeconds * 1000),
    request: params,
    answer: exchange.body,
  })
  return exchange
}

/** A success that holds no result is no success: a cut or emptied answer must never read as "nothing there". */
function judged(exchange: Exchange, method: string): Exchange {
  const { body, fault, location } = exchange
  const isWhole = body !== null && 'result' in body && (method !== 'batch' || 'result' in toMap(body.result))
  return fault === null && location === null && !isWhole ? { ...exchange, fault: faultOfSilence('unreadable', exchange.status) } : exchange
}

async function noteFault(deps: CrmDeps, { portalId, methods }: Request, fault: RestFault): Promise<void> {
  const limiter = deps.limiter.of(portalId)
  if (fault.kind === 'limit')
    limiter.overflowed()
  if (fault.kind === 'operating')
    methods.forEach(method => limiter.operating.refused(method))
  if (fault.kind === 'gone')
    await deps.directory.markGone(portalId)
}

function retryHint(deps: CrmDeps, { portalId, methods }: Request, fault: RestFault): { retryAfterMs?: number } {
  if (fault.kind === 'operating')
    return { retryAfterMs: deps.limiter.of(portalId).operating.waitFor(methods, 1) }
  return fault.kind === 'limit' ? { retryAfterMs: fault.retryAfterMs ?? 5_000 } : {}
}

function noteBatchTimes(deps: CrmDeps, portalId: number, commands: readonly Command[], answer: BatchAnswer): void {
  const { operating } = deps.limiter.of(portalId)
  for (const { key, method } of commands) {
    const time = answer.times.get(key)
    if (time?.operatingSeconds !== null && time?.operatingSeconds !== undefined)
      operating.seen(method, time.operatingSeconds, time.resetAtSeconds)
    if (answer.faults.get(key)?.kind === 'operating')
      operating.refused(method)
  }
}

const sleepFor = async (ms: number, signal?: AbortSignal) => void await delay(ms, undefined, { signal })

function numberOf(value: unknown): number | null {
  const number = value === undefined || value === null ? Number.NaN : Number(value)
  return Number.isFinite(number) ? number : null
}

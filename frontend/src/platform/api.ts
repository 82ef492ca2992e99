import { AppError, isErrorCode, type ErrorDetails } from '@comptoir/shared/errors'
import type { Endpoint, ReplyOf, RequestOf } from '@comptoir/shared/http/endpoint'

export interface CallOptions {
  readonly signal?: AbortSignal
}

type CallArguments<E extends Endpoint> = unknown extends RequestOf<E>
  ? [request?: Record<string, never>, options?: CallOptions]
  : [request: RequestOf<E>, options?: CallOptions]

interface RawRequest {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

/** Where a call gets its bearer from; the session registers itself here. */
export interface TokenSource {
  token: () => Promise<string | null>
  renew: () => Promise<string>
}

let tokens: TokenSource = {
  token: () => Promise.resolve(null),
  renew: () => Promise.reject(new AppError('auth.expired')),
}

export function provideTokens(source: TokenSource): void {
  tokens = source
}

let writeListener: (isTaken: boolean) => void = () => undefined

/** Tells of every call that changes something whether the server took it. */
export function onWrite(listener: (isTaken: boolean) => void): void {
  writeListener = listener
}

/** Sends what a contract describes and answers what it promises; every failure is an AppError. */
export async function call<E extends Endpoint>(endpoint: E, ...[request, options]: CallArguments<E>): Promise<ReplyOf<E>> {
  const response = await send(endpoint, request ?? {}, options ?? {}).catch((error: unknown) => {
    tellWrite(endpoint, false)
    throw error
  })
  tellWrite(endpoint, true)
  return response.status === 204 ? null as ReplyOf<E> : await response.json() as ReplyOf<E>
}

/** A session that is opened anew changes nothing. */
function tellWrite({ method, access }: Endpoint, isTaken: boolean): void {
  if (method !== 'GET' && access !== 'open')
    writeListener(isTaken)
}

async function send(endpoint: Endpoint, request: RawRequest, options: CallOptions): Promise<Response> {
  const isOpen = endpoint.access === 'open'
  const response = await transmit(endpoint, request, options, isOpen ? null : await tokens.token())
  if (response.ok)
    return response
  const failure = await failureOf(response)
  if (failure.code !== 'auth.expired' || isOpen)
    throw failure
  const again = await transmit(endpoint, request, options, await tokens.renew())
  if (again.ok)
    return again
  throw await failureOf(again)
}

async function transmit(endpoint: Endpoint, { params, query, body }: RawRequest, { signal }: CallOptions, token: string | null): Promise<Response> {
  const headers = new Headers({ accept: 'application/json' })
  if (token)
    headers.set('authorization', `Bearer ${token}`)
  const isFile = body instanceof Blob
  if (body !== undefined)
    headers.set('content-type', isFile ? body.type || 'application/octet-stream' : 'application/json')
  try {
    return await fetch(addressOf(endpoint.path, params, query), {
      method: endpoint.method,
      headers,
      body: body === undefined || isFile ? body : JSON.stringify(body),
      signal,
      credentials: 'omit',
    })
  }
  catch (cause) {
    if (signal?.aborted)
      throw cause
    throw new AppError('network.offline', { cause })
  }
}

export function addressOf(path: string, params: RawRequest['params'] = {}, query: RawRequest['query'] = {}): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null)
        search.append(name, String(item))
    }
  }
  return search.size > 0 ? `${filled}?${search}` : filled
}

async function failureOf(response: Response): Promise<AppError> {
  const problem: unknown = await response.json().catch(() => null)
  const { code, details, traceId } = (problem ?? {}) as { code?: unknown, details?: ErrorDetails, traceId?: string }
  // A gateway's own page carries no code of ours.
  const known = isErrorCode(code) ? code : response.status >= 500 ? 'network.offline' : 'internal'
  return new AppError(known, { details: { ...details, ...traceId && { traceId } } })
}

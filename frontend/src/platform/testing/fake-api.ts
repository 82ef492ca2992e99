import type { ErrorCode, ErrorDetails } from '@comptoir/shared/errors'
import { errorCatalog } from '@comptoir/shared/error-catalog'
import type { Endpoint, ReplyOf } from '@comptoir/shared/http/endpoint'

export interface SentRequest {
  readonly address: URL
  readonly params: Readonly<Record<string, string>>
  readonly body: unknown
  readonly token: string | null
}

export interface FakeApi {
  /** Answers an endpoint from now on. */
  on: <E extends Endpoint>(endpoint: E, reply: (request: SentRequest) => ReplyOf<E> | Promise<ReplyOf<E>>) => FakeApi
  /** Fails an endpoint as the server would. */
  fail: (endpoint: Endpoint, code: ErrorCode, details?: ErrorDetails) => FakeApi
  readonly sent: SentRequest[]
}

type Answer = (request: SentRequest) => Promise<Response>

/** A server of Comptoir in the test's own process: put in place of `fetch`. */
export function fakeApi(): FakeApi {
  const answers = new Map<Endpoint, Answer>()
  const sent: SentRequest[] = []
  globalThis.fetch = async (input, init) => {
    const address = new URL(String(input), 'https://comptoir.example')
    const found = [...answers].flatMap(([endpoint, answer]) => {
      const params = init?.method === endpoint.method ? paramsOf(endpoint.path, address.pathname) : null
      return params ? [{ answer, params }] : []
    })[0]
    if (!found)
      throw new TypeError(`no answer was prepared for ${init?.method} ${address.pathname}`)
    const request = { address, params: found.params, body: bodyOf(init?.body), token: new Headers(init?.headers).get('authorization') }
    sent.push(request)
    return found.answer(request)
  }
  const api: FakeApi = {
    sent,
    on(endpoint, reply) {
      answers.set(endpoint, async request => Response.json(await reply(request)))
      return api
    },
    fail(endpoint, code, details = {}) {
      answers.set(endpoint, () => Promise.resolve(Response.json({ code, traceId: 'trace-1', details }, { status: errorCatalog[code].status })))
      return api
    },
  }
  return api
}

const bodyOf = (body: unknown): unknown => typeof body === 'string' ? JSON.parse(body) : body ?? null

function paramsOf(path: string, actual: string): Record<string, string> | null {
  const pattern = new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`)
  const found = pattern.exec(actual)
  return found && Object.fromEntries(Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]))
}

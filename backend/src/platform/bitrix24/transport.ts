import { faultOfAnswer, faultOfSilence, type RestFault } from './rest-fault.ts'
import { parseStorable } from './storable.ts'

/** One HTTP exchange with the host, already judged. */
export interface Exchange {
  readonly status: number | null
  readonly body: Record<string, unknown> | null
  /** Where a renamed portal points to. Never followed by itself: a redirect would carry the token to a stranger. */
  readonly location: string | null
  readonly fault: RestFault | null
}

export interface PostOptions {
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

export type Post = (url: string, body: URLSearchParams | Record<string, unknown>, options: PostOptions) => Promise<Exchange>

const redirects = new Set([301, 302, 303, 307, 308])

export function createPost(fetchAnswer: typeof fetch = fetch): Post {
  return async (url, body, { timeoutMs, signal }) => {
    const timeout = AbortSignal.timeout(timeoutMs)
    const isForm = body instanceof URLSearchParams
    try {
      const answer = await fetchAnswer(url, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'accept': 'application/json', 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' },
        body: isForm ? body.toString() : JSON.stringify(body),
        signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
      })
      return judge(answer, await answer.text())
    }
    catch (error) {
      if (signal?.aborted)
        throw error
      return { status: null, body: null, location: null, fault: faultOfSilence(timeout.aborted ? 'timeout' : 'network') }
    }
  }
}

function judge(answer: Response, text: string): Exchange {
  const { status } = answer
  const location = redirects.has(status) ? answer.headers.get('location') : null
  const body = parseObject(text)
  if (location)
    return { status, body, location, fault: null }
  const fault = body === null && status < 400
    ? faultOfSilence(text.trim() === '' ? 'empty' : 'unreadable', status)
    : faultOfAnswer(status, body, retryAfterMs(answer.headers.get('retry-after')))
  return { status, body, location: null, fault }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value = parseStorable(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : null
  }
  catch {
    return null
  }
}

function retryAfterMs(header: string | null): number | null {
  const seconds = Number(header)
  return header !== null && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null
}

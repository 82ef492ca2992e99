import type { Lane } from './limiter.ts'
import type { FaultKind, RestFault } from './rest-fault.ts'

export interface Attempt {
  /** From 1. */
  readonly number: number
  /** A second execution would do no harm. */
  readonly isRepeatable: boolean
  readonly lane: Lane
  readonly waitedMs: number
  /** 0 to 1, so that callers that failed together do not come back together. */
  readonly jitter: number
}

/** Faults that pass by themselves. */
const firstDelayMs: Partial<Record<FaultKind, number>> = { limit: 1_500, unavailable: 400 }
const maxAttempts: Record<Lane, number> = { viewer: 3, background: 6 }
/** All waits of one call together: a viewer gets an error with a way out rather than a long silence. */
export const patienceMs: Record<Lane, number> = { viewer: 8_000, background: 120_000 }

/** Milliseconds to wait before trying again; null when the fault is the answer. */
export function retryDelay(fault: RestFault, attempt: Attempt): number | null {
  const mayRepeat = fault.isUntouched || attempt.isRepeatable
  // Whoever waited that long for nothing is told so, rather than made to wait as long again.
  const isGivenUp = attempt.lane === 'viewer' && fault.code === 'timeout'
  if (!mayRepeat || isGivenUp || attempt.number >= maxAttempts[attempt.lane])
    return null
  const base = firstDelayMs[fault.kind]
  if (base === undefined)
    return null
  const delay = Math.round((fault.retryAfterMs ?? base * 2 ** (attempt.number - 1)) * (0.9 + 0.2 * attempt.jitter))
  return attempt.waitedMs + delay > patienceMs[attempt.lane] ? null : delay
}

const readingMethod = /(?:\.(?:list|get|fields|types|current|info|time)|^(?:profile|scope|methods|events|user\.admin))$/i

export const isReading = (method: string): boolean => readingMethod.test(method)

import { isErrorCode } from '@comptoir/shared/errors'
import type { DeadLetter, LoginState } from '@comptoir/shared/health/health.contract'

export interface StoredLogin {
  readonly canRefresh: boolean
  readonly expiresAt: Date
  readonly renewedAt: Date
}

/** Whether the app can still speak with its portal on its own. */
export function loginState(stored: StoredLogin | null, now: Date): LoginState {
  if (!stored)
    return { status: 'lost', expiresAt: null, renewedAt: null }
  const status = stored.canRefresh ? 'renewable' : stored.expiresAt > now ? 'ending' : 'lost'
  return { status, expiresAt: stored.expiresAt.toISOString(), renewedAt: stored.renewedAt.toISOString() }
}

export interface FailedJob {
  readonly id: string
  readonly queue: string
  readonly at: Date
  readonly reason: unknown
}

/** Of what went wrong only the code leaves: messages and stacks may hold anything. */
export const deadLetter = ({ id, queue, at, reason }: FailedJob): DeadLetter =>
  ({ deadLetterId: id, queue, at: at.toISOString(), errorCode: codeIn(reason) })

function codeIn(reason: unknown): string | null {
  const { code, message } = (reason ?? {}) as { code?: unknown, message?: unknown }
  return [code, message].find(isErrorCode) ?? null
}

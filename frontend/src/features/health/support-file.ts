import type { Health, LoggedRequest } from '@comptoir/shared/health/health.contract'

/**
 * What whoever helps needs, and nothing about anybody: states, counts and codes.
 * Requests without question and answer, which hold what people wrote in their CRM; no name, no address.
 */
export function supportFile(health: Health, failed: readonly LoggedRequest[]): string {
  const { version, checkedAt, storage, queues, deadLetters, runs, limiter, login, missingScope, sync } = health
  return JSON.stringify({
    version, checkedAt, storage, login, missingScope, sync, limiter, queues, runs,
    deadLetters: deadLetters.map(({ queue, at, errorCode }) => ({ queue, at, errorCode })),
    failedRequests: failed.map(({ at, method, status, errorCode, durationMs }) => ({ at, method, status, errorCode, durationMs })),
  }, null, 2)
}

import type { Health, LoggedRequest } from '@comptoir/shared/health/health.contract'

export const aHealth = (change: Partial<Health> = {}): Health => ({
  version: '1.0.0',
  checkedAt: '2026-05-14T10:00:00Z',
  storage: { isEmbedded: true, sizeBytes: 48 * 1024 * 1024 },
  queues: [{ queue: 'mirror.sync', waiting: 1, active: 0, failed: 0 }],
  deadLetters: [],
  runs: [{ state: 'answered', count: 12 }],
  limiter: { level: 0, capacity: 46, speed: 1, waiting: 0, operating: [] },
  login: { status: 'renewable', expiresAt: '2026-05-14T11:00:00Z', renewedAt: '2026-05-14T10:00:00Z' },
  missingScope: [],
  sync: { status: 'idle', lastRunAt: '2026-05-14T09:58:00Z', lagSeconds: 120, errorCode: null },
  ...change,
})

export const aRequest = (change: Partial<LoggedRequest> = {}): LoggedRequest => ({
  requestId: 7, at: '2026-05-14T09:59:00Z', method: 'crm.item.list', status: 200, errorCode: null, durationMs: 120, ...change,
})

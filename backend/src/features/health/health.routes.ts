import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import { AppError } from '@comptoir/shared/errors'
import { healthApi, type Health } from '@comptoir/shared/health/health.contract'
import type { SyncState } from '@comptoir/shared/mirror/mirror.contract'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Database } from '../../platform/storage/database.ts'
import { databaseSize, queueStates, runsOfLastDay, storedLogin } from './health.postgres.ts'
import { deadLetter, loginState } from './health.ts'
import { listRequests, readRequest } from './request-log.postgres.ts'

export interface HealthDeps {
  readonly db: Database
  readonly jobs: Pick<Jobs, 'health' | 'deadLetters' | 'retryDeadLetter'>
  readonly version: string
  readonly isEmbedded: boolean
  readonly syncState: (portal: PortalRecord) => Promise<SyncState>
  readonly missingScope: (granted: readonly string[]) => string[]
  readonly now: () => Date
}

/** More than anybody reads; the queue's own numbers count all. */
const mostDeadLetters = 100

export function healthRoutes(app: FastifyInstance, deps: HealthDeps): void {
  processHealth(app, deps)

  serve(app, healthApi.state, (_request, { portal }) => stateOf(deps, portal))

  serve(app, healthApi.retry, async ({ params }, { portal }) => {
    if (!await deps.jobs.retryDeadLetter(portal.id, params.deadLetterId))
      throw new AppError('health.dead_letter_gone')
    return stateOf(deps, portal)
  })

  serve(app, healthApi.requests, ({ query }, { portal }) => listRequests(deps.db, portal.id, query))
  serve(app, healthApi.request, ({ params }, { portal }) => readRequest(deps.db, portal.id, params.requestId))
}

async function stateOf({ db, jobs, version, isEmbedded, syncState, missingScope, now }: HealthDeps, portal: PortalRecord): Promise<Health> {
  const moment = now()
  const [sizeBytes, queues, deadLetters, runs, login, { limiter, status, lastRunAt, lagSeconds, errorCode }] = await Promise.all([
    databaseSize(db),
    queueStates(db, portal.id),
    jobs.deadLetters(mostDeadLetters, { portalId: portal.id }),
    runsOfLastDay(db, portal.id, moment),
    storedLogin(db, portal.id),
    syncState(portal),
  ])
  return {
    version, queues, runs, limiter,
    checkedAt: moment.toISOString(),
    storage: { isEmbedded, sizeBytes },
    deadLetters: deadLetters.map(deadLetter),
    login: loginState(login, moment),
    missingScope: missingScope(portal.scope),
    sync: { status, lastRunAt, lagSeconds, errorCode },
  }
}

/** For whoever watches the process: 200 while storage and queue answer, 503 otherwise. Names no portal. */
function processHealth(app: FastifyInstance, { db, jobs, version }: HealthDeps): void {
  app.get('/health', async (_request, reply) => {
    const [storage, queues] = await Promise.allSettled([sql`select 1`.execute(db), jobs.health()])
    const isHealthy = storage.status === 'fulfilled' && queues.status === 'fulfilled'
    return reply.code(isHealthy ? 200 : 503).send({
      status: isHealthy ? 'ok' : 'failing',
      version,
      storage: storage.status === 'fulfilled' ? 'ok' : 'failing',
      queue: queues.status === 'fulfilled'
        ? { status: 'ok', waiting: sum(queues.value, 'waiting'), active: sum(queues.value, 'active'), failed: sum(queues.value, 'failed') }
        : { status: 'failing' },
    })
  })
}

const sum = <K extends string>(rows: readonly Readonly<Record<K, number>>[], key: K): number =>
  rows.reduce((total, row) => total + row[key], 0)

import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Database } from '../../platform/storage/database.ts'

export interface HealthDeps {
  readonly db: Database
  readonly jobs: Jobs
  readonly version: string
}

/** For whoever watches the process: 200 while storage and queue answer, 503 otherwise. Names no portal. */
export function healthRoutes(app: FastifyInstance, { db, jobs, version }: HealthDeps): void {
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

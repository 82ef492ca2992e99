import { sql } from 'kysely'
import type { Health, QueueState } from '@comptoir/shared/health/health.contract'
import type { Database } from '../../platform/storage/database.ts'
import type { StoredLogin } from './health.ts'

const appUser = 0
const dayMs = 24 * 3_600_000

export async function databaseSize(db: Database): Promise<number> {
  const { rows: [row] } = await sql<{ size: number }>`select pg_database_size(current_database()) as size`.execute(db)
  return row?.size ?? 0
}

/** The queue belongs to all portals; each sees its own work alone. */
export async function queueStates(db: Database, portalId: number): Promise<QueueState[]> {
  const { rows } = await sql<QueueState>`
    select coalesce(source_name, name) as queue,
      count(*) filter (where name <> 'dead-letters' and state in ('created', 'retry'))::int as waiting,
      count(*) filter (where name <> 'dead-letters' and state = 'active')::int as active,
      count(*) filter (where name = 'dead-letters' and state = 'created')::int as failed
    from pgboss.job
    where data->>'portalId' = ${String(portalId)}
    group by 1 order by 1`.execute(db)
  return rows
}

export async function runsOfLastDay(db: Database, portalId: number, now: Date): Promise<Health['runs']> {
  return db.selectFrom('action_runs')
    .select(['state', sql<number>`count(*)::int`.as('count')])
    .where('portal_id', '=', portalId).where('received_at', '>', new Date(now.getTime() - dayMs))
    .groupBy('state').orderBy('state')
    .execute()
}

export async function storedLogin(db: Database, portalId: number): Promise<StoredLogin | null> {
  const row = await db.selectFrom('portal_tokens')
    .select(['expires_at', 'updated_at', sql<boolean>`refresh_token is not null`.as('can_refresh')])
    .where('portal_id', '=', portalId).where('user_id', '=', appUser)
    .executeTakeFirst()
  return row ? { canRefresh: row.can_refresh, expiresAt: row.expires_at, renewedAt: row.updated_at } : null
}

import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import type { Database } from '../../platform/storage/database.ts'
import { hashOfKey, type SourceRow } from './sources.postgres.ts'

const callsPerMinute = 60

/** @throws AppError source.key_invalid, source.paused, request.too_many */
export async function openDoor(db: Database, authorization: string | undefined, now: Date): Promise<SourceRow> {
  const [scheme, key = ''] = (authorization ?? '').split(' ')
  if (scheme !== 'Bearer' || !/^cpt_[\w-]{43}$/.test(key))
    throw new AppError('source.key_invalid')
  const minute = new Date(Math.floor(now.getTime() / 60_000) * 60_000)
  const source = await db.updateTable('data_sources').set({ minute, minute_calls: sql<number>`case when minute = ${minute} then minute_calls + 1 else 1 end` })
    .where('key_hash', '=', hashOfKey(key)).where('removed_at', 'is', null).returningAll().executeTakeFirst()
  const portal = source && await db.selectFrom('portals').select('status').where('portal_id', '=', source.portal_id).executeTakeFirst()
  if (!source || portal?.status !== 'installed')
    throw new AppError('source.key_invalid')
  if (source.minute_calls > callsPerMinute)
    throw new AppError('request.too_many', { details: { perMinute: callsPerMinute } })
  if (source.is_paused)
    throw new AppError('source.paused')
  return source
}

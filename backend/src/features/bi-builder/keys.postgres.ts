import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import type { TokenCipher } from '../../platform/bitrix24/token-cipher.ts'
import type { Database } from '../../platform/storage/database.ts'

/** A key names itself and proves itself: `cbi_<name>_<secret>`. 32 random bytes need no slow hash. */

const shape = /^cbi_([0-9a-f]{32})_([\w-]{43})$/
const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()
/** Compared with when no key has the name, so that a name cannot be guessed by the time an answer takes. */
const nobody = hashOf(randomBytes(32).toString('hex'))
const noKeyId = '00000000-0000-4000-8000-000000000000'
const callsPerMinute = 240

export interface BiKey { readonly keyId: string, readonly key: string }

export async function addKey(db: Database, cipher: TokenCipher, { portalId, userId }: { portalId: number, userId: number }): Promise<BiKey> {
  const keyId = randomUUID()
  const secret = randomBytes(32).toString('base64url')
  const key = `cbi_${keyId.replaceAll('-', '')}_${secret}`
  await db.insertInto('bi_keys').values({
    portal_id: portalId, key_id: keyId, key_hash: hashOf(secret), sealed: cipher.seal(portalId, key), hint: key.slice(-4), created_by: userId,
  }).execute()
  return { keyId, key }
}

/** The key that holds: the newest. Null when there is none. */
export async function currentKey(db: Database, cipher: TokenCipher, portalId: number): Promise<BiKey | null> {
  const row = await db.selectFrom('bi_keys').select(['key_id', 'sealed']).where('portal_id', '=', portalId).orderBy('created_at', 'desc').executeTakeFirst()
  return row ? { keyId: row.key_id, key: cipher.open(portalId, row.sealed) } : null
}

export async function dropKeys(db: Database, portalId: number, { but, only }: { but?: string, only?: string } = {}): Promise<void> {
  await db.deleteFrom('bi_keys').where('portal_id', '=', portalId)
    .$if(but !== undefined, query => query.where('key_id', '<>', but!))
    .$if(only !== undefined, query => query.where('key_id', '=', only!))
    .execute()
}

/**
 * The portal that a key belongs to. Nothing is counted or written for a key that is not good.
 * @throws AppError bi.key_invalid, request.too_many
 */
export async function openKey(db: Database, given: unknown, now: Date): Promise<number> {
  const [, name, secret = ''] = shape.exec(typeof given === 'string' ? given : '') ?? []
  const keyId = name ? name.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : noKeyId
  const row = await db.selectFrom('bi_keys').select(['portal_id', 'key_hash']).where('key_id', '=', keyId).executeTakeFirst()
  if (!timingSafeEqual(hashOf(secret), row?.key_hash ?? nobody) || !row)
    throw new AppError('bi.key_invalid')
  const minute = new Date(Math.floor(now.getTime() / 60_000) * 60_000)
  const used = await db.updateTable('bi_keys').set({
    last_used_at: now, minute, minute_calls: sql<number>`case when minute = ${minute} then minute_calls + 1 else 1 end`,
  }).where('portal_id', '=', row.portal_id).where('key_id', '=', keyId).returning('minute_calls').executeTakeFirst()
  if ((used?.minute_calls ?? 0) > callsPerMinute)
    throw new AppError('request.too_many', { details: { perMinute: callsPerMinute } })
  return row.portal_id
}

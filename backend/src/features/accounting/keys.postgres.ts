import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { KeyScope } from '@comptoir/shared/accounting/accounting.contract'
import { AppError } from '@comptoir/shared/errors'
import type { TokenCipher } from '../../platform/bitrix24/token-cipher.ts'
import type { Caller } from '../../platform/http/caller.ts'
import { isSigned } from '../../platform/http/signed-body.ts'
import type { Database } from '../../platform/storage/database.ts'

const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest()
const callsPerMinute = 120

export interface MadeKey { readonly key: string, readonly signingSecret: string }

/** 32 random bytes need no slow hash: nobody guesses them. */
export async function addKey(db: Database, cipher: TokenCipher, { portal, viewer }: Caller, { name, scopes }: { name: string, scopes: readonly KeyScope[] }): Promise<MadeKey> {
  const key = `cpt_${randomBytes(32).toString('base64url')}`
  const signingSecret = `cps_${randomBytes(32).toString('base64url')}`
  await db.insertInto('accounting_keys').values({
    portal_id: portal.id, name: name.trim(), hint: key.slice(-4), key_hash: hashOf(key), signing_secret: cipher.seal(portal.id, signingSecret), scopes: [...scopes], created_by: viewer.userId,
  }).execute()
  return { key, signingSecret }
}

export async function revokeKey(db: Database, { portal, viewer }: Caller, keyId: string, now: Date): Promise<void> {
  const known = await db.updateTable('accounting_keys').set({ revoked_at: sql<Date>`coalesce(revoked_at, ${now})`, revoked_by: sql<number>`coalesce(revoked_by, ${viewer.userId})` })
    .where('portal_id', '=', portal.id).where('key_id', '=', keyId).returning('key_id').executeTakeFirst()
  if (!known)
    throw new AppError('accounting.key_not_found', { details: { keyId } })
}

export interface OpenedKey {
  readonly portalId: number
  readonly keyId: string
  readonly signingSecret: Buffer
}

/** @throws AppError accounting.key_invalid, accounting.scope_missing, request.too_many */
export async function openKey(db: Database, authorization: string | undefined, scope: KeyScope, now: Date): Promise<OpenedKey> {
  const [scheme, key = ''] = (authorization ?? '').split(' ')
  if (scheme !== 'Bearer' || !/^cpt_[\w-]{43}$/.test(key))
    throw new AppError('accounting.key_invalid')
  const minute = new Date(Math.floor(now.getTime() / 60_000) * 60_000)
  const row = await db.updateTable('accounting_keys').set({
    last_used_at: now, minute, minute_calls: sql<number>`case when minute = ${minute} then minute_calls + 1 else 1 end`,
  }).where('key_hash', '=', hashOf(key)).where('revoked_at', 'is', null).returning(['portal_id', 'key_id', 'scopes', 'signing_secret', 'minute_calls']).executeTakeFirst()
  if (!row)
    throw new AppError('accounting.key_invalid')
  if (row.minute_calls > callsPerMinute)
    throw new AppError('request.too_many', { details: { perMinute: callsPerMinute } })
  if (!row.scopes.includes(scope))
    throw new AppError('accounting.scope_missing', { details: { scope } })
  return { portalId: row.portal_id, keyId: row.key_id, signingSecret: row.signing_secret }
}

/** @throws AppError accounting.signature_invalid */
export function requireSignature(cipher: TokenCipher, { portalId, signingSecret }: OpenedKey, header: string | undefined, body: string, now: Date): void {
  if (!isSigned(body, header, cipher.open(portalId, signingSecret), now))
    throw new AppError('accounting.signature_invalid')
}

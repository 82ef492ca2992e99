import { AppError } from '@comptoir/shared/errors'
import type { Database, Tx } from '../storage/database.ts'
import type { Oauth, TokenPair } from './oauth.ts'
import type { TokenCipher } from './token-cipher.ts'

/** The app's own credential, obtained from whoever installed it. */
export const appUser = 0

export interface Credential {
  readonly accessToken: string
  readonly expiresAt: Date
  readonly canRefresh: boolean
  /** How often the pair was rotated when it was read. */
  readonly generation: number
}

type SavedPair = Pick<TokenPair, 'accessToken' | 'refreshToken' | 'expiresAt'>

export interface TokenStore {
  /** Null when this user never gave us a token. */
  read(portalId: number, userId: number): Promise<Credential | null>
  save(portalId: number, userId: number, pair: SavedPair, tx?: Tx): Promise<void>
  /** Rotates the pair unless somebody did since `generation`; the new pair is on disk before anyone sees it. */
  refresh(portalId: number, userId: number, generation: number): Promise<Credential>
  /** The address the authorization server named at the last rotation of this process, if any. */
  endpointSeen(portalId: number): string | null
}

interface Deps {
  readonly db: Database
  readonly cipher: TokenCipher
  readonly oauth: Pick<Oauth, 'refresh'>
  readonly now: () => Date
}

interface Rotation {
  readonly portalId: number
  readonly userId: number
  readonly generation: number
}

export function createTokenStore(deps: Deps): TokenStore {
  const running = new Map<string, Promise<Credential>>()
  const endpoints = new Map<number, string>()

  return {
    read: (portalId, userId) => read(deps, portalId, userId),
    save: (portalId, userId, pair, tx) => save(deps, tx ?? deps.db, portalId, userId, pair),
    refresh(portalId, userId, generation) {
      const key = `${portalId}/${userId}/${generation}`
      const started = running.get(key) ?? rotate(deps, { portalId, userId, generation }, endpoints)
        .finally(() => running.delete(key))
      running.set(key, started)
      return started
    },
    endpointSeen: portalId => endpoints.get(portalId) ?? null,
  }
}

/**
 * The row lock is held while the authorization server answers: a refresh token is spent by its first use,
 * so of all instances sharing this database exactly one may send it. The others then find the new generation.
 */
async function rotate(deps: Deps, rotation: Rotation, endpoints: Map<number, string>): Promise<Credential> {
  const { portalId, userId, generation } = rotation
  const spent: { pair: TokenPair | null } = { pair: null }
  try {
    await deps.db.transaction().execute(async (tx) => {
      const row = await tx.selectFrom('portal_tokens')
        .select(['refresh_token', 'generation'])
        .where('portal_id', '=', portalId).where('user_id', '=', userId)
        .forUpdate()
        .executeTakeFirst()
      if (!row || row.generation !== generation)
        return
      if (row.refresh_token === null)
        throw lost(portalId, 'no_refresh_token')
      const old = deps.cipher.open(portalId, row.refresh_token)
      const fresh = await deps.oauth.refresh(old)
      // Some answers leave the refresh token out; then the old one stays good.
      spent.pair = { ...fresh, refreshToken: fresh.refreshToken ?? old }
      await save(deps, tx, portalId, userId, spent.pair)
    })
  }
  catch (error) {
    if (!spent.pair)
      throw await dropIfRevoked(deps, rotation, error)
    // The old token is spent: losing the new one to a broken connection would lock the portal out.
    await save(deps, deps.db, portalId, userId, spent.pair)
  }
  if (spent.pair?.clientEndpoint)
    endpoints.set(portalId, spent.pair.clientEndpoint)
  const credential = await read(deps, portalId, userId)
  if (!credential)
    throw lost(portalId, 'no_token')
  return credential
}

async function save({ cipher, now }: Deps, on: Database | Tx, portalId: number, userId: number, pair: SavedPair): Promise<void> {
  const values = {
    access_token: cipher.seal(portalId, pair.accessToken),
    refresh_token: pair.refreshToken === null ? null : cipher.seal(portalId, pair.refreshToken),
    expires_at: pair.expiresAt,
    updated_at: now(),
  }
  await on.insertInto('portal_tokens')
    .values({ portal_id: portalId, user_id: userId, generation: 1, ...values })
    .onConflict(conflict => conflict.columns(['portal_id', 'user_id']).doUpdateSet(eb => ({
      ...values,
      generation: eb('portal_tokens.generation', '+', 1),
    })))
    .execute()
}

async function read({ db, cipher }: Deps, portalId: number, userId: number): Promise<Credential | null> {
  const row = await db.selectFrom('portal_tokens')
    .select(['access_token', 'expires_at', 'generation', eb => eb('refresh_token', 'is not', null).as('can_refresh')])
    .where('portal_id', '=', portalId).where('user_id', '=', userId)
    .executeTakeFirst()
  if (!row)
    return null
  return {
    accessToken: cipher.open(portalId, row.access_token),
    expiresAt: row.expires_at,
    canRefresh: Boolean(row.can_refresh),
    generation: row.generation,
  }
}

/** A refresh token that the server calls invalid is never sent again: repeating it gets an app blocked. */
async function dropIfRevoked({ db }: Deps, { portalId, userId, generation }: Rotation, error: unknown): Promise<unknown> {
  if (error instanceof AppError && error.details.hostCode === 'invalid_grant') {
    await db.updateTable('portal_tokens').set({ refresh_token: null })
      .where('portal_id', '=', portalId).where('user_id', '=', userId).where('generation', '=', generation)
      .execute()
  }
  return error
}

const lost = (portalId: number, reason: string) => new AppError('crm.login_lost', { details: { portalId, reason } })

import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '@comptoir/shared/errors'
import { openDatabase } from '../storage/database.ts'
import { freshDatabase, type TestDatabase } from '../storage/test-database.ts'
import type { TokenPair } from './oauth.ts'
import { createTokenCipher } from './token-cipher.ts'
import { createTokenStore } from './token-store.postgres.ts'

const key = randomBytes(32)
let database: TestDatabase
let portalId: number
beforeAll(async () => {
  database = await freshDatabase()
})
beforeEach(async () => {
  const row = await database.db.insertInto('portals')
    .values({ member_id: 'm', domain: 'p.test', client_endpoint: 'https://p.test/rest/', server_endpoint: 'https://o.test/rest/', application_token_hash: null, app_version: null, installer_user_id: 1, installed_at: null })
    .returning('portal_id').executeTakeFirstOrThrow()
  portalId = row.portal_id
})
afterEach(() => database.db.deleteFrom('portals').execute())
afterAll(() => database.close())

/** An authorization server that spends each refresh token once, as the real one does. */
function createServer({ first = 'r0' } = {}) {
  let valid = first
  const server = {
    calls: [] as string[],
    before: async () => undefined as void,
    refresh: async (refreshToken: string): Promise<TokenPair> => {
      server.calls.push(refreshToken)
      await server.before()
      if (refreshToken !== valid)
        throw new AppError('crm.login_lost', { details: { hostCode: 'invalid_grant' } })
      valid = `r${server.calls.length}`
      return { ...pair(`a${server.calls.length}`, valid), clientEndpoint: 'https://p.test/rest/' }
    },
  }
  return server
}

const pair = (accessToken: string, refreshToken: string | null): TokenPair => ({
  accessToken, refreshToken, expiresAt: new Date('2026-05-01T11:00:00Z'), clientEndpoint: null, memberId: null, userId: null, scope: [],
})
const now = () => new Date('2026-05-01T10:00:00Z')
const storeWith = (oauth: { refresh: (token: string) => Promise<TokenPair> }) =>
  createTokenStore({ db: database.db, cipher: createTokenCipher(key), oauth, now })

describe('stored tokens', () => {
  it('are unreadable in the database', async () => {
    await storeWith(createServer()).save(portalId, 0, pair('plain-access', 'plain-refresh'))
    const row = await database.db.selectFrom('portal_tokens').selectAll().executeTakeFirstOrThrow()
    expect(row.access_token.toString('latin1')).not.toContain('plain')
    expect(row.refresh_token?.toString('latin1')).not.toContain('plain')
  })

  it('are absent until somebody gives them', async () => {
    expect(await storeWith(createServer()).read(portalId, 0)).toBeNull()
  })
})

describe('a refresh', () => {
  it('happens once for twenty callers that found the same token expired', async () => {
    const server = createServer()
    const store = storeWith(server)
    await store.save(portalId, 0, pair('a0', 'r0'))
    const seen = await Promise.all(Array.from({ length: 20 }, () => store.refresh(portalId, 0, 1)))
    expect(server.calls).toEqual(['r0'])
    expect(new Set(seen.map(({ accessToken }) => accessToken))).toEqual(new Set(['a1']))
  })

  it('happens once for two instances that share the database', async () => {
    const server = createServer()
    await storeWith(server).save(portalId, 0, pair('a0', 'r0'))
    server.before = () => new Promise(resolve => setImmediate(resolve))
    const seen = await Promise.all([storeWith(server), storeWith(server)].flatMap(store => [store.refresh(portalId, 0, 1), store.refresh(portalId, 0, 1)]))
    expect(server.calls).toEqual(['r0'])
    expect(seen.map(({ accessToken }) => accessToken)).toEqual(['a1', 'a1', 'a1', 'a1'])
  })

  it('rotates again when the new pair expires too', async () => {
    const server = createServer()
    const store = storeWith(server)
    await store.save(portalId, 0, pair('a0', 'r0'))
    const { generation } = await store.refresh(portalId, 0, 1)
    await store.refresh(portalId, 0, generation)
    expect(server.calls).toEqual(['r0', 'r1'])
  })

  it('keeps the old pair while the server is away', async () => {
    const store = storeWith({ refresh: async () => Promise.reject(new AppError('crm.unavailable')) })
    await store.save(portalId, 0, pair('a0', 'r0'))
    await expect(store.refresh(portalId, 0, 1)).rejects.toThrow('crm.unavailable')
    const row = await database.db.selectFrom('portal_tokens').selectAll().executeTakeFirstOrThrow()
    expect(row.generation).toBe(1)
    expect(row.refresh_token).not.toBeNull()
  })

  it('never sends a revoked token a second time', async () => {
    const server = createServer({ first: 'another' })
    const store = storeWith(server)
    await store.save(portalId, 0, pair('a0', 'r0'))
    await expect(store.refresh(portalId, 0, 1)).rejects.toThrow('crm.login_lost')
    await expect(store.refresh(portalId, 0, 1)).rejects.toThrow('crm.login_lost')
    expect(server.calls).toEqual(['r0'])
  })

  it('keeps the new pair even when the database connection breaks before the commit', async () => {
    const { db, pool, close } = openDatabase({ connectionString: database.url })
    pool.on('connect', client => void client.on('error', () => undefined))
    const server = createServer()
    const store = createTokenStore({ db, cipher: createTokenCipher(key), oauth: server, now })
    await store.save(portalId, 0, pair('a0', 'r0'))
    server.before = async () => {
      await database.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and state = 'idle in transaction'`)
    }
    expect((await store.refresh(portalId, 0, 1)).accessToken).toBe('a1')
    expect((await store.read(portalId, 0))?.accessToken).toBe('a1')
    await close()
  })
})

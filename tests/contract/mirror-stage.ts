import { randomBytes } from 'node:crypto'
import { createCrm, type Crm } from '@comptoir/backend/platform/bitrix24/client'
import { createLimiter } from '@comptoir/backend/platform/bitrix24/limiter'
import { createOauth } from '@comptoir/backend/platform/bitrix24/oauth'
import { createPortalDirectory } from '@comptoir/backend/platform/bitrix24/portal-directory.postgres'
import { createRequestLog } from '@comptoir/backend/platform/bitrix24/request-log.postgres'
import { createTokenCipher } from '@comptoir/backend/platform/bitrix24/token-cipher'
import { createTokenStore, type TokenStore } from '@comptoir/backend/platform/bitrix24/token-store.postgres'
import { createPost, type Post } from '@comptoir/backend/platform/bitrix24/transport'
import { freshDatabase, type TestDatabase } from '@comptoir/backend/platform/storage/test-database'
import { syncPortal } from '@comptoir/backend/features/mirror/sync-portal.job'
import { registerApp } from '../portal/apps/lifecycle.ts'
import { issueToken } from '../portal/apps/tokens.ts'
import { startPortal, type RunningPortal } from '../portal/server.ts'
import type { App } from '../portal/state.ts'

export interface MirrorStage {
  readonly running: RunningPortal
  readonly app: App
  readonly database: TestDatabase
  readonly portalId: number
  readonly tokens: TokenStore
  readonly tokenKey: Buffer
  readonly crm: Crm
  /** Every HTTP request to the portal, as sent. */
  readonly requests: { readonly method: string, readonly commands: readonly string[] }[]
  sync(options?: { signal?: AbortSignal, crm?: Crm }): Promise<void>
  /** Another instance of the app on the same database. */
  secondInstance(): { crm: Crm, tokens: TokenStore }
  close(): Promise<void>
}

/** Comptoir's mirror against the stand-in: real HTTP, a real database, and time that passes only when somebody waits. */
export async function startMirrorStage({ data = 'none', host }: { data?: string, host?: string } = {}): Promise<MirrorStage> {
  const running = await startPortal({ data, host })
  const database = await freshDatabase()
  const { portal } = running
  const app = registerApp(portal, { title: 'Comptoir', handlerUrl: 'http://localhost:1/p/main', installerUrl: null, scopes: ['crm', 'user_brief', 'department', 'placement', 'bizproc'] })
  const requests: { method: string, commands: string[] }[] = []
  const tokenKey = randomBytes(32)
  const now = () => new Date(portal.clock.now())
  const sleep = async (ms: number) => portal.clock.jump(ms)
  const plain = createPost()
  const post: Post = async (url, body, options) => {
    if (!(body instanceof URLSearchParams))
      requests.push({ method: url.split('/').at(-1) ?? '', commands: Object.values((body.cmd ?? {}) as Record<string, string>) })
    return plain(url, body, options)
  }
  const oauth = createOauth({ server: running.url, clientId: app.clientId, clientSecret: app.clientSecret, post, now })
  const instance = () => {
    const tokens = createTokenStore({ db: database.db, cipher: createTokenCipher(tokenKey), oauth, now })
    const crm = createCrm({
      post, oauth, tokens, now, sleep,
      directory: createPortalDirectory(database.db),
      limiter: createLimiter({ now: portal.clock.now, sleep }),
      log: createRequestLog({ db: database.db, now }),
      rules: { allowInsecure: true },
    })
    return { crm, tokens }
  }
  const { crm, tokens } = instance()
  const { portal_id: portalId } = await database.db.insertInto('portals')
    .values({ member_id: portal.memberId, domain: new URL(running.url).host, client_endpoint: `${running.url}/rest/`, server_endpoint: `${running.url}/rest/`, application_token_hash: null, app_version: null, installer_user_id: 1, installed_at: now(), status: 'installed' })
    .returning('portal_id').executeTakeFirstOrThrow()
  const first = issueToken(portal, app, 1)
  await tokens.save(portalId, 0, { accessToken: first.accessToken, refreshToken: first.refreshToken, expiresAt: new Date(first.expiresAt) })

  return {
    running, app, database, portalId, tokens, tokenKey, crm, requests,
    sync: ({ signal, crm: other } = {}) => syncPortal({ db: database.db, crm: other ?? crm, now }, { portalId, timeZone: 'Europe/Paris', signal }),
    secondInstance: instance,
    async close() {
      await running.close()
      // Log entries may still be on their way to the database.
      await new Promise(resolve => setTimeout(resolve, 50))
      await database.close()
    },
  }
}

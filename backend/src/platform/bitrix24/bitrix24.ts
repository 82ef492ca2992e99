import type { Database } from '../storage/database.ts'
import { createApplicationTokens, type ApplicationTokens } from './application-token.ts'
import { createCrm, type Crm } from './client.ts'
import { createLimiter, type Limiter } from './limiter.ts'
import { createOauth, type Oauth } from './oauth.ts'
import { createPortalDirectory } from './portal-directory.postgres.ts'
import { createRequestLog, type RequestLog } from './request-log.postgres.ts'
import { createTokenCipher } from './token-cipher.ts'
import { createTokenStore, type TokenStore } from './token-store.postgres.ts'
import { createPost, type Post } from './transport.ts'
import { createVerifiedViewers } from './verified-viewers.postgres.ts'
import { verifyViewer, type VerifiedViewer } from './verify-viewer.ts'

export interface Bitrix24Options {
  readonly db: Database
  readonly clientId: string
  readonly clientSecret: string
  /** The authorization server, from configuration only. */
  readonly oauthServer: string
  /** 32 bytes; seals tokens and keys the application token's hash. */
  readonly tokenKey: Uint8Array
  readonly allowInsecure: boolean
  readonly now?: () => Date
  readonly post?: Post
  readonly limiter?: Limiter
  readonly sleep?: (ms: number) => Promise<void>
  readonly onLogError?: (error: unknown) => void
}

export interface Bitrix24 {
  readonly crm: Crm
  readonly oauth: Oauth
  readonly tokens: TokenStore
  readonly applicationTokens: ApplicationTokens
  readonly requestLog: RequestLog
  verifyViewer(token: { portalId: number, accessToken: string, claimedExpiry?: Date | null }): Promise<VerifiedViewer>
  /** Drops logged requests past their days and verified tokens past their life. */
  purge(): Promise<{ requests: number, viewers: number }>
}

/** The host demands three days of request log; a fourth covers whoever looks on a Monday. */
const logDays = 4
const dayMs = 86_400_000

/** Everything that speaks to the host, composed once per process: one limiter, one token store, one log. */
export function createBitrix24(options: Bitrix24Options): Bitrix24 {
  const { db, now = () => new Date(), post = createPost(), limiter = createLimiter() } = options
  const oauth = createOauth({ server: options.oauthServer, clientId: options.clientId, clientSecret: options.clientSecret, post, now })
  const tokens = createTokenStore({ db, cipher: createTokenCipher(options.tokenKey), oauth, now })
  const requestLog = createRequestLog({ db, now, onError: options.onLogError })
  const viewers = createVerifiedViewers(db)
  const rules = { allowInsecure: options.allowInsecure }
  const crm = createCrm({ post, oauth, tokens, directory: createPortalDirectory(db), limiter, log: requestLog, rules, now, sleep: options.sleep })
  return {
    crm,
    oauth,
    tokens,
    applicationTokens: createApplicationTokens(options.tokenKey),
    requestLog,
    verifyViewer: token => verifyViewer({ crm, viewers, now }, token),
    async purge() {
      const requests = await requestLog.purge(new Date(now().getTime() - logDays * dayMs))
      return { requests, viewers: await viewers.purge(now()) }
    },
  }
}

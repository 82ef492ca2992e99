import type { FastifyBaseLogger } from 'fastify'
import type { Config } from '../../config.ts'
import { createApplicationTokens, type ApplicationTokens } from './application-token.ts'
import { createAppCodes, type AppCodes } from './app-code.ts'
import { createCrm, type Crm } from './client.ts'
import { createLimiter, type Limiter } from './limiter.ts'
import { createOauth, type Oauth } from './oauth.ts'
import { createPortalDirectory } from './portal-directory.postgres.ts'
import { createRequestLog, type RequestLog } from './request-log.postgres.ts'
import { createTokenCipher } from './token-cipher.ts'
import { createTokenStore, type TokenStore } from './token-store.postgres.ts'
import { createPost, type Post } from './transport.ts'
import { createVerifiedViewers, type VerifiedViewers } from './verified-viewers.postgres.ts'
import type { Database } from '../storage/database.ts'

/** Everything that speaks with the host, wired once per process: the limiter must be the only one. */
export interface Host {
  readonly crm: Crm
  readonly appCode: AppCodes
  readonly oauth: Oauth
  readonly post: Post
  readonly tokens: TokenStore
  readonly applicationTokens: ApplicationTokens
  readonly viewers: VerifiedViewers
  readonly requestLog: RequestLog
}

export interface HostParts {
  readonly config: Config
  readonly db: Database
  readonly log: FastifyBaseLogger
  readonly now: () => Date
  readonly limiter?: Limiter
}

export function connectHost({ config, db, log, now, limiter = createLimiter() }: HostParts): Host {
  const post = createPost()
  const oauth = createOauth({ server: config.oauthServer, clientId: config.clientId, clientSecret: config.clientSecret, post, now })
  const tokens = createTokenStore({ db, cipher: createTokenCipher(config.encryptionKey), oauth, now })
  const requestLog = createRequestLog({ db, now, onError: error => log.warn({ err: error }, 'request log') })
  const crm = createCrm({
    post, oauth, tokens, now,
    directory: createPortalDirectory(db),
    limiter,
    log: requestLog,
    rules: { allowInsecure: config.allowInsecurePortals },
  })
  return { crm, appCode: createAppCodes(crm), oauth, post, tokens, requestLog, applicationTokens: createApplicationTokens(config.encryptionKey), viewers: createVerifiedViewers(db) }
}

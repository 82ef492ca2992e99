import { createCrm } from '@comptoir/backend/platform/bitrix24/client'
import { createLimiter } from '@comptoir/backend/platform/bitrix24/limiter'
import { createOauth } from '@comptoir/backend/platform/bitrix24/oauth'
import { createPortalDirectory } from '@comptoir/backend/platform/bitrix24/portal-directory.postgres'
import { createRequestLog } from '@comptoir/backend/platform/bitrix24/request-log.postgres'
import { createTokenCipher } from '@comptoir/backend/platform/bitrix24/token-cipher'
import { createTokenStore } from '@comptoir/backend/platform/bitrix24/token-store.postgres'
import { createPost } from '@comptoir/backend/platform/bitrix24/transport'
import { openDatabase } from '@comptoir/backend/platform/storage/database'
import { syncPortal } from '@comptoir/backend/features/mirror/sync-portal.job'

/** A process of its own that reads one portal, so that a test can kill it. */
const { DATABASE, SERVER, TOKEN_KEY, PORTAL_ID, CLIENT_ID, CLIENT_SECRET } = process.env as Record<string, string>
const now = () => new Date()
const post = createPost()
const { db, close } = openDatabase({ connectionString: DATABASE })
const oauth = createOauth({ server: SERVER!, clientId: CLIENT_ID!, clientSecret: CLIENT_SECRET!, post, now })
const tokens = createTokenStore({ db, cipher: createTokenCipher(Buffer.from(TOKEN_KEY!, 'hex')), oauth, now })
const crm = createCrm({
  post, oauth, tokens, now,
  directory: createPortalDirectory(db),
  limiter: createLimiter(),
  log: createRequestLog({ db, now }),
  rules: { allowInsecure: true },
})
await syncPortal({ db, crm, now }, { portalId: Number(PORTAL_ID), timeZone: 'Europe/Paris' })
await close()

import { createHash } from 'node:crypto'
import { AppError } from '@comptoir/shared/errors'
import type { AppCodes } from './app-code.ts'
import type { Crm } from './client.ts'
import { yes } from './crm-facts.ts'
import { toMap } from './php-query.ts'
import { errorOfFault } from './rest-fault.ts'
import type { VerifiedViewers } from './verified-viewers.postgres.ts'

export interface VerifiedViewer {
  readonly userId: number
  readonly name: string
  readonly isAdmin: boolean
  readonly expiresAt: Date
}

export interface VerifyViewerDeps {
  readonly crm: Pick<Crm, 'for'>
  readonly appCode: AppCodes
  readonly viewers: VerifiedViewers
  readonly now: () => Date
}

/** Tokens of a frame live an hour. What a page claims can only shorten that. */
const tokenLifeMs = 3_600_000

/**
 * Whose token is this? The stored portal itself answers; never an address that came with the token.
 * Tokens of other apps are refused: an app that sees little must not see through us what its user sees.
 */
export async function verifyViewer(
  { crm, appCode, viewers, now }: VerifyViewerDeps,
  { portalId, accessToken, claimedExpiry = null }: { portalId: number, accessToken: string, claimedExpiry?: Date | null },
): Promise<VerifiedViewer> {
  const tokenHash = createHash('sha256').update(accessToken).digest()
  const known = await viewers.find(portalId, tokenHash, now())
  if (known)
    return known
  const { profile, app } = await askPortal(crm, portalId, accessToken)
  const ownCode = await appCode(portalId)
  if (ownCode !== null && app.CODE !== ownCode)
    throw new AppError('auth.forged', { details: { reason: 'other_app' } })
  const userId = Number(profile.ID)
  if (!Number.isInteger(userId) || userId < 1)
    throw new AppError('auth.forged', { details: { reason: 'no_profile' } })
  const latest = now().getTime() + tokenLifeMs
  const viewer: VerifiedViewer = {
    userId,
    name: [profile.NAME, profile.LAST_NAME].filter(part => typeof part === 'string' && part !== '').join(' ') || `#${userId}`,
    isAdmin: yes(profile.ADMIN),
    expiresAt: new Date(Math.min(latest, claimedExpiry?.getTime() ?? latest)),
  }
  await viewers.remember(portalId, tokenHash, viewer)
  return viewer
}

async function askPortal(crm: Pick<Crm, 'for'>, portalId: number, accessToken: string) {
  const { results, faults } = await crm.for(portalId, { as: { accessToken }, lane: 'viewer' })
    .batch([
      { key: 'profile', method: 'profile', params: {} },
      { key: 'app', method: 'app.info', params: {} },
      // Nothing is asked for: guests of the portal (extranet) are refused all the same, and then by us, too.
      { key: 'crm', method: 'crm.item.list', params: { entityTypeId: 2, select: ['id'], filter: { id: 0 }, start: -1 } },
    ])
    .catch(refusal)
  if (faults.get('crm')?.code.toLowerCase() === 'allowed_only_intranet_user')
    throw new AppError('auth.not_allowed', { details: { reason: 'guest' } })
  const fault = faults.get('profile') ?? faults.get('app')
  if (fault)
    refusal(errorOfFault(fault))
  return { profile: toMap(results.get('profile')), app: toMap(results.get('app')) }
}

/** A token the portal does not know is a forged session, not a lost login of ours. */
function refusal(error: unknown): never {
  if (error instanceof AppError && error.code === 'crm.login_lost')
    throw new AppError('auth.forged', { details: { reason: 'token' }, cause: error })
  throw error
}

import { AppError } from '@comptoir/shared/errors'
import { toMap } from './php-query.ts'
import { errorOfFault, faultOfSilence } from './rest-fault.ts'
import type { Post } from './transport.ts'

export interface Profile {
  readonly userId: number
  readonly name: string
  readonly isAdmin: boolean
}

/** Who the portal at a proven address says the token belongs to; used before the portal is stored. */
export async function profileAt(post: Post, endpoint: string, accessToken: string): Promise<Profile> {
  const { body, fault, status } = await post(`${endpoint}profile`, { auth: accessToken }, { timeoutMs: 15_000 })
  if (fault)
    throw errorOfFault(fault)
  const profile = toMap(body?.result)
  const userId = Number(profile.ID)
  if (!body)
    throw errorOfFault(faultOfSilence('unreadable', status))
  if (!Number.isInteger(userId) || userId < 1)
    throw new AppError('auth.forged', { details: { reason: 'no_profile' } })
  return {
    userId,
    name: [profile.NAME, profile.LAST_NAME].filter(part => typeof part === 'string' && part !== '').join(' ') || `#${userId}`,
    isAdmin: [true, 'true', 'Y'].includes(profile.ADMIN as string | boolean),
  }
}

import { AppError } from '@comptoir/shared/errors'
import { yes } from './crm-facts.ts'
import { toList, toMap } from './php-query.ts'
import { errorOfFault, faultOfSilence } from './rest-fault.ts'
import type { Post } from './transport.ts'

export interface Profile {
  readonly userId: number
  readonly name: string
  readonly isAdmin: boolean
}

/** A portal that just woke up may need twenty seconds for its first answer. */
const timeoutMs = 30_000

/** Who the portal at a proven address says the token belongs to; used before the portal is stored. */
export async function profileAt(post: Post, endpoint: string, accessToken: string): Promise<Profile> {
  const { body, fault, status } = await post(`${endpoint}profile`, { auth: accessToken }, { timeoutMs })
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
    isAdmin: yes(profile.ADMIN),
  }
}

/** What the portal lets the token do, by its own list. */
export async function scopeAt(post: Post, endpoint: string, accessToken: string): Promise<readonly string[]> {
  const { body, fault, status } = await post(`${endpoint}scope`, { auth: accessToken }, { timeoutMs })
  if (fault || !body)
    throw errorOfFault(fault ?? faultOfSilence('unreadable', status))
  return toList(body.result).map(String)
}

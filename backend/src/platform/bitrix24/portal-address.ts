import { isIP } from 'node:net'
import { AppError } from '@comptoir/shared/errors'

export interface AddressRules {
  /** Lets http and private hosts through: for the stand-in and for tests, never for the public internet. */
  readonly allowInsecure: boolean
}

/** The REST base of a portal, always ending in one slash. Throws for what only an attacker would name. */
export function restBase(endpoint: string, { allowInsecure }: AddressRules): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null
  if (!url || url.username !== '' || url.password !== '' || !['https:', 'http:'].includes(url.protocol))
    throw new AppError('portal.insecure', { details: { endpoint: url?.host ?? null } })
  const isPrivate = isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0 || !url.hostname.includes('.') || url.hostname.endsWith('.local')
  if (!allowInsecure && (url.protocol !== 'https:' || isPrivate))
    throw new AppError('portal.insecure', { details: { endpoint: url.host } })
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}/`
}

export const sameOrigin = (one: string, other: string): boolean =>
  URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin

export const hostOf = (endpoint: string): string => new URL(endpoint).host

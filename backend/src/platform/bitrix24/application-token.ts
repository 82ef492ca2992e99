import { createHmac, createSecretKey, hkdfSync, timingSafeEqual } from 'node:crypto'

/** The host's application token is only ever compared, so only its keyed hash is kept. */
export interface ApplicationTokens {
  hash(token: string): Buffer
  /** Constant time. False when there is nothing to compare with. */
  matches(token: string | null | undefined, hash: Uint8Array | null): boolean
}

export function createApplicationTokens(key: Uint8Array): ApplicationTokens {
  // The cipher uses the same key: deriving keeps one secret from serving two algorithms.
  const hashKey = createSecretKey(new Uint8Array(hkdfSync('sha256', key, '', 'application-token', 32)))
  const hash = (token: string) => createHmac('sha256', hashKey).update(token).digest()
  return {
    hash,
    matches(token, stored) {
      if (!token || stored?.length !== 32)
        return false
      return timingSafeEqual(hash(token), stored)
    },
  }
}

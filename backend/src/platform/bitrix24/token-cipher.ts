import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto'
import { AppError } from '@comptoir/shared/errors'

/** Tokens at rest. The portal's number is authenticated with the text: a row copied to another portal does not open. */
export interface TokenCipher {
  seal(portalId: number, token: string): Buffer
  open(portalId: number, sealed: Buffer): string
}

const version = 1
const nonceBytes = 12
const tagBytes = 16
const headBytes = 1 + nonceBytes + tagBytes

/** AES-256-GCM. Sealed form: version (1 byte), nonce (12), tag (16), text. */
export function createTokenCipher(secret: Uint8Array): TokenCipher {
  if (secret.length !== 32)
    throw new RangeError(`a token key has 32 bytes, not ${secret.length}`)
  // Made once: for raw bytes every call would make a key of its own, which costs more than the cipher.
  const key = createSecretKey(secret)

  return {
    seal(portalId, token) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(owner(portalId))
      const text = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), text])
    },
    open(portalId, sealed) {
      try {
        if (sealed[0] !== version || sealed.length < headBytes)
          throw new RangeError(`unknown token version ${sealed[0]}`)
        const nonce = sealed.subarray(1, 1 + nonceBytes)
        const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(owner(portalId))
        decipher.setAuthTag(sealed.subarray(1 + nonceBytes, headBytes))
        return Buffer.concat([decipher.update(sealed.subarray(headBytes)), decipher.final()]).toString('utf8')
      }
      catch (cause) {
        // Another key or another portal's row: the only way on is a new login, as after a revoked token.
        throw new AppError('crm.login_lost', { details: { portalId, reason: 'unreadable' }, cause })
      }
    },
  }
}

const owner = (portalId: number) => Buffer.from(`portal:${portalId}`)

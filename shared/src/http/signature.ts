/** `t=1767225600,v1=<hex>`: the moment in seconds, and the HMAC-SHA-256 of `<t>.<body>`. */
export interface WrittenSignature {
  readonly at: number
  readonly mac: string
}

export const signatureHeader = 'x-comptoir-signature'
export const idempotencyHeader = 'idempotency-key'
export const signatureToleranceSeconds = 300

export function readSignature(header: string | undefined): WrittenSignature | null {
  const [, at, mac] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? '') ?? []
  return at === undefined || mac === undefined ? null : { at: Number(at), mac }
}

export const signedText = (at: number, body: string): string => `${at}.${body}`

export const isFresh = ({ at }: WrittenSignature, now: Date): boolean =>
  Math.abs(now.getTime() / 1000 - at) <= signatureToleranceSeconds

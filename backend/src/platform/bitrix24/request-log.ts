/** What may be kept of a request or an answer: enough to explain a failure, nothing that opens a door. */

const secretName = /auth|token|secret|passw|refresh|api_?key|signature|cookie|iban|bic$|acc_num|account_?number|rq_.*acc/i
const ibanLike = /\b[A-Z]{2}\d{2}(?:[ \u00A0]?[A-Z0-9]{4}){2,7}(?:[ \u00A0]?[A-Z0-9]{1,4})?\b/g
const secretInQuery = /((?:^|[?&;])[^=&?]*(?:auth|token|secret|passw|refresh|api_?key)[^=&?]*=)[^&]*/gi
/** Keys that we gave out ourselves, whatever field they come back in. */
const ownKey = /\bc(?:bi|pt|ps)_[\w-]{20,}/g
const longHex = /\b[0-9a-f]{32,}\b/gi
const mask = '•••'

const maxText = 300
const maxItems = 3
const maxDepth = 7
const maxBytes = 8_192

export function maskForLog(value: unknown): string {
  const text = JSON.stringify(masked(value, 0)) ?? 'null'
  return text.length <= maxBytes ? text : JSON.stringify({ cut: text.slice(0, maxBytes - 200) })
}

function masked(value: unknown, depth: number): unknown {
  if (typeof value === 'string')
    return maskedText(value)
  if (typeof value !== 'object' || value === null)
    return value
  if (depth >= maxDepth)
    return '…'
  if (Array.isArray(value)) {
    const kept = value.slice(0, maxItems).map(item => masked(item, depth + 1))
    return value.length > maxItems ? [...kept, `… ${value.length - maxItems}`] : kept
  }
  return maskedMap(value, depth)
}

function maskedMap(value: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(value)
  // The pages of a batch look alike: the first ones tell what the others hold.
  const isBatchLike = entries.length > 12 && entries.every(([key]) => /_\d+$/.test(key))
  const shown = isBatchLike ? entries.slice(0, maxItems) : entries
  const kept = shown.map(([key, item]) => [key, isSecret(key, item) ? mask : masked(item, depth + 1)])
  return Object.fromEntries(shown.length < entries.length ? [...kept, ['…', entries.length - shown.length]] : kept)
}

const isSecret = (key: string, item: unknown) => secretName.test(key) && typeof item !== 'boolean' && item !== null

function maskedText(text: string): string {
  const safe = text
    .replace(secretInQuery, `$1${mask}`)
    .replace(ibanLike, found => /\d{6}/.test(found.replace(/[^0-9]/g, '')) ? `${found.slice(0, 4)}${mask}` : found)
    .replace(ownKey, mask)
    .replace(longHex, mask)
  return safe.length > maxText ? `${safe.slice(0, maxText)}…` : safe
}

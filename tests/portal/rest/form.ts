import { parse } from 'qs'

/** PHP's bracket notation, deep enough for filters with OR groups. */
export function parseQuery(text: string): Record<string, unknown> {
  return parse(text, { depth: 20, arrayLimit: 5000, parameterLimit: 100_000, allowDots: false, ignoreQueryPrefix: true }) as Record<string, unknown>
}

/** JSON if it looks like it, otherwise a form; PHP reads what it can and ignores the rest. */
export function parseBody(contentType: string | undefined, text: string): Record<string, unknown> {
  if (text === '')
    return {}
  if (contentType?.includes('application/json') || /^\s*[{[]/.test(text)) {
    try {
      const value: unknown = JSON.parse(text)
      return value !== null && typeof value === 'object' && !Array.isArray(value) ? value as Record<string, unknown> : {}
    }
    catch {
      return {}
    }
  }
  return parseQuery(text)
}

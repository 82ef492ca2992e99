import type { Boot, Session } from '@comptoir/shared/portal/portal.contract'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the server wrote into the page; null when the page was not opened through the host. */
export function readBoot(page: Document): Boot | null {
  const text = page.getElementById('comptoir-boot')?.textContent?.trim()
  if (!text)
    return null
  try {
    return parseBoot(JSON.parse(text))
  }
  catch {
    return null
  }
}

function parseBoot(value: unknown): Boot | null {
  if (!isRecord(value) || typeof value.placement !== 'string' || typeof value.language !== 'string')
    return null
  return {
    placement: value.placement as Boot['placement'],
    // The host writes an empty map as `[]`.
    options: isRecord(value.options) ? value.options : {},
    language: value.language,
    session: isSession(value.session) ? value.session : null,
    first: value.first ?? null,
  }
}

export const isSession = (value: unknown): value is Session =>
  isRecord(value)
  && typeof value.token === 'string'
  && typeof value.expiresAt === 'string'
  && isRecord(value.viewer)
  && isRecord(value.portal)
  && isRecord(value.settings)

let firstData: unknown = null

export function keepFirst(first: unknown): void {
  firstData = first
}

/**
 * The data that came with the page, once: the placement's first query starts from it instead of
 * asking again. `initialData: () => takeFirst<DealVendors>()`.
 */
export function takeFirst<T>(): T | undefined {
  const taken = firstData
  firstData = null
  return (taken ?? undefined) as T | undefined
}

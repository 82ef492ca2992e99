import { toPortalTime } from '../core/zoned-time.ts'

/** `14/05/2026 10:26:32`, the way a French portal writes it. */
export function portalDateTime(at: number): string {
  const [date = '', time = ''] = toPortalTime(at).split('T')
  return `${date.split('-').reverse().join('/')} ${time.slice(0, 8)}`
}

export const portalDate = (at: number): string => portalDateTime(at).slice(0, 10)

/** The way back, as far as the text is in the portal's format; anything else is left as it is. */
export const toIsoTime = (text: string): string =>
  text.replace(/^(\d{2})[/.](\d{2})[/.](\d{4})(?: (\d{2}:\d{2})(:\d{2})?)?$/, (_, day, month, year, clock?: string, seconds = ':00') =>
    clock ? `${year}-${month}-${day}T${clock}${seconds}` : `${year}-${month}-${day}`)

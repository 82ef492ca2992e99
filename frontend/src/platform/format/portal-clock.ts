import { portalTimeZone } from './format.ts'

const asUtc = (written: string): number => Date.parse(`${written}:00Z`)

/** The portal's wall clock at a moment, as a field for day and time holds it: `2026-03-05T14:30`. */
export function portalClock(moment: Date): string {
  const parts = new Intl.DateTimeFormat('sv', { timeZone: portalTimeZone(), dateStyle: 'short', timeStyle: 'short' }).format(moment)
  return parts.replace(' ', 'T')
}

/** The moment at which the portal's clock shows it; an hour that is skipped in spring is the one after it. */
export function momentOfClock(written: string): Date {
  const wanted = asUtc(written)
  const offset = (at: number): number => asUtc(portalClock(new Date(at))) - at
  const first = wanted - offset(wanted)
  return new Date(wanted - offset(first))
}

import { AppError } from '@comptoir/shared/errors'
import type { CallPortal } from './install-steps.ts'

export interface PortalWords {
  readonly language: string
  readonly timeZone: string
  readonly currency: string | null
}

/** The portal's language, zone and base currency. The host has no method for the zone: see zoneOf. */
export async function readPortalWords(call: CallPortal): Promise<PortalWords> {
  const info = fields(await call('app.info'))
  const profile = fields(await call('profile'))
  // The zone can be guessed, and the currency comes with the first synchronization: a portal that lacks a method is no reason to stop.
  const serverTime = String(await call('server.time').catch(ifRefused))
  const currencies = await call('crm.currency.list').catch(ifRefused)
  const language = String(info.LANGUAGE_ID ?? 'fr').toLowerCase()
  return {
    language,
    timeZone: zoneOf({ declared: String(profile.TIME_ZONE ?? ''), language, serverTime }),
    currency: baseCurrency(currencies) ?? await askedBaseCurrency(call),
  }
}

function baseCurrency(result: unknown): string | null {
  const base = Object.values(fields(result)).map(fields).find(row => row.BASE === 'Y' || row.BASE === true)
  return base ? String(base.CURRENCY) : null
}

/** For portals whose list does not mark it. */
async function askedBaseCurrency(call: CallPortal): Promise<string | null> {
  const answer = await call('crm.currency.base.get').catch(ifRefused)
  return typeof answer === 'string' && answer !== '' ? answer : null
}

function ifRefused(error: unknown): null {
  if (error instanceof AppError && (error.code === 'crm.refused' || error.code === 'crm.forbidden'))
    return null
  throw error
}

/** Where a portal of that language most likely stands, tried in order against its clock. */
const likelyZones: Readonly<Record<string, readonly string[]>> = {
  fr: ['Europe/Paris', 'America/Montreal', 'Indian/Reunion'],
  de: ['Europe/Berlin'],
  en: ['Europe/London', 'America/New_York', 'Europe/Paris'],
  it: ['Europe/Rome'],
  la: ['Europe/Madrid', 'America/Mexico_City', 'America/Bogota'],
  pl: ['Europe/Warsaw'],
  br: ['America/Sao_Paulo'],
}

/** The administrator's own zone when the host tells it, else a zone whose offset now is the offset of the server's clock. */
export function zoneOf({ declared, language, serverTime }: { declared: string, language: string, serverTime: string }): string {
  if (declared && isZone(declared))
    return declared
  const offset = offsetMinutes(serverTime)
  const at = new Date(serverTime)
  const candidates = [...likelyZones[language] ?? [], 'Europe/Paris', 'Europe/London', 'Europe/Helsinki', 'UTC']
  if (offset === null || Number.isNaN(at.getTime()))
    return candidates[0] ?? 'UTC'
  const match = candidates.find(zone => zoneOffset(zone, at) === offset)
  // Etc/GMT zones count the other way round: Etc/GMT-3 is three hours ahead.
  return match ?? (offset % 60 === 0 ? `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset) / 60}` : 'UTC')
}

function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  }
  catch {
    return false
  }
}

function offsetMinutes(iso: string): number | null {
  const found = /(Z|([+-])(\d\d):?(\d\d))$/.exec(iso.trim())
  if (!found)
    return null
  if (found[1] === 'Z')
    return 0
  const minutes = Number(found[3]) * 60 + Number(found[4])
  return found[2] === '-' ? -minutes : minutes
}

function zoneOffset(timeZone: string, at: Date): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at).find(part => part.type === 'timeZoneName')?.value ?? 'GMT'
  return offsetMinutes(name === 'GMT' ? '+00:00' : name.replace('GMT', '')) ?? 0
}

const fields = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? value as Record<string, unknown> : {}

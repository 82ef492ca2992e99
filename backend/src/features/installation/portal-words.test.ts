import { AppError } from '@comptoir/shared/errors'
import { describe, expect, it } from 'vitest'
import { readPortalWords, zoneOf } from './portal-words.ts'

describe('the words of a portal', () => {
  it.each([
    [{ declared: 'Europe/Brussels', language: 'fr', serverTime: '2026-05-14T10:00:00+02:00' }, 'Europe/Brussels'],
    [{ declared: '', language: 'fr', serverTime: '2026-05-14T10:00:00+02:00' }, 'Europe/Paris'],
    [{ declared: '', language: 'fr', serverTime: '2026-01-14T10:00:00+04:00' }, 'Indian/Reunion'],
    [{ declared: 'Mars/Phobos', language: 'en', serverTime: '2026-01-14T10:00:00-05:00' }, 'America/New_York'],
    [{ declared: '', language: 'en', serverTime: '2026-01-14T10:00:00Z' }, 'Europe/London'],
    [{ declared: '', language: 'xx', serverTime: '2026-01-14T10:00:00+09:00' }, 'Etc/GMT-9'],
    [{ declared: '', language: 'fr', serverTime: 'nonsense' }, 'Europe/Paris'],
  ])('give the zone %o', (known, zone) => {
    expect(zoneOf(known)).toBe(zone)
  })

  it('give language and base currency as the host has them', async () => {
    const answers: Record<string, unknown> = {
      'app.info': { LANGUAGE_ID: 'fr' },
      'profile': { TIME_ZONE: '' },
      'server.time': '2026-05-14T10:00:00+02:00',
      'crm.currency.list': [{ CURRENCY: 'USD', BASE: 'N' }, { CURRENCY: 'EUR', BASE: 'Y' }],
    }
    expect(await readPortalWords(async method => answers[method])).toEqual({ language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR' })
  })

  it('are asked for in another way, or guessed, where the host lacks a method or a mark', async () => {
    const answers: Record<string, unknown> = {
      'app.info': { LANGUAGE_ID: 'fr' }, 'profile': {}, 'crm.currency.list': { 2: { CURRENCY: 'EUR' } }, 'crm.currency.base.get': 'EUR',
    }
    const call = async (method: string) => answers[method] ?? Promise.reject(new AppError('crm.refused'))
    expect(await readPortalWords(call)).toEqual({ language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR' })
    await expect(readPortalWords(method => method === 'server.time' ? Promise.reject(new AppError('crm.unavailable')) : call(method))).rejects.toThrow('crm.unavailable')
  })
})

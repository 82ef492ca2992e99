import { afterEach, expect, test } from 'vitest'
import { setFormats } from './format.ts'
import { momentOfClock, portalClock } from './portal-clock.ts'

const inZone = (timeZone: string): void => setFormats({ language: 'fr', timeZone, currency: 'EUR' })
afterEach(() => inZone('UTC'))

test.each([
  ['Europe/Paris', '2026-01-15T09:00:00.000Z', '2026-01-15T10:00'],
  ['Europe/Paris', '2026-07-15T09:00:00.000Z', '2026-07-15T11:00'],
  ['Indian/Reunion', '2026-07-15T21:30:00.000Z', '2026-07-16T01:30'],
  ['America/Cayenne', '2026-07-15T01:30:00.000Z', '2026-07-14T22:30'],
  ['Europe/Paris', '2026-03-29T01:00:00.000Z', '2026-03-29T03:00'],
])('In %s the moment %s is shown and typed as %s.', (zone, moment, written) => {
  inZone(zone)
  expect(portalClock(new Date(moment))).toBe(written)
  expect(momentOfClock(written).toISOString()).toBe(moment)
})

test('An hour that the clock skips in spring is the moment after the change.', () => {
  inZone('Europe/Paris')
  expect(portalClock(momentOfClock('2026-03-29T02:30'))).toMatch(/^2026-03-29T0[13]:30$/)
})

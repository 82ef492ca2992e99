import { describe, expect, it } from 'vitest'
import { momentOf, nextAllowed } from './quiet-hours.ts'

const paris = { from: '20:00', until: '08:00', timeZone: 'Europe/Paris' }
const after = (at: string, quiet = paris) => nextAllowed(new Date(at), quiet).toISOString()

describe('quiet hours', () => {
  it.each([
    ['a working hour passes', '2026-11-24T10:00:00Z', '2026-11-24T10:00:00.000Z'],
    ['the minute they begin waits for the morning', '2026-11-24T19:00:00Z', '2026-11-25T07:00:00.000Z'],
    ['the minute they end passes', '2026-11-24T07:00:00Z', '2026-11-24T07:00:00.000Z'],
    ['the small hours wait for the same morning', '2026-11-24T02:00:00Z', '2026-11-24T07:00:00.000Z'],
    ['a Friday evening waits for Monday', '2026-11-27T20:00:00Z', '2026-11-30T07:00:00.000Z'],
    ['a Sunday noon waits for Monday', '2026-11-29T11:00:00Z', '2026-11-30T07:00:00.000Z'],
    ['a holiday waits for the day after', '2026-11-11T10:00:00Z', '2026-11-12T07:00:00.000Z'],
    ['Friday evening before the clock goes back waits for eight in winter', '2026-10-23T19:00:00Z', '2026-10-26T07:00:00.000Z'],
    ['Friday evening before the clock goes forward waits for eight in summer', '2026-03-27T20:00:00Z', '2026-03-30T06:00:00.000Z'],
    ['Christmas on a Friday waits for Monday', '2026-12-24T20:00:00Z', '2026-12-28T07:00:00.000Z'],
  ])('%s', (_, at, expected) => {
    expect(after(at)).toBe(expected)
  })

  it('follow the zone of the person, not of the portal', () => {
    expect(after('2026-11-24T16:30:00Z', { ...paris, timeZone: 'Indian/Reunion' })).toBe('2026-11-25T04:00:00.000Z')
  })

  it('may lie within a day', () => {
    expect(after('2026-11-24T12:00:00Z', { ...paris, from: '12:00', until: '14:00' })).toBe('2026-11-24T13:00:00.000Z')
  })

  it('leave only days off when both times are the same', () => {
    const never = { ...paris, from: '00:00', until: '00:00' }
    expect(after('2026-11-24T23:30:00Z', never)).toBe('2026-11-24T23:30:00.000Z')
    expect(after('2026-11-28T10:00:00Z', never)).toBe('2026-11-29T23:00:00.000Z')
  })

  it('end after the change where the clock skips the time', () => {
    expect(momentOf('2026-03-29', 150, 'Europe/Paris').toISOString()).toBe('2026-03-29T00:30:00.000Z')
  })
})

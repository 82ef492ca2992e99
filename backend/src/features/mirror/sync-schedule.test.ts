import { describe, expect, it } from 'vitest'
import { isCheckDue, isRunDue, nextRunAt, type RunMarks } from './sync-schedule.ts'

const now = new Date('2026-05-14T10:00:00Z')
const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
const marks = (change: Partial<RunMarks> = {}): RunMarks => ({
  isPaused: false, isUnfinished: false, hasHints: false, isCheckRequested: false,
  lastRunAt: before(1), checkedAt: before(60), waitingUntil: null, ...change,
})
const isDue = (change: Partial<RunMarks>) => isRunDue(marks(change), 'Europe/Paris', now)

describe('a run', () => {
  it('is due at once where none ever was', () => expect(isDue({ lastRunAt: null })).toBe(true))
  it('is due every five minutes', () => {
    expect(isDue({ lastRunAt: before(4) })).toBe(false)
    expect(isDue({ lastRunAt: before(5) })).toBe(true)
  })
  it('is due within seconds of an event', () => expect(isDue({ lastRunAt: before(0.5), hasHints: true })).toBe(true))
  it('is due after a minute while something is still unread', () => expect(isDue({ lastRunAt: before(1), isUnfinished: true })).toBe(true))
  it('is due when somebody asks for it', () => expect(isDue({ lastRunAt: before(0.1), isCheckRequested: true })).toBe(true))
  it('is never due while paused', () => {
    expect(isDue({ isPaused: true, lastRunAt: null })).toBe(false)
    expect(nextRunAt(marks({ isPaused: true }), 'Europe/Paris', now)).toBeNull()
  })
  it('waits as long as the portal asked for', () => {
    const until = new Date(now.getTime() + 90_000)
    expect(isDue({ lastRunAt: before(60), waitingUntil: until })).toBe(false)
    expect(nextRunAt(marks({ lastRunAt: before(60), waitingUntil: until }), 'Europe/Paris', now)).toEqual(until)
  })
})

describe('the nightly comparison', () => {
  const isCheck = (checkedAt: string | null, at: string, timeZone = 'Europe/Paris') =>
    isCheckDue({ checkedAt: checkedAt === null ? null : new Date(checkedAt), isCheckRequested: false }, timeZone, new Date(at))

  it('happens at three in the morning of the portal', () => {
    expect(isCheck('2026-05-13T01:10:00Z', '2026-05-14T00:30:00Z')).toBe(false)
    expect(isCheck('2026-05-13T01:10:00Z', '2026-05-14T01:05:00Z')).toBe(true)
    expect(isCheck('2026-05-13T18:10:00Z', '2026-05-14T07:05:00Z', 'America/New_York')).toBe(true)
  })
  it('happens once a night', () => expect(isCheck('2026-05-14T01:05:00Z', '2026-05-14T01:30:00Z')).toBe(false))
  it('is made up for when the app slept through the night', () => expect(isCheck('2026-05-12T01:05:00Z', '2026-05-14T09:00:00Z')).toBe(true))
  it('happens on the day of a change of the clocks as well', () => expect(isCheck('2026-03-28T02:10:00Z', '2026-03-29T01:30:00Z')).toBe(true))
})

/** When a portal's mirror is read again. */

export interface RunMarks {
  readonly isPaused: boolean
  /** Some entity has not been read completely yet. */
  readonly isUnfinished: boolean
  readonly hasHints: boolean
  readonly lastRunAt: Date | null
  readonly checkedAt: Date | null
  readonly isCheckRequested: boolean
  readonly waitingUntil: Date | null
}

/** Directories change rarely and are asked for at most this often. */
export const directoryMs = 3_600_000
const incrementalMs = 5 * 60_000
const hintDelayMs = 15_000
const retryMs = 60_000
/** The local hour of the nightly comparison: after backups, before the first coffee. */
const checkHour = 3
const dayMs = 24 * 3_600_000

/** Null = not by itself (paused). A past instant = now. */
export function nextRunAt(marks: RunMarks, timeZone: string, now: Date): Date | null {
  if (marks.isPaused)
    return null
  const patience = marks.waitingUntil?.getTime() ?? 0
  return new Date(Math.max(patience, wishedRun(marks, timeZone, now)))
}

function wishedRun(marks: RunMarks, timeZone: string, now: Date): number {
  const last = marks.lastRunAt?.getTime()
  if (last === undefined || marks.isCheckRequested)
    return 0
  if (marks.isUnfinished || isCheckDue(marks, timeZone, now))
    return last + retryMs
  return last + (marks.hasHints ? hintDelayMs : incrementalMs)
}

export function isRunDue(marks: RunMarks, timeZone: string, now: Date): boolean {
  const next = nextRunAt(marks, timeZone, now)
  return next !== null && next.getTime() <= now.getTime()
}

/** Once a night in the portal's zone, or within a day when the app slept through the night. */
export function isCheckDue({ checkedAt, isCheckRequested }: Pick<RunMarks, 'checkedAt' | 'isCheckRequested'>, timeZone: string, now: Date): boolean {
  if (isCheckRequested || checkedAt === null)
    return true
  const age = now.getTime() - checkedAt.getTime()
  return age >= dayMs + 3_600_000 || (age > dayMs / 2 && localHour(now, timeZone) === checkHour)
}

function localHour(at: Date, timeZone: string): number {
  return Number(new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone }).format(at))
}

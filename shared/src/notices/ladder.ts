import { isFrenchBusinessDay, previousBusinessDay, type Calendar } from '../calendar/business-days.ts'
import { addDays, daysBetween, type Day } from '../insights/calendar.ts'
import type { Severity } from './kinds.ts'

export interface LadderState {
  readonly dueOn: Day
  /** Days before the date. */
  readonly steps: readonly number[]
  /** When the date was first known here. */
  readonly firstMetOn: Day
  /** The smallest step that is behind us. */
  readonly lastStep: number | null
}

/** A reminder for a day off comes on the business day before it: the one after might be too late. */
export const remindOn = (dueOn: Day, step: number, isOpen: Calendar = isFrenchBusinessDay): Day =>
  previousBusinessDay(addDays(dueOn, -step), isOpen)

/**
 * The step to remind of today. Steps that were missed fall together into the latest one. Of a date that had passed
 * before anybody knew it, nobody is reminded.
 */
export function dueStep({ dueOn, steps, firstMetOn, lastStep }: LadderState, today: Day, isOpen: Calendar = isFrenchBusinessDay): number | null {
  if (today > dueOn && firstMetOn > dueOn)
    return null
  const behind = steps.filter(step => remindOn(dueOn, step, isOpen) <= today)
  const latest = behind.length > 0 ? Math.min(...behind) : null
  return latest !== null && (lastStep === null || latest < lastStep) ? latest : null
}

/** From its first reminder on, a date stands in the alert centre, and stays there when it has passed. */
export const isInSight = (dueOn: Day, steps: readonly number[], today: Day, isOpen: Calendar = isFrenchBusinessDay): boolean =>
  steps.length > 0 && remindOn(dueOn, Math.max(...steps), isOpen) <= today

/** How near "near" is depends on what has to be done before the date. */
export function severityOf(dueOn: Day, today: Day, nearDays = 7): Severity {
  const left = daysBetween(today, dueOn)
  return left <= nearDays ? 'critical' : left <= 4 * nearDays + 2 ? 'warning' : 'info'
}

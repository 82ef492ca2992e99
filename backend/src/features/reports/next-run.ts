import { Cron } from 'croner'
import { AppError } from '@comptoir/shared/errors'
import { cronOf, type Recurrence } from '@comptoir/shared/reports/recurrence'

/**
 * The first moment of a recurrence after another one, on the wall clock of a zone. An hour that a change of the clock
 * skips is made up for right behind it; one that comes twice counts once.
 * @throws AppError report.zone_unknown
 */
export function nextRun(recurrence: Recurrence, after: Date, timeZone: string): Date {
  if (!isZone(timeZone))
    throw new AppError('report.zone_unknown', { details: { timeZone } })
  const next = new Cron(cronOf(recurrence), { timezone: timeZone, paused: true }).nextRun(after)
  if (!next)
    throw new AppError('request.invalid', { details: { reason: 'recurrence' } })
  return next
}

function isZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return true
  }
  catch {
    return false
  }
}

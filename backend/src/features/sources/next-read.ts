import { Cron } from 'croner'
import { AppError } from '@comptoir/shared/errors'
import { cronOf, type Recurrence } from '@comptoir/shared/reports/recurrence'

/**
 * When an address is read next, on the wall clock of a zone.
 * @throws AppError source.zone_unknown
 */
export function nextRead(recurrence: Recurrence, after: Date, timeZone: string): Date {
  try {
    const next = new Cron(cronOf(recurrence), { timezone: timeZone, paused: true }).nextRun(after)
    if (next)
      return next
  }
  catch (cause) {
    throw new AppError('source.zone_unknown', { details: { timeZone }, cause })
  }
  throw new AppError('source.zone_unknown', { details: { timeZone } })
}

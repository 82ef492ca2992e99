import { Type, type Static } from 'typebox'

export const reportRhythms = ['day', 'weekday', 'week', 'month', 'quarter'] as const
export type ReportRhythm = (typeof reportRhythms)[number]

/** When a report is made: in the words of the form, on the wall clock of its own zone. */
export const Recurrence = Type.Object({
  every: Type.Enum([...reportRhythms]),
  /** Of a week: Monday is 1, Sunday 7. Ignored otherwise. */
  weekday: Type.Integer({ minimum: 1, maximum: 7 }),
  /** Of a month or of a quarter's first month: 1 to 28, or 0 for the last day. Later days are not in every month. */
  day: Type.Integer({ minimum: 0, maximum: 28 }),
  time: Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' }),
})
export type Recurrence = Static<typeof Recurrence>

/** The same as a cron pattern: minute, hour, day of month, month, day of week. */
export function cronOf({ every, weekday, day, time }: Recurrence): string {
  const [hour, minute] = time.split(':').map(Number)
  const at = `${minute} ${hour}`
  const date = day === 0 ? 'L' : String(day)
  switch (every) {
    case 'day': return `${at} * * *`
    case 'weekday': return `${at} * * 1-5`
    case 'week': return `${at} * * ${weekday % 7}`
    case 'month': return `${at} ${date} * *`
    case 'quarter': return `${at} ${date} 1,4,7,10 *`
  }
}

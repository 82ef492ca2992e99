const hour = 3_600_000

/** Last Sunday of a month, 01:00 UTC: when European clocks change. */
function lastSunday(year: number, month: number): number {
  const end = new Date(Date.UTC(year, month + 1, 0, 1))
  return end.getTime() - end.getUTCDay() * 24 * hour
}

const changes = new Map<number, [spring: number, autumn: number]>()

function offsetMs(at: number): number {
  const year = new Date(at).getUTCFullYear()
  let change = changes.get(year)
  if (!change) {
    change = [lastSunday(year, 2), lastSunday(year, 9)]
    changes.set(year, change)
  }
  return at >= change[0] && at < change[1] ? 2 * hour : hour
}

/** `2026-05-14T10:26:32+02:00`, as a portal in Paris writes it. */
export function toPortalTime(at: number): string {
  const offset = offsetMs(at)
  return `${new Date(at + offset).toISOString().slice(0, 19)}+0${offset / hour}:00`
}

/** Midnight in Paris of the day of `at`. */
export function startOfPortalDay(at: number): number {
  const offset = offsetMs(at)
  const local = at + offset
  const midnight = local - (local % (24 * hour))
  const guess = midnight - offset
  return midnight - offsetMs(guess)
}

/** Milliseconds of an ISO date; a day without a clock time is midnight at the portal. */
export function parseTime(value: unknown): number | null {
  if (typeof value !== 'string' || value === '')
    return null
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value)
  if (day)
    return startOfPortalDay(Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3]), 12))
  const local = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?$/.test(value)
  const at = Date.parse(local ? `${value.replace(' ', 'T')}Z` : value)
  if (Number.isNaN(at))
    return null
  return local ? at - offsetMs(at) : at
}

/** The portal's own time: it runs with the machine's and can be moved forward or back. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  jump(ms: number): void
  reset(): void
  /** Runs `action` when the portal's time reaches `at`, also when a jump passes it. */
  schedule(at: number, action: () => void): () => void
  dispose(): void
}

interface Alarm {
  at: number
  action: () => void
  timer: NodeJS.Timeout | null
}

const longestTimer = 2_147_000_000

export function createClock(): Clock {
  let offset = 0
  const alarms = new Set<Alarm>()
  const now = () => Date.now() + offset

  function ring(alarm: Alarm): void {
    if (!alarms.delete(alarm))
      return
    if (alarm.timer)
      clearTimeout(alarm.timer)
    alarm.action()
  }

  function arm(alarm: Alarm): void {
    if (alarm.timer)
      clearTimeout(alarm.timer)
    const wait = Math.max(0, alarm.at - now())
    alarm.timer = setTimeout(() => wait > longestTimer ? arm(alarm) : ring(alarm), Math.min(wait, longestTimer))
    alarm.timer.unref()
  }

  function move(to: number): void {
    offset = to
    const inOrder = [...alarms].sort((a, b) => a.at - b.at)
    for (const alarm of inOrder) {
      if (alarm.at <= now())
        ring(alarm)
      else
        arm(alarm)
    }
  }

  return {
    now,
    jump: ms => move(offset + ms),
    reset: () => move(0),
    schedule(at, action) {
      const alarm: Alarm = { at, action, timer: null }
      alarms.add(alarm)
      arm(alarm)
      return () => {
        alarms.delete(alarm)
        if (alarm.timer)
          clearTimeout(alarm.timer)
      }
    },
    dispose() {
      for (const { timer } of alarms) {
        if (timer)
          clearTimeout(timer)
      }
      alarms.clear()
    },
  }
}

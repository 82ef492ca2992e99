/** The host's leaky bucket, counted on our side so that it never has to say no. */
export interface Bucket {
  readonly level: number
  readonly capacity: number
  /** 1 = full speed; less after the host refused. */
  readonly speed: number
  /** Milliseconds until a call fits under `ceiling` (a share of the capacity); 0 = now. */
  waitFor(ceiling: number): number
  take(): void
  /** The host said it overflowed: somebody else behind our address fills it too. */
  overflowed(): void
}

export interface BucketOptions {
  readonly now: () => number
  /** What the host blocks above. */
  readonly burst: number
  readonly leakPerSecond: number
}

/** Left free: clocks differ, and a call counts when it arrives, not when it leaves. */
const headRoom = 4
const recoveryMs = 60_000
const slowest = 0.125

export function createBucket({ now, burst, leakPerSecond }: BucketOptions): Bucket {
  const capacity = Math.max(1, burst - headRoom)
  let level = 0
  let leakedAt = now()
  let slowed = { at: now(), to: 1 }

  const speed = () => Math.min(1, slowed.to + (1 - slowed.to) * (now() - slowed.at) / recoveryMs)

  function settled(): number {
    const at = now()
    level = Math.max(0, level - Math.max(0, at - leakedAt) / 1000 * leakPerSecond * speed())
    leakedAt = at
    return level
  }

  return {
    get level() {
      return settled()
    },
    get speed() {
      return speed()
    },
    capacity,
    waitFor(ceiling) {
      const over = settled() + 1 - Math.max(1, capacity * ceiling)
      // Half a thousandth of a call is rounding, not a call.
      return over <= 0.0005 ? 0 : Math.max(1, Math.ceil(over / (leakPerSecond * speed()) * 1000))
    },
    take() {
      level = settled() + 1
    },
    overflowed() {
      const to = Math.max(slowest, speed() / 2)
      level = Math.max(settled(), capacity)
      slowed = { at: now(), to }
    },
  }
}

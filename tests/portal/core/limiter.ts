export interface LimitSettings {
  /** Leaky bucket of the whole portal. */
  isBucketOn: boolean
  leakPerSecond: number
  blockAbove: number
  /** Seconds of work that one method of one app may use in ten minutes; 0 = unlimited. */
  operatingLimitSeconds: number
  /** Simulated work of a call, in seconds, by method name; `*` for the rest. */
  operatingCost: Record<string, number>
}

export interface Limiter {
  readonly settings: LimitSettings
  /** False when the bucket overflows: 503. */
  admit(): boolean
  /** False when the method has used up its time: 429. */
  mayOperate(owner: string, method: string): boolean
  /** Counts the work of a finished call. */
  charge(owner: string, method: string): { operating: number, resetAt: number }
  reset(): void
}

const windowSeconds = 600
const basketSeconds = 60

interface Basket {
  startedAt: number
  seconds: number
}

export const defaultLimits: LimitSettings = {
  isBucketOn: true,
  leakPerSecond: 2,
  blockAbove: 50,
  operatingLimitSeconds: 480,
  operatingCost: { '*': 0.02 },
}

export function createLimiter(now: () => number, overrides: Partial<LimitSettings> = {}): Limiter {
  const settings: LimitSettings = structuredClone({ ...defaultLimits, ...overrides })
  const baskets = new Map<string, Basket[]>()
  let level = 0
  let leakedAt = now()

  function recent(owner: string, method: string): Basket[] {
    const key = `${owner} ${method}`
    const oldest = now() / 1000 - windowSeconds
    const kept = (baskets.get(key) ?? []).filter(({ startedAt }) => startedAt > oldest)
    baskets.set(key, kept)
    return kept
  }

  const sum = (list: Basket[]) => list.reduce((total, { seconds }) => total + seconds, 0)

  return {
    settings,
    admit() {
      if (!settings.isBucketOn)
        return true
      const elapsed = Math.max(0, now() - leakedAt) / 1000
      leakedAt = now()
      level = Math.max(0, level - elapsed * settings.leakPerSecond)
      if (level + 1 > settings.blockAbove)
        return false
      level += 1
      return true
    },
    mayOperate(owner, method) {
      return settings.operatingLimitSeconds === 0 || sum(recent(owner, method)) < settings.operatingLimitSeconds
    },
    charge(owner, method) {
      const list = recent(owner, method)
      const startedAt = Math.floor(now() / 1000 / basketSeconds) * basketSeconds
      const cost = settings.operatingCost[method] ?? settings.operatingCost['*'] ?? 0
      const last = list.at(-1)
      if (last?.startedAt === startedAt)
        last.seconds += cost
      else
        list.push({ startedAt, seconds: cost })
      const oldest = list[0]?.startedAt ?? startedAt
      return { operating: Number(sum(list).toFixed(6)), resetAt: oldest + windowSeconds }
    },
    reset() {
      baskets.clear()
      level = 0
      leakedAt = now()
    },
  }
}

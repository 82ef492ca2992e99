/** Seconds of work each method has used up at the host, as its answers tell (`time.operating`). */
export interface OperatingGuard {
  /** Milliseconds until every one of these methods may run again; 0 = now. `share` of the allowance may be used. */
  waitFor(methods: readonly string[], share: number): number
  seen(method: string, operatingSeconds: number, resetAtSeconds: number | null): void
  /** The host refused the method: nothing before its reset. */
  refused(method: string): void
  readonly methods: readonly OperatingState[]
}

export interface OperatingState {
  readonly method: string
  readonly usedSeconds: number
  readonly limitSeconds: number
  readonly resetsAt: number
}

export interface OperatingOptions {
  readonly now: () => number
  readonly limitSeconds: number
}

/** The host counts in one-minute baskets: after a reset the next one is at most a minute away. */
const basketMs = 60_000

export function createOperatingGuard({ now, limitSeconds }: OperatingOptions): OperatingGuard {
  const states = new Map<string, { used: number, resetsAt: number }>()

  function current(method: string): { used: number, resetsAt: number } | null {
    const state = states.get(method.toLowerCase())
    // Past its reset the number is stale: the next answer brings a new one.
    return state && state.resetsAt > now() ? state : null
  }

  return {
    waitFor(methods, share) {
      const waits = methods.map((method) => {
        const state = current(method)
        return state && state.used >= limitSeconds * share ? state.resetsAt - now() : 0
      })
      return Math.ceil(Math.max(0, ...waits))
    },
    seen(method, operatingSeconds, resetAtSeconds) {
      const resetsAt = resetAtSeconds === null ? now() + basketMs : resetAtSeconds * 1000
      states.set(method.toLowerCase(), { used: operatingSeconds, resetsAt })
    },
    refused(method) {
      const known = current(method)
      states.set(method.toLowerCase(), { used: Math.max(limitSeconds, known?.used ?? 0), resetsAt: known?.resetsAt ?? now() + basketMs })
    },
    get methods() {
      return [...states.keys()].flatMap((method) => {
        const state = current(method)
        return state ? [{ method, usedSeconds: state.used, limitSeconds, resetsAt: state.resetsAt }] : []
      })
    },
  }
}

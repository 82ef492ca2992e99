/** What REST can be made to answer instead of the truth. */
export const restFaultKinds = [
  'queryLimit', 'operationLimit', 'expiredToken', 'serverError', 'slow', 'dropConnection',
  'html', 'errorWithStatus200', 'emptyErrorCode', 'emptyMapAsList', 'missingNext',
] as const
export type RestFaultKind = (typeof restFaultKinds)[number]

/** What the screen around a frame can be made to do. */
export const frameFaultKinds = [
  'refreshAuthSilent', 'getInitDataSilent', 'setTitleDenied', 'resizeWindowDenied',
  'dialogsCancelled', 'lateReplies', 'foreignOriginMessage', 'objectMessage',
] as const
export type FrameFaultKind = (typeof frameFaultKinds)[number]

export interface RestFault {
  kind: RestFaultKind
  /** Absent = every method. `oauth.token` and `oauth.app.info` name the authorization server. */
  methods: string[] | null
  /** Calls still to be spoiled; null = until cleared. */
  remaining: number | null
  delayMs: number
}

export interface FaultSwitches {
  readonly frame: Record<FrameFaultKind, boolean>
  readonly rest: readonly RestFault[]
  add(fault: { kind: RestFaultKind, methods?: string[] | null, count?: number | null, delayMs?: number }): void
  /** The faults that hit this call; each use counts down. A command of a batch is hit only by its name. */
  take(method: string, options?: { onlyNamed: boolean }): RestFault[]
  clear(): void
}

export function createFaults(): FaultSwitches {
  let active: RestFault[] = []
  const frame = Object.fromEntries(frameFaultKinds.map(kind => [kind, false])) as Record<FrameFaultKind, boolean>

  return {
    frame,
    get rest() {
      return active
    },
    add({ kind, methods = null, count = null, delayMs = 31_000 }) {
      active.push({ kind, methods: methods?.map(name => name.toLowerCase()) ?? null, remaining: count, delayMs })
    },
    take(method, { onlyNamed } = { onlyNamed: false }) {
      if (active.length === 0)
        return []
      const name = method.toLowerCase()
      const hits = active.filter(({ methods }) => methods ? methods.includes(name) : !onlyNamed)
      for (const fault of hits) {
        if (fault.remaining !== null)
          fault.remaining--
      }
      active = active.filter(({ remaining }) => remaining === null || remaining > 0)
      return hits
    },
    clear() {
      active = []
      for (const kind of frameFaultKinds)
        frame[kind] = false
    },
  }
}

import { faultOfAnswer, type RestFault } from './rest-fault.ts'
import { commandText, toMap, type Params } from './php-query.ts'

/** One call inside a batch. Keys must not be numbers: PHP would turn them into a list. */
export interface Command {
  readonly key: string
  readonly method: string
  readonly params: Params
}

export interface BatchAnswer {
  readonly results: ReadonlyMap<string, unknown>
  readonly faults: ReadonlyMap<string, RestFault>
  /** What the portal counted, for commands that asked it to count. */
  readonly totals: ReadonlyMap<string, number>
  readonly times: ReadonlyMap<string, TimeNote>
  /** When the portal began, by its own clock. */
  readonly startedAt: Date | null
  readonly durationMs: number
}

export interface TimeNote {
  readonly operatingSeconds: number | null
  readonly resetAtSeconds: number | null
  readonly startedAt: Date | null
}

/** The host takes at most so many commands in one request. */
export const batchSize = 50

export function batchBody(commands: readonly Command[], { halt = false }: { halt?: boolean } = {}): Params {
  if (commands.length > batchSize)
    throw new RangeError(`a batch holds ${batchSize} commands, not ${commands.length}`)
  return { halt: halt ? 1 : 0, cmd: Object.fromEntries(commands.map(({ key, method, params }) => [key, commandText(method, params)])) }
}

export function readBatch(body: Record<string, unknown>): BatchAnswer {
  const inner = toMap(body.result)
  const faults = Object.entries(toMap(inner.result_error)).flatMap(([key, error]): [string, RestFault][] => {
    const fault = faultOfAnswer(200, typeof error === 'string' ? { error } : error)
    return fault ? [[key, fault]] : []
  })
  const totals = Object.entries(toMap(inner.result_total)).map(([key, total]): [string, number] => [key, Number(total)])
  const times = Object.entries(toMap(inner.result_time)).map(([key, time]): [string, TimeNote] => [key, readTime(time)])
  const outer = toMap(body.time)
  return {
    results: new Map(Object.entries(toMap(inner.result))),
    faults: new Map(faults),
    totals: new Map(totals),
    times: new Map(times),
    startedAt: readTime(outer).startedAt,
    durationMs: Math.round(Number(outer.duration ?? 0) * 1000),
  }
}

export function readTime(value: unknown): TimeNote {
  const time = toMap(value)
  return {
    operatingSeconds: finite(time.operating),
    resetAtSeconds: finite(time.operating_reset_at),
    startedAt: dateOf(time.start),
  }
}

function finite(value: unknown): number | null {
  const number = value === undefined || value === null || value === '' ? Number.NaN : Number(value)
  return Number.isFinite(number) ? number : null
}

function dateOf(seconds: unknown): Date | null {
  const at = finite(seconds)
  return at === null ? null : new Date(at * 1000)
}

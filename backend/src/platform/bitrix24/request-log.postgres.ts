import type { Database } from '../storage/database.ts'
import { maskForLog } from './request-log.ts'

export interface LoggedExchange {
  readonly method: string
  readonly status: number | null
  readonly errorCode: string | null
  readonly durationMs: number
  readonly operatingMs: number | null
  readonly request: unknown
  readonly answer: unknown
}

export interface RequestLog {
  /** Never waits and never fails the call it writes about. */
  write(portalId: number, exchange: LoggedExchange): void
  /** Everything written so far is on disk. */
  flush(): Promise<void>
  /** The host demands three days; rows older than `before` go. Returns how many went. */
  purge(before: Date): Promise<number>
}

/** Rows kept in memory while the database is away; beyond it the oldest are lost, not the app's memory. */
const maxWaiting = 500
const rowsPerInsert = 50

export function createRequestLog({ db, now = () => new Date(), onError = () => undefined }: { db: Database, now?: () => Date, onError?: (error: unknown) => void }): RequestLog {
  const waiting: ReturnType<typeof rowOf>[] = []
  let writing: Promise<void> | null = null

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const rows = waiting.splice(0, rowsPerInsert)
      try {
        await db.insertInto('request_log').values(rows).execute()
      }
      catch (error) {
        // Most often a portal that was purged meanwhile: its rows have no home any more.
        onError(error)
      }
    }
  }

  const start = () => writing ??= Promise.resolve().then(drain).finally(() => writing = null)

  return {
    write(portalId, exchange) {
      waiting.push(rowOf(portalId, now(), exchange))
      if (waiting.length > maxWaiting)
        waiting.shift()
      void start()
    },
    async flush() {
      while (waiting.length > 0 || writing)
        await start()
    },
    async purge(before) {
      const { numDeletedRows } = await db.deleteFrom('request_log').where('at', '<', before).executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}

function rowOf(portalId: number, at: Date, { method, status, errorCode, durationMs, operatingMs, request, answer }: LoggedExchange) {
  return {
    portal_id: portalId,
    at,
    method,
    status,
    error_code: errorCode,
    duration_ms: durationMs,
    operating_ms: operatingMs,
    request: maskForLog(request),
    answer: answer === null ? null : maskForLog(answer),
  }
}

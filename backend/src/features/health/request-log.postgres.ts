import type { Selectable } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import { requestsPerPage, type LoggedRequest, type LoggedRequestDetail } from '@comptoir/shared/health/health.contract'
import type { Database } from '../../platform/storage/database.ts'
import type { RequestLogTable } from '../../platform/storage/tables/portals.ts'

export interface RequestFilter {
  readonly method?: string
  readonly isFailed?: boolean
  /** Only what was asked before this one. */
  readonly before?: number
}

type Row = Pick<Selectable<RequestLogTable>, 'request_log_id' | 'at' | 'method' | 'status' | 'error_code' | 'duration_ms'>

export async function listRequests(db: Database, portalId: number, { method, isFailed, before }: RequestFilter): Promise<{ requests: LoggedRequest[], next: number | null }> {
  const rows = await db.selectFrom('request_log')
    .select(['request_log_id', 'at', 'method', 'status', 'error_code', 'duration_ms'])
    .where('portal_id', '=', portalId)
    .$if(before !== undefined, query => query.where('request_log_id', '<', before ?? 0))
    .$if(isFailed === true, query => query.where('error_code', 'is not', null))
    .$if(Boolean(method), query => query.where('method', 'ilike', `%${(method ?? '').replace(/[\\%_]/g, found => `\\${found}`)}%`))
    .orderBy('request_log_id', 'desc')
    .limit(requestsPerPage + 1)
    .execute()
  const requests = rows.slice(0, requestsPerPage).map(summary)
  return { requests, next: rows.length > requestsPerPage ? requests.at(-1)?.requestId ?? null : null }
}

export async function readRequest(db: Database, portalId: number, requestId: number): Promise<LoggedRequestDetail> {
  const row = await db.selectFrom('request_log').selectAll()
    .where('portal_id', '=', portalId).where('request_log_id', '=', requestId)
    .executeTakeFirst()
  if (!row)
    throw new AppError('health.request_gone')
  return { ...summary(row), operatingMs: row.operating_ms, request: row.request, answer: row.answer }
}

const summary = (row: Row): LoggedRequest => ({
  requestId: row.request_log_id,
  at: row.at.toISOString(),
  method: row.method,
  status: row.status,
  errorCode: row.error_code,
  durationMs: row.duration_ms,
})

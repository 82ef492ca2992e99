import { AppError, type ErrorCode } from '@comptoir/shared/errors'

/** What went wrong with a call, said once: everything after this speaks of kinds, never of the host's codes. */
export type FaultKind =
  | 'expired' | 'login_lost' | 'forbidden' | 'limit' | 'operating' | 'gone' | 'not_found' | 'invalid' | 'unavailable'

export interface RestFault {
  readonly kind: FaultKind
  /** The host's own code, for the log and for details; may be empty. */
  readonly code: string
  readonly description: string
  readonly status: number | null
  /** From `Retry-After`, when the host says so. */
  readonly retryAfterMs: number | null
  /** The host refused before doing anything, so even a write may be sent again. */
  readonly isUntouched: boolean
}

const kindOfCode: Record<string, FaultKind> = {
  expired_token: 'expired',
  invalid_token: 'expired',
  no_auth_found: 'expired',
  invalid_grant: 'login_lost',
  invalid_client: 'login_lost',
  authorization_error: 'login_lost',
  wrong_auth_type: 'forbidden',
  access_denied: 'forbidden',
  insufficient_scope: 'forbidden',
  invalid_scope: 'forbidden',
  invalid_credentials: 'forbidden',
  user_access_error: 'forbidden',
  allowed_only_intranet_user: 'forbidden',
  method_confirm_waiting: 'forbidden',
  method_confirm_denied: 'forbidden',
  payment_required: 'forbidden',
  query_limit_exceeded: 'limit',
  too_many_requests: 'limit',
  operation_time_limit: 'operating',
  // A block by hand of the host's support: calling again only makes it last.
  overload_limit: 'forbidden',
  portal_deleted: 'gone',
  not_found: 'not_found',
  owner_not_found: 'not_found',
  error_not_found: 'not_found',
  internal_server_error: 'unavailable',
  error_unexpected_answer: 'unavailable',
}

/** A body that names an error, whatever its status: some families answer errors with 200. */
export function faultOfAnswer(status: number, body: unknown, retryAfterMs: number | null = null): RestFault | null {
  const { code, description } = errorOf(body)
  if (code === null)
    return status >= 200 && status < 300 ? null : faultOfStatus(status, retryAfterMs)
  const kind = kindOfCode[code.toLowerCase()] ?? kindOfText(status, code, description)
  return { kind, code, description, status, retryAfterMs, isUntouched: isRefusedUpFront(kind) }
}

/** No answer came, or none that can be read. The host may have done the work all the same. */
export function faultOfSilence(code: 'network' | 'timeout' | 'unreadable' | 'empty', status: number | null = null): RestFault {
  return { kind: 'unavailable', code, description: '', status, retryAfterMs: null, isUntouched: false }
}

function errorOf(body: unknown): { code: string | null, description: string } {
  if (typeof body !== 'object' || body === null || !('error' in body))
    return { code: null, description: '' }
  const { error } = body
  if (typeof error === 'object' && error !== null) {
    const { code, message } = error as { code?: unknown, message?: unknown }
    return { code: String(code ?? ''), description: String(message ?? '') }
  }
  const description = 'error_description' in body ? String(body.error_description ?? '') : ''
  return { code: String(error ?? ''), description }
}

function faultOfStatus(status: number, retryAfterMs: number | null): RestFault {
  const kind: FaultKind = status === 401 ? 'expired'
    : status === 403 || status === 402 ? 'forbidden'
      : status === 404 || status === 405 ? 'unavailable'
        : status === 429 || status === 503 ? 'limit' : 'unavailable'
  return { kind, code: `http_${status}`, description: '', status, retryAfterMs, isUntouched: isRefusedUpFront(kind) }
}

/** Old CRM methods send an empty code or "0", and only the sentence tells. */
function kindOfText(status: number, code: string, description: string): FaultKind {
  if (status === 401)
    return 'expired'
  if (status >= 500)
    return 'unavailable'
  if (code === '' || code === '0' || code === '100' || code === 'ERROR_CORE') {
    if (/access|denied|доступ|accès|zugriff/i.test(description))
      return 'forbidden'
    if (/not found|не найден|introuvable|nicht gefunden/i.test(description))
      return 'not_found'
  }
  return status === 403 ? 'forbidden' : 'invalid'
}

const isRefusedUpFront = (kind: FaultKind) => kind === 'expired' || kind === 'limit' || kind === 'operating'

const codeOfKind: Record<FaultKind, ErrorCode> = {
  expired: 'crm.login_lost',
  login_lost: 'crm.login_lost',
  forbidden: 'crm.forbidden',
  limit: 'crm.limit',
  operating: 'crm.limit',
  gone: 'portal.not_installed',
  not_found: 'crm.not_found',
  invalid: 'crm.refused',
  unavailable: 'crm.unavailable',
}

export function errorOfFault(fault: RestFault, details: Record<string, unknown> = {}): AppError {
  const { kind, code, status } = fault
  return new AppError(codeOfKind[kind], { details: { ...details, fault: kind, hostCode: code, hostStatus: status } })
}

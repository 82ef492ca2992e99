import { errorCatalog } from './error-catalog.ts'

export type ErrorCode = keyof typeof errorCatalog

/** Codes any endpoint may answer without declaring them. */
export const commonErrors = [
  'auth.required', 'auth.expired', 'auth.forged', 'auth.admin_only', 'auth.not_allowed', 'auth.viewing_as',
  'request.invalid', 'request.not_found', 'request.too_large', 'request.too_many',
  'portal.not_installed', 'portal.unknown', 'vendor.forbidden',
  'crm.unavailable', 'crm.forbidden', 'crm.limit', 'crm.login_lost', 'crm.refused', 'internal',
] as const satisfies readonly ErrorCode[]

export type ErrorDetails = Readonly<Record<string, unknown>>

/** What a failed request answers: a code for the client to translate, never a text. */
export interface Problem {
  readonly code: ErrorCode
  readonly traceId: string
  readonly details: ErrorDetails
}

export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, options: { details?: ErrorDetails, cause?: unknown } = {}) {
    super(code, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.details = options.details ?? {}
  }

  get status(): number {
    return errorCatalog[this.code].status
  }

  get isRetryable(): boolean {
    return errorCatalog[this.code].retryable
  }
}

export const isErrorCode = (value: unknown): value is ErrorCode =>
  typeof value === 'string' && Object.hasOwn(errorCatalog, value)

/**
 * Every failure Comptoir can report, by code. Status and retry live here and nowhere else;
 * the text of each code lives in the locales under `errors.<code>`.
 */
export const errorCatalog = {
  'auth.required': { status: 401, retryable: false },
  'auth.expired': { status: 401, retryable: true },
  'auth.forged': { status: 403, retryable: false },
  'auth.admin_only': { status: 403, retryable: false },
  'auth.not_allowed': { status: 403, retryable: false },
  'auth.viewing_as': { status: 403, retryable: false },
  'access.grant_not_found': { status: 404, retryable: false },
  'access.changed_meanwhile': { status: 409, retryable: false },
  'access.subject_unknown': { status: 404, retryable: false },
  'proposal.not_found': { status: 404, retryable: false },
  'proposal.decided': { status: 409, retryable: false },
  'proposal.own': { status: 403, retryable: false },
  'proposal.outdated': { status: 409, retryable: false },
  'request.invalid': { status: 400, retryable: false },
  'request.not_found': { status: 404, retryable: false },
  'request.too_large': { status: 413, retryable: false },
  'request.too_many': { status: 429, retryable: true },
  'portal.not_installed': { status: 409, retryable: false },
  'portal.insecure': { status: 400, retryable: false },
  'portal.unknown': { status: 404, retryable: false },
  'crm.unavailable': { status: 502, retryable: true },
  'crm.forbidden': { status: 403, retryable: false },
  'crm.limit': { status: 503, retryable: true },
  'crm.login_lost': { status: 409, retryable: false },
  'crm.refused': { status: 502, retryable: false },
  'crm.not_found': { status: 404, retryable: false },
  'action.run_unknown': { status: 404, retryable: false },
  'action.run_unfinished': { status: 409, retryable: true },
  'action.settings_invalid': { status: 400, retryable: false },
  'action.no_vendor': { status: 404, retryable: false },
  'action.no_deal': { status: 409, retryable: false },
  'action.no_person': { status: 404, retryable: false },
  'action.no_record': { status: 404, retryable: false },
  'watch.not_found': { status: 404, retryable: false },
  'watch.unfit': { status: 400, retryable: false },
  'watch.too_many': { status: 409, retryable: false },
  'watch.changed_meanwhile': { status: 409, retryable: false },
  'alert.not_found': { status: 404, retryable: false },
  'alert.snooze_past': { status: 400, retryable: false },
  'notice.zone_unknown': { status: 400, retryable: false },
  'board.not_found': { status: 404, retryable: false },
  'board.forbidden': { status: 403, retryable: false },
  'board.invalid': { status: 400, retryable: false },
  'board.changed_meanwhile': { status: 409, retryable: false },
  'board.too_many': { status: 409, retryable: false },
  'segment.not_found': { status: 404, retryable: false },
  'segment.forbidden': { status: 403, retryable: false },
  'segment.invalid': { status: 400, retryable: false },
  'segment.changed_meanwhile': { status: 409, retryable: false },
  'segment.used': { status: 409, retryable: false },
  'segment.too_many': { status: 409, retryable: false },
  'health.dead_letter_gone': { status: 409, retryable: false },
  'health.request_gone': { status: 404, retryable: false },
  'import.not_found': { status: 404, retryable: false },
  'import.empty': { status: 400, retryable: false },
  'import.not_text': { status: 400, retryable: false },
  'import.busy': { status: 409, retryable: true },
  'import.not_mapped': { status: 409, retryable: false },
  'import.period_unconfirmed': { status: 409, retryable: false },
  'import.preview_first': { status: 409, retryable: false },
  'import.line_unknown': { status: 404, retryable: false },
  'installation.choose_vendors': { status: 409, retryable: false },
  'installation.incomplete': { status: 502, retryable: true },
  'installation.refused': { status: 502, retryable: true },
  'report.not_found': { status: 404, retryable: false },
  'report.changed_meanwhile': { status: 409, retryable: false },
  'report.zone_unknown': { status: 400, retryable: false },
  'report.recipient_unknown': { status: 400, retryable: false },
  'report.source_unknown': { status: 404, retryable: false },
  'report.too_many': { status: 409, retryable: false },
  'source.not_found': { status: 404, retryable: false },
  'source.changed_meanwhile': { status: 409, retryable: false },
  'source.too_many': { status: 409, retryable: false },
  'source.other_kind': { status: 409, retryable: false },
  'source.gone': { status: 409, retryable: false },
  'source.unreadable': { status: 400, retryable: false },
  'source.no_rows': { status: 400, retryable: false },
  'source.columns_missing': { status: 400, retryable: false },
  'source.not_fec': { status: 400, retryable: false },
  'source.period_overlaps': { status: 409, retryable: false },
  'source.zone_unknown': { status: 400, retryable: false },
  'source.address_refused': { status: 400, retryable: false },
  'source.address_unreachable': { status: 502, retryable: true },
  'source.answer_refused': { status: 502, retryable: false },
  'source.answer_too_large': { status: 502, retryable: false },
  'source.key_invalid': { status: 401, retryable: false },
  'source.paused': { status: 409, retryable: false },
  'bi.permission_missing': { status: 409, retryable: false },
  'bi.not_allowed': { status: 403, retryable: false },
  'bi.unreachable': { status: 502, retryable: true },
  'bi.refused': { status: 502, retryable: true },
  'bi.source_in_use': { status: 409, retryable: true },
  'bi.step_before': { status: 409, retryable: false },
  'bi.key_invalid': { status: 401, retryable: false },
  'bi.table_unknown': { status: 404, retryable: false },
  'bi.question_invalid': { status: 400, retryable: false },
  'scenario.not_found': { status: 404, retryable: false },
  'scenario.changed_meanwhile': { status: 409, retryable: false },
  'scenario.too_many': { status: 409, retryable: false },
  'vendor.forbidden': { status: 403, retryable: false },
  'accounting.key_invalid': { status: 401, retryable: false },
  'accounting.scope_missing': { status: 403, retryable: false },
  'accounting.signature_invalid': { status: 401, retryable: false },
  'accounting.delivery_differs': { status: 409, retryable: false },
  'accounting.vendor_unknown': { status: 404, retryable: false },
  'accounting.key_not_found': { status: 404, retryable: false },
  'accounting.siren_missing': { status: 409, retryable: false },
  'accounting.not_sound': { status: 409, retryable: false },
  'accounting.changed_meanwhile': { status: 409, retryable: false },
  'payment.not_allowed': { status: 403, retryable: false },
  'payment.payable_not_found': { status: 404, retryable: false },
  'payment.changed_meanwhile': { status: 409, retryable: false },
  'payment.not_open': { status: 409, retryable: false },
  'payment.run_not_found': { status: 404, retryable: false },
  'payment.run_moved': { status: 409, retryable: false },
  'payment.own_run': { status: 403, retryable: false },
  'payment.blocked': { status: 409, retryable: false },
  'payment.refused': { status: 409, retryable: false },
  'payment.in_other_run': { status: 409, retryable: false },
  'payment.account_unknown': { status: 404, retryable: false },
  'payment.account_taken': { status: 409, retryable: false },
  'payment.iban_invalid': { status: 400, retryable: false },
  'payment.statement_unreadable': { status: 400, retryable: false },
  'payment.transaction_not_found': { status: 404, retryable: false },
  'payment.match_differs': { status: 409, retryable: false },
  'scorecard.no_month': { status: 404, retryable: false },
  'scorecard.no_score': { status: 409, retryable: false },
  'scorecard.profile_taken': { status: 409, retryable: false },
  'scorecard.profile_gone': { status: 404, retryable: false },
  'scorecard.settings_changed': { status: 409, retryable: false },
  'scorecard.settings_invalid': { status: 400, retryable: false },
  'scorecard.fraud_open': { status: 409, retryable: false },
  'scorecard.fraud_gone': { status: 404, retryable: false },
  'vendor.not_found': { status: 404, retryable: false },
  'vendor.changed_meanwhile': { status: 409, retryable: false },
  'vendor.illegal_move': { status: 409, retryable: false },
  'vendor.reason_required': { status: 400, retryable: false },
  'vendor.orders_blocked': { status: 409, retryable: false },
  'vendor.undo_expired': { status: 409, retryable: false },
  'vendor.code_taken': { status: 409, retryable: false },
  'vendor.company_taken': { status: 409, retryable: false },
  'vendor.company_unknown': { status: 404, retryable: true },
  'vendor.deal_unknown': { status: 404, retryable: true },
  'vendor.identifier_invalid': { status: 400, retryable: false },
  'vendor.link_taken': { status: 409, retryable: false },
  'vendor.link_not_found': { status: 404, retryable: false },
  'vendor.link_changed': { status: 409, retryable: false },
  'purchasing.not_found': { status: 404, retryable: false },
  'purchasing.changed_meanwhile': { status: 409, retryable: false },
  'purchasing.line_in_use': { status: 409, retryable: false },
  'purchasing.other_vendor': { status: 400, retryable: false },
  'purchasing.not_by_hand': { status: 409, retryable: false },
  'purchasing.file_unreadable': { status: 400, retryable: false },
  'purchasing.file_unknown': { status: 400, retryable: false },
  'purchasing.no_catalog': { status: 409, retryable: false },
  'contract.not_found': { status: 404, retryable: false },
  'contract.changed_meanwhile': { status: 409, retryable: false },
  'contract.terms_invalid': { status: 400, retryable: false },
  'contract.illegal_step': { status: 409, retryable: false },
  'contract.reason_required': { status: 400, retryable: false },
  'document.not_found': { status: 404, retryable: false },
  'document.changed_meanwhile': { status: 409, retryable: false },
  'document.dates_invalid': { status: 400, retryable: false },
  'document.code_required': { status: 400, retryable: false },
  'hold.not_found': { status: 404, retryable: false },
  'requirement.not_found': { status: 404, retryable: false },
  'requirement.changed_meanwhile': { status: 409, retryable: false },
  'requirement.taken': { status: 409, retryable: false },
  'requirement.title_required': { status: 400, retryable: false },
  'requirement.built_in': { status: 409, retryable: false },
  'lifecycle.move_not_found': { status: 404, retryable: false },
  'lifecycle.move_overtaken': { status: 409, retryable: false },
  'lifecycle.rules_changed': { status: 409, retryable: false },
  'calendar.not_found': { status: 404, retryable: false },
  'calendar.too_many': { status: 409, retryable: false },
  'internal': { status: 500, retryable: true },
  // Met in the browser only: no answer of ours carries them.
  'network.offline': { status: 503, retryable: true },
  'frame.silent': { status: 504, retryable: true },
  'frame.outside': { status: 400, retryable: false },
} as const satisfies Record<string, { status: number, retryable: boolean }>

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

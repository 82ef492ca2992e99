import { AppError, isErrorCode, type ErrorCode } from '@comptoir/shared/errors'
import { addErrorTexts, areErrorTextsHere, hasText, t, type MessageParams } from './i18n/i18n.ts'

export const codeOf = (error: unknown): ErrorCode => error instanceof AppError ? error.code : 'internal'

export function errorText(error: unknown): string {
  const key = `errors.${codeOf(error)}`
  if (!areErrorTextsHere.value && !hasText(key))
    void addErrorTexts().catch(() => null)
  return t(hasText(key) ? key : 'errors.internal', paramsOf(error))
}

/** Of a code that came as data. */
export const codeText = (code: string): string => errorText(new AppError(isErrorCode(code) ? code : 'internal'))

/** For what is said once and not drawn again: waits for the error's own text. */
export async function wholeErrorText(error: unknown): Promise<string> {
  if (!hasText(`errors.${codeOf(error)}`))
    await addErrorTexts().catch(() => null)
  return errorText(error)
}

/** The number to give to whoever runs Comptoir; null for a failure that never reached the server. */
export function traceOf(error: unknown): string | null {
  const traceId = error instanceof AppError ? error.details.traceId : null
  return typeof traceId === 'string' ? traceId : null
}

export const isRetryable = (error: unknown): boolean => error instanceof AppError ? error.isRetryable : true

function paramsOf(error: unknown): MessageParams {
  const details = error instanceof AppError ? error.details : {}
  return Object.fromEntries(Object.entries(details).filter(([, value]) => typeof value === 'string' || typeof value === 'number')) as MessageParams
}

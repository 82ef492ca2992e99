import { AppError, isErrorCode } from '@comptoir/shared/errors'
import { errorText } from '../../platform/error-text.ts'
import { optionLabel } from './action-texts.ts'
import { t } from '../../platform/i18n/i18n.ts'

export interface Failure {
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>
}

/** What went wrong and what to do about it. */
export function failureText({ code, details }: Failure): string {
  if (code === 'vendor.illegal_move' && typeof details.from === 'string' && typeof details.to === 'string')
    return t('actions.preview.illegalMove', { from: optionLabel('status', details.from), to: optionLabel('status', details.to) })
  return errorText(new AppError(isErrorCode(code) ? code : 'internal', { details }))
}

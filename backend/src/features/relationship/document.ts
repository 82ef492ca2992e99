import { AppError } from '@comptoir/shared/errors'
import type { Day } from '@comptoir/shared/insights/calendar'
import { validUntil } from '@comptoir/shared/relationship/compliance'
import type { DocumentFields } from '@comptoir/shared/relationship/compliance.contract'

const blankToNull = (text: string | null): string | null => text?.trim() || null

/** A document as it is filed: the end of its validity follows from its kind when nobody typed one. */
export function tidyDocument(fields: DocumentFields, validityMonths: number | null, today: Day): DocumentFields {
  const validFrom = fields.validFrom ?? fields.issuedOn
  const validTo = fields.validTo ?? (fields.issuedOn === null ? null : validUntil(fields.issuedOn, validityMonths))
  const isBackwards = validTo !== null && validFrom !== null && validTo < validFrom
  if (isBackwards || (fields.issuedOn !== null && fields.issuedOn > today))
    throw new AppError('document.dates_invalid')
  return {
    ...fields,
    name: blankToNull(fields.name),
    verificationCode: blankToNull(fields.verificationCode),
    note: blankToNull(fields.note),
    validFrom, validTo,
  }
}

/** What runs out must have an end, and what may not be old a day of issue: otherwise a paper without a date would count for ever. */
export const isUndated = ({ issuedOn, validTo }: DocumentFields, { validity_months: validity, max_age_months: maxAge }: { readonly validity_months: number | null, readonly max_age_months: number | null }): boolean =>
  (validity !== null && validTo === null) || (maxAge !== null && issuedOn === null)

/** What a check stands for: only filing matters can change without another one. */
const checkedFields: readonly (keyof DocumentFields)[] = ['kind', 'link', 'issuedOn', 'validFrom', 'validTo', 'verificationCode']

export const needsNewCheck = (before: DocumentFields, after: DocumentFields): boolean =>
  checkedFields.some(field => before[field] !== after[field])

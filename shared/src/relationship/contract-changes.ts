export const amountPeriods = ['total', 'year', 'month'] as const
export type AmountPeriod = (typeof amountPeriods)[number]

/** What was agreed; the rest of a contract is about filing it. */
export const termFields = [
  'startsOn', 'endsOn', 'noticeDays', 'noticeUnit', 'isTacitlyRenewed', 'renewalMonths', 'amountMinor', 'currency', 'amountPeriod',
  'signedOn', 'noticeGivenOn', 'terminatedOn',
] as const
export type TermField = (typeof termFields)[number]

export interface FieldChange {
  readonly field: string
  readonly from: unknown
  readonly to: unknown
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** What a patch really changes, field by field, in the patch's order. */
export const changesOf = (known: Readonly<Record<string, unknown>>, patch: Readonly<Record<string, unknown>>): readonly FieldChange[] =>
  Object.entries(patch)
    .filter(([field, to]) => to !== undefined && !isSame(known[field], to))
    .map(([field, to]) => ({ field, from: known[field] ?? null, to: to ?? null }))

/** Whether somebody who relies on the terms has to know. */
export const isTermsChange = (changes: readonly FieldChange[]): boolean =>
  changes.some(({ field }) => (termFields as readonly string[]).includes(field))

/** Fields of a change that only who may see amounts is shown. */
export const amountFields: readonly string[] = ['amountMinor', 'currency', 'amountPeriod']

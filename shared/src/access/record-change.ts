/** Documents whose changes stand in a vendor's history as one line for each save. */
export const recordFields = ['order', 'receipt', 'invoice', 'contractPrice', 'request', 'spend', 'purchases', 'tolerance', 'payable', 'payment', 'paymentTerm', 'file'] as const
export type RecordField = (typeof recordFields)[number]

export const isRecordField = (field: string): field is RecordField => (recordFields as readonly string[]).includes(field)

export type RecordParts = Readonly<Record<string, unknown>>

/** What a document is called by: stays in both halves of a change. */
const names = ['number', 'reference', 'itemCode', 'subject', 'label']
/** Amounts are written in it. */
const context = [...names, 'currency']

export const nameOf = (parts: RecordParts | null | undefined): string =>
  names.map(name => parts?.[name]).find((value): value is string => typeof value === 'string' && value !== '') ?? ''

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null)

/** The parts that differ, beside what the document is called; null when nothing does. */
export function changedParts(from: RecordParts | null, to: RecordParts | null): { from: RecordParts | null, to: RecordParts | null } | null {
  if (from === null || to === null)
    return from === to ? null : { from, to }
  const changed = changedKeys(from, to)
  const half = (parts: RecordParts): RecordParts => Object.fromEntries(
    [...new Set([...context.filter(key => parts[key] !== undefined), ...changed])].map(key => [key, parts[key] ?? null]))
  return changed.length > 0 ? { from: half(from), to: half(to) } : null
}

export const changedKeys = (from: RecordParts, to: RecordParts): string[] =>
  [...new Set([...Object.keys(from), ...Object.keys(to)])].filter(key => !isSame(from[key], to[key]))

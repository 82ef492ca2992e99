import type { WritableField } from './known-vendor.ts'

export type UndoConflictReason = 'changed' | 'used' | 'partly_changed'

export interface MetVendor {
  readonly versionAfter: number
  readonly version: number
  readonly oldValues: Readonly<Record<string, string | number | null>>
  readonly newValues: Readonly<Record<string, string | number | null>>
  readonly values: Readonly<Record<WritableField, string | number | null>>
  readonly isTouched: boolean
  readonly isUsed: boolean
}

/** A newcomer goes only when nobody has changed it and nothing hangs on it. */
export const conflictOfRemoval = ({ isTouched, isUsed }: Pick<MetVendor, 'isTouched' | 'isUsed'>): UndoConflictReason | null =>
  isTouched ? 'changed' : isUsed ? 'used' : null

export interface Restoration {
  readonly values: Readonly<Partial<Record<WritableField, string | number | null>>>
  readonly conflict: UndoConflictReason | null
}

/** Fields that still hold what the import wrote get their old value back; what somebody wrote since stays. */
export function restorationOf({ oldValues, newValues, values }: Pick<MetVendor, 'oldValues' | 'newValues' | 'values'>): Restoration {
  const fields = Object.keys(oldValues) as WritableField[]
  const untouched = fields.filter(field => (values[field] ?? null) === (newValues[field] ?? null))
  return {
    values: Object.fromEntries(untouched.map(field => [field, oldValues[field] ?? null])),
    conflict: untouched.length === fields.length ? null : untouched.length === 0 ? 'changed' : 'partly_changed',
  }
}

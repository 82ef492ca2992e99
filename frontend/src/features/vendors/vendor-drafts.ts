import type { VendorFields } from '@comptoir/shared/vendors/vendor-fields'

/** What was typed and not saved, kept while the page lives: closing a form by mistake loses nothing. */
const drafts = new Map<string, VendorFields>()

export const draftOf = (key: string): VendorFields | null => drafts.get(key) ?? null

export function keepDraft(key: string, values: VendorFields): void {
  drafts.set(key, { ...values })
}

export function dropDraft(key: string): void {
  drafts.delete(key)
}

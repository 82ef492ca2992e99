import type { VendorField, VendorFields } from '@comptoir/shared/vendors/vendor-fields'
import { portalDomain, viewer } from '../../platform/session.ts'

/** What was typed and not saved, without the fields that were left as they were. */
export type VendorDraft = Partial<VendorFields>

const drafts = new Map<string, VendorDraft>()
/** Kept while the page lives, and no longer: an account number does not belong into the browser's storage. */
const onlyHere: readonly VendorField[] = ['iban', 'bic', 'accountHolder', 'bankProof']

/** Closing a form by mistake loses nothing, nor does a reload of the frame. */
export const draftOf = (key: string): VendorDraft | null => drafts.get(key) ?? stored(key)

export function keepDraft(key: string, draft: VendorDraft): void {
  drafts.set(key, draft)
  const lasting = Object.entries(draft).filter(([field]) => !onlyHere.includes(field as VendorField))
  inStorage(storage => storage.setItem(placeOf(key), JSON.stringify(Object.fromEntries(lasting))))
}

export function dropDraft(key: string): void {
  drafts.delete(key)
  inStorage(storage => storage.removeItem(placeOf(key)))
}

/** All portals share the frame's origin, and people a computer. */
const placeOf = (key: string): string => `comptoir/vendor-draft/${portalDomain()}/${viewer().userId}/${key}`

const stored = (key: string): VendorDraft | null =>
  inStorage(storage => JSON.parse(storage.getItem(placeOf(key)) ?? 'null') as VendorDraft | null)

/** A browser may refuse a frame its storage: then drafts live as long as the page. */
function inStorage<T>(use: (storage: Storage) => T): T | null {
  try {
    return use(sessionStorage)
  }
  catch {
    return null
  }
}

/** Kinds whose retention an administrator chooses. */
export const retentionKinds = ['vendorContacts', 'contactHistory', 'importRows'] as const
export type RetentionKind = (typeof retentionKinds)[number]

/** What ends the keeping: a chosen period, a fixed one, the vendor's or the portal's end, or what the law asks for. */
export type Keeping = 'period' | 'fixed' | 'vendor' | 'portal' | 'law'

/** Every kind of data about persons that Comptoir stores. */
export const inventory = {
  vendorContacts: 'period',
  vendorIdentity: 'vendor',
  notes: 'vendor',
  contactHistory: 'period',
  importRows: 'period',
  importFiles: 'fixed',
  people: 'portal',
  payments: 'law',
  drafts: 'fixed',
  requestLog: 'fixed',
  reportFiles: 'fixed',
} as const satisfies Record<string, Keeping>
export type InventoryId = keyof typeof inventory
export const inventoryIds = Object.keys(inventory) as InventoryId[]
export type FixedKind = 'importFiles' | 'drafts' | 'requestLog' | 'reportFiles'

/** Where a person can be found. */
export const placeKinds = ['contact', 'identity', 'note', 'history', 'proposal', 'importRow', 'importFile', 'draft', 'person', 'payment', 'statement', 'entry', 'comment', 'file', 'requestLog'] as const
export type PlaceKind = (typeof placeKinds)[number]

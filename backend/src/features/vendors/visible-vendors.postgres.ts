import type { Caller } from '../../platform/http/caller.ts'

export { visibleVendors } from '../../platform/access/vendor-gate.postgres.ts'

/** Whose vendors, seen by whom. */
export type Onlooker = Pick<Caller, 'portal' | 'viewer'>

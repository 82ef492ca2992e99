import type { KnownVendor } from './known-vendor.ts'

/** The CRM company of each newcomer that has exactly one of its name, by vendor id. */
export type CompanyLinks = (tx: unknown, created: readonly KnownVendor[]) => Promise<ReadonlyMap<string, number>>

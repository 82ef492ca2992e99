import { sql } from 'kysely'
import { legalFields, usualTwoPersonRule, type TwoPersonRule } from '@comptoir/shared/access/protected-fields'
import { proposeChange } from '../../platform/access/proposals.postgres.ts'
import type { Tx } from '../../platform/storage/database.ts'
import type { KnownVendor } from './known-vendor.ts'
import type { FieldChange } from './merge-vendor.ts'

export interface Update { readonly vendor: KnownVendor, readonly old: Map<string, FieldChange['old']> }

interface By { readonly portalId: number, readonly importId: string, readonly userId: number | null }

const isLegal = (field: string): boolean => (legalFields as readonly string[]).includes(field)

/** The name and the legal identity that a vendor in use is known by wait for a second person, whoever changes them; what is on file stays. */
export async function proposeLegalChanges(tx: Tx, updates: Map<string, Update>, { portalId, importId, userId }: By): Promise<void> {
  const known = [...updates.values()].filter(({ old }) => [...old].some(([field, value]) => isLegal(field) && value !== null))
  if (known.length === 0 || !await needsSecondPerson(tx, portalId))
    return
  const inUse = await tx.selectFrom('vendors').select('vendor_id').where('portal_id', '=', portalId)
    .where('vendor_id', 'in', known.map(({ vendor }) => vendor.vendorId)).where('status', 'in', ['active', 'suspended']).execute()
  const ids = new Set(inUse.map(row => row.vendor_id))
  for (const { vendor, old } of known) {
    if (!ids.has(vendor.vendorId))
      continue
    const held = [...old].filter(([field, value]) => isLegal(field) && value !== null)
    await proposeChange(tx, {
      portalId, vendorId: vendor.vendorId, kind: 'legal', origin: 'import', originId: importId, authorId: userId, now: new Date(),
      changes: Object.fromEntries(held.map(([field, from]) => [field, { from, to: vendor.values[field as keyof typeof vendor.values] }])),
    })
    vendor.values = { ...vendor.values, ...Object.fromEntries(held) }
    for (const [field] of held)
      old.delete(field)
    if (old.size === 0)
      updates.delete(vendor.vendorId)
  }
}

async function needsSecondPerson(tx: Tx, portalId: number): Promise<boolean> {
  const { rule } = await tx.selectFrom('portals').select(sql<TwoPersonRule | null>`settings->>'twoPersonRule'`.as('rule'))
    .where('portal_id', '=', portalId).executeTakeFirstOrThrow()
  return (rule ?? usualTwoPersonRule) === 'bank_and_legal'
}

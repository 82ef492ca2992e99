import type { TestDatabase } from '@comptoir/backend/platform/storage/test-database'
import type { FieldGroup, VendorRole } from '@comptoir/shared/access/rights'

type Db = TestDatabase['db']

/** Values that occur nowhere else: where one of them is read, its field group stands open. */
export const marks = {
  hidden: { name: 'Zorglub Cachottier', code: 'ZC-4711', siren: '732829320', iban: 'FR7630006000011234567890189', label: 'Zorglubium enrichi', minor: 913_579_13 },
  shown: { name: 'Ouvert Frères', code: 'OF-0815', siren: '404833048', iban: 'FR1420041010050500013M02606', label: 'Papier vergé', minor: 424_242_42 },
} as const

export interface RightsStage {
  readonly hidden: string
  readonly shown: string
  readonly dealId: number
}

/** Two vendors behind one deal, of two groups, with everything that could be told of them. */
export async function stageVendors(db: Db, portalId: number): Promise<RightsStage> {
  const { deal_id: dealId } = await db.selectFrom('crm_deals').select('deal_id').where('portal_id', '=', portalId).orderBy('deal_id').executeTakeFirstOrThrow()
  const add = async ({ name, code, siren, iban, label, minor }: (typeof marks)['hidden'] | (typeof marks)['shown'], category: string) => {
    const { vendor_id: vendorId } = await db.insertInto('vendors').values({
      portal_id: portalId, name, name_key: name.toLowerCase(), code, siren, iban, bic: 'BNPAFRPPXXX', category, status: 'active', city: 'Nantes', iban_approved_at: new Date(),
    }).returning('vendor_id').executeTakeFirstOrThrow()
    const today = new Date().toISOString().slice(0, 10)
    await db.insertInto('purchases').values({ portal_id: portalId, vendor_id: vendorId, spent_on: today, amount_minor: minor, amount_base_minor: minor, currency: 'EUR', label, deal_id: dealId }).execute()
    await db.insertInto('deal_vendors').values({ portal_id: portalId, deal_id: dealId, vendor_id: vendorId, planned_cost_minor: minor, currency: 'EUR' }).execute()
    await db.insertInto('vendor_changes').values({ portal_id: portalId, vendor_id: vendorId, field: 'iban', old_value: null, new_value: JSON.stringify(iban), origin: 'person', by_user_id: 5 }).execute()
    await db.insertInto('vendor_change_proposals').values({
      portal_id: portalId, vendor_id: vendorId, kind: 'bank', changes: JSON.stringify({ iban: { from: iban, to: `${iban.slice(0, -2)}00` } }), author_id: 5,
    }).execute()
    return vendorId
  }
  return { hidden: await add(marks.hidden, 'Secret'), shown: await add(marks.shown, 'Ouvert'), dealId }
}

/** Leaves the portal with exactly one grant: to this person, for the open group of vendors. */
export async function onlyGrant(db: Db, portalId: number, userId: number, role: VendorRole, groups: FieldGroup[]): Promise<void> {
  await db.deleteFrom('vendor_grants').where('portal_id', '=', portalId).execute()
  await db.insertInto('vendor_grants').values({
    portal_id: portalId, subject_kind: 'user', subject_id: userId, scope_kind: 'group', vendor_group: 'Ouvert', role, field_groups: groups,
  }).execute()
}

import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { creatorRight, everyRight, isAtLeast, satisfies, sumOfRights, type FieldGroup, type Need, type Right, type VendorRights } from '@comptoir/shared/access/rights'
import { AppError } from '@comptoir/shared/errors'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { Database } from '../storage/database.ts'

/** Whose vendors, seen by whom. */
export interface Onlooker {
  readonly portal: { readonly id: number }
  readonly viewer: Pick<Viewer, 'userId' | 'isAdmin'>
}

/** No person of a portal has this number. */
export const systemUserId = 0

/** The app itself, at work in the background. Never for anything that a person is going to read. */
export const systemOnlooker = <P extends { readonly id: number }>(portal: P) =>
  ({ portal, viewer: { userId: systemUserId, name: 'Comptoir', isAdmin: true, departmentIds: [] as number[] } })

/**
 * The vendors an onlooker may know of, or of those the ones whose `group` stands open with at least `role`.
 * Every read of vendors, and of what hangs on them, starts here.
 */
export const visibleVendors = (db: Database, onlooker: Onlooker, need: Need = {}) =>
  db.selectFrom('vendors').where('vendors.portal_id', '=', onlooker.portal.id)
    .where(mayDo(onlooker, need))

/**
 * The same as a condition on the table `vendors`, to select a mask by or to join with. The grants are read once a query,
 * not once a row: under a grant for everything nothing but a known true is compared.
 */
export function mayDo({ portal, viewer }: Onlooker, { group, role = 'viewer' }: Need = {}): RawBuilder<SqlBool> {
  if (viewer.isAdmin)
    return sql<SqlBool>`true`
  const held = (needed: FieldGroup, atLeast: string) => sql<SqlBool>`(
    (select exists (select from vendor_grants_for(${portal.id}, ${viewer.userId}, ${needed}, ${atLeast}, 'all') g))
    or coalesce(vendors.category in (select g.vendor_group from vendor_grants_for(${portal.id}, ${viewer.userId}, ${needed}, ${atLeast}, 'group') g), false)
    or vendors.vendor_id in (select g.vendor_id from vendor_grants_for(${portal.id}, ${viewer.userId}, ${needed}, ${atLeast}, 'vendor') g)
    ${creatorRight.groups.includes(needed) && isAtLeast(creatorRight.role, atLeast as Right['role']) ? sql`or ${isCreator(viewer.userId)}` : sql``})`
  return group === undefined || group === 'identity'
    ? held('identity', role)
    : sql<SqlBool>`(${held('identity', 'viewer')} and ${held(group, role)})`
}

/**
 * For tables that only hang on vendors: whether the vendor in `column` is one. Under a grant for everything the list of
 * vendors is never drawn up.
 */
export function isOfVisible({ portal, viewer }: Onlooker, column: RawBuilder<unknown>, need: Need = {}): RawBuilder<boolean> {
  if (viewer.isAdmin)
    return sql<boolean>`true`
  const all = (group: FieldGroup, role: string) => sql`(select exists (
    select from vendor_grants_for(${portal.id}, ${viewer.userId}, ${group}, ${role}, 'all') g))`
  return sql<boolean>`((${all('identity', 'viewer')} and ${all(need.group ?? 'identity', need.role ?? 'viewer')})
    or ${column} in (select vendors.vendor_id from vendors where vendors.portal_id = ${portal.id} and ${mayDo({ portal, viewer }, need)}))`
}

/** An import is signed by whoever let it run: that is not entering its vendors by hand. */
const isCreator = (userId: number) => sql<SqlBool>`coalesce(vendors.created_by = ${userId} and vendors.import_id is null, false)`

/** Null when the onlooker may not know of the vendor. */
export async function vendorRights(db: Database, onlooker: Onlooker, vendorId: string): Promise<VendorRights | null> {
  const vendor = await db.selectFrom('vendors').select(['vendor_id', 'category', 'created_by', 'import_id'])
    .where('vendors.portal_id', '=', onlooker.portal.id).where('vendors.vendor_id', '=', vendorId).executeTakeFirst()
  return vendor ? rightsOn(db, onlooker, vendor) : null
}

export interface GatedVendor {
  readonly vendor_id: string
  readonly category: string | null
  readonly created_by: number | null
  readonly import_id: string | null
}

/** The same for a vendor whose row is at hand. */
export async function rightsOn(db: Database, { portal, viewer }: Onlooker, vendor: GatedVendor): Promise<VendorRights | null> {
  if (viewer.isAdmin)
    return everyRight
  const { rows } = await sql<{ role: Right['role'], field_groups: FieldGroup[] }>`
    select g.role, g.field_groups from vendor_grants_of(${portal.id}, ${viewer.userId}) g
    where g.scope_kind = 'all' or g.vendor_group = ${vendor.category} or g.vendor_id = ${vendor.vendor_id}`.execute(db)
  return sumOfRights([
    ...rows.map(({ role, field_groups }) => ({ role, groups: field_groups })),
    ...vendor.created_by === viewer.userId && vendor.import_id === null ? [creatorRight] : [],
  ])
}

/** Whether a grant for everything opens the group: then what is shown needs no word about the viewer's rights. */
export async function seesAllVendors(db: Database, { portal, viewer }: Onlooker, group: FieldGroup = 'identity'): Promise<boolean> {
  if (viewer.isAdmin)
    return true
  const { rows } = await sql<{ groups: number }>`
    select count(distinct needed)::int as groups from unnest(${['identity', group]}::text[]) as needed
    where exists (select from vendor_grants_of(${portal.id}, ${viewer.userId}) g where g.scope_kind = 'all' and needed = any (g.field_groups))`.execute(db)
  return rows[0]?.groups === new Set(['identity', group]).size
}

/** Figures under one key are about the vendors of the same grants. */
export async function vendorScopeKey(db: Database, onlooker: Onlooker, group: FieldGroup): Promise<string> {
  if (await seesAllVendors(db, onlooker, group))
    return 'all'
  const { rows } = await sql<{ key: string | null }>`
    select md5(string_agg(concat_ws(',', g.scope_kind, g.vendor_group, g.vendor_id, g.field_groups::text), ';' order by g.grant_id)) as key
    from vendor_grants_of(${onlooker.portal.id}, ${onlooker.viewer.userId}) g`.execute(db)
  return rows[0]?.key ?? 'none'
}

/** A new vendor of this group, or of some group when none is said, may be entered by whoever edits all vendors, or all of the group. */
export async function mayCreateVendor(db: Database, { portal, viewer }: Onlooker, category?: string | null): Promise<boolean> {
  if (viewer.isAdmin)
    return true
  const { rows } = await sql<{ may: boolean }>`
    select exists (select from vendor_grants_for(${portal.id}, ${viewer.userId}, 'identity', 'editor') g
      where g.scope_kind = 'all' or ${category === undefined ? sql`g.scope_kind = 'group'` : sql`g.vendor_group = ${category}`}) as may`.execute(db)
  return rows[0]?.may ?? false
}

/** @throws AppError vendor.not_found when it is not to be known of, vendor.forbidden when it may only be seen */
export async function requireVendor(db: Database, onlooker: Onlooker, vendorId: string, need: Need = {}): Promise<VendorRights> {
  const rights = await vendorRights(db, onlooker, vendorId)
  if (!rights)
    throw new AppError('vendor.not_found', { details: { vendorId } })
  if (!satisfies(rights, need))
    throw new AppError('vendor.forbidden', { details: { vendorId, ...need } })
  return rights
}

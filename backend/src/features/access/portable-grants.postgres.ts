import { sql } from 'kysely'
import type { GrantInput } from '@comptoir/shared/access/access.contract'
import type { FieldGroup, VendorRole } from '@comptoir/shared/access/rights'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { changeGrant, giveGrant, takeGrant } from './grants.postgres.ts'

/** Groups of fields by "subject/role" or "subject/role/group of vendors". */
export type PortableGrants = Record<string, FieldGroup[]>

interface PortableRow { readonly grant_id: string, readonly version: number, readonly key: string, readonly groups: FieldGroup[], readonly note: string | null }

/** Grants that name nobody and nothing of this portal, and that do not end. */
const isPortable = sql<boolean>`subject_kind in ('everyone', 'head_of_department') and subject_id is null and scope_kind in ('all', 'group') and valid_until is null`

async function readRows(db: Database, portalId: number): Promise<PortableRow[]> {
  const { rows } = await sql<PortableRow>`
    select grant_id, version, note, concat_ws('/', subject_kind, role, vendor_group) as key, array(select unnest(field_groups) order by 1) as groups
    from vendor_grants where portal_id = ${portalId} and ${isPortable} order by created_at, grant_id`.execute(db)
  return rows
}

export async function readPortableGrants(db: Database, portalId: number): Promise<PortableGrants> {
  const grants: PortableGrants = {}
  for (const { key, groups } of await readRows(db, portalId))
    grants[key] = [...new Set([...grants[key] ?? [], ...groups])].sort()
  return grants
}

export async function countOwnGrants(db: Database, portalId: number): Promise<number> {
  const { rows: [row] } = await sql<{ count: number }>`select count(*)::int as count from vendor_grants where portal_id = ${portalId} and not (${isPortable})`.execute(db)
  return row?.count ?? 0
}

/** What the list does not hold is taken away; grants to people, departments and single vendors stay. */
export async function writePortableGrants(tx: Tx, wanted: PortableGrants, made: { readonly portalId: number, readonly userId: number, readonly now: Date }): Promise<void> {
  const seen = new Set<string>()
  for (const { grant_id, version, key, groups, note } of await readRows(tx, made.portalId)) {
    const given = wanted[key]
    // Two grants of one key are one in the list.
    if (!given || seen.has(key))
      await takeGrant(tx, grant_id, made)
    else if ([...given].sort().join() !== groups.join())
      await changeGrant(tx, grant_id, { ...inputOf(key, given), note, version }, made)
    seen.add(key)
  }
  for (const [key, groups] of Object.entries(wanted)) {
    if (!seen.has(key))
      await giveGrant(tx, inputOf(key, groups), made)
  }
}

function inputOf(key: string, groups: FieldGroup[]): GrantInput {
  const [subjectKind, role, ...rest] = key.split('/')
  const group = rest.join('/') || null
  return {
    subjectKind: subjectKind as GrantInput['subjectKind'], subjectId: null, scopeKind: group === null ? 'all' : 'group', group, vendorId: null,
    role: role as VendorRole, groups, validUntil: null, note: null,
  }
}

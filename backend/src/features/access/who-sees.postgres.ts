import { sql } from 'kysely'
import type { Reason, SeenBy, VendorSight } from '@comptoir/shared/access/access.contract'
import { creatorRight, sumOfRights, type FieldGroup, type VendorRole } from '@comptoir/shared/access/rights'
import type { GrantScope, GrantSubject } from '@comptoir/shared/access/grant'
import type { Database } from '../../platform/storage/database.ts'

const shownAtMost = 500

interface HeldRow {
  user_id: number
  name: string
  position: string
  is_creator: boolean
  subject_kind: GrantSubject | null
  subject_name: string | null
  scope_kind: GrantScope
  vendor_group: string | null
  role: VendorRole
  field_groups: FieldGroup[]
  valid_until: string | null
}

/** Everybody who may see a vendor with the grants that say so: the gate's own function is asked for each person. */
export async function whoSees(db: Database, portalId: number, vendorId: string, search: string): Promise<VendorSight> {
  const { rows } = await sql<HeldRow>`
    select u.user_id, trim(u.name || ' ' || u.last_name) as name, u.position,
      coalesce(v.created_by = u.user_id and v.import_id is null, false) as is_creator,
      g.subject_kind, coalesce(d.name, case when g.subject_kind = 'user' then trim(u.name || ' ' || u.last_name) end) as subject_name,
      g.scope_kind, g.vendor_group, g.role, g.field_groups, g.valid_until
    from vendors v join crm_users u on u.portal_id = v.portal_id and u.is_active
      left join lateral (select g.* from vendor_grants_of(${portalId}, u.user_id) g
        where g.scope_kind = 'all' or g.vendor_group = v.category or g.vendor_id = v.vendor_id) g on true
      left join crm_departments d on d.portal_id = v.portal_id and d.department_id = g.subject_id and g.subject_kind in ('department', 'head_of_department')
    where v.portal_id = ${portalId} and v.vendor_id = ${vendorId}::uuid
      and (${search.trim()} = '' or u.name || ' ' || u.last_name ilike ${`%${search.trim().replace(/[\\%_]/g, '\\$&')}%`})
    order by u.last_name, u.name, u.user_id`.execute(db)
  const held = Map.groupBy(rows, row => row.user_id)
  const people = [...held.values()].map(seenBy).filter(person => person !== null)
  return { people: people.slice(0, shownAtMost), total: people.length, personCount: held.size }
}

function seenBy(rows: readonly HeldRow[]): SeenBy | null {
  const [first] = rows
  const grants = rows.filter(row => row.subject_kind !== null)
  const rights = sumOfRights([
    ...grants.map(({ role, field_groups }) => ({ role, groups: field_groups })),
    ...first?.is_creator ? [creatorRight] : [],
  ])
  if (!first || !rights)
    return null
  return {
    userId: first.user_id,
    name: first.name,
    position: first.position,
    rights: { ...rights, groups: [...rights.groups] },
    because: [...grants.map(toReason), ...first.is_creator ? [creatorReason] : []],
  }
}

const toReason = (row: HeldRow): Reason => ({
  kind: 'grant', subjectKind: row.subject_kind, subjectName: row.subject_name, scopeKind: row.scope_kind, group: row.vendor_group,
  role: row.role, groups: row.field_groups, validUntil: row.valid_until,
})

const creatorReason: Reason = {
  kind: 'creator', subjectKind: null, subjectName: null, scopeKind: null, group: null,
  role: creatorRight.role, groups: [...creatorRight.groups], validUntil: null,
}

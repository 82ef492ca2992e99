import { sql, type Selectable } from 'kysely'
import type { Grant, GrantInput } from '@comptoir/shared/access/access.contract'
import { missingOf, tidyGrant } from '@comptoir/shared/access/grant'
import { AppError } from '@comptoir/shared/errors'
import { inTransaction, type Database, type Tx } from '../../platform/storage/database.ts'
import type { AccessTables } from '../../platform/storage/tables/access.ts'
import { effectOf, requireKnown } from './grant-effect.postgres.ts'
import { findPeople, personOf } from './people.postgres.ts'

type GrantRecord = Selectable<AccessTables['vendor_grants']>

interface Made { readonly portalId: number, readonly userId: number, readonly now: Date }

export async function listGrants(db: Database, portalId: number): Promise<Grant[]> {
  const rows = await db.selectFrom('vendor_grants').selectAll().where('portal_id', '=', portalId)
    .orderBy(sql`array_position(array['everyone', 'department', 'head_of_department', 'user'], subject_kind)`)
    .orderBy('created_at').orderBy('grant_id').execute()
  return Promise.all(rows.map(row => toGrant(db, row)))
}

async function toGrant(db: Database, row: GrantRecord): Promise<Grant> {
  const input = toInput(row)
  const [names, effect, people] = await Promise.all([
    namesOf(db, row),
    effectOf(db, row.portal_id, input),
    findPeople(db, row.portal_id, [row.created_by]),
  ])
  return {
    grantId: row.grant_id, ...input, ...names, ...effect,
    version: row.version, createdAt: row.created_at.toISOString(), createdBy: personOf(people, row.created_by),
  }
}

const toInput = (row: GrantRecord): GrantInput => ({
  subjectKind: row.subject_kind,
  subjectId: row.subject_id,
  scopeKind: row.scope_kind,
  group: row.vendor_group,
  vendorId: row.vendor_id,
  role: row.role,
  groups: row.field_groups,
  validUntil: row.valid_until,
  note: row.note,
})

async function namesOf(db: Database, { portal_id: portalId, subject_kind: kind, subject_id: id, vendor_id: vendorId }: GrantRecord) {
  const { rows: [row] } = await sql<{ subjectName: string | null, vendorName: string | null }>`
    select ${kind === 'user'
      ? sql`(select trim(name || ' ' || last_name) from crm_users where portal_id = ${portalId} and user_id = ${id})`
      : sql`(select name from crm_departments where portal_id = ${portalId} and department_id = ${id})`} as "subjectName",
      (select name from vendors where portal_id = ${portalId} and vendor_id = ${vendorId}::uuid) as "vendorName"`.execute(db)
  return row ?? { subjectName: null, vendorName: null }
}

const toColumns = (grant: GrantInput) => ({
  subject_kind: grant.subjectKind,
  subject_id: grant.subjectId,
  scope_kind: grant.scopeKind,
  vendor_group: grant.group,
  vendor_id: grant.vendorId,
  role: grant.role,
  field_groups: grant.groups,
  valid_until: grant.validUntil,
  note: grant.note?.trim() || null,
})

/** @throws AppError request.invalid, access.subject_unknown */
async function checked(db: Database, portalId: number, input: GrantInput): Promise<GrantInput> {
  const grant = tidyGrant(input)
  const missing = missingOf(grant)
  if (missing.length > 0)
    throw new AppError('request.invalid', { details: { in: 'body', missing } })
  await requireKnown(db, portalId, grant)
  return grant
}

export async function previewGrant(db: Database, portalId: number, input: GrantInput) {
  return effectOf(db, portalId, await checked(db, portalId, input))
}

export async function giveGrant(db: Database, input: GrantInput, { portalId, userId, now }: Made): Promise<Grant> {
  const grant = await checked(db, portalId, input)
  const row = await inTransaction(db, async (tx) => {
    const given = await tx.insertInto('vendor_grants')
      .values({ portal_id: portalId, ...toColumns(grant), created_at: now, created_by: userId, updated_at: now, updated_by: userId })
      .returningAll().executeTakeFirstOrThrow()
    await noteChange(tx, { portalId, userId, now }, { grantId: given.grant_id, kind: 'given', from: null, to: grant })
    return given
  })
  return toGrant(db, row)
}

/** @throws AppError access.grant_not_found, access.changed_meanwhile */
export async function changeGrant(db: Database, grantId: string, { version, ...input }: GrantInput & { readonly version: number }, { portalId, userId, now }: Made): Promise<Grant> {
  const grant = await checked(db, portalId, input)
  const row = await inTransaction(db, async (tx) => {
    const stored = await lockGrant(tx, portalId, grantId)
    if (stored.version !== version)
      throw new AppError('access.changed_meanwhile', { details: { version: stored.version } })
    const changed = await tx.updateTable('vendor_grants')
      .set({ ...toColumns(grant), version: sql<number>`version + 1`, updated_at: now, updated_by: userId })
      .where('portal_id', '=', portalId).where('grant_id', '=', grantId).returningAll().executeTakeFirstOrThrow()
    await noteChange(tx, { portalId, userId, now }, { grantId, kind: 'changed', from: toInput(stored), to: grant })
    return changed
  })
  return toGrant(db, row)
}

/** @throws AppError access.grant_not_found */
export const takeGrant = (db: Database, grantId: string, made: Made): Promise<GrantInput> =>
  inTransaction(db, async (tx) => {
    const grant = toInput(await lockGrant(tx, made.portalId, grantId))
    await tx.deleteFrom('vendor_grants').where('portal_id', '=', made.portalId).where('grant_id', '=', grantId).execute()
    await noteChange(tx, made, { grantId, kind: 'taken', from: grant, to: null })
    return grant
  })

async function lockGrant(tx: Tx, portalId: number, grantId: string): Promise<GrantRecord> {
  const row = await tx.selectFrom('vendor_grants').selectAll().where('portal_id', '=', portalId).where('grant_id', '=', grantId).forUpdate().executeTakeFirst()
  if (!row)
    throw new AppError('access.grant_not_found')
  return row
}

interface GrantEvent {
  readonly grantId: string
  readonly kind: 'given' | 'changed' | 'taken' | 'viewing_as'
  readonly from: unknown
  readonly to: unknown
}

export async function noteChange(tx: Database, { portalId, userId, now }: Made, { grantId, kind, from, to }: GrantEvent): Promise<void> {
  const json = (value: unknown): string | null => value === null ? null : JSON.stringify(value)
  await tx.insertInto('vendor_grant_changes')
    .values({ portal_id: portalId, grant_id: grantId, kind, old_value: json(from), new_value: json(to), at: now, by_user_id: userId }).execute()
}

import { sql } from 'kysely'
import { splitChange, usualTwoPersonRule, type ProposalKind } from '@comptoir/shared/access/protected-fields'
import { satisfies } from '@comptoir/shared/access/rights'
import { AppError, type ErrorCode } from '@comptoir/shared/errors'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import type { Vendor, VendorField, VendorFields, VendorPatch } from '@comptoir/shared/vendors/vendor-fields'
import type { VendorStatus } from '@comptoir/shared/vendors/vendor-status'
import { pendingFields, proposeChange } from '../../platform/access/proposals.postgres.ts'
import { mayCreateVendor, rightsOn } from '../../platform/access/vendor-gate.postgres.ts'
import { tellStatus } from '../../platform/notices/status-notice.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { recordChanges, type ChangeLine } from './vendor-history.postgres.ts'
import { columnOf, findPeople, maskVendor, personOf, toVendor, type VendorRecord } from './vendor-row.postgres.ts'
import type { VendorChanges } from './vendor.ts'
import { visibleVendors, type Onlooker } from './visible-vendors.postgres.ts'

export async function findVendor(db: Database, onlooker: Onlooker, vendorId: string): Promise<Vendor | null> {
  const row = await visibleVendors(db, onlooker).selectAll('vendors').where('vendors.vendor_id', '=', vendorId).executeTakeFirst()
  return row ? present(db, onlooker, row) : null
}

/** @throws AppError vendor.not_found */
export async function getVendor(db: Database, onlooker: Onlooker, vendorId: string): Promise<Vendor> {
  const vendor = await findVendor(db, onlooker, vendorId)
  if (!vendor)
    throw new AppError('vendor.not_found', { details: { vendorId } })
  return vendor
}

export async function findVendorOfCompany(db: Database, onlooker: Onlooker, companyId: number): Promise<Vendor | null> {
  const row = await visibleVendors(db, onlooker).selectAll('vendors').where('vendors.company_id', '=', companyId).executeTakeFirst()
  return row ? present(db, onlooker, row) : null
}

/** With everything that hangs on it, unmasked. @throws AppError vendor.not_found when the onlooker may not know of it */
async function fullVendor(db: Database, onlooker: Onlooker, row: VendorRecord): Promise<Vendor> {
  const [people, rights, pending] = await Promise.all([
    findPeople(db, row.portal_id, [row.updated_by]),
    rightsOn(db, onlooker, row),
    pendingFields(db, row.portal_id, row.vendor_id),
  ])
  if (!rights)
    throw new AppError('vendor.not_found', { details: { vendorId: row.vendor_id } })
  return toVendor(row, { updatedBy: personOf(people, row.updated_by), rights, pendingFields: pending })
}

const present = async (db: Database, onlooker: Onlooker, row: VendorRecord): Promise<Vendor> =>
  maskVendor(await fullVendor(db, onlooker, row))

export interface NewVendorRow {
  readonly fields: VendorFields
  readonly status: VendorStatus
  readonly companyId: number | null
}

/** @throws AppError vendor.forbidden, vendor.code_taken, vendor.company_taken */
export async function insertVendor(db: Database, onlooker: Onlooker, { fields, status, companyId }: NewVendorRow, now: Date): Promise<Vendor> {
  const { portal, viewer } = onlooker
  if (!await mayCreateVendor(db, onlooker, fields.category))
    throw new AppError('vendor.forbidden', { details: { role: 'editor' } })
  const row = await refusingTaken(() => db.transaction().execute(async (tx) => {
    const inserted = await tx.insertInto('vendors').values({
      portal_id: portal.id,
      company_id: companyId,
      status,
      ...toColumns(fields),
      name: fields.name,
      name_key: nameKey(fields.name),
      ...fields.iban !== null && { iban_set_by: viewer.userId },
      created_at: now,
      created_by: viewer.userId,
      updated_at: now,
      updated_by: viewer.userId,
    }).returningAll().executeTakeFirstOrThrow()
    await recordChanges(tx, inserted, [{ field: 'vendor', from: null, to: { name: fields.name, status, companyId } }], { viewer, now })
    return inserted
  }), companyId)
  return present(db, onlooker, row)
}

export interface VendorKey { readonly vendorId: string, readonly version: number }

/**
 * Reads the vendor, lets a rule decide what changes, writes that and its history, all under one lock. What needs
 * a second person is proposed instead.
 * @throws AppError vendor.not_found, vendor.forbidden, vendor.changed_meanwhile and whatever the rule refuses with
 */
export async function changeVendor(
  db: Database, onlooker: Onlooker, { vendorId, version }: VendorKey, now: Date, decide: (vendor: Vendor) => VendorChanges,
): Promise<Vendor> {
  let companyId: number | null = null
  const row = await refusingTaken(() => db.transaction().execute(async (tx) => {
    const stored = await visibleVendors(tx, onlooker).selectAll('vendors').where('vendors.vendor_id', '=', vendorId).forUpdate().executeTakeFirst()
    if (!stored)
      throw new AppError('vendor.not_found', { details: { vendorId } })
    const vendor = await fullVendor(tx, onlooker, stored)
    if (!satisfies(vendor.rights, { group: 'identity', role: 'editor' }))
      throw new AppError('vendor.forbidden', { details: { vendorId, group: 'identity', role: 'editor' } })
    if (vendor.version !== version)
      throw new AppError('vendor.changed_meanwhile', { details: { current: maskVendor(vendor) } })
    const changes = await proposeProtected(tx, onlooker, vendor, decide(vendor), now)
    companyId = changes.companyId ?? null
    return writeChanges(tx, stored, vendor, changes, { viewer: onlooker.viewer, now })
  }), () => companyId)
  return present(db, onlooker, row)
}

/** Answers what may be written at once. */
async function proposeProtected(tx: Tx, { portal, viewer }: Onlooker, vendor: Vendor, { isStatusProposed, status, ...changes }: VendorChanges, now: Date): Promise<VendorChanges & { readonly isIbanApproved: boolean }> {
  const { direct, proposed, isIbanApproved } = splitChange({ ...vendor, values: vendor }, changes.fields ?? {}, {
    rule: portal.settings.twoPersonRule ?? usualTwoPersonRule,
    mayApproveBank: satisfies(vendor.rights, { group: 'bank', role: 'approver' }),
  })
  const propose = (kind: ProposalKind, protectedChanges: Record<string, { from: unknown, to: unknown }>) => proposeChange(tx, {
    portalId: portal.id, vendorId: vendor.vendorId, kind, authorId: viewer.userId, now, reason: changes.reason ?? null, changes: protectedChanges,
  })
  for (const [kind, fields] of Object.entries(proposed) as [ProposalKind, VendorPatch][]) {
    const typed = Object.entries(fields) as [VendorField, unknown][]
    await propose(kind, Object.fromEntries(typed.map(([field, to]) => [field, { from: vendor[field], to }])))
  }
  if (isStatusProposed)
    await propose('status', { status: { from: vendor.status, to: status } })
  return { ...changes, ...status !== undefined && !isStatusProposed && { status }, ...changes.fields && { fields: direct }, isIbanApproved }
}

async function writeChanges(tx: Tx, stored: VendorRecord, vendor: Vendor, changes: VendorChanges & { readonly isIbanApproved: boolean }, made: { viewer: Onlooker['viewer'], now: Date }): Promise<VendorRecord> {
  const lines = linesOf(vendor, changes)
  if (lines.length === 0)
    return stored
  const changed = await tx.updateTable('vendors').set({
    ...toColumns(changes.fields ?? {}),
    ...changes.fields?.name !== undefined && { name: changes.fields.name, name_key: nameKey(changes.fields.name) },
    ...changes.fields?.iban !== undefined && ibanStanding(changes, made),
    ...changes.status !== undefined && { status: changes.status },
    ...changes.companyId !== undefined && { company_id: changes.companyId },
    version: sql<number>`version + 1`,
    updated_at: made.now,
    updated_by: made.viewer.userId,
  }).where('portal_id', '=', stored.portal_id).where('vendor_id', '=', stored.vendor_id).returningAll().executeTakeFirstOrThrow()
  await recordChanges(tx, stored, lines, { ...made, reason: changes.reason ?? null })
  if (changed.status !== stored.status)
    await tellStatus(tx, changed)
  return changed
}

/** Entered by one person; approved along with it only where one person's word is enough. */
const ibanStanding = ({ fields, isIbanApproved }: { fields?: VendorPatch, isIbanApproved: boolean }, { viewer, now }: { viewer: Onlooker['viewer'], now: Date }) => ({
  iban_set_by: viewer.userId,
  iban_approved_at: isIbanApproved && fields?.iban !== null ? now : null,
  iban_approved_by: isIbanApproved && fields?.iban !== null ? viewer.userId : null,
})

function linesOf(vendor: Vendor, { fields = {}, status, companyId }: VendorChanges): ChangeLine[] {
  const typed = Object.entries(fields) as [VendorField, string | number | null][]
  return [
    ...typed.map(([field, to]) => ({ field, from: vendor[field], to })),
    ...status !== undefined && status !== vendor.status ? [{ field: 'status', from: vendor.status, to: status }] : [],
    ...companyId !== undefined && companyId !== vendor.companyId ? [{ field: 'companyId', from: vendor.companyId, to: companyId }] : [],
  ]
}

const toColumns = (fields: Partial<VendorFields>): Partial<Omit<VendorRecord, 'name'>> =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [columnOf[field as VendorField], value]))

const takenCodes: Readonly<Record<string, ErrorCode>> = {
  vendors__portal_code: 'vendor.code_taken',
  vendors__portal_company: 'vendor.company_taken',
}

/** The database is the one that knows, also when two people save at once. */
async function refusingTaken<T>(write: () => Promise<T>, companyId: number | null | (() => number | null)): Promise<T> {
  try {
    return await write()
  }
  catch (error) {
    const { code, constraint } = error as { code?: string, constraint?: string }
    const taken = code === '23505' && constraint ? takenCodes[constraint] : undefined
    if (!taken)
      throw error
    const company = typeof companyId === 'function' ? companyId() : companyId
    throw new AppError(taken, { cause: error, details: taken === 'vendor.company_taken' ? { companyId: company } : {} })
  }
}

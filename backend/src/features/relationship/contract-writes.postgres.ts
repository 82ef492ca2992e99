import { sql } from 'kysely'
import { satisfies } from '@comptoir/shared/access/rights'
import type { VendorRole } from '@comptoir/shared/access/rights'
import type { Calendar } from '@comptoir/shared/calendar/business-days'
import { calendarOf } from '@comptoir/shared/calendar/company-days'
import { AppError } from '@comptoir/shared/errors'
import { dayAt, type Day } from '@comptoir/shared/insights/calendar'
import { amountFields, changesOf, isTermsChange, type FieldChange } from '@comptoir/shared/relationship/contract-changes'
import type { NewContract } from '@comptoir/shared/relationship/contract.contract'
import { requireVendor } from '../../platform/access/vendor-gate.postgres.ts'
import { notify } from '../../platform/notices/outbox.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { applyContractCourse, stopByHistory } from './automatic-moves.postgres.ts'
import { refreshHolds } from './holds.postgres.ts'
import { newContract, type ContractPatch, type ContractState } from './contract.ts'
import { derivedColumns, toColumns, toState, type ContractRecord } from './contract-rows.postgres.ts'
import { findContract, type Onlooker } from './contracts.postgres.ts'

export async function createContract(db: Database, onlooker: Onlooker, vendorId: string, { stopsVendor = false, ...input }: NewContract & { stopsVendor?: boolean }, now: Date): Promise<ContractRecord> {
  const { portal, viewer } = onlooker
  const today = dayAt(now, portal.timeZone)
  return db.transaction().execute(async (tx) => {
    const rights = await requireVendor(tx, onlooker, vendorId, { group: 'documents', role: 'editor' })
    if (input.amountMinor !== null && !satisfies(rights, { group: 'prices', role: 'editor' }))
      throw new AppError('vendor.forbidden', { details: { vendorId, group: 'prices', role: 'editor' } })
    const fields = newContract(input, today)
    const whole: ContractState = {
      ...fields, contractId: '', vendorId, status: 'draft', noticeGivenOn: null, terminatedOn: null, terminationReason: null, version: 1,
    }
    const row = await tx.insertInto('contracts').values({
      ...toColumns(fields, whole, { asOf: today, isOpen: calendarOf(portal.settings.companyDays) }),
      portal_id: portal.id, vendor_id: vendorId, title: fields.title, starts_on: fields.startsOn,
      created_at: now, created_by: viewer.userId, updated_at: now, updated_by: viewer.userId,
    }).returningAll().executeTakeFirstOrThrow()
    await recordVersion(tx, row, [{ field: 'contract', from: null, to: fields.title }], { userId: viewer.userId, now })
    await afterChange(tx, portal.id, 'draft', row, [], { now, today })
    if (stopsVendor)
      await stopByHistory(tx, portal.id, row, rights, now)
    return row
  })
}

export interface ContractKey { readonly contractId: string, readonly version: number }
interface Step {
  readonly role?: VendorRole
  readonly reason?: string | null
  readonly decide: (contract: ContractState, today: Day) => ContractPatch
}

/**
 * Reads the contract, lets a rule decide what changes, writes that with its version, all under one lock.
 * @throws AppError contract.not_found, vendor.forbidden, contract.changed_meanwhile and whatever the rule refuses with
 */
export async function changeContract(db: Database, onlooker: Onlooker, { contractId, version }: ContractKey, now: Date, { role = 'editor', reason = null, decide }: Step): Promise<ContractRecord> {
  const { portal, viewer } = onlooker
  const today = dayAt(now, portal.timeZone)
  return db.transaction().execute(async (tx) => {
    const stored = await findContract(tx, onlooker, contractId, { isLocked: true })
    const rights = await requireVendor(tx, onlooker, stored.vendor_id, { group: 'documents', role })
    if (stored.version !== version)
      throw new AppError('contract.changed_meanwhile', { details: { contractId } })
    const contract = toState(stored)
    const patch = decide(contract, today)
    const changes = changesOf({ ...contract }, patch)
    if (changes.length === 0)
      return stored
    if (changes.some(({ field }) => amountFields.includes(field)) && !satisfies(rights, { group: 'prices', role: 'editor' }))
      throw new AppError('vendor.forbidden', { details: { vendorId: stored.vendor_id, group: 'prices', role: 'editor' } })
    const row = await tx.updateTable('contracts').set({
      ...toColumns(patch, { ...contract, ...patch }, { asOf: today, isOpen: calendarOf(portal.settings.companyDays) }),
      version: sql<number>`version + 1`, updated_at: now, updated_by: viewer.userId,
    }).where('portal_id', '=', portal.id).where('contract_id', '=', contractId).returningAll().executeTakeFirstOrThrow()
    await recordVersion(tx, row, changes, { userId: viewer.userId, now, reason: reason?.trim() || null })
    await afterChange(tx, portal.id, stored.status, row, changes, { now, today })
    return row
  })
}

export async function removeDraft(db: Database, onlooker: Onlooker, contractId: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const stored = await findContract(tx, onlooker, contractId, { isLocked: true })
    await requireVendor(tx, onlooker, stored.vendor_id, { group: 'documents', role: 'editor' })
    if (stored.status !== 'draft')
      throw new AppError('contract.illegal_step', { details: { step: 'remove', status: stored.status } })
    await tx.deleteFrom('contracts').where('portal_id', '=', onlooker.portal.id).where('contract_id', '=', contractId).execute()
  })
}

interface Made { readonly userId: number | null, readonly now: Date, readonly reason?: string | null }

async function recordVersion(tx: Tx, row: ContractRecord, changes: readonly FieldChange[], { userId, now, reason = null }: Made): Promise<void> {
  await tx.insertInto('contract_changes').values({
    portal_id: row.portal_id, contract_id: row.contract_id, version: row.version, changes: JSON.stringify(changes),
    reason, origin: userId === null ? 'rule' : 'person', at: now, by_user_id: userId,
  }).execute()
}

interface Moment { readonly now: Date, readonly today: Day }

/** What others have to know of a contract's change, in the transaction that makes it. */
async function afterChange(tx: Tx, portalId: number, before: ContractRecord['status'], row: ContractRecord, changes: readonly FieldChange[], { now, today }: Moment): Promise<void> {
  if (before !== 'draft' && isTermsChange(changes)) {
    await notify(tx, {
      portalId, key: `contract:${row.contract_id}:v${row.version}`, kind: 'contract_changed', vendorId: row.vendor_id, recipients: 'owners',
      ownerUserId: row.owner_user_id, params: { subject: row.title }, link: { to: 'vendor', vendorId: row.vendor_id, section: 'contracts' },
    })
  }
  await applyContractCourse(tx, portalId, before, row, now)
  await refreshHolds(tx, { portalId, today, now, vendorId: row.vendor_id })
}

interface NewDay { readonly today: Day, readonly now: Date, readonly isOpen: Calendar }

/**
 * What a new day changes in a portal's contracts: tacit renewals roll on, what is over has ended, and other working days
 * give other last days of notice. Repeating it changes nothing.
 */
export async function rollContracts(db: Database, portalId: number, day: NewDay): Promise<number> {
  const signed = await db.selectFrom('contracts').selectAll().where('portal_id', '=', portalId).where('status', '=', 'signed').execute()
  let rolled = 0
  for (const row of signed) {
    if (isRolled(row, derivedColumns(toState(row), { asOf: day.today, isOpen: day.isOpen })))
      continue
    rolled += await db.transaction().execute(tx => rollContract(tx, portalId, row.contract_id, day)) ? 1 : 0
  }
  return rolled
}

const isRolled = (stored: ContractRecord, derived: ReturnType<typeof derivedColumns>): boolean =>
  stored.status === derived.status && stored.current_ends_on === derived.current_ends_on && stored.notice_on === derived.notice_on

async function rollContract(tx: Tx, portalId: number, contractId: string, { now, today, isOpen }: NewDay): Promise<boolean> {
  const stored = await tx.selectFrom('contracts').selectAll().where('portal_id', '=', portalId).where('contract_id', '=', contractId).forUpdate().executeTakeFirst()
  if (!stored)
    return false
  const derived = derivedColumns(toState(stored), { asOf: today, isOpen })
  const changes = changesOf({ status: stored.status, currentEndsOn: stored.current_ends_on }, { status: derived.status, currentEndsOn: derived.current_ends_on })
  if (isRolled(stored, derived))
    return false
  const row = await tx.updateTable('contracts').set({ ...derived, ...changes.length > 0 && { version: sql<number>`version + 1`, updated_at: now, updated_by: null } })
    .where('portal_id', '=', portalId).where('contract_id', '=', contractId).returningAll().executeTakeFirstOrThrow()
  if (changes.length > 0)
    await recordVersion(tx, row, changes, { userId: null, now })
  await applyContractCourse(tx, portalId, stored.status, row, now)
  return true
}

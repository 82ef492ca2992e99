import { satisfies } from '@comptoir/shared/access/rights'
import { AppError } from '@comptoir/shared/errors'
import { calendarOf, usualCompanyDays } from '@comptoir/shared/calendar/company-days'
import { dayAt } from '@comptoir/shared/insights/calendar'
import { amountFields, type FieldChange } from '@comptoir/shared/relationship/contract-changes'
import type { Contract, ContractVersion, VendorContracts } from '@comptoir/shared/relationship/contract.contract'
import { requireVendor, visibleVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { foreseeMoves } from './automatic-moves.postgres.ts'
import { toContract, type ContractRecord } from './contract-rows.postgres.ts'
import { listColleagues, readPeople } from './people.postgres.ts'

export type Onlooker = Pick<Caller, 'portal' | 'viewer'>

export async function listContracts(db: Database, onlooker: Onlooker, vendorId: string, now: Date): Promise<VendorContracts> {
  const { portal } = onlooker
  const rights = await requireVendor(db, onlooker, vendorId, { group: 'documents' })
  const rows = await db.selectFrom('contracts').selectAll().where('portal_id', '=', portal.id).where('vendor_id', '=', vendorId)
    .orderBy('starts_on', 'desc').orderBy('contract_id').execute()
  const [people, colleagues, moves] = await Promise.all([
    readPeople(db, portal.id, rows.flatMap(row => [row.owner_user_id, row.updated_by])),
    listColleagues(db, portal.id),
    foreseeMoves(db, portal.id, vendorId, rights),
  ])
  const asOf = dayAt(now, portal.timeZone)
  const isOpen = calendarOf(portal.settings.companyDays)
  return {
    asOf,
    contracts: rows.map(row => toContract(row, { asOf, isOpen, people, rights })),
    companyDays: portal.settings.companyDays ?? usualCompanyDays,
    mayEdit: satisfies(rights, { group: 'documents', role: 'editor' }),
    mayTerminate: satisfies(rights, { group: 'documents', role: 'approver' }),
    maySeeAmounts: satisfies(rights, { group: 'prices' }),
    moves,
    people: colleagues,
  }
}

/** @throws AppError contract.not_found, also for a contract whose vendor the onlooker may not know of */
export async function findContract(db: Database | Tx, onlooker: Onlooker, contractId: string, { isLocked = false } = {}): Promise<ContractRecord> {
  const row = await db.selectFrom('contracts').selectAll()
    .where('portal_id', '=', onlooker.portal.id).where('contract_id', '=', contractId)
    .where('vendor_id', 'in', visibleVendors(db, onlooker, { group: 'documents' }).select('vendors.vendor_id'))
    .$if(isLocked, query => query.forUpdate())
    .executeTakeFirst()
  if (!row)
    throw new AppError('contract.not_found', { details: { contractId } })
  return row
}

export async function presentContract(db: Database, onlooker: Onlooker, row: ContractRecord, now: Date): Promise<Contract> {
  const [rights, people] = await Promise.all([
    requireVendor(db, onlooker, row.vendor_id, { group: 'documents' }),
    readPeople(db, onlooker.portal.id, [row.owner_user_id, row.updated_by]),
  ])
  return toContract(row, { asOf: dayAt(now, onlooker.portal.timeZone), isOpen: calendarOf(onlooker.portal.settings.companyDays), people, rights })
}

const mostVersions = 200

export async function readContractHistory(db: Database, onlooker: Onlooker, contractId: string): Promise<ContractVersion[]> {
  const { vendor_id: vendorId } = await findContract(db, onlooker, contractId)
  const rights = await requireVendor(db, onlooker, vendorId, { group: 'documents' })
  const rows = await db.selectFrom('contract_changes').selectAll()
    .where('portal_id', '=', onlooker.portal.id).where('contract_id', '=', contractId)
    .orderBy('contract_change_id', 'desc').limit(mostVersions).execute()
  const people = await readPeople(db, onlooker.portal.id, rows.map(row => row.by_user_id))
  const isShown = ({ field }: FieldChange): boolean => satisfies(rights, { group: 'prices' }) || !amountFields.includes(field)
  return rows.map(row => ({
    changeId: row.contract_change_id,
    version: row.version,
    changes: (row.changes as FieldChange[]).filter(isShown),
    reason: row.reason,
    origin: row.origin,
    at: row.at.toISOString(),
    by: people(row.by_user_id),
  }))
}

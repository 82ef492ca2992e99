import { AppError } from '@comptoir/shared/errors'
import type { NewVendor, Vendor } from '@comptoir/shared/vendors/vendor-fields'
import { rememberCompanies } from '../../platform/access/company-sight.postgres.ts'
import { requireVendor } from '../../platform/access/vendor-gate.postgres.ts'
import type { Caller } from '../../platform/http/caller.ts'
import { findLastStatusChange } from './vendor-history.postgres.ts'
import { readCompany, type VendorDeps } from './vendor-tabs.postgres.ts'
import { newVendorFields, undoMove } from './vendor.ts'
import { changeVendor, getVendor, insertVendor, type VendorKey } from './vendor.postgres.ts'
import type { Onlooker } from './visible-vendors.postgres.ts'

export async function createVendor(deps: VendorDeps, onlooker: Onlooker, input: NewVendor): Promise<Vendor> {
  const companyId = input.companyId ?? null
  const fields = newVendorFields(input)
  await requireCompany(deps, onlooker, companyId)
  return insertVendor(deps.db, onlooker, { fields, status: input.status ?? 'prospect', companyId }, deps.now())
}

export async function linkCompany(deps: VendorDeps, onlooker: Onlooker, key: VendorKey, companyId: number | null): Promise<Vendor> {
  await requireVendor(deps.db, onlooker, key.vendorId, { group: 'identity', role: 'editor' })
  await requireCompany(deps, onlooker, companyId)
  return changeVendor(deps.db, onlooker, key, deps.now(), () => ({ companyId }))
}

/** The portal decides whether this person may make a company; a company made by a try whose answer got lost is taken up. */
export async function createCompany(deps: VendorDeps, caller: Caller, key: VendorKey, accessToken: string): Promise<Vendor> {
  await requireVendor(deps.db, caller, key.vendorId, { group: 'identity', role: 'editor' })
  const vendor = await getVendor(deps.db, caller, key.vendorId)
  if (vendor.companyId !== null)
    throw new AppError('vendor.company_taken', { details: { companyId: vendor.companyId } })
  if (vendor.version !== key.version)
    throw new AppError('vendor.changed_meanwhile', { details: { vendorId: key.vendorId } })
  if (!deps.addCompany)
    throw new AppError('crm.unavailable')
  const companyId = await deps.addCompany(caller.portal, accessToken, vendor)
  await rememberCompanies(deps.db, caller, [companyId], deps.now())
  return linkCompany(deps, caller, key, companyId)
}

async function requireCompany(deps: VendorDeps, onlooker: Onlooker, companyId: number | null): Promise<void> {
  if (companyId !== null && !await readCompany(deps, onlooker, companyId))
    throw new AppError('vendor.company_unknown', { details: { companyId } })
}

/** The version holds still what was read before: had anything changed since, the change below is refused. */
export async function undoStatus({ db, now }: VendorDeps, onlooker: Onlooker, key: VendorKey): Promise<Vendor> {
  const last = await findLastStatusChange(db, onlooker.portal.id, key.vendorId)
  return changeVendor(db, onlooker, key, now(), vendor => undoMove(vendor, last, onlooker.viewer, now()))
}

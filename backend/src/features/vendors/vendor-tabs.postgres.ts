import { AppError } from '@comptoir/shared/errors'
import type { DealFacts, DealVendors } from '@comptoir/shared/vendors/deal-vendor.contract'
import type { Vendor } from '@comptoir/shared/vendors/vendor-fields'
import type { CompanyFacts, CompanyVendor, VendorCard } from '@comptoir/shared/vendors/vendor.contract'
import { maySeeCompany } from '../../platform/access/company-sight.postgres.ts'
import { maySeeDeal } from '../../platform/access/deal-sight.postgres.ts'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { findCompany } from './companies.postgres.ts'
import type { CrmReads } from './crm-reads.ts'
import { findDeal, readDealVendors } from './deal-vendors.postgres.ts'
import { listPurchases } from './vendor-purchases.postgres.ts'
import { readSpend } from './vendor-spend.postgres.ts'
import { findVendorOfCompany } from './vendor.postgres.ts'
import type { LifeStanding } from './vendor.ts'
import type { Onlooker } from './visible-vendors.postgres.ts'

/** What every read and write of the feature needs; the reads of the CRM are a courtesy that may be missing. */
export interface VendorDeps {
  readonly db: Database
  readonly now: () => Date
  readonly crm?: CrmReads
  /** Makes a company of the CRM as its owner of the token, once for each vendor; answers its id. */
  readonly addCompany?: (portal: PortalRecord, accessToken: string, vendor: Vendor) => Promise<number>
  /** Those of some companies that the portal shows to whom the token belongs; without it none can be looked for. */
  readonly companiesShownTo?: (viewer: { portal: PortalRecord, viewer: Viewer, accessToken: string }, companyIds: readonly number[]) => Promise<readonly number[]>
  /** Contracts and rules that a change of status asks for; without it nothing is asked. */
  readonly readStanding?: (portalId: number, vendorId: string) => Promise<LifeStanding>
}

const latestCount = 8

/** The company tab's first data, in the shape of `vendorApi.byCompany`. */
export async function firstCompanyTab(deps: VendorDeps, onlooker: Onlooker, companyId: number): Promise<CompanyVendor> {
  const [company, vendor] = await Promise.all([
    readCompany(deps, onlooker, companyId),
    findVendorOfCompany(deps.db, onlooker, companyId),
  ])
  const card = vendor && await readCard(deps, onlooker, vendor)
  return { companyId, company, vendor, spend: card?.spend ?? null, latest: card?.latest ?? [] }
}

export async function readCard({ db, now }: VendorDeps, onlooker: Onlooker, vendor: Vendor): Promise<VendorCard> {
  const [spend, { purchases }] = await Promise.all([
    readSpend(db, onlooker, vendor, '12-months', now()),
    listPurchases(db, onlooker, vendor, { limit: latestCount }),
  ])
  return { vendor, spend, latest: purchases }
}

/** The deal tab's first data, in the shape of `dealVendorApi.list`. @throws AppError vendor.deal_unknown */
export async function firstDealTab(deps: VendorDeps, onlooker: Onlooker, dealId: number): Promise<DealVendors> {
  return readDealVendors(deps.db, onlooker, await getDeal(deps, onlooker, dealId), deps.now())
}

/** A deal that is not for the onlooker's eyes is as unknown as one that is not there. @throws AppError vendor.deal_unknown */
export async function getDeal({ db, now, crm }: VendorDeps, { portal, viewer }: Onlooker, dealId: number): Promise<DealFacts> {
  const deal = await findDeal(db, portal.id, dealId)
    ?? (await crm?.readDeal(portal.id, dealId) ? await findDeal(db, portal.id, dealId) : null)
  if (!deal || !await maySeeDeal(db, { portal, viewer }, dealId, now()))
    throw new AppError('vendor.deal_unknown', { details: { dealId } })
  return deal
}

/** Null also for a company that is not for the onlooker's eyes. */
export const readCompany = async ({ db, crm, now }: VendorDeps, onlooker: Onlooker, companyId: number): Promise<CompanyFacts | null> =>
  !await maySeeCompany(db, onlooker, companyId, now()) ? null : await findCompany(db, onlooker, companyId)
  ?? (await crm?.readCompany(onlooker.portal.id, companyId) ? await findCompany(db, onlooker, companyId) : null)

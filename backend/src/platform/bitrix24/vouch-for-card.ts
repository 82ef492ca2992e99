import { AppError } from '@comptoir/shared/errors'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import { maySeeCompany, rememberCompanies } from '../access/company-sight.postgres.ts'
import { maySeeDeal, rememberDeal } from '../access/deal-sight.postgres.ts'
import type { PortalRecord } from '../http/caller.ts'
import type { Database } from '../storage/database.ts'
import type { Crm, CrmClient } from './client.ts'
import { toMap } from './php-query.ts'

/** The card of the CRM in which a page stands. */
export interface Card {
  readonly dealId?: number
  readonly companyId?: number
}

interface VouchDeps {
  readonly db: Database
  readonly crm: Pick<Crm, 'for'>
  readonly now: () => Date
}

interface Asked {
  readonly portal: PortalRecord
  readonly viewer: Viewer
  readonly accessToken: string
}

const dealEntityType = 2
const companyEntityType = 4

/**
 * Which record a card is of is the browser's word. Where our own records do not let the viewer see it, the portal is
 * asked with the viewer's own token, and its yes is remembered; a no leaves everything as it was.
 */
export async function vouchForCard({ db, crm, now }: VouchDeps, { portal, viewer, accessToken }: Asked, { dealId, companyId }: Card): Promise<void> {
  const onlooker = { portal, viewer }
  const client = crm.for(portal.id, { as: { accessToken }, lane: 'viewer' })
  if (dealId !== undefined && !await maySeeDeal(db, onlooker, dealId, now()) && await shows(client, dealEntityType, dealId))
    await rememberDeal(db, onlooker, dealId, now())
  if (companyId !== undefined && !await maySeeCompany(db, onlooker, companyId, now()) && await shows(client, companyEntityType, companyId))
    await rememberCompanies(db, onlooker, [companyId], now())
}

async function shows(client: CrmClient, entityTypeId: number, id: number): Promise<boolean> {
  try {
    await client.call('crm.item.get', { entityTypeId, id })
    return true
  }
  catch (error) {
    if (!(error instanceof AppError))
      throw error
    return false
  }
}

/** Those of some companies that the portal shows the owner of a token; remembered, so that one can be chosen. */
export async function companiesShownTo({ db, crm, now }: VouchDeps, { portal, viewer, accessToken }: Asked, companyIds: readonly number[]): Promise<readonly number[]> {
  if (companyIds.length === 0)
    return []
  const { result } = await crm.for(portal.id, { as: { accessToken }, lane: 'viewer' })
    .call('crm.item.list', { entityTypeId: companyEntityType, select: ['id'], filter: { '@id': [...companyIds] }, start: -1 })
  const shown = Object.values(toMap(toMap(result).items)).map(item => Number(toMap(item).id))
  await rememberCompanies(db, { portal, viewer }, shown, now())
  return shown
}

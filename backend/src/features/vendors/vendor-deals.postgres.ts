import { sql, type RawBuilder } from 'kysely'
import { dealMargin, type LinkedCosts, type Rates } from '@comptoir/shared/vendors/deal-margin'
import type { VendorClient, VendorDeal, VendorDeals } from '@comptoir/shared/vendors/vendor-deals.contract'
import { dealOnlooker, isVisible } from '../../platform/access/deal-gate.postgres.ts'
import { mayDo, requireVendor, seesAllVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { readRates } from './deal-vendors.postgres.ts'
import { moneyOf } from './vendor-row.postgres.ts'
import { visibleVendors } from './visible-vendors.postgres.ts'

const shownDeals = 50
const shownClients = 20
const dealEntityType = 2

/** Where a vendor is at work: under the viewer's rights on the vendor, on its prices, and on the deals. */
export async function readVendorDeals(db: Database, caller: Caller, vendorId: string, now: Date): Promise<VendorDeals> {
  const { groups } = await requireVendor(db, caller, vendorId)
  const areCostsHidden = !groups.includes('prices')
  const seen = dealsInSight(caller, now)
  const place = { portalId: caller.portal.id, vendorId, seen }
  const [rows, total, clients, isWhole] = await Promise.all([
    listDeals(db, place), countDeals(db, place), listClients(db, place), seesAllVendors(db, caller, 'prices'),
  ])
  const shown = rows.map(row => row.deal_id)
  const [rates, costs] = await Promise.all([
    readRates(db, caller.portal, shown), areCostsHidden ? new Map<number, CostRow[]>() : readCosts(db, caller, shown),
  ])
  return {
    deals: rows.map(row => toDeal(row, { vendorId, costs: areCostsHidden ? null : costs.get(row.deal_id) ?? [], rates: rates.get(row.deal_id)! })),
    total,
    clients,
    areCostsHidden,
    isWithinRights: !isWhole || dealOnlooker(caller.portal, caller.viewer).scope !== 'all',
  }
}

/** Whose deals the administrator lets them count, and those the portal itself has shown them lately. */
function dealsInSight({ portal, viewer }: Caller, now: Date): RawBuilder<boolean> {
  return sql<boolean>`(${isVisible(dealOnlooker(portal, viewer), sql`d.assigned_by_id`)} or exists (
    select from viewer_deals s where s.portal_id = d.portal_id and s.user_id = ${viewer.userId} and s.deal_id = d.deal_id and s.until > ${now}))`
}

interface Place { readonly portalId: number, readonly vendorId: string, readonly seen: RawBuilder<boolean> }

const linkedDeals = (db: Database, { portalId, vendorId, seen }: Place) =>
  db.selectFrom('deal_vendors as l')
    .innerJoin('crm_deals as d', join => join.onRef('d.portal_id', '=', 'l.portal_id').onRef('d.deal_id', '=', 'l.deal_id'))
    .where('l.portal_id', '=', portalId).where('l.vendor_id', '=', vendorId).where(seen)

type DealRow = Awaited<ReturnType<typeof listDeals>>[number]

const listDeals = (db: Database, place: Place) =>
  linkedDeals(db, place)
    .leftJoin('crm_stages as s', join => join.onRef('s.portal_id', '=', 'd.portal_id').onRef('s.stage_id', '=', 'd.stage_id').on('s.entity_type_id', '=', dealEntityType))
    .leftJoin('crm_companies as c', join => join.onRef('c.portal_id', '=', 'd.portal_id').onRef('c.company_id', '=', 'd.company_id'))
    .select(['d.deal_id', 'd.title', 's.name as stage', 'd.semantics', 'd.created_at', 'd.company_id', 'c.title as client', 'd.amount_minor', 'd.currency'])
    .orderBy('d.created_at', 'desc').orderBy('d.deal_id', 'desc').limit(shownDeals).execute()

async function countDeals(db: Database, place: Place): Promise<number> {
  const row = await linkedDeals(db, place).select(sql<number>`count(*)::int`.as('deals')).executeTakeFirst()
  return row?.deals ?? 0
}

async function listClients(db: Database, place: Place): Promise<VendorClient[]> {
  const rows = await linkedDeals(db, place)
    .leftJoin('crm_companies as c', join => join.onRef('c.portal_id', '=', 'd.portal_id').onRef('c.company_id', '=', 'd.company_id'))
    .select(['d.company_id', 'c.title as name', sql<number>`count(*)::int`.as('deals'), sql<number>`(count(*) filter (where d.semantics = 'S'))::int`.as('won')])
    .where('d.company_id', 'is not', null)
    .groupBy(['d.company_id', 'c.title']).orderBy('deals', 'desc').orderBy('c.title').orderBy('d.company_id').limit(shownClients).execute()
  return rows.map(({ company_id: companyId, name, deals, won }) => ({ companyId: companyId ?? 0, name, dealCount: deals, wonCount: won }))
}

interface CostRow extends LinkedCosts { readonly vendorId: string }

/** Costs of every vendor of those deals whose prices the viewer may see: the margin is the deal's, not this vendor's. */
async function readCosts(db: Database, caller: Caller, dealIds: readonly number[]): Promise<Map<number, CostRow[]>> {
  const rows = await visibleVendors(db, caller, { group: 'prices' })
    .innerJoin('deal_vendors as l', join => join.onRef('l.portal_id', '=', 'vendors.portal_id').onRef('l.vendor_id', '=', 'vendors.vendor_id'))
    .select(['l.deal_id', 'l.vendor_id', 'l.currency', 'l.planned_cost_minor', 'l.actual_cost_minor', mayDo(caller, { group: 'prices' }).as('has_prices')])
    .where(sql<boolean>`l.deal_id = any(${[...dealIds]}::int[])`).execute()
  const known = rows.filter(row => row.has_prices)
  return Map.groupBy(known.map(row => ({
    dealId: row.deal_id,
    vendorId: row.vendor_id,
    planned: moneyOf(row.planned_cost_minor, row.currency),
    actual: moneyOf(row.actual_cost_minor, row.currency),
  })), row => row.dealId)
}

function toDeal(row: DealRow, { vendorId, costs, rates }: { vendorId: string, costs: readonly CostRow[] | null, rates: Rates }): VendorDeal {
  const own = costs?.find(cost => cost.vendorId === vendorId)
  const amount = moneyOf(row.amount_minor, row.currency)
  return {
    dealId: row.deal_id,
    title: row.title,
    stage: row.stage,
    semantics: row.semantics,
    createdAt: row.created_at.toISOString(),
    clientId: row.company_id,
    client: row.client,
    amount,
    cost: own?.actual ?? own?.planned ?? null,
    margin: costs && dealMargin({ amount, currency: row.currency, links: costs, rates }).expected,
  }
}

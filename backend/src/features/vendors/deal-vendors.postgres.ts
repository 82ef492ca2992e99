import { sql } from 'kysely'
import { dealMargin, type Rates } from '@comptoir/shared/vendors/deal-margin'
import type { DealCandidate, DealFacts, DealLink, DealVendors } from '@comptoir/shared/vendors/deal-vendor.contract'
import { mayDo, seesAllVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { readSupply } from './deal-supply.postgres.ts'
import { moneyOf } from './vendor-row.postgres.ts'
import { matches } from './vendor-search.postgres.ts'
import { toFigure } from './vendor-spend.postgres.ts'
import { visibleVendors, type Onlooker } from './visible-vendors.postgres.ts'

export async function findDeal(db: Database, portalId: number, dealId: number): Promise<DealFacts | null> {
  const row = await db.selectFrom('crm_deals as d')
    .leftJoin('crm_stages as s', join => join.onRef('s.portal_id', '=', 'd.portal_id')
      .onRef('s.stage_id', '=', 'd.stage_id').on('s.entity_type_id', '=', dealEntityType))
    .leftJoin('crm_companies as c', join => join.onRef('c.portal_id', '=', 'd.portal_id').onRef('c.company_id', '=', 'd.company_id'))
    .select(['d.title', 's.name as stage', 'd.semantics', 'd.amount_minor', 'd.currency', 'd.company_id', 'c.title as client'])
    .where('d.portal_id', '=', portalId).where('d.deal_id', '=', dealId).executeTakeFirst()
  return row
    ? {
        dealId,
        title: row.title,
        stage: row.stage,
        semantics: row.semantics,
        amount: moneyOf(row.amount_minor, row.currency),
        currency: row.currency,
        clientId: row.company_id,
        client: row.client,
      }
    : null
}

const dealEntityType = 2

export async function readDealVendors(db: Database, onlooker: Onlooker, deal: DealFacts, now: Date): Promise<DealVendors> {
  const readsRates = readRates(db, onlooker.portal, [deal.dealId]).then(rates => rates.get(deal.dealId)!)
  const [links, rates, isWhole, supply] = await Promise.all([
    listLinks(db, onlooker, deal.dealId), readsRates, seesAllVendors(db, onlooker, 'prices'),
    readsRates.then(rates => readSupply(db, { onlooker, deal, rates, now })),
  ])
  return { deal, links, isWithinRights: !isWhole, margins: dealMargin({ amount: deal.amount, currency: deal.currency, links, rates }), supply }
}

async function listLinks(db: Database, onlooker: Onlooker, dealId: number): Promise<DealLink[]> {
  const { portal } = onlooker
  const [rows, purchases] = await Promise.all([
    visibleVendors(db, onlooker)
      .innerJoin('deal_vendors as l', join => join.onRef('l.portal_id', '=', 'vendors.portal_id').onRef('l.vendor_id', '=', 'vendors.vendor_id'))
      .select(['l.vendor_id', 'vendors.company_id', 'vendors.name', 'vendors.status', 'vendors.category',
        'l.currency', 'l.planned_cost_minor', 'l.actual_cost_minor', 'l.note', 'l.version',
        mayDo(onlooker, { group: 'prices' }).as('has_prices'), mayDo(onlooker, { group: 'prices', role: 'editor' }).as('can_edit')])
      .where('l.deal_id', '=', dealId).orderBy('l.created_at').orderBy('vendors.name_key').orderBy('l.vendor_id').execute(),
    sumPurchases(db, portal.id, dealId),
  ])
  return rows.map(row => ({
    vendorId: row.vendor_id,
    companyId: row.company_id,
    name: row.name,
    status: row.status,
    category: row.category,
    currency: row.currency,
    planned: row.has_prices ? moneyOf(row.planned_cost_minor, row.currency) : null,
    actual: row.has_prices ? moneyOf(row.actual_cost_minor, row.currency) : null,
    purchased: toFigure(row.has_prices ? purchases.get(row.vendor_id) ?? noPurchases : noPurchases, portal.currency),
    areCostsHidden: !row.has_prices,
    canEdit: row.can_edit as boolean,
    note: row.has_prices ? row.note : null,
    version: row.version,
  }))
}

const noPurchases = { amount: null, purchases: 0, unpriced: 0 }

async function sumPurchases(db: Database, portalId: number, dealId: number) {
  const rows = await db.selectFrom('purchases').select([
    'vendor_id',
    sql<number | null>`sum(amount_base_minor)::bigint`.as('amount'),
    sql<number>`count(*)::int`.as('purchases'),
    sql<number>`(count(*) - count(amount_base_minor))::int`.as('unpriced'),
  ]).where('portal_id', '=', portalId).where('deal_id', '=', dealId).groupBy('vendor_id').execute()
  return new Map(rows.map(row => [row.vendor_id, row]))
}

/** By deal: the rates of the day it was closed, as its figures have them; today's while it is open. */
export async function readRates(db: Database, portal: Onlooker['portal'], dealIds: readonly number[]): Promise<Map<number, Rates>> {
  const { rows } = await sql<{ dealId: number, rates: Rates }>`
    select d.deal_id as "dealId", jsonb_object_agg(c.currency, r.rate) as rates
    from crm_deals d
    join portals p using (portal_id)
    join crm_currencies c using (portal_id)
    cross join lateral (select case when d.closed_at is null then c.rate else known_rate(d.portal_id, c.currency, (d.closed_at at time zone p.time_zone)::date) end as rate) r
    where d.portal_id = ${portal.id} and d.deal_id = any(${[...dealIds]}::int[]) and r.rate is not null
    group by d.deal_id`.execute(db)
  const known = new Map(rows.map(({ dealId, rates }) => [dealId, rates]))
  return new Map(dealIds.map(dealId => [dealId, { ...known.get(dealId), [portal.currency]: 1 }]))
}

const candidateLimit = 10

/** Vendors not yet behind the deal; those that the client's other deals use come first. */
export const listCandidates = (db: Database, onlooker: Onlooker, deal: DealFacts, search: string): Promise<DealCandidate[]> =>
  visibleVendors(db, onlooker)
    .leftJoin(usedByClient(db, onlooker.portal.id, deal.clientId), join => join.onRef('used.vendor_id', '=', 'vendors.vendor_id'))
    .select(['vendors.vendor_id as vendorId', 'vendors.name', 'vendors.status', 'vendors.category', 'vendors.city',
      sql<number>`coalesce(used.deals, 0)`.as('clientDealCount')])
    .where('vendors.status', '!=', 'terminated')
    .$if(search.trim() !== '', query => query.where('vendors.vendor_id', 'in',
      visibleVendors(db, onlooker).where(eb => matches(eb, search)).select('vendors.vendor_id')))
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('deal_vendors as l').select('l.vendor_id')
      .whereRef('l.portal_id', '=', 'vendors.portal_id').whereRef('l.vendor_id', '=', 'vendors.vendor_id').where('l.deal_id', '=', deal.dealId))))
    .orderBy('clientDealCount', 'desc').orderBy('vendors.name_key').orderBy('vendors.vendor_id').limit(candidateLimit)
    .execute()

const usedByClient = (db: Database, portalId: number, clientId: number | null) =>
  db.selectFrom('crm_deals as d')
    .innerJoin('deal_vendors as o', join => join.onRef('o.portal_id', '=', 'd.portal_id').onRef('o.deal_id', '=', 'd.deal_id'))
    .select(['o.vendor_id', sql<number>`count(*)::int`.as('deals')])
    .where('d.portal_id', '=', portalId).where('d.company_id', '=', clientId).groupBy('o.vendor_id').as('used')

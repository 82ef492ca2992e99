import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MarketingReport, MarketingRow } from '@comptoir/shared/sources/marketing.contract'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import { marketingDocument } from './marketing-document.ts'
import { linkChannel, readMarketing, type MarketingReader } from './marketing.postgres.ts'

const now = new Date('2026-03-31T10:00:00Z')
let database: TestDatabase
let admin: MarketingReader
let seller: MarketingReader

const deal = (deal_id: number, created: string, change: object = {}) => ({
  deal_id, title: `D${deal_id}`, stage_id: 'NEW', semantics: 'P' as const, currency: 'EUR', amount_minor: 100_000, amount_base_minor: 100_000, company_id: null, assigned_by_id: 1,
  source_id: null, created_at: new Date(`${created}T10:00:00Z`), lead_id: null, utm_source: null, utm_campaign: null, ...change,
})
const won = (day: string) => ({ semantics: 'S' as const, closed_at: new Date(`${day}T10:00:00Z`) })
const lead = (lead_id: number, created: string, change: object = {}) => ({
  lead_id, title: `L${lead_id}`, stage_id: 'NEW', currency: 'EUR', assigned_by_id: 1, source_id: null, utm_source: null, utm_campaign: null, created_at: new Date(`${created}T10:00:00Z`), ...change,
})

beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  const { portal_id: id } = await db.insertInto('portals').values({ member_id: 'm', domain: 'd', client_endpoint: '', server_endpoint: '', status: 'installed' }).returning('portal_id').executeTakeFirstOrThrow()
  const portal = { id, currency: 'EUR', timeZone: 'Europe/Paris', settings: { analyticsScope: 'own' } } as MarketingReader['portal']
  admin = { portal, viewer: { userId: 1, name: 'Ada', isAdmin: true, departmentIds: [] } }
  seller = { portal, viewer: { userId: 2, name: 'Léo', isAdmin: false, departmentIds: [] } }
  await db.insertInto('crm_statuses').values([['WEB', 'Site Internet'], ['TRADE_SHOW', 'Salon']].map(([status_id, name]) => ({ portal_id: id, directory: 'SOURCE', status_id: status_id!, name: name! }))).execute()
  await db.insertInto('crm_currencies').values({ portal_id: id, currency: 'USD', rate: '0.5' }).execute()
  const sources = await db.insertInto('data_sources').values([null, now].map(removed_at => ({ portal_id: id, dataset: 'ad_costs' as const, kind: 'file' as const, name: 'Régies', settings: '{}', created_by: 1, address: null, headers_sealed: null, key_hash: null, key_hint: null, removed_at })))
    .returning(['source_id', 'removed_at']).execute()
  const cost = (source: number, day: string, channel: string, campaign: string, cost_minor: number, currency = 'EUR') => ({
    portal_id: id, source_id: sources[source]!.source_id, day, channel, channel_key: channel.toLowerCase(), campaign, campaign_key: campaign.toLowerCase(), impressions: 1_000, clicks: null, cost_minor, currency,
  })
  await db.insertInto('ad_costs').values([
    cost(0, '2026-03-01', 'Google Ads', 'Marque', 30_000), cost(0, '2026-03-02', 'Google Ads', 'Été', 20_000, 'USD'), cost(0, '2026-03-31', 'Salon', '', 50_000), cost(0, '2026-03-05', 'Presse', '', 9_000),
    cost(0, '2026-03-05', 'Radio', '', 7_000, 'XTS'), cost(0, '2026-04-01', 'Google Ads', 'Marque', 99_999), cost(1, '2026-03-01', 'Google Ads', 'Marque', 88_888),
  ]).execute()
  await db.insertInto('crm_leads').values([
    lead(1, '2026-03-02', { utm_source: 'google', utm_campaign: 'marque' }), lead(2, '2026-03-03', { utm_source: 'google', assigned_by_id: 2 }), lead(3, '2026-02-20', { source_id: 'TRADE_SHOW' }), lead(4, '2026-03-04'),
  ].map(row => ({ portal_id: id, ...row }))).execute()
  await db.insertInto('crm_deals').values([
    deal(1, '2026-03-10', { lead_id: 1, company_id: 5, ...won('2026-03-20') }), deal(2, '2026-03-12', { source_id: 'TRADE_SHOW', company_id: 6 }), deal(3, '2026-02-25', { lead_id: 3, company_id: 5, ...won('2026-03-25') }),
    deal(4, '2026-03-15', { source_id: 'WEB', company_id: 7, amount_base_minor: null, ...won('2026-03-28'), assigned_by_id: 2 }), deal(5, '2025-01-01', { company_id: 7, ...won('2025-01-10') }),
  ].map(row => ({ portal_id: id, ...row }))).execute()
})
afterAll(() => database.close())

const read = (query: object = {}, reader = admin) => readMarketing(database.db, reader, { period: 'this_month', ...query }, now)
const row = ({ rows }: MarketingReport, key: string): MarketingRow | undefined => rows.find(one => one.key === key)

describe('the marketing of a month', () => {
  it('lays each channel\'s cost beside what came from it', async () => {
    const report = await read()
    expect(row(report, 'ad:google ads')).toMatchObject({
      label: 'Google Ads', costMinor: 40_000, impressions: 2_000, clicks: null, leads: 2, converted: 1, won: 1, revenueMinor: 100_000, newCustomers: 1,
      costPerLead: { value: 20_000 }, cac: { value: 40_000 }, roas: { value: 2.5 }, conversion: { value: 0.5 },
    })
    // The lead is of February: the deal that it became is won now, but not its company's first.
    expect(row(report, 'crm:TRADE_SHOW')).toMatchObject({ label: 'Salon', costMinor: 50_000, leads: 1, converted: 0, won: 1, revenueMinor: 100_000, newCustomers: 0, cac: { value: null, missing: 'no_customers' } })
    expect(row(report, 'crm:WEB')).toMatchObject({ costMinor: null, leads: 1, won: 1, revenueMinor: null, newCustomers: 0, costPerLead: { value: null, missing: 'no_cost' } })
    expect(row(report, 'ad:presse')).toMatchObject({ costMinor: 9_000, leads: 0, costPerLead: { value: null, missing: 'no_leads' }, roas: { value: 0 } })
    expect(row(report, 'none')).toMatchObject({ label: null, leads: 1 })
  })

  it('says what it leaves out, and its total is the sum of its rows', async () => {
    const { rows, total, leftOut, from, to } = await read()
    expect([from, to]).toEqual(['2026-03-01', '2026-03-31'])
    expect(leftOut).toEqual({ costsWithoutRate: 1, wonWithoutAmount: 1 })
    expect(total).toMatchObject({ costMinor: 99_000, leads: 5, won: 3, revenueMinor: 200_000, newCustomers: 1, costPerLead: { value: 33_000 }, cac: { value: 99_000 }, conversion: { value: 0.4 } })
    expect(total.leads).toBe(rows.reduce((sum, { leads }) => sum + leads, 0))
    expect(total.costMinor).toBe(rows.reduce((sum, { costMinor }) => sum + (costMinor ?? 0), 0))
  })

  it('by campaign has the same total', async () => {
    const report = await read({ by: 'campaign' })
    expect(row(report, 'marque')).toMatchObject({ costMinor: 30_000, leads: 1, won: 1 })
    const { costMinor, leads, won, revenueMinor, newCustomers, conversion } = (await read()).total
    expect(report.total).toMatchObject({ costMinor, leads, won, revenueMinor, newCustomers, conversion })
  })

  it('counts for a seller the deals of theirs, and divides no cost by them', async () => {
    const report = await read({}, seller)
    expect(report).toMatchObject({ isRestricted: true, total: { leads: 2, won: 1, costMinor: 99_000, cac: { value: null, missing: 'restricted' } } })
    expect(JSON.stringify(marketingDocument(report, { language: 'fr', timeZone: 'Europe/Paris', now, viewerName: 'Léo' }))).toContain('Affaires visibles par Léo')
  })

  it('takes an administrator\'s word for what a channel is, and lets go of it', async () => {
    await linkChannel(database.db, admin, { channelKey: 'Presse', crmSourceId: 'WEB' }, now)
    const linked = await read()
    expect(row(linked, 'ad:presse')).toBeUndefined()
    expect(row(linked, 'crm:WEB')).toMatchObject({ costMinor: 9_000, leads: 1, costPerLead: { value: 9_000 } })
    expect(linked.channels.find(({ channelKey }) => channelKey === 'presse')).toMatchObject({ crmSourceId: 'WEB', isAutomatic: false })
    await linkChannel(database.db, admin, { channelKey: 'presse', crmSourceId: null }, now)
    expect(row(await read(), 'ad:presse')).toBeDefined()
  })
})

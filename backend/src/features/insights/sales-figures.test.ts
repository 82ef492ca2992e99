import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { MetricFilters } from '@comptoir/shared/insights/insights.contract'
import type { MetricId } from '@comptoir/shared/insights/metric'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import type { InsightPortal } from './ask.ts'
import { evaluateMetric } from './evaluate-metric.postgres.ts'
import { aDeal, admin, aPortal, mirrorDeals, type DealRow } from './testing/a-portal.ts'

const now = new Date('2026-03-20T10:00:00Z')
const march = { period: 'this_month' } as const
let database: TestDatabase
let portal: InsightPortal

beforeAll(async () => {
  database = await freshDatabase()
})
beforeEach(async () => {
  portal = await aPortal(database.db)
})
afterAll(() => database.close())

const ask = (metricId: MetricId, filters: MetricFilters = march) => evaluateMetric(database.db, portal, admin, { ...filters, metricId }, now)
const leftOut = async (metricId: MetricId) => Object.fromEntries((await ask(metricId)).leftOut.map(({ reason, records }) => [reason, records]))
const won = (deal_id: number, change: Partial<DealRow> = {}): DealRow =>
  aDeal(portal, { deal_id, semantics: 'S', created_at: new Date('2026-03-01T08:00:00Z'), closed_at: new Date('2026-03-10T08:00:00Z'), ...change })

describe('discounts', () => {
  it('are what the list prices of the products say, weighed by their value', async () => {
    await mirrorDeals(database.db, [won(1), won(2), won(3), won(4), won(5, { currency: 'USD' }), won(6, { currency: 'XTS' }), won(7, { closed_at: new Date('2026-02-10T08:00:00Z') })])
    await database.db.insertInto('crm_currencies').values([{ portal_id: portal.id, currency: 'USD', rate: '0.5', is_base: false, minor_factor: '0.5' }]).execute()
    const row = { portal_id: portal.id, product_row_id: 1, product_id: null, product_name: 'Pompe' }
    await database.db.insertInto('crm_product_rows').values([
      { ...row, deal_id: 1, price_minor: 90_00, quantity: '2', discount_rate: '10' },
      { ...row, deal_id: 1, product_row_id: 2, price_minor: 50_00, quantity: '1.5' },
      { ...row, deal_id: 2, price_minor: 10_00, quantity: '1', discount_rate: '50' },
      { ...row, deal_id: 3, price_minor: 0, quantity: '1', discount_rate: '100' },
      { ...row, deal_id: 5, price_minor: 30_00, quantity: '1', discount_rate: '25' },
      { ...row, deal_id: 6, price_minor: 30_00, quantity: '1', discount_rate: '25' },
      { ...row, deal_id: 7, price_minor: 1_00, quantity: '1', discount_rate: '90' },
    ]).execute()
    // 275 + 20 + half of 40; taken off: 20 + 10 + half of 10.
    expect(await ask('list_value')).toMatchObject({ value: 315_00, records: 3 })
    expect(await ask('discount_value')).toMatchObject({ value: 35_00, records: 3 })
    expect((await ask('discount_rate')).value).toBeCloseTo(35 / 315, 12)
    expect(await leftOut('discount_value')).toEqual({ without_rate: 1, without_list_price: 2 })
  })

  it('are unknown, not zero, where deals have no products', async () => {
    await mirrorDeals(database.db, [won(1)])
    expect(await ask('discount_rate')).toMatchObject({ value: null, missing: 'all_left_out' })
  })
})

describe('activities', () => {
  const activity = (activity_id: number, change: object = {}) => ({
    portal_id: portal.id, activity_id, owner_type_id: 2, owner_id: 1, type_id: 2, is_completed: true, direction: 2, created_at: new Date('2026-03-05T08:00:00Z'), ...change,
  })

  it('of won deals are those completed between creation and winning', async () => {
    await mirrorDeals(database.db, [won(1), won(2), aDeal(portal, { deal_id: 3 })])
    await database.db.insertInto('crm_activities').values([
      activity(1), activity(2), activity(3, { owner_id: 2 }), activity(4, { is_completed: false }), activity(5, { owner_id: 3 }), activity(6, { owner_type_id: 1 }),
      activity(7, { created_at: new Date('2026-03-11T08:00:00Z') }),
    ]).execute()
    expect(await ask('activity_ratio')).toMatchObject({ value: 1.5, records: 2 })
  })

  it('are unknown, not none, where the portal passes on none', async () => {
    await mirrorDeals(database.db, [won(1)])
    expect(await ask('activity_ratio')).toMatchObject({ value: null, missing: 'no_activities' })
  })

  it('answer a lead whichever way they went where the portal does not say', async () => {
    await database.db.insertInto('crm_leads').values({ portal_id: portal.id, lead_id: 1, title: 'Demande', stage_id: 'NEW', currency: 'EUR', created_at: new Date('2026-03-05T08:00:00Z') }).execute()
    await database.db.insertInto('crm_activities').values(activity(1, { owner_type_id: 1, direction: null, created_at: new Date('2026-03-05T11:00:00Z') })).execute()
    expect(await ask('first_response')).toMatchObject({ value: 3, records: 1, leftOut: [] })
  })

  it('tell how long leads waited for the first one that went out', async () => {
    const lead = { portal_id: portal.id, title: 'Demande', stage_id: 'NEW', currency: 'EUR', created_at: new Date('2026-03-05T08:00:00Z') }
    await database.db.insertInto('crm_leads').values([1, 2, 3, 4, 5].map(lead_id => ({ ...lead, lead_id }))).execute()
    const ofLead = (activity_id: number, owner_id: number, at: string, change: object = {}) => activity(activity_id, { owner_type_id: 1, owner_id, created_at: new Date(at), ...change })
    await database.db.insertInto('crm_activities').values([
      ofLead(1, 1, '2026-03-05T10:00:00Z'), ofLead(2, 1, '2026-03-05T09:00:00Z', { direction: 1 }), ofLead(3, 2, '2026-03-06T08:00:00Z'), ofLead(4, 2, '2026-03-07T08:00:00Z'),
      ofLead(5, 3, '2026-03-05T09:00:00Z', { direction: 1 }), ofLead(6, 4, '2026-03-05T09:00:00Z', { is_completed: false }), ofLead(7, 5, '2026-03-04T09:00:00Z'),
    ]).execute()
    expect(await ask('first_response')).toMatchObject({ value: 2, records: 3, leftOut: [{ reason: 'unanswered', records: 2 }] })
    expect(await ask('first_response', { ...march, categoryIds: [1] })).toMatchObject({ value: null, missing: 'company_wide' })
  })
})

describe('a number without a value', () => {
  it('says what its formula asks for rather than that an ingredient has no data', async () => {
    await mirrorDeals(database.db, [won(1)])
    expect(await ask('deal_margin')).toMatchObject({ value: null, missing: 'all_left_out', leftOut: [{ reason: 'without_cost', records: 1 }] })
    expect(await ask('clv')).toMatchObject({ value: null, missing: 'short_history' })
    expect(await ask('cac_payback')).toMatchObject({ value: null, missing: 'no_margin' })
    expect(await ask('coverage')).toMatchObject({ value: null, missing: 'no_target' })
    expect(await ask('roas')).toMatchObject({ value: null, missing: 'no_records' })
  })
})

describe('time in stage', () => {
  it('is the median of the days that open deals have stood there, by the calendar of the portal', async () => {
    const open = (deal_id: number, moved: string | null) => aDeal(portal, { deal_id, stage_id: deal_id > 3 ? 'LATE' : 'NEW', moved_at: moved === null ? null : new Date(moved), created_at: new Date('2026-03-01T08:00:00Z') })
    await mirrorDeals(database.db, [open(1, '2026-03-19T23:30:00Z'), open(2, '2026-03-18T08:00:00Z'), open(3, null), open(4, '2026-03-21T08:00:00Z'), won(5)])
    expect(await ask('time_in_stage')).toMatchObject({ value: 1, records: 4 })
    const { parts } = await evaluateMetric(database.db, portal, admin, { ...march, metricId: 'time_in_stage', by: 'stage' }, now)
    expect(parts.map(({ key, value, records }) => ({ key, value, records })).sort((a, b) => a.key.localeCompare(b.key))).toEqual([{ key: 'LATE', value: 0, records: 1 }, { key: 'NEW', value: 2, records: 3 }])
  })
})

describe('receivables', () => {
  it('are without the invoices of vendors that were taken over as purchases', async () => {
    const { vendor_id } = await database.db.insertInto('vendors').values({ portal_id: portal.id, name: 'Acme', name_key: 'acme' }).returning('vendor_id').executeTakeFirstOrThrow()
    await database.db.insertInto('crm_invoices').values([1, 2].map(invoice_id => ({
      portal_id: portal.id, invoice_id, number: `F-${invoice_id}`, stage_id: 'DT31_4:N', amount_minor: 100_00, amount_base_minor: 100_00, currency: 'EUR', issued_on: '2026-03-02', created_at: now,
    }))).execute()
    expect(await ask('receivables_open')).toMatchObject({ value: 200_00, records: 2 })
    await database.db.insertInto('vendor_invoices').values({
      portal_id: portal.id, vendor_id, kind: 'invoice', number: 'F-1', issued_on: '2026-03-02', currency: 'EUR', net_minor: 100_00, tax_minor: 0, total_minor: 100_00, status: 'registered', origin: 'crm', source_key: 'crm:invoice:1',
    }).execute()
    expect(await ask('receivables_open')).toMatchObject({ value: 100_00, records: 1 })
    expect(await ask('receivables_issued')).toMatchObject({ value: 100_00, records: 1 })
  })
})

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayAt } from '@comptoir/shared/insights/calendar'
import { isInRange } from '@comptoir/shared/insights/period'
import { monthsOf } from '@comptoir/shared/segments/day-range'
import type { FieldId } from '@comptoir/shared/segments/fields'
import { matches, type FactsOf, type FactValue } from '@comptoir/shared/segments/matches'
import type { Group } from '@comptoir/shared/segments/rule'
import { sampleRules, today } from '@comptoir/shared/segments/testing/any-rule'
import { freshDatabase, type TestDatabase } from '../storage/test-database.ts'
import { dealsIn, isMember, vendorsIn, type SegmentReader } from './segment-condition.postgres.ts'

const timeZone = 'Europe/Paris'
const now = new Date(`${today}T09:00:00Z`)
let database: TestDatabase
let admin: SegmentReader
let seller: SegmentReader

interface Deal {
  readonly id: number
  readonly amount: number | null
  readonly currency: string
  readonly pipeline: number
  readonly stage: string
  readonly semantics: 'P' | 'S' | 'F'
  readonly source: string | null
  readonly by: number | null
  readonly title: string
  readonly created: string
  readonly closed: string | null
  readonly expected: string | null
  readonly company: number | null
  readonly utm: string | null
  readonly products: readonly string[]
}
const texts = ['WEB', 'Café', 'salon', 'é', 'a_%\\b', 'UC_1', 'xxSALONÉxx']
const moments = ['2025-06-30T21:59:00Z', '2025-06-30T22:00:00Z', '2026-03-16T23:00:00Z', '2026-03-29T00:30:00Z', '2026-06-14T21:59:59Z', '2026-06-14T22:00:00Z', '2026-06-15T08:00:00Z', '2026-07-01T00:00:00Z']
/** A deal of each kind and of many mixtures: the factors share no divisor, so that values meet in ever new pairs. */
const pick = <T>(values: readonly T[], number: number): T => values[number % values.length] as T
const aDeal = (id: number): Deal => ({
  id, amount: pick([null, 0, 3, 5, 8], id * 7), currency: pick(['EUR', 'WEB'], id), pipeline: pick([0, 1, 2, 3], id >> 1), stage: pick(['UC_1', 'WEB'], id >> 2),
  semantics: pick(['P', 'S', 'F', 'S'], id * 5 + (id >> 3)), source: pick([null, '', 'WEB', 'UC_1'], id + (id >> 2)), by: pick([null, 0, 1, 2, 7], id * 3 + (id >> 4)),
  title: pick(texts, id), created: pick(moments, id * 3), closed: pick([null, ...moments], id * 5 + (id >> 3)), expected: pick([null, '2026-01-01', '2026-06-15', '2026-07-01'], id >> 1),
  company: pick([null, 0, 1, 2, 3, 4, 1], id * 2 + (id >> 3)), utm: pick([null, '', 'salon', 'WEB'], id * 3 + (id >> 2)), products: pick([[], ['WEB'], ['Café'], ['WEB', 'Café']], id >> 1),
})
const deals = Array.from({ length: 90 }, (_, at) => aDeal(at + 1))
const companyTypes: Record<number, string | null> = { 1: 'UC_1', 2: 'WEB', 3: null }
/** Department 3 lies in 2, and 2 in 1. */
const departmentsOf: Record<number, number[]> = { 1: [1], 2: [3, 2, 1], 7: [5] }
const vendors = Array.from({ length: 12 }, (_, at) => ({
  at, id: `00000000-0000-4000-8000-0000000000${String(at).padStart(2, '0')}`, name: texts[at % texts.length] ?? '', status: at % 2 ? 'active' as const : 'prospect' as const,
  category: [null, '', 'WEB', 'salon'][at % 4] ?? null, country: at % 3 ? 'UC_1' : null, city: at % 5 ? texts[at % 6] ?? null : null,
  created: moments[at % moments.length] ?? '', term: at % 4 ? at % 9 : null, company: at % 3 === 0 ? 100 + at : null, tags: texts.slice(at % 3, at % 3 + at % 4), supplies: at % 2 ? [texts[at % 6] ?? ''] : [],
  spends: [{ on: '2025-03-10', minor: 5, isPriced: true }, { on: '2026-02-01', minor: at, isPriced: at % 3 > 0 }, { on: '2026-06-02', minor: 3, isPriced: true }].slice(0, at % 4),
}))

beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  const { portal_id: id } = await db.insertInto('portals').values({ member_id: 'm', domain: 'd', client_endpoint: '', server_endpoint: '', status: 'installed', time_zone: timeZone }).returning('portal_id').executeTakeFirstOrThrow()
  admin = { portal: { id, timeZone, settings: { analyticsScope: 'own' } }, viewer: { userId: 1, name: 'Ada', isAdmin: true, departmentIds: [] }, now }
  seller = { ...admin, viewer: { userId: 7, name: 'Léo', isAdmin: false, departmentIds: [] } }
  await db.insertInto('crm_departments').values([[1, null], [2, 1], [3, 2], [5, null]].map(([department_id, parent_id]) => ({ portal_id: id, department_id: department_id ?? 0, parent_id, name: 'x' }))).execute()
  await db.insertInto('crm_users').values([[1, 1], [2, 3], [7, 5]].map(([user_id, own]) => ({ portal_id: id, user_id: user_id ?? 0, name: 'x', department_ids: [own ?? 0] }))).execute()
  await db.insertInto('crm_companies').values(Object.entries(companyTypes).map(([company_id, type_id]) => ({ portal_id: id, company_id: Number(company_id), title: 'x', type_id }))).execute()
  await db.insertInto('crm_deals').values(deals.map(deal => ({
    portal_id: id, deal_id: deal.id, title: deal.title, category_id: deal.pipeline, stage_id: deal.stage, semantics: deal.semantics, amount_minor: deal.amount, amount_base_minor: deal.amount,
    currency: deal.currency, company_id: deal.company, assigned_by_id: deal.by, source_id: deal.source, created_at: new Date(deal.created), closed_at: deal.closed === null ? null : new Date(deal.closed),
    closes_on: deal.expected, utm_source: deal.utm, utm_medium: deal.utm, utm_campaign: deal.utm,
  }))).execute()
  await db.insertInto('crm_product_rows').values(deals.flatMap(deal => deal.products.map((product_name, at) => ({ portal_id: id, deal_id: deal.id, product_row_id: at, product_name, price_minor: 1, quantity: '1' })))).execute()
  await db.insertInto('vendors').values(vendors.map(one => ({
    portal_id: id, vendor_id: one.id, name: one.name, name_key: String(one.at), status: one.status, category: one.category, country: one.country, city: one.city,
    created_at: new Date(one.created), payment_term_days: one.term, company_id: one.company, tags: one.tags, supplies: one.supplies,
  }))).execute()
  await db.insertInto('purchases').values(vendors.flatMap(one => one.spends.map(spend => ({
    portal_id: id, vendor_id: one.id, spent_on: spend.on, amount_minor: spend.minor, currency: 'EUR', amount_base_minor: spend.isPriced ? spend.minor : null,
  })))).execute()
  await db.insertInto('scorecard_snapshots').values(vendors.slice(0, 4).map((one, at) => ({
    portal_id: id, vendor_id: one.id, month: '2026-05-01', coverage: 1, standing: at === 0 ? 'N/A' : 'WEB', is_active: true, figures: '{}', inputs_hash: '', formula_version: 1, settings_version: 1,
  }))).execute()
})
afterAll(() => database.close())

const dayOf = (at: string | null): string | null => at === null ? null : dayAt(new Date(at), timeZone)
const filled = <T>(value: T | null | '' | 0): T | null => value === '' || value === 0 ? null : value

/** What the pure meaning of a rule is asked about: the same records, counted by hand. */
function dealFacts(deal: Deal, seen: readonly Deal[]): FactsOf {
  const won = seen.filter(other => other.semantics === 'S' && deal.company !== null && deal.company > 0 && other.company === deal.company)
  const facts: Partial<Record<FieldId, FactValue>> = {
    amount: deal.amount, currency: deal.currency, pipeline: deal.pipeline, stage: deal.stage, outcome: { P: 'open', S: 'won', F: 'lost' }[deal.semantics], source: filled(deal.source),
    responsible: filled(deal.by), department: departmentsOf[deal.by ?? 0] ?? [], title: deal.title, created_on: dayOf(deal.created), closed_on: dayOf(deal.closed), expected_on: deal.expected,
    company: filled(deal.company), company_type: companyTypes[deal.company ?? 0] ?? null, product: deal.products, purchases: filled(deal.company) === null ? null : won.length,
    returning: won.some(other => other.closed !== null && other.closed < deal.created), utm_source: filled(deal.utm), utm_medium: filled(deal.utm), utm_campaign: filled(deal.utm),
  }
  return field => facts[field] ?? null
}

function vendorFacts(vendor: (typeof vendors)[number]): FactsOf {
  return (field, period) => {
    const spends = vendor.spends.filter(({ on }) => isInRange(on, monthsOf(period, today)))
    const priced = spends.filter(({ isPriced }) => isPriced)
    const facts: Partial<Record<FieldId, FactValue>> = {
      vendor_status: vendor.status, vendor_category: filled(vendor.category), vendor_country: vendor.country, vendor_city: vendor.city, vendor_name: vendor.name,
      vendor_spend: spends.length > 0 && priced.length === 0 ? null : priced.reduce((sum, { minor }) => sum + minor, 0), vendor_purchases: spends.length,
      vendor_last_purchase_on: vendor.spends.at(-1)?.on ?? null, vendor_created_on: dayOf(vendor.created), vendor_payment_term: vendor.term,
      vendor_standing: vendor.at > 0 && vendor.at < 4 ? 'WEB' : null, vendor_linked: vendor.company !== null, vendor_tag: vendor.tags, vendor_supply: vendor.supplies,
    }
    return facts[field] ?? null
  }
}

async function dealIds(rule: Group, reader: SegmentReader): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select d.deal_id as id from crm_deals d where ${dealsIn(rule, reader)} order by 1`.execute(database.db)
  return rows.map(({ id }) => id)
}

describe('a rule in SQL', () => {
  it('lets in the deals that it means', async () => {
    for (const rule of sampleRules('deal', 250)) {
      expect(await dealIds(rule, admin)).toEqual(deals.filter(deal => matches(rule, dealFacts(deal, deals), today)).map(({ id }) => id))
    }
  })

  it('lets in, and counts, only what the reader may see', async () => {
    const own = deals.filter(({ by }) => by === 7)
    for (const rule of sampleRules('deal', 60)) {
      expect(await dealIds(rule, seller)).toEqual(own.filter(deal => matches(rule, dealFacts(deal, own), today)).map(({ id }) => id))
    }
  })

  it('lets in the vendors that it means', async () => {
    for (const rule of sampleRules('vendor', 150)) {
      const { rows } = await sql<{ id: string }>`select vendor_id as id from vendors where ${vendorsIn(rule, admin)} order by 1`.execute(database.db)
      expect(rows.map(({ id }) => id)).toEqual(vendors.filter(vendor => matches(rule, vendorFacts(vendor), today)).map(({ id }) => id))
    }
  })

  it('asks a vendor for the portal’s own attributes, as far as the reader may see them', async () => {
    const { db } = database
    const [bank, label] = await db.insertInto('vendor_attributes').values((['bank', 'identity'] as const).map((field_group, position) => (
      { portal_id: admin.portal.id, label: field_group, kind: 'choices' as const, options: ['Or'], field_group, position, required_from: 'never' as const, updated_by: null }))).returning('attribute_id').execute()
    const [first, second] = vendors.map(({ id }) => id)
    const chosen = (id: string, attributeId?: string) => db.updateTable('vendors').set({ attributes: { [attributeId ?? '']: ['Or', 'Bio'] } }).where('vendor_id', '=', id).execute()
    await chosen(first!, bank?.attribute_id)
    await chosen(second!, label?.attribute_id)
    await db.insertInto('vendor_grants').values({ portal_id: admin.portal.id, subject_kind: 'user', subject_id: 7, scope_kind: 'all', role: 'viewer', field_groups: ['identity'] }).execute()
    const found = async (reader: SegmentReader) => {
      const rule: Group = { kind: 'all', rules: [{ field: 'vendor_attribute', operator: 'in', values: [`${bank?.attribute_id}=Or`, `${label?.attribute_id}=Bio`] }] }
      return (await sql<{ id: string }>`select vendor_id as id from vendors where ${vendorsIn(rule, reader)} order by 1`.execute(db)).rows.map(({ id }) => id)
    }
    expect(await found(admin)).toEqual([first, second])
    expect(await found(seller)).toEqual([second])
  })

  it('tells of a single deal whether a saved segment holds it', async () => {
    const rule: Group = { kind: 'all', rules: [{ field: 'pipeline', operator: 'in', values: [1] }] }
    const { segment_id: segmentId } = await database.db.insertInto('segments').values({ portal_id: admin.portal.id, subject: 'deal', name: 'x', rule: JSON.stringify(rule), owner_id: 1, updated_by: 1 })
      .returning('segment_id').executeTakeFirstOrThrow()
    for (const { id, pipeline } of deals.slice(0, 8))
      expect(await isMember(database.db, admin, segmentId, id)).toBe(pipeline === 1)
    await expect(isMember(database.db, admin, '00000000-0000-4000-8000-000000000000', 1)).rejects.toMatchObject({ code: 'segment.not_found' })
  })
})

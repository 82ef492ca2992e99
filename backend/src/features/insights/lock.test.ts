import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MetricRecord } from '@comptoir/shared/insights/insights.contract'
import { metricDefinitions } from '@comptoir/shared/insights/metric-catalogue'
import type { MetricId } from '@comptoir/shared/insights/metric'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import type { InsightPortal } from './ask.ts'
import { evaluateOfRecord } from './evaluate-metric.postgres.ts'
import type { Lock } from './lock.postgres.ts'
import { readRecords } from './records.postgres.ts'
import { admin, aPortal, mirrorDeals } from './testing/a-portal.ts'
import { scattered, scatteredDeal } from './testing/scattered-deals.ts'
import { scatteredPurchases } from './testing/scattered-purchases.ts'

const now = new Date('2026-02-17T10:00:00Z')
let database: TestDatabase
let portal: InsightPortal
let vendorId: string

beforeAll(async () => {
  database = await freshDatabase()
  portal = await aPortal(database.db)
  const next = scattered(7)
  await mirrorDeals(database.db, Array.from({ length: 60 }, (_, at) => scatteredDeal(portal, at + 1, next)))
  await scatteredPurchases(database.db, portal, next)
  vendorId = (await database.db.selectFrom('vendors').select('vendor_id').orderBy('name').executeTakeFirstOrThrow()).vendor_id
})
afterAll(() => database.close())

const all = async (metricId: MetricId, vendor?: string): Promise<MetricRecord[]> =>
  (await readRecords(database.db, portal, admin, metricId, { period: 'all', limit: 1000, ...vendor !== undefined && { vendorId: vendor } }, now)).records
const of = (lock: Lock, metricId: MetricId, filters: { userIds?: number[], by?: 'time' } = {}) =>
  evaluateOfRecord(database.db, portal, { viewer: admin, lock, now }, { metricId, period: 'all', ...filters })
const sum = (records: readonly MetricRecord[]): number => records.reduce((total, { worth }) => total + (worth ?? 0), 0)

describe('the numbers of one record', () => {
  it('of a deal are those of its own records, whatever the filters', async () => {
    const records = await all('spend_total')
    const dealId = records.find(record => record.dealId !== null && record.dealId <= 60)!.dealId!
    const own = records.filter(record => record.dealId === dealId)
    const spend = await of({ kind: 'deal', dealId }, 'spend_total', { by: 'time' })
    expect([spend.value, spend.records, spend.leftOut]).toEqual([sum(own), own.length, []])
    expect(spend.parts.reduce((total, { value }) => total + (value ?? 0), 0)).toBe(sum(own))
    const [won] = await all('revenue_won')
    expect(await of({ kind: 'deal', dealId: Number(won!.id) }, 'revenue_won')).toMatchObject({ value: won!.worth, records: 1 })
    expect(await of({ kind: 'deal', dealId: Number(won!.id) }, 'revenue_won', { userIds: [99] })).toMatchObject({ records: 0 })
  })

  it('of a company are its deals as a customer and what was bought from it as a vendor', async () => {
    const won = (await all('revenue_won')).filter(({ company }) => company?.companyId)
    const companyId = won[0]?.company?.companyId ?? Number((await database.db.selectFrom('crm_deals').select('company_id').where('semantics', '=', 'S').where('company_id', 'is not', null).executeTakeFirstOrThrow()).company_id)
    const rows = await database.db.selectFrom('crm_deals').select('deal_id').where('company_id', '=', companyId).execute()
    const ids = new Set(rows.map(({ deal_id }) => String(deal_id)))
    const lock: Lock = { kind: 'company', companyId, vendorId }
    expect((await of(lock, 'revenue_won')).value).toBe(sum((await all('revenue_won')).filter(({ id }) => ids.has(id))))
    const bought = await all('spend_total', vendorId)
    expect(await of(lock, 'spend_total')).toMatchObject({ value: sum(bought), records: bought.length })
    expect(await of({ ...lock, vendorId: null }, 'spend_total')).toMatchObject({ records: 0 })
    expect(await of({ ...lock, companyId: null }, 'deals_won')).toMatchObject({ records: 0 })
  })

  it('has an answer for every metric of the catalogue', async () => {
    for (const lock of [{ kind: 'deal', dealId: 1 }, { kind: 'company', companyId: 1, vendorId }] as const)
      for (const { id } of metricDefinitions)
        expect((await of(lock, id)).metricId).toBe(id)
  })
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import { evaluateMetric } from '@comptoir/backend/features/insights/evaluate-metric.postgres'
import { aPortal, mirrorDeals } from '@comptoir/backend/features/insights/testing/a-portal'
import { scattered, scatteredDeal } from '@comptoir/backend/features/insights/testing/scattered-deals'
import { scatteredMarketing } from '@comptoir/backend/features/insights/testing/scattered-marketing'
import { readMarketing, type MarketingReader } from '@comptoir/backend/features/sources/marketing.postgres'
import { freshDatabase, type TestDatabase } from '@comptoir/backend/platform/storage/test-database'

const now = new Date('2026-02-17T10:00:00Z')
let database: TestDatabase
let portal: MarketingReader['portal']

beforeAll(async () => {
  database = await freshDatabase()
  const found = await aPortal(database.db, { settings: { analyticsScope: 'own' } })
  const next = scattered(68)
  await database.db.insertInto('crm_currencies').values([{ portal_id: found.id, currency: 'JPY', rate: '0.0061', is_base: false }]).execute()
  await mirrorDeals(database.db, Array.from({ length: 500 }, (_, at) => scatteredDeal(found, at + 1, next)))
  await scatteredMarketing(database.db, found, next)
  portal = found as MarketingReader['portal']
})
afterAll(() => database.close())

const admin: Viewer = { userId: 1, name: 'Ada', isAdmin: true, departmentIds: [1] }
const seller: Viewer = { userId: 3, name: 'Léo', isAdmin: false, departmentIds: [] }

const periods = [{ period: 'last_12_months' }, { period: 'last_quarter' }, { period: 'this_month' }, { period: 'all' }, { period: 'custom', from: '2025-10-20', to: '2025-10-28' }] as const

it.each(periods)('the marketing report and the catalogue of figures say the same of %o', async (period) => {
  const value = async (viewer: Viewer, metricId: Parameters<typeof evaluateMetric>[3]['metricId']) => (await evaluateMetric(database.db, portal, viewer, { ...period, metricId }, now)).value
  const { total, rows } = await readMarketing(database.db, { portal, viewer: admin }, period, now)
  const paid = rows.filter(({ costMinor }) => costMinor !== null)
  expect(paid.length).toBeGreaterThan(0)
  expect(await value(admin, 'ad_spend')).toBe(total.costMinor)
  expect(await value(admin, 'paid_leads')).toBe(paid.reduce((sum, { leads }) => sum + leads, 0))
  expect(await value(admin, 'paid_customers')).toBe(paid.reduce((sum, { newCustomers }) => sum + newCustomers, 0))
  expect(await value(admin, 'paid_revenue') ?? 0).toBe(paid.reduce((sum, { revenueMinor }) => sum + (revenueMinor ?? 0), 0))
  for (const [metricId, ratio] of [['cost_per_lead', total.costPerLead], ['cac', total.cac]] as const)
    expect(await value(admin, metricId), metricId).toBe(ratio.value === null ? null : Math.round(ratio.value))
  expect(await value(admin, 'roas')).toBe(total.roas.value)
  for (const [metricId, of] of [['ad_spend', 'costMinor'], ['paid_leads', 'leads'], ['paid_customers', 'newCustomers'], ['paid_revenue', 'revenueMinor'], ['cost_per_lead', 'costPerLead'], ['cac', 'cac'], ['roas', 'roas']] as const) {
    const { parts } = await evaluateMetric(database.db, portal, admin, { ...period, metricId, by: 'channel' }, now)
    for (const { key, label, value: shown } of parts) {
      const row = rows.find(one => one.key === key)
      const told = row && (typeof row[of] === 'number' || row[of] === null ? row[of] : row[of].value)
      expect({ key, label, value: shown }, metricId).toEqual({ key, label: row?.label, value: told === null || metricId === 'roas' ? told : Math.round(told ?? 0) })
    }
  }

  const restricted = await readMarketing(database.db, { portal, viewer: seller }, period, now)
  expect(await value(seller, 'ad_spend')).toBe(restricted.total.costMinor)
  expect(await value(seller, 'paid_leads')).toBe(restricted.rows.filter(({ costMinor }) => costMinor !== null).reduce((sum, { leads }) => sum + leads, 0))
  expect([await value(seller, 'cost_per_lead'), restricted.total.costPerLead.value]).toEqual([null, null])
  expect([await value(seller, 'roas'), restricted.total.roas.value]).toEqual([null, null])
})

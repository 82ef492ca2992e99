import type { Pool } from 'pg'
import { listVendors } from '@comptoir/backend/features/vendors/vendor-list.postgres'
import { firstCompanyTab } from '@comptoir/backend/features/vendors/vendor-tabs.postgres'
import { freshDatabase, startTestServer } from '@comptoir/backend/platform/storage/test-database'
import type { VendorFilter } from '@comptoir/shared/vendors/vendor.contract'
import { quantile, rounded, type Figure } from './figure.ts'

const vendorCount = 10_000
const purchaseCount = 300_000
const samples = 40
const now = () => new Date('2026-06-30T10:00:00Z')

const portal = {
  id: 1, memberId: 'bench', domain: 'd', clientEndpoint: 'https://d/rest/', appVersion: null, installerUserId: 1, status: 'installed' as const,
  scope: [], language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR', settings: {},
}
const onlooker = { portal, viewer: { userId: 1, name: 'Admin', isAdmin: true, departmentIds: [] } }

const questions: Readonly<Record<string, VendorFilter>> = {
  'by name': {},
  'by spend': { sort: 'spend' },
  'by last purchase': { sort: 'last-purchase' },
  'searched': { search: 'morel gar', sort: 'spend' },
  'filtered': { status: ['active'], category: 'Transport', linked: 'no', sort: 'spend' },
}

/** A page of the directory and the company tab's first data, with ten thousand vendors behind them. */
export async function vendorFigures(): Promise<Figure[]> {
  const server = await startTestServer()
  process.env.TEST_DATABASE_URL = server.url
  try {
    const { db, pool, close } = await freshDatabase()
    await generateVendors(pool)
    const figures: Figure[] = []
    for (const [name, filter] of Object.entries(questions))
      figures.push(await time(`vendors: a page of 10,000 ${name}, p95`, 50, () => listVendors(db, onlooker, filter, now())))
    figures.push(await time('vendors: first data of the company tab, p95', 50, () => firstCompanyTab({ db, now }, onlooker, 3)))
    await close()
    return figures
  }
  finally {
    await server.stop()
  }
}

async function time(figure: string, budget: number, ask: () => Promise<unknown>): Promise<Figure> {
  for (let warm = 0; warm < 5; warm++)
    await ask()
  const times: number[] = []
  for (let sample = 0; sample < samples; sample++) {
    const startedAt = performance.now()
    await ask()
    times.push(performance.now() - startedAt)
  }
  return { figure, value: rounded(quantile(times, 0.95)), unit: 'ms', budget, rule: 'most', details: { medianMs: rounded(quantile(times, 0.5)) } }
}

async function generateVendors(pool: Pool): Promise<void> {
  await pool.query(`insert into portals (member_id, domain, client_endpoint, server_endpoint, status) values ('bench', 'd', 'https://d/rest/', 's', 'installed')`)
  await pool.query(`
    insert into vendors (portal_id, name, name_key, status, code, category, city, company_id)
    select 1, name, name, (array['prospect', 'onboarding', 'active', 'active', 'active', 'suspended', 'terminated'])[1 + i % 7], 'F' || i,
      (array['Papeterie', 'Transport', 'Informatique', 'Énergie', null])[1 + i % 5], (array['Paris', 'Lyon', 'Nantes', 'Lille'])[1 + i % 4],
      case when i % 3 = 0 then i end
    from (
      select i, (array['papeterie', 'transports', 'boulangerie', 'conseil', 'imprimerie', 'garage', 'menuiserie'])[1 + i % 7] || ' ' ||
        (array['morel', 'dupont', 'girard', 'rousseau', 'fontaine', 'chevalier', 'gauthier', 'perrin'])[1 + i % 8] || ' ' || substr(md5(i::text), 1, 6) as name
      from generate_series(1, $1::int) i
    ) named`, [vendorCount])
  await pool.query(`
    insert into purchases (portal_id, vendor_id, spent_on, amount_minor, currency, amount_base_minor, source_key)
    select 1, vendor_id, date '2026-06-30' - (turn * 37 + place * 7) % 1095, 1000 + (turn * 7919 + place * 104729) % 500000, 'EUR',
      case when (turn + place) % 50 > 0 then 1000 + (turn * 7919 + place * 104729) % 500000 end, turn || '-' || place
    from (select vendor_id, row_number() over (order by code)::int as place from vendors) v, generate_series(1, $1::int) turn`, [purchaseCount / vendorCount])
  await pool.query('vacuum analyze')
}

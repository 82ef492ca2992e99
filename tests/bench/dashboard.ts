import { firstAnalytics } from '@comptoir/backend/features/insights/dashboard.postgres'
import { freshDatabase, startTestServer } from '@comptoir/backend/platform/storage/test-database'
import { rounded, quantile, type Figure } from './figure.ts'
import { generateDeals } from './generate-deals.ts'

const admin = { userId: 1, name: 'Admin', isAdmin: true, departmentIds: [] }
const samples = 40

/** The first read of the analytics page on ten thousand deals and on a million. */
export async function dashboardFigures(): Promise<Figure[]> {
  const server = await startTestServer()
  process.env.TEST_DATABASE_URL = server.url
  try {
    const small = await timeDashboard(10_000)
    const large = await timeDashboard(1_000_000)
    return [
      { figure: 'dashboard: 1,000,000 deals against 10,000', value: rounded(large.median / small.median), unit: '×', budget: 1.5, rule: 'most', details: { small, large } },
      { figure: 'dashboard: p95 on 1,000,000 deals', value: rounded(large.p95), unit: 'ms', budget: 150, rule: 'most' },
    ]
  }
  finally {
    await server.stop()
  }
}

async function timeDashboard(deals: number): Promise<{ median: number, p95: number }> {
  const { db, pool, close } = await freshDatabase()
  try {
    await pool.query(`insert into portals (member_id, domain, client_endpoint, server_endpoint, status) values ('bench', 'd', 'https://d/rest/', 's', 'installed')`)
    await generateDeals(pool, 1, deals)
    const portal = { id: 1, timeZone: 'Europe/Paris', currency: 'EUR', settings: {} }
    const read = () => firstAnalytics(db, portal, admin, { period: 'last_12_months' }, new Date('2026-06-30T10:00:00Z'))
    for (let warm = 0; warm < 5; warm++)
      await read()
    const times: number[] = []
    for (let sample = 0; sample < samples; sample++) {
      const startedAt = performance.now()
      await read()
      times.push(performance.now() - startedAt)
    }
    return { median: rounded(quantile(times, 0.5)), p95: rounded(quantile(times, 0.95)) }
  }
  finally {
    await close()
  }
}

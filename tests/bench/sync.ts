import { startTestServer } from '@comptoir/backend/platform/storage/test-database'
import { startMirrorStage } from '../contract/mirror-stage.ts'
import { rounded, type Figure } from './figure.ts'

const deals = 100_000

/** A first full reading of a portal: HTTP requests against records, refusals of the limiter, what an idle run costs. */
export async function syncFigures(): Promise<Figure[]> {
  const server = await startTestServer()
  process.env.TEST_DATABASE_URL = server.url
  const stage = await startMirrorStage({ data: `generate:${deals}` })
  try {
    const { pool } = stage.database
    const startedAt = performance.now()
    await stage.sync()
    const seconds = (performance.now() - startedAt) / 1000
    const requests = stage.requests.length
    const { rows: [read] } = await pool.query<{ records: number }>('select sum(rows_read)::int as records from sync_states')
    const records = read?.records ?? 0
    stage.running.portal.clock.jump(10 * 60_000)
    await stage.sync()
    const refusals = stage.running.portal.journal.read('rest').filter(entry => entry.error === 'QUERY_LIMIT_EXCEEDED').length
    return [
      { figure: 'full sync: requests against records / 2,500', value: rounded(requests / (records / 2_500)), unit: '×', budget: 1.05, rule: 'most', details: { deals, records, requests, seconds: rounded(seconds) } },
      { figure: 'full sync: refusals by the limiter', value: refusals, unit: 'refusals', budget: 0, rule: 'most' },
      { figure: 'sync: requests of a run without news', value: stage.requests.length - requests, unit: 'requests', budget: 1, rule: 'most' },
    ]
  }
  finally {
    await stage.close()
    await server.stop()
  }
}

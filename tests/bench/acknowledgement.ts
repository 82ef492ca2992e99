import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { productionFlags } from '../../backend/bin/production.mjs'
import { startDemo } from '../demo/start.ts'
import { freePort } from '../tools/free-port.ts'
import { cpuTime, familyOf } from './cpu-time.ts'
import { rounded, type Figure } from './figure.ts'

const seconds = 6

/** How fast a workflow step is stored and answered, against the same form without storage. */
export async function acknowledgementFigures(): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'comptoir-bench-'))
  const plainPort = await freePort()
  const demo = await startDemo({ portalPort: await freePort(), appPort: await freePort(), dataDir, data: 'none' })
  const plain = spawn(process.execPath, [...productionFlags, join(import.meta.dirname, 'plain-form-server.ts')], {
    env: { ...process.env, PORT: String(plainPort) }, stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await once(plain.stdout, 'data')
    const auth = { memberId: demo.running.portal.memberId, applicationToken: demo.app.applicationToken }
    const bareUrl = `http://127.0.0.1:${plainPort}`
    const server = familyOf(demo.comptoir.pid ?? 0)
    // Both have compiled what they run often before anybody counts.
    await load(bareUrl, auth, { connections: 100, duration: 2 })
    await load(demo.appUrl, auth, { connections: 100, duration: 2 })
    const bare = await load(bareUrl, auth, { connections: 100 })
    const before = cpuTime(server)
    const stored = await load(demo.appUrl, auth, { connections: 100 })
    const cpuMicroseconds = Math.round((cpuTime(server) - before) * 1000 / Math.max(1, stored.total))
    const calm = await load(demo.appUrl, auth, { connections: 4, overallRate: 100 })
    return [
      { figure: 'action acknowledgement: share of the same route without storage', value: rounded(stored.rate / bare.rate * 100), unit: '%', budget: 40, rule: 'least', details: { storedPerSecond: stored.rate, barePerSecond: bare.rate, cpuMicroseconds, errors: stored.errors } },
      { figure: 'action acknowledgement: p99 at 100 a second', value: calm.p99, unit: 'ms', budget: 25, rule: 'most' },
    ]
  }
  finally {
    plain.kill()
    await demo.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

let step = 0

async function load(url: string, { memberId, applicationToken }: { memberId: string, applicationToken: string }, options: { connections: number, overallRate?: number, duration?: number }): Promise<{ rate: number, total: number, p99: number, errors: number }> {
  const body = () => new URLSearchParams({
    'workflow_id': '66e8.5652', 'code': 'comptoir_business_analytics', 'document_id[0]': 'crm', 'document_id[1]': 'CCrmDocumentDeal', 'document_id[2]': 'DEAL_7',
    'document_type[0]': 'crm', 'document_type[1]': 'CCrmDocumentDeal', 'document_type[2]': 'DEAL', 'event_token': `66e8|A${step++}_1|salt.signature`,
    'properties[operation]': 'metric-threshold', 'properties[metric]': 'win_rate', 'properties[period]': 'last_month', 'properties[direction]': 'below', 'properties[threshold]': '50',
    // Nobody waits: the answer would be a second load on the same two cores.
    'use_subscription': 'N', 'timeout_duration': '0', 'ts': '1778747192', 'auth[member_id]': memberId, 'auth[application_token]': applicationToken,
  }).toString()
  const result = await autocannon({
    url: `${url}/bx/action/comptoir_business_analytics`,
    duration: seconds,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    requests: [{ setupRequest: request => ({ ...request, body: body() }) }],
    ...options,
  })
  return { rate: Math.round(result.requests.average), total: result.requests.total, p99: result.latency.p99, errors: result.errors + result.non2xx }
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { startDemo } from '../demo/start.ts'
import { rounded, type Figure } from './figure.ts'

const seconds = 6
const ports = { portal: 45_871, app: 45_872, plain: 45_873 }

/** How fast a workflow step is stored and answered, against the same form without storage. */
export async function acknowledgementFigures(): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'comptoir-bench-'))
  const demo = await startDemo({ portalPort: ports.portal, appPort: ports.app, dataDir, data: 'none' })
  const plain = spawn(process.execPath, [join(import.meta.dirname, 'plain-form-server.ts')], {
    env: { ...process.env, PORT: String(ports.plain) }, stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await once(plain.stdout, 'data')
    const auth = { memberId: demo.running.portal.memberId, applicationToken: demo.app.applicationToken }
    const bare = await load(`http://127.0.0.1:${ports.plain}`, auth, { connections: 100 })
    const stored = await load(demo.appUrl, auth, { connections: 100 })
    const calm = await load(demo.appUrl, auth, { connections: 4, overallRate: 100 })
    return [
      { figure: 'action acknowledgement: share of the same route without storage', value: rounded(stored.rate / bare.rate * 100), unit: '%', budget: 40, rule: 'least', details: { storedPerSecond: stored.rate, barePerSecond: bare.rate, errors: stored.errors } },
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

async function load(url: string, { memberId, applicationToken }: { memberId: string, applicationToken: string }, options: { connections: number, overallRate?: number }): Promise<{ rate: number, p99: number, errors: number }> {
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
  return { rate: Math.round(result.requests.average), p99: result.latency.p99, errors: result.errors + result.non2xx }
}

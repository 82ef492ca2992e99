import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importApi, type Import } from '@comptoir/shared/imports/import.contract'
import { insightsApi } from '@comptoir/shared/insights/insights.contract'
import { mirrorApi, type SyncState } from '@comptoir/shared/mirror/mirror.contract'
import { vendorApi } from '@comptoir/shared/vendors/vendor.contract'
import { waitFor } from '../factories/comptoir.ts'
import { isInUse, startInVain, startProcess, type ComptoirProcess } from '../factories/process.ts'
import { runsOf, runWorkflow } from '../factories/workflow.ts'
import { installApp } from '../demo/install.ts'

/** One process, killed in the middle of everything it does, on the data that it left behind each time. */

const deals = 5_000
let comptoir: ComptoirProcess
beforeAll(async () => {
  comptoir = await startProcess({ data: `generate:${deals}` })
}, 120_000)
afterAll(() => comptoir?.close())

const kill = () => comptoir.demo.restart('SIGKILL')
const entityOf = ({ entities }: SyncState, name: string) => entities.find(({ entity }) => entity === name)
const readSync = async () => (await comptoir.call(mirrorApi.state)).body

describe('killed without warning', () => {
  it('in the first full reading, it goes on and ends with what the portal has', async () => {
    const { portal, app } = comptoir
    await installApp(portal, app, comptoir.url)
    portal.faults.add({ kind: 'slow', methods: ['batch'], delayMs: 500 })
    const rowsRead = await waitFor(async () => entityOf(await readSync(), 'deals')?.rowsRead, 'the first deals')
    expect(rowsRead).toBeLessThan(deals)
    await kill()
    portal.faults.clear()
    const state = await waitFor(async () => {
      const read = await readSync()
      return read.status === 'idle' && entityOf(read, 'deals')?.mirrorCount === deals ? read : null
    }, 'a complete mirror', 60_000)
    for (const { entity, portalCount, mirrorCount, errorCode } of state.entities)
      expect({ entity, errorCode, mirrorCount }).toEqual({ entity, errorCode: null, mirrorCount: portalCount })
    expect(entityOf(state, 'stage_changes')?.mirrorCount).toBe(portal.crm.stageHistory(2).size)
  }, 90_000)

  it('with steps of processes under way, every acknowledged one is answered, and done once', async () => {
    const { portal } = comptoir
    const vendors = await waitFor(async () => {
      const { body } = await comptoir.call(vendorApi.list)
      return body.vendors.length > 8 ? body.vendors : null
    }, 'the suppliers as vendors')
    portal.faults.add({ kind: 'slow', methods: ['bizproc.event.send'], delayMs: 300 })
    const workflows = vendors.map(({ companyId }) => runWorkflow(comptoir, {
      properties: { operation: 'change-status', vendorSource: 'document', status: 'suspended', reason: 'Audit' }, entityTypeId: 4, itemId: companyId ?? 0,
    }))
    await portal.queue.idle()
    await waitFor(() => workflows.some(({ instance }) => instance.status === 'completed'), 'the first answer')
    expect(workflows.some(({ instance }) => instance.status === 'running')).toBe(true)
    await kill()
    portal.faults.clear()
    await waitFor(() => workflows.every(({ instance }) => instance.status === 'completed'), 'every answer', 30_000)
    for (const [at, workflow] of workflows.entries()) {
      expect(workflow.results()).toMatchObject({ success: 'Y', vendorStatus: 'suspended' })
      expect(await runsOf(comptoir, workflow)).toHaveLength(1)
      const { body } = await comptoir.call(vendorApi.history, { params: { vendorId: vendors[at]?.vendorId ?? '' } })
      expect(body.changes.filter(({ field }) => field === 'status')).toHaveLength(1)
    }
  }, 60_000)

  it('in the middle of an import, it goes on after the last batch: nothing is lost, nothing is there twice', async () => {
    const rows = Array.from({ length: 30_000 }, (_, at) => `${String(at % 28 + 1).padStart(2, '0')}/01/2026;Fournisseur ${at % 300};F${at};1,25`)
    const { body: { importId } } = await comptoir.call(importApi.upload, { query: { name: 'achats.csv' }, body: `Date;Fournisseur;Référence;Montant\n${rows.join('\n')}\n` })
    const untilState = (...states: Import['state'][]) => waitFor(async () => {
      const { body } = await comptoir.call(importApi.get, { params: { importId } })
      return states.includes(body.state) ? body : null
    }, `the import to be ${states.join(' or ')}`, 40_000)
    await comptoir.call(importApi.preview, { params: { importId } })
    await untilState('previewed')
    await comptoir.call(importApi.start, { params: { importId } })
    const progress = await waitFor(async () => (await comptoir.call(importApi.get, { params: { importId } })).body.progressRows, 'the first batch')
    expect(progress).toBeLessThan(30_000)
    await kill()
    const { result } = await untilState('done', 'failed')
    expect(result).toMatchObject({ purchasesCreated: 30_000, vendorsCreated: 300, sums: { EUR: 30_000 * 125 } })
    const { body: metric } = await comptoir.call(insightsApi.metric, { params: { metricId: 'spend_total' }, query: { period: 'all' } })
    expect(metric).toMatchObject({ value: 30_000 * 125, records: 30_000 })
  }, 90_000)
})

describe('the data folder of a running Comptoir', () => {
  it('is refused to a second one, in words', async () => {
    const { app, dataDir, demo } = comptoir
    const { code, text } = await startInVain({
      PUBLIC_URL: 'http://127.0.0.1:1', CLIENT_ID: app.clientId, CLIENT_SECRET: app.clientSecret, OAUTH_SERVER: demo.running.url,
      ALLOW_INSECURE_PORTALS: 'true', DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: '0',
    })
    expect(code).toBe(1)
    expect(text).toContain(`Another Comptoir already uses the data folder ${dataDir}`)
  })
})

describe('a Comptoir that is asked to stop', () => {
  it('finishes what can be finished, hands back the rest, is gone within fifteen seconds and leaves nothing running', async () => {
    const { portal, demo } = comptoir
    const { body: { vendors } } = await comptoir.call(vendorApi.list, { query: { status: 'suspended' } })
    portal.faults.add({ kind: 'slow', methods: ['bizproc.event.send'], delayMs: 30_000, count: 1 })
    portal.faults.add({ kind: 'slow', methods: ['batch'], delayMs: 30_000, count: 1 })
    const workflows = vendors.slice(0, 6).map(({ companyId }) => runWorkflow(comptoir, {
      properties: { operation: 'change-status', vendorSource: 'document', status: 'active', reason: 'Audit clos' }, entityTypeId: 4, itemId: companyId ?? 0,
    }))
    await comptoir.call(mirrorApi.run)
    await portal.queue.idle()
    await waitFor(() => portal.faults.rest.length === 0, 'a step and a reading that hang')
    const startedAt = Date.now()
    const ended = once(demo.comptoir, 'exit') as Promise<[number | null]>
    demo.comptoir.kill('SIGTERM')
    expect((await ended)[0]).toBe(0)
    expect(Date.now() - startedAt).toBeLessThan(15_000)
    expect(isInUse(comptoir.dataDir)).toBe(false)
    expect(workflows.some(({ instance }) => instance.status === 'running')).toBe(true)
    await demo.restart('SIGTERM')
    await waitFor(() => workflows.every(({ instance }) => instance.status === 'completed'), 'every answer', 30_000)
    for (const workflow of workflows)
      expect(workflow.results()).toMatchObject({ success: 'Y', verdict: 'changed', vendorStatus: 'active' })
  }, 90_000)
})

describe('a start without what it needs', () => {
  const complete = { PUBLIC_URL: 'https://comptoir.example.com', CLIENT_ID: 'local.x', CLIENT_SECRET: 'y' }

  it.concurrent.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['no address', { ...complete, PUBLIC_URL: '' }, /^PUBLIC_URL is missing\. It should hold the address/],
    ['an address that is none', { ...complete, PUBLIC_URL: 'comptoir' }, /^PUBLIC_URL is "comptoir"/],
    ['no client id', { ...complete, CLIENT_ID: '' }, /^CLIENT_ID is missing/],
    ['no client secret', { ...complete, CLIENT_SECRET: '' }, /^CLIENT_SECRET is missing/],
    ['a database but no key', { ...complete, DATABASE_URL: 'postgres://localhost/x' }, /^ENCRYPTION_KEY is missing/],
  ])('ends with the name of the key when there is %s', async (_, env, words) => {
    const { code, text } = await startInVain(env)
    expect(code).toBe(1)
    expect(text).toMatch(words)
    expect(text).not.toMatch(/\n\s+at /)
  })
})

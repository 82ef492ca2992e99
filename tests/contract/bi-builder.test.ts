import { stringify } from 'qs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { biBuilderApi, biStepIds, type BiBuilder } from '@comptoir/shared/bi-builder/bi-builder.contract'
import { biDatasetCodes, biDatasets, type BiDatasetCode } from '@comptoir/shared/bi-builder/datasets'
import { readRows } from '../portal/biconnector/calls.ts'
import { appScopes, startComptoir, type Comptoir } from '../factories/comptoir.ts'
import { fingerprint } from '../factories/fingerprint.ts'
import type { PortalStage } from '../factories/portal-stage.ts'

/** The stand-in's BI Builder and Comptoir's four addresses, as the documentation has them speak. */

let comptoir: Comptoir
let portalId: number
const scopes = [...appScopes, 'biconnector']

beforeAll(async () => {
  comptoir = await startComptoir({ data: 'generate:40', app: { scopes } })
  const { db } = comptoir.database
  portalId = (await db.selectFrom('portals').select('portal_id').executeTakeFirstOrThrow()).portal_id
  await db.updateTable('portals').set({ currency: 'EUR', language: 'en' }).where('portal_id', '=', portalId).execute()
  const vendors = await db.selectFrom('vendors').select('vendor_id').where('portal_id', '=', portalId).orderBy('vendor_id').limit(2).execute()
  await db.updateTable('vendors').set({ name: 'Roux', code: 'ROUX', category: 'Bois' }).where('vendor_id', '=', vendors[0]!.vendor_id).execute()
  const purchase = { portal_id: portalId, vendor_id: vendors[0]!.vendor_id, spent_on: '2026-03-02', amount_minor: 123_456, currency: 'EUR', amount_base_minor: 123_456 }
  await db.insertInto('purchases').values([
    purchase,
    { ...purchase, spent_on: '2026-03-20', amount_minor: 1_000, currency: 'JPY', amount_base_minor: 600, label: '50% off' },
    { ...purchase, spent_on: '2026-04-01', amount_minor: 10_000, currency: 'ZZZ', amount_base_minor: null },
    { ...purchase, vendor_id: vendors[1]!.vendor_id, amount_minor: -500, amount_base_minor: -500 },
  ]).execute()
  const snapshot = await db.insertInto('scorecard_snapshots').values({
    portal_id: portalId, vendor_id: vendors[0]!.vendor_id, month: '2026-03-01', score: 81.5, coverage: 0.6, standing: 'approved', month_score: null, is_active: true, figures: '{}', inputs_hash: 'x', formula_version: 1, settings_version: 1,
  }).returning('snapshot_id').executeTakeFirstOrThrow()
  await db.insertInto('score_comments').values({ portal_id: portalId, snapshot_id: snapshot.snapshot_id, vendor_id: vendors[0]!.vendor_id, kind: 'adjustment', body: 'late by our fault', computed_score: 81.5, adjusted_score: 90, created_by: 1 }).execute()
  const month = { month: '2026-05-01', point: 150_000, lower80: 100_000, upper80: 200_000, lower95: null, upper95: null, level: 0, trend: 0, season: 0 }
  const forecast = { portal_id: portalId, metric: 'revenue_won' as const, from_month: '2026-05-01', currency: 'EUR', method: 'theta' as const, months: JSON.stringify([month]), paths: '{}' }
  await db.insertInto('forecast_snapshots').values([{ ...forecast, user_id: 1, series_hash: 'a' }, { ...forecast, user_id: 3, series_hash: 'b' }]).execute()
})
afterAll(() => comptoir?.close())

const step = async (biStep: string, stage: PortalStage = comptoir) => stage.call(biBuilderApi.publish, { params: { biStep } })
const stateOf = (body: BiBuilder) => Object.fromEntries(body.steps.map(({ id, state }) => [id, state]))
const everyStep = (state: string) => Object.fromEntries(biStepIds.map(id => [id, state]))

async function publish(stage: PortalStage = comptoir): Promise<BiBuilder> {
  for (const id of biStepIds)
    expect(await step(id, stage)).toMatchObject({ status: 200 })
  return (await stage.call(biBuilderApi.get)).body
}

const key = async () => (await comptoir.call(biBuilderApi.revealKey)).body.key

const ask = (door: string, form: Record<string, unknown>) => fetch(`${comptoir.url}/bx/bi/${door}`, {
  method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: stringify(form),
})
const good = async (form: Record<string, unknown> = {}) => ({ connection: { apiKey: await key() }, ...form })

async function rowsOf(code: BiDatasetCode, question: Parameters<typeof readRows>[2] = {}): Promise<Record<string, unknown>[]> {
  const dataset = [...comptoir.portal.bi.datasets.values()].find(({ externalCode }) => externalCode === code)!
  const answer = await readRows(comptoir.portal, dataset, question)
  if (!answer.isGood)
    throw new Error(answer.reason)
  const { codes, rows } = answer.value
  return rows.map(row => Object.fromEntries(codes.map((name, at) => [name, row[at]])))
}

describe('publishing', () => {
  it('offers everything, and shows first rows before anybody else sees them', async () => {
    const { body } = await comptoir.call(biBuilderApi.get)
    expect(body).toMatchObject({ hasPermission: true, chosen: [...biDatasetCodes], key: null, address: `${comptoir.url}/bx/bi` })
    expect(stateOf(body)).toEqual(everyStep('missing'))
    const preview = await comptoir.call(biBuilderApi.preview, { params: { biCode: 'purchase_lines' } })
    expect(preview.body.rows).toHaveLength(4)
    expect(preview.body.codes).toEqual(biDatasets.purchase_lines.columns.map(({ code }) => code))
  })

  it('takes its steps in order, each of them again without harm', async () => {
    expect(await step('source')).toMatchObject({ status: 409, body: { code: 'bi.step_before' } })
    const body = await publish()
    expect(stateOf(body)).toEqual(everyStep('done'))
    expect(body.steps.find(({ id }) => id === 'deals')).toMatchObject({ name: 'comptoir_deals' })
    const { connectors, sources, datasets } = comptoir.portal.bi
    await publish()
    expect([connectors.size, sources.size, datasets.size]).toEqual([1, 1, biDatasetCodes.length])
    expect([...sources.values()][0]?.settings.get('apiKey')?.value).toBe(await key())
  })

  it('finds again what an answer that was lost has left behind', async () => {
    const { db } = comptoir.database
    await db.updateTable('bi_publications').set({ connector_id: null, source_id: null }).where('portal_id', '=', portalId).execute()
    await db.updateTable('bi_datasets').set({ dataset_id: null }).where('portal_id', '=', portalId).execute()
    expect(stateOf(await publish())).toEqual(everyStep('done'))
    expect(comptoir.portal.bi.datasets.size).toBe(biDatasetCodes.length)
  })

  it('brings the columns of a dataset up to date', async () => {
    const dataset = [...comptoir.portal.bi.datasets.values()].find(({ externalCode }) => externalCode === 'deals')!
    dataset.fields = [{ ...dataset.fields[0]!, type: 'string' }, { id: 900, name: 'GONE', externalCode: 'GONE', type: 'int', visible: true }]
    await comptoir.database.db.updateTable('bi_datasets').set({ definition: 'older' }).where('code', '=', 'deals').execute()
    expect(stateOf((await comptoir.call(biBuilderApi.get)).body)).toMatchObject({ deals: 'outdated' })
    await step('deals')
    expect(dataset.fields.map(({ name, type }) => `${name}:${type}`).sort()).toEqual(biDatasets.deals.columns.map(({ code, type }) => `${code}:${type}`).sort())
  })

  it('takes a dataset away that is chosen no more, and its table at once', async () => {
    const codes = biDatasetCodes.filter(code => code !== 'deals')
    expect(stateOf((await comptoir.call(biBuilderApi.choose, { body: { codes } })).body)).toMatchObject({ deals: 'outdated' })
    expect((await ask('data', await good({ table: 'deals' }))).status).toBe(404)
    expect(stateOf((await step('deals')).body)).toMatchObject({ deals: 'unwanted' })
    expect([...comptoir.portal.bi.datasets.values()].map(({ externalCode }) => externalCode)).not.toContain('deals')
    await comptoir.call(biBuilderApi.choose, { body: { codes: [...biDatasetCodes] } })
    await step('deals')
  })

  it('steps aside when the name of a dataset is taken', async () => {
    const { bi } = comptoir.portal
    const own = [...bi.datasets.values()].find(({ externalCode }) => externalCode === 'deals')!
    bi.datasets.delete(own.id)
    bi.connectors.set(700, { ...[...bi.connectors.values()][0]!, id: 700, clientId: 'somebody else' })
    bi.sources.set(700, { ...[...bi.sources.values()][0]!, id: 700, connectorId: 700 })
    bi.datasets.set(700, { ...own, id: 700, sourceId: 700 })
    expect((await step('deals')).body.steps.find(({ id }) => id === 'deals')).toMatchObject({ name: 'comptoir_deals_2' })
    for (const kept of [bi.datasets, bi.sources, bi.connectors])
      kept.delete(700)
  })

  it('says what the portal refuses, and keeps what was there', async () => {
    const other = await comptoir.addPortal({ data: 'none', app: { scopes: appScopes } })
    expect((await other.call(biBuilderApi.get)).body.hasPermission).toBe(false)
    expect(await step('connector', other)).toMatchObject({ status: 409, body: { code: 'bi.permission_missing' } })
    comptoir.portal.users.get(1)!.isAdmin = false
    expect(await step('connector')).toMatchObject({ status: 403, body: { code: 'bi.not_allowed' } })
    comptoir.portal.users.get(1)!.isAdmin = true
    comptoir.portal.settings.isStrict = true
    expect(await step('source')).toMatchObject({ status: 502, body: { code: 'bi.unreachable', details: { address: `${comptoir.url}/bx/bi` } } })
    comptoir.portal.settings.isStrict = false
    expect(stateOf((await comptoir.call(biBuilderApi.get)).body)).toEqual(everyStep('done'))
  })
})

describe('the four addresses', () => {
  it('list, describe and check as the contract says', async () => {
    expect((await ask('check', await good())).status).toBe(200)
    expect(await (await ask('tables', await good({ searchString: '' }))).json()).toHaveLength(biDatasetCodes.length)
    expect(await (await ask('tables', await good({ searchString: 'SCORES' }))).json()).toEqual([{ code: 'vendor_scorecards', title: 'Monthly vendor scores' }])
    const columns = await (await ask('table', await good({ table: 'deals' }))).json() as unknown[]
    expect(columns[0]).toEqual({ code: 'DEAL_ID', name: 'Deal id', type: 'int' })
    const data = await ask('data', await good({ table: 'purchase_lines', select: ['AMOUNT', 'CURRENCY'], filter: { CURRENCY: 'JPY' }, limit: 10, mapFields: { AMOUNT: 'AMOUNT', CURRENCY: 'CURRENCY' } }))
    expect(data.headers.get('content-type')).toContain('application/json')
    expect(await data.json()).toEqual([['AMOUNT', 'CURRENCY'], [1_000, 'JPY']])
  })

  it('give spend in major units, and no amount where no rate is known', async () => {
    const months = await rowsOf('vendor_spend_months', { filter: { VENDOR_NAME: 'Roux' } })
    expect(months).toMatchObject([
      { MONTH: '2026-03-01', AMOUNT: 1_240.56, CURRENCY: 'EUR', PURCHASES: 2, PURCHASES_WITHOUT_RATE: 0, VENDOR_CODE: 'ROUX' },
      { MONTH: '2026-04-01', AMOUNT: null, PURCHASES: 1, PURCHASES_WITHOUT_RATE: 1 },
    ])
    const { db } = comptoir.database
    const total = await db.selectFrom('purchases').select(eb => eb.fn.sum('amount_base_minor').as('sum')).where('portal_id', '=', portalId).executeTakeFirstOrThrow()
    const lines = await rowsOf('purchase_lines')
    expect(Math.round(lines.reduce((sum, row) => sum + Number(row.AMOUNT_BASE) * 100, 0))).toBe(Number(total.sum))
  })

  it('give scores, forecasts of the administrator who publishes, and deals', async () => {
    expect(await rowsOf('vendor_scorecards')).toMatchObject([{ VENDOR_NAME: 'Roux', MONTH: '2026-03-01', SCORE: 81.5, MONTH_SCORE: null, ADJUSTED_SCORE: 90, COVERAGE: 0.6, STANDING: 'approved', IS_ACTIVE: 1 }])
    const forecasts = await rowsOf('forecast_months')
    expect(forecasts).toMatchObject([{ METRIC: 'revenue_won', MONTH: '2026-05-01', VALUE: 1_500, LOW_80: 1_000, HIGH_80: 2_000, LOW_95: null, CURRENCY: 'EUR', IS_LATEST: 1 }])
    expect(forecasts[0]?.MADE_AT).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/)
    const deals = await rowsOf('deals')
    expect(deals).toHaveLength(40)
    const won = await rowsOf('deals', { filter: { OUTCOME: 'won' }, select: ['DEAL_ID', 'OUTCOME'] })
    expect(won.map(({ DEAL_ID }) => DEAL_ID)).toEqual(deals.filter(({ OUTCOME }) => OUTCOME === 'won').map(({ DEAL_ID }) => DEAL_ID))
    expect(Object.keys(won[0] ?? {})).toEqual(['DEAL_ID', 'OUTCOME'])
  })

  it.each([
    [{ '>=SPENT_ON': '2026-03-20' }, 2],
    [{ '<SPENT_ON': '2026-03-20' }, 2],
    [{ 'AMOUNT_BASE': '' }, 1],
    [{ '!AMOUNT_BASE': '' }, 3],
    [{ '!CURRENCY': 'EUR' }, 2],
    [{ '@CURRENCY': ['JPY', 'ZZZ'] }, 2],
    [{ '!@CURRENCY': ['JPY', 'ZZZ'] }, 2],
    [{ '<=AMOUNT': '-5' }, 1],
    [{ '%LABEL': '50%' }, 1],
    [{ '%LABEL': '0' }, 1],
    [{ '%LABEL': '5_%' }, 0],
    [{ 0: { logic: 'OR', CURRENCY: 'JPY', VENDOR_CODE: 'nobody' } }, 1],
    [{ VENDOR_NAME: '\' or true --' }, 0],
  ])('filter by %j', async (filter, count) => {
    expect(await rowsOf('purchase_lines', { filter, select: ['PURCHASE_ID'] })).toHaveLength(count)
  })

  it('tell of no other vendors than everybody may see, where the administrator wants it so', async () => {
    const { db } = comptoir.database
    const inPrices = async () => (await rowsOf('purchase_lines')).length
    const all = await inPrices()
    await comptoir.call(biBuilderApi.choose, { body: { codes: [...biDatasetCodes], vendorScope: 'everyone' } })
    expect(await inPrices()).toBe(all)
    const grants = db.updateTable('vendor_grants').where('portal_id', '=', portalId).where('subject_kind', '=', 'everyone')
    await grants.set({ field_groups: ['identity', 'scores'] }).execute()
    expect(await inPrices()).toBe(0)
    expect(await rowsOf('vendor_scorecards')).toHaveLength(1)
    await grants.set({ field_groups: ['identity', 'prices'], scope_kind: 'group', vendor_group: 'Bois' }).execute()
    expect(await inPrices()).toBe(3)
    expect(await rowsOf('vendor_scorecards')).toHaveLength(0)
    await grants.set({ field_groups: ['identity', 'prices', 'documents', 'scores'], scope_kind: 'all', vendor_group: null }).execute()
    await comptoir.call(biBuilderApi.choose, { body: { codes: [...biDatasetCodes], vendorScope: 'all' } })
  })

  it('give every row once, page after page, and no more than asked for', async () => {
    const { db } = comptoir.database
    const { vendor_id } = await db.selectFrom('vendors').select('vendor_id').where('portal_id', '=', portalId).where('code', '=', 'ROUX').executeTakeFirstOrThrow()
    const many = Array.from({ length: 4_500 }, (_, at) => ({ portal_id: portalId, vendor_id, spent_on: '2025-01-01', amount_minor: at, currency: 'EUR', amount_base_minor: at, category: 'many' }))
    await db.insertInto('purchases').values(many).execute()
    const rows = await rowsOf('purchase_lines', { filter: { CATEGORY: 'many' }, select: ['PURCHASE_ID'] })
    expect(new Set(rows.map(({ PURCHASE_ID }) => PURCHASE_ID)).size).toBe(4_500)
    expect(await rowsOf('purchase_lines', { filter: { CATEGORY: 'many' }, limit: 2_001 })).toHaveLength(2_001)
    expect(await rowsOf('purchase_lines', { filter: { CATEGORY: 'many' }, limit: 0 })).toEqual([])
    await db.deleteFrom('purchases').where('portal_id', '=', portalId).where('category', '=', 'many').execute()
  })

  it('refuse what is asked for in vain', async () => {
    expect((await ask('data', await good({ table: 'vendors' }))).status).toBe(404)
    expect((await ask('table', await good({}))).status).toBe(404)
    expect((await ask('data', await good({ table: 'deals', select: ['IBAN'] }))).status).toBe(400)
    expect((await ask('data', await good({ table: 'deals', filter: { 'DEAL_ID) or (1': '1' } }))).status).toBe(400)
  })
})

describe('forged calls', () => {
  it.each(['check', 'tables', 'table', 'data'])('of %s are refused before anything else, and change nothing', async (door) => {
    const real = await key()
    const before = await fingerprint(comptoir.database)
    const forged = [
      {}, { connection: 'x' }, { connection: { apiKey: '' } }, { connection: { apiKey: { a: real } } }, { apiKey: real },
      { connection: { apiKey: `${real.slice(0, -1)}${real.endsWith('A') ? 'B' : 'A'}` } },
      { connection: { apiKey: `cbi_${'0'.repeat(32)}_${real.slice(-43)}` } }, { connection: { apiKey: real.toUpperCase() } }, { connection: { apiKey: `${real} ` } },
    ]
    for (const form of forged) {
      const answer = await ask(door, { table: 'nothing', filter: { nothing: 1 }, ...form })
      expect(answer.status).toBe(401)
      expect(await answer.text()).not.toContain('comptoir_')
    }
    expect((await fetch(`${comptoir.url}/bx/bi/${door}?connection[apiKey]=${real}`)).status).toBe(404)
    expect(await fingerprint(comptoir.database)).toEqual(before)
  })

  it('show no portal the rows of another', async () => {
    const other = await comptoir.addPortal({ data: 'none', app: { scopes } })
    await publish(other)
    const { body } = await other.call(biBuilderApi.revealKey)
    const answer = await ask('data', { connection: { apiKey: body.key }, table: 'purchase_lines' })
    expect(await answer.json()).toEqual([biDatasets.purchase_lines.columns.map(({ code }) => code)])
  })

  it('are slowed down when a good key is used too often', async () => {
    const form = await good()
    const { db } = comptoir.database
    await db.updateTable('bi_keys').set({ minute: new Date(Math.floor(Date.now() / 60_000) * 60_000), minute_calls: 240 }).where('portal_id', '=', portalId).execute()
    expect((await ask('check', form)).status).toBe(429)
    await db.updateTable('bi_keys').set({ minute: null }).where('portal_id', '=', portalId).execute()
    expect((await ask('check', form)).status).toBe(200)
  })
})

describe('the key', () => {
  it('is shown to administrators alone, and stands nowhere in the open', async () => {
    const secret = await key()
    const { body } = await comptoir.call(biBuilderApi.get)
    expect(JSON.stringify(body)).not.toContain(secret)
    expect(body.key).toMatchObject({ hint: secret.slice(-4), createdBy: { userId: 1 } })
    expect(await comptoir.call(biBuilderApi.revealKey, {}, await comptoir.session(3))).toMatchObject({ status: 403 })
    await comptoir.idle()
    const rows = await comptoir.database.pool.query('select t::text as row from bi_keys t union all select t::text from request_log t')
    expect(rows.rows.filter(({ row }: { row: string }) => row.includes(secret.slice(-43)))).toEqual([])
    expect(comptoir.logged.filter(line => line.includes(secret.slice(-43)))).toEqual([])
  })

  it('follows another once that one works; until then the old one holds', async () => {
    const old = await key()
    comptoir.portal.settings.isStrict = true
    expect(await comptoir.call(biBuilderApi.rotateKey)).toMatchObject({ status: 502, body: { code: 'bi.unreachable' } })
    comptoir.portal.settings.isStrict = false
    expect(await key()).toBe(old)
    expect((await comptoir.call(biBuilderApi.rotateKey)).status).toBe(200)
    const fresh = await key()
    expect(fresh).not.toBe(old)
    expect((await ask('check', { connection: { apiKey: old } })).status).toBe(401)
    expect((await ask('check', { connection: { apiKey: fresh } })).status).toBe(200)
    expect(await rowsOf('purchase_lines', { limit: 1 })).toHaveLength(1)
    expect(stateOf((await comptoir.call(biBuilderApi.get)).body)).toEqual(everyStep('done'))
  })
})

describe('the end', () => {
  it('of an installation ends the key, and the next one finds its connector', async () => {
    const other = await comptoir.addPortal({ data: 'none', app: { scopes } })
    await publish(other)
    const { body: { key: old } } = await other.call(biBuilderApi.revealKey)
    const { db } = comptoir.database
    const row = await db.selectFrom('portals').select('portal_id').where('member_id', '=', other.portal.memberId).executeTakeFirstOrThrow()
    await db.updateTable('portals').set({ status: 'gone' }).where('portal_id', '=', row.portal_id).execute()
    expect((await ask('check', { connection: { apiKey: old } })).status).toBe(401)
    await db.updateTable('portals').set({ status: 'installed' }).where('portal_id', '=', row.portal_id).execute()
    for (const table of ['bi_keys', 'bi_datasets', 'bi_publications'] as const)
      await db.deleteFrom(table).where('portal_id', '=', row.portal_id).execute()
    expect(stateOf(await publish(other))).toEqual(everyStep('done'))
    expect([other.portal.bi.connectors.size, other.portal.bi.sources.size, other.portal.bi.datasets.size]).toEqual([1, 1, biDatasetCodes.length])
    expect((await ask('check', { connection: { apiKey: old } })).status).toBe(401)
  })

  it('of a publication stops the answers first, and takes everything away in order', async () => {
    const form = await good()
    comptoir.portal.faults.add({ kind: 'serverError', methods: ['biconnector.dataset.delete'], count: 1 })
    expect(await comptoir.call(biBuilderApi.unpublish)).toMatchObject({ status: 502, body: { code: 'crm.unavailable' } })
    expect((await ask('check', form)).status).toBe(401)
    const { status, body } = await comptoir.call(biBuilderApi.unpublish)
    expect({ status, key: body.key, ...stateOf(body) }).toEqual({ status: 200, key: null, ...everyStep('missing') })
    const { connectors, sources, datasets } = comptoir.portal.bi
    expect([connectors.size, sources.size, datasets.size]).toEqual([0, 0, 0])
    expect((await comptoir.call(biBuilderApi.unpublish)).status).toBe(200)
  })
})

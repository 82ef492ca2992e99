import type { BiSystem } from '../testing/bi-system.ts'
import type { Session } from '../testing/session.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { finishInstall, registerApp } from '../apps/lifecycle.ts'
import { issueToken } from '../apps/tokens.ts'
import { peopleIds } from '../data/people.ts'
import { connectorOf, openBiSystem } from '../testing/bi-system.ts'
import { everyScope, openSession, post } from '../testing/session.ts'

let session: Session
let system: BiSystem
const scopes = [...everyScope, 'biconnector']
const fields = [{ name: 'ID', externalCode: 'id', type: 'int' }, { name: 'DAY', externalCode: 'day', type: 'date' }]

beforeAll(async () => {
  session = await openSession({}, { scopes })
  system = await openBiSystem()
})
afterAll(async () => {
  await session.close()
  await system.close()
})
beforeEach(() => {
  Object.values(session.portal.bi).forEach(kept => kept.clear())
  system.asked.length = 0
  system.status = 200
})

const addConnector = async () => (await session.call('biconnector.connector.add', { fields: connectorOf(system.url) })).result.id as number
const addSource = async (connectorId: number) =>
  (await session.call('biconnector.source.add', { fields: { title: 'Main', connectorId, settings: { token: 'secret' } } })).result.id as number
const newDataset = (sourceId: number, extra = {}) => ({ name: 'sales', externalName: 'Sales', externalCode: 'sales', sourceId, fields, ...extra })

describe('who may call', () => {
  it('needs the scope, an app and access to the Analytics hub', async () => {
    const call = (userId: number) => session.call('biconnector.connector.list', {}, userId)
    expect(await call(peopleIds.seller)).toMatchObject({ status: 403, error: 'ACCESS_DENIED' })
    expect(await call(peopleIds.manager)).toMatchObject({ status: 200, result: [] })
    session.portal.webhooks.set('1/hook', { userId: 1, code: 'hook', scopes })
    expect(await post(`${session.url}/rest/1/hook/biconnector.connector.list`, {})).toMatchObject({ error: 'ACCESS_DENIED' })
    expect(await post(`${session.url}/rest/1/hook/biconnector.connector.fields`, {})).toMatchObject({ status: 200 })
    const bare = registerApp(session.portal, { title: 'Bare', handlerUrl: 'http://127.0.0.1:9/', installerUrl: null, scopes: ['crm'] })
    expect(await post(`${session.url}/rest/biconnector.connector.list`, { auth: issueToken(session.portal, bare, 1).accessToken }))
      .toMatchObject({ status: 403, error: 'insufficient_scope' })
  })

  it('shows an app only what it made itself', async () => {
    const id = await addConnector()
    const other = registerApp(session.portal, { title: 'Other', handlerUrl: 'http://127.0.0.1:9/', installerUrl: null, scopes })
    finishInstall(session.portal, other)
    const auth = issueToken(session.portal, other, 1).accessToken
    expect(await post(`${session.url}/rest/biconnector.connector.get`, { id, auth })).toMatchObject({ error: 'CONNECTOR_NOT_FOUND' })
    expect(await post(`${session.url}/rest/biconnector.connector.list`, { auth })).toMatchObject({ result: [] })
  })
})

describe('connectors', () => {
  it('are added, read, changed and deleted', async () => {
    const id = await addConnector()
    const got = await session.call('biconnector.connector.get', { id })
    expect(got.result.item).toMatchObject({ id, title: 'Stock', sort: 100, supportMapping: false, settings: [{ code: 'token', name: 'Token', type: 'STRING' }] })
    expect(got.result.item).not.toHaveProperty('clientId')
    expect(await session.call('biconnector.connector.update', { id, fields: { title: 'Store' } })).toMatchObject({ result: true })
    expect(await session.call('biconnector.connector.list', { select: ['id', 'title'], filter: { '=%title': 'St%' }, order: { id: 'DESC' } })).toMatchObject({ result: [{ id: String(id), title: 'Store' }] })
    expect(await session.call('biconnector.connector.delete', { id })).toMatchObject({ result: true })
    expect(await session.call('biconnector.connector.get', { id })).toMatchObject({ status: 200, error: 'CONNECTOR_NOT_FOUND' })
  })

  it.each([
    [{}, 'VALIDATION_FIELDS_NOT_PROVIDED'],
    [{ fields: { ...connectorOf('http://a'), color: 'red' } }, 'VALIDATION_UNKNOWN_PARAMETERS'],
    [{ fields: { ...connectorOf('http://a'), id: 3 } }, 'VALIDATION_READ_ONLY_FIELD'],
    [{ fields: { ...connectorOf('http://a'), logo: '' } }, 'VALIDATION_REQUIRED_FIELD_MISSING'],
    [{ fields: { ...connectorOf('http://a'), sort: 'high' } }, 'VALIDATION_INVALID_FIELD_TYPE'],
    [{ fields: { ...connectorOf('http://a'), settings: [{ code: 'a', name: 'A' }] } }, 'VALIDATION_SETTINGS_MISSING_REQUIRED_FIELDS'],
    [{ fields: { ...connectorOf('http://a'), settings: [{ code: 'a', name: 'A', type: 'TEXT' }] } }, 'VALIDATION_SETTINGS_INVALID_TYPE'],
    [{ fields: { ...connectorOf('http://a'), settings: [{ code: 'a', name: 'A'.repeat(513), type: 'INT' }] } }, 'VALIDATION_SETTINGS_NAME_TOO_LONG'],
    [{ fields: { ...connectorOf('http://a'), settings: [{ code: 'a'.repeat(513), name: 'A', type: 'INT' }] } }, 'VALIDATION_SETTINGS_CODE_TOO_LONG'],
  ])('refuse %j with HTTP 200 and %s', async (params, error) => {
    expect(await session.call('biconnector.connector.add', params)).toMatchObject({ status: 200, error })
  })

  it.each([
    [{ select: 'id' }, 'VALIDATION_SELECT_TYPE'],
    [{ filter: 'x' }, 'VALIDATION_FILTER_TYPE'],
    [{ order: 'id' }, 'VALIDATION_ORDER_TYPE'],
    [{ select: ['color'] }, 'VALIDATION_FIELD_NOT_ALLOWED_IN_SELECT'],
    [{ filter: { '>=color': 1 } }, 'VALIDATION_FIELD_NOT_ALLOWED_IN_FILTER'],
    [{ order: { color: 'ASC' } }, 'VALIDATION_FIELD_NOT_ALLOWED_IN_ORDER'],
    [{ filter: { logic: 'XOR' } }, 'VALIDATION_INVALID_FILTER_LOGIC'],
  ])('are not listed by %j: %s', async (params, error) => {
    expect(await session.call('biconnector.connector.list', params)).toMatchObject({ status: 200, error })
  })

  it('are not deleted while something is connected, nor found without a number', async () => {
    const id = await addConnector()
    await addSource(id)
    expect(await session.call('biconnector.connector.delete', { id })).toMatchObject({ error: 'CONNECTOR_DELETE_RESTRICTED' })
    expect(await session.call('biconnector.connector.delete', {})).toMatchObject({ error: 'VALIDATION_ID_NOT_PROVIDED' })
    expect(await session.call('biconnector.connector.delete', { id: '-4' })).toMatchObject({ error: 'VALIDATION_INVALID_ID_FORMAT' })
  })
})

describe('sources', () => {
  it('are made only when urlCheck answers 200 with a body, and again when they change', async () => {
    const connectorId = await addConnector()
    const source = { title: 'Main', connectorId, settings: { token: 'secret' } }
    system.status = 403
    expect(await session.call('biconnector.source.add', { fields: source })).toMatchObject({ status: 200, error: 'SOURCE_CREATE_CONNECTION_ERROR' })
    expect(session.portal.bi.sources.size).toBe(0)
    system.status = 200
    const id = await addSource(connectorId)
    expect(system.asked.at(-1)).toEqual({ door: 'check', body: { connection: { token: 'secret' } } })
    expect(await session.call('biconnector.source.get', { id })).toMatchObject({
      result: { item: { connectorId, connection: { id, type: 'rest', title: 'Main', active: true }, settings: [{ code: 'token', value: 'secret' }] } },
    })
    expect(await session.call('biconnector.source.update', { id, fields: { settings: { token: 'other' } } })).toMatchObject({ result: true })
    expect(system.asked.at(-1)?.body).toEqual({ connection: { token: 'other' } })
    system.status = 500
    expect(await session.call('biconnector.source.update', { id, fields: { title: 'No' } })).toMatchObject({ error: 'SOURCE_UPDATE_CONNECTION_ERROR' })
    expect(await session.call('biconnector.source.update', { id, fields: { connectorId } })).toMatchObject({ error: 'VALIDATION_IMMUTABLE_FIELD' })
    expect(await session.call('biconnector.source.add', { fields: { ...source, connectorId: 999 } })).toMatchObject({ error: 'CONNECTOR_NOT_FOUND' })
    expect(await session.call('biconnector.source.list', { filter: { '@connectorId': [connectorId] }, select: ['id', 'title'] })).toMatchObject({ result: [{ id: String(id), title: 'Main' }] })
  })

  it('on a private network are not called by a public portal', async () => {
    const connectorId = await addConnector()
    session.portal.settings.isStrict = true
    const answer = await session.call('biconnector.source.add', { fields: { title: 'Main', connectorId, settings: { token: 'x' } } })
    session.portal.settings.isStrict = false
    expect(answer).toMatchObject({ error: 'SOURCE_CREATE_CONNECTION_ERROR' })
    expect(system.asked).toEqual([])
  })
})

describe('datasets', () => {
  it('are added under a name of their own, and hold the source and the connector', async () => {
    const connectorId = await addConnector()
    const sourceId = await addSource(connectorId)
    const { result: { id } } = await session.call('biconnector.dataset.add', { fields: newDataset(sourceId) })
    expect(system.asked.at(-1)?.door).toBe('check')
    expect(await session.call('biconnector.dataset.get', { id })).toMatchObject({ result: { item: { id, type: 'rest', name: 'sales', fields: [{ name: 'ID', type: 'int', visible: true }, { name: 'DAY' }] } } })
    expect(await session.call('biconnector.dataset.add', { fields: newDataset(sourceId) })).toMatchObject({ status: 200, error: 'DATASET_ALREADY_EXIST' })
    expect(await session.call('biconnector.source.delete', { id: sourceId })).toMatchObject({ error: 'BX_ERROR' })
    expect(await session.call('biconnector.dataset.update', { id, fields: { description: 'All sales' } })).toMatchObject({ result: true })
    expect(await session.call('biconnector.dataset.update', { id, fields: { name: 'other' } })).toMatchObject({ error: 'VALIDATION_IMMUTABLE_FIELD' })
    expect(await session.call('biconnector.dataset.update', { id, fields: { fields: [] } })).toMatchObject({ error: 'INVALID_METHOD' })
    expect(await session.call('biconnector.dataset.list', { filter: { sourceId } })).toMatchObject({ result: [{ id: String(id), description: 'All sales' }] })
    for (const [kind, one] of [['dataset', id], ['source', sourceId], ['connector', connectorId]])
      expect(await session.call(`biconnector.${kind}.delete`, { id: one })).toMatchObject({ result: true })
  })

  it.each([
    [{ name: 'Sales' }, 'VALIDATION_DATASET_NAME_INVALID'],
    [{ name: 's'.repeat(231) }, 'VALIDATION_DATASET_NAME_TOO_LONG'],
    [{ sourceId: 999 }, 'SOURCE_NOT_FOUND'],
    [{ fields: [{ name: 'ID', type: 'int' }] }, 'VALIDATION_FIELD_MISSING_REQUIRED_PARAMETERS'],
    [{ fields: [...fields, { name: 'X', externalCode: 'id', type: 'int' }] }, 'VALIDATION_DUPLICATE_FIELD_CODE'],
    [{ fields: [...fields, { name: 'ID', externalCode: 'x', type: 'int' }] }, 'VALIDATION_DUPLICATE_FIELD_NAME'],
    [{ fields: [{ name: 'id', externalCode: 'id', type: 'int' }] }, 'VALIDATION_FIELD_NAME_INVALID_FORMAT'],
    [{ fields: [{ name: 'I'.repeat(33), externalCode: 'id', type: 'int' }] }, 'VALIDATION_FIELD_NAME_TOO_LONG'],
    [{ fields: [{ name: 'ID', externalCode: 'id', type: 'money' }] }, 'VALIDATION_FIELD_INVALID_TYPE'],
  ])('refuse %j with %s', async (wrong, error) => {
    const sourceId = await addSource(await addConnector())
    expect(await session.call('biconnector.dataset.add', { fields: newDataset(sourceId, wrong) })).toMatchObject({ status: 200, error })
  })

  it('change their fields all at once or not at all', async () => {
    const sourceId = await addSource(await addConnector())
    const { result: { id } } = await session.call('biconnector.dataset.add', { fields: newDataset(sourceId) })
    const update = (params: Record<string, unknown>) => session.call('biconnector.dataset.fields.update', { id, ...params })
    const [first, second] = session.portal.bi.datasets.get(id)!.fields.map(field => field.id)
    const extra = { name: 'AMOUNT', externalCode: 'amount', type: 'double' }
    expect(await update({ add: [extra], update: [{ id: first, visible: false }], delete: [second] })).toMatchObject({ result: true })
    expect(session.portal.bi.datasets.get(id)!.fields).toMatchObject([{ name: 'ID', visible: false }, { name: 'AMOUNT', visible: true }])
    expect(await update({ add: [extra] })).toMatchObject({ error: 'VALIDATION_DUPLICATE_EXIST_CODE' })
    expect(await update({ add: [{ ...extra, externalCode: 'x' }] })).toMatchObject({ error: 'VALIDATION_DUPLICATE_EXIST_NAME' })
    expect(await update({ add: [{ name: 'X' }] })).toMatchObject({ error: 'VALIDATION_FIELD_ADD_MISSING_REQUIRED_FIELDS' })
    expect(await update({ update: [{ id: first }] })).toMatchObject({ error: 'VALIDATION_FIELD_UPDATE_MISSING_REQUIRED_FIELDS' })
    expect(await update({ delete: ['x'] })).toMatchObject({ error: 'VALIDATION_FIELD_DELETE_INVALID_ID' })
    expect(await update({ delete: [9999] })).toMatchObject({ error: 'DATASET_UPDATE_ERROR' })
    expect(await session.call('biconnector.dataset.fields.update', { id: 9999 })).toMatchObject({ error: 'DATASET_NOT_FOUND' })
  })
})

describe('the screens of BI Builder', () => {
  const page = (path: string, user = 1) => fetch(session.url + path, { headers: { cookie: `portal_user=${user}; portal_language=en` } })
  const send = (path: string, form: Record<string, string>, user = 1) => fetch(session.url + path, {
    method: 'POST', body: new URLSearchParams(form), redirect: 'manual', headers: { cookie: `portal_user=${user}; portal_language=en` },
  })

  it('connect, list tables, describe one, make a dataset and load its rows', async () => {
    const connectorId = await addConnector()
    const made = await send('/host/bi/sources', { connectorId: String(connectorId), title: 'By hand', setting_token: 'secret' })
    const source = made.headers.get('location')!
    expect(await (await page(`${source}?check=1&table=sales`)).text()).toContain('The connection works.')
    expect(system.asked.map(({ door }) => door)).toEqual(['check', 'check', 'tables', 'table'])
    const dataset = await send(`/host/bi/sources/${source.split('/')[3]}/datasets`, { table: 'sales', name: 'sales_by_hand' })
    const rows = await (await page(`${dataset.headers.get('location')}?field_DAY=1&filter=ID&operator=%3E%3D&value=2&limit=10`)).text()
    expect(rows).toContain('2026-01-03')
    expect(system.asked.at(-1)).toEqual({ door: 'data', body: {
      table: 'sales', 'select': ['DAY'], 'filter': { '>=ID': '2' }, 'limit': '10', 'mapFields': { day: 'DAY' }, 'connection': { token: 'secret' },
    } })
  })

  it('say why a connection does not work, and stay closed to others', async () => {
    const sourceId = await addSource(await addConnector())
    system.answers.tables = [{ code: 'sales', title: '' }]
    expect(await (await page(`/bi/source/${sourceId}/`)).text()).toContain('not every entry has code, title')
    system.status = 503
    expect(await (await page(`/bi/source/${sourceId}/?check=1`)).text()).toContain('HTTP 503')
    expect((await page('/bi/source/', peopleIds.seller)).status).toBe(403)
    expect((await page('/bi/source/', peopleIds.manager)).status).toBe(200)
    expect((await send('/host/bi/sources', { connectorId: '1' }, peopleIds.seller)).status).toBe(403)
  })
})

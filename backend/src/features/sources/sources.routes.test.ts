import { createHmac, randomBytes } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import writeExcelFile from 'write-excel-file/node'
import { AppError, type ErrorCode } from '@comptoir/shared/errors'
import type { DoorSecrets, SourceInput, SourcePreview, Sources } from '@comptoir/shared/sources/source.contract'
import { createTokenCipher } from '../../platform/bitrix24/token-cipher.ts'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { handleProblems } from '../../platform/http/problems.ts'
import { requireSession } from '../../platform/http/session-hook.ts'
import { signSession } from '../../platform/http/session-token.ts'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import { noteDueReads, readSource, type SourceReading } from './read-source.job.ts'
import { sourceRoutes } from './sources.routes.ts'

const sessionKey = randomBytes(32)
const cipher = createTokenCipher(randomBytes(32))
let now = new Date('2026-04-01T10:00:00Z')
let db: TestDatabase
let app: FastifyInstance
let portal: PortalRecord
const undeclared: ErrorCode[] = []
const sent: SourceReading[] = []
let fetched: { address: string, headers: Readonly<Record<string, string>> }[] = []
let answer: () => string = () => '[]'
const fetchAddress = async (address: string, headers: Readonly<Record<string, string>>) => {
  fetched.push({ address, headers })
  return Buffer.from(answer())
}
const jobs = { send: async (_to: unknown, data: object) => sent.push(data as SourceReading) > 0 }

const csv = ['Jour;Campagne;Impr.;Clics;Coût', '13/03/2026;Marque;1 000;20;12,50 €', '13/03/2026;Été;;3;1,00 €', 'Total;;;;13,50 €'].join('\r\n')
const file = (text: string, name = 'google-ads.csv') => ({ name, base64: Buffer.from(text).toString('base64') })
const unconnected = { dataset: 'ad_costs' as const, address: null, headers: [], settings: null }
const input = (change: Partial<SourceInput>): SourceInput => ({
  ...unconnected, kind: 'file', name: 'Google Ads', recurrence: null, timeZone: 'Europe/Paris', isSignatureRequired: false,
  settings: {
    columns: { day: 'Jour', channel: null, campaign: 'Campagne', impressions: 'Impr.', clicks: 'Clics', cost: 'Coût', currency: null },
    dateOrder: 'dmy', decimal: ',', costUnit: 'major', currency: 'EUR', channel: 'Google Ads', rowsPath: null,
  },
  ...change,
})
const jsonSettings = {
  columns: { day: 'day', channel: 'channel', campaign: null, impressions: null, clicks: null, cost: 'cost', currency: null },
  dateOrder: 'dmy' as const, decimal: '.' as const, costUnit: 'major' as const, currency: 'EUR', channel: '', rowsPath: '',
}

beforeAll(async () => {
  db = await freshDatabase()
  const { portal_id: id } = await db.db.insertInto('portals').values({ member_id: 'm', domain: 'm.test', client_endpoint: '', server_endpoint: '', status: 'installed' }).returning('portal_id').executeTakeFirstOrThrow()
  portal = { id, memberId: 'm', domain: 'm.test', clientEndpoint: '', status: 'installed', scope: [], language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR', appVersion: null, installerUserId: 1, settings: {} }
  app = Fastify()
  handleProblems(app, { onUndeclared: code => undeclared.push(code) })
  requireSession(app, { sessionKey, now: () => now, findPortal: async () => portal })
  sourceRoutes(app, { db: db.db, jobs, cipher, now: () => now, fetchAddress, publicUrl: 'https://app.test' })
})
afterAll(async () => {
  expect(undeclared).toEqual([])
  await app.close()
  await db.close()
})

async function ask<T = Record<string, never>>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object, { isAdmin = true, headers = {} }: { isAdmin?: boolean, headers?: Record<string, string> } = {}) {
  now = new Date(now.getTime() + 1)
  const token = signSession({ portalId: portal.id, viewer: { userId: 1, name: 'Ada', isAdmin, departmentIds: [] }, expiresAt: now.getTime() + 1000 }, sessionKey)
  const response = await app.inject({ method, url, headers: { authorization: `Bearer ${token}`, ...headers }, ...payload && { payload } })
  return { status: response.statusCode, body: response.json() as T }
}
const created = async (change: Partial<SourceInput>) => {
  const { status, body } = await ask<{ sourceId: string, secrets: DoorSecrets | null, sources: Sources }>('POST', '/api/sources', input(change))
  expect(status).toBe(200)
  return body
}
const one = async (sourceId: string) => (await ask<Sources>('GET', '/api/sources')).body.sources.find(source => source.sourceId === sourceId)
const alerts = (sourceId: string) => db.db.selectFrom('alerts').select(['kind', 'state', 'audience', 'params']).where('subject_id', '=', sourceId).execute()
const costs = (sourceId: string) => db.db.selectFrom('ad_costs').select(['day', 'channel', 'campaign', 'cost_minor']).where('source_id', '=', sourceId).orderBy('day').orderBy('cost_minor', 'desc').execute()

describe('a file of advertising costs', () => {
  it('is looked at without being stored, and read as a person sets it', async () => {
    const { body } = await ask<SourcePreview>('POST', '/api/sources/preview', { ...unconnected, kind: 'file', file: file(csv) })
    expect(body).toMatchObject({ rowCount: 3, settings: { channel: 'Google Ads', columns: { day: 'Jour', cost: 'Coût' } }, columns: [{ name: 'Jour', type: 'text' }, { name: 'Campagne' }, { name: 'Impr.' }, { type: 'number' }, { type: 'number' }] })
    expect(body.reading).toMatchObject({ accepted: 2, keys: 2, from: '2026-03-13', to: '2026-03-13', costs: [{ currency: 'EUR', minor: 1_350 }], impressions: 1_000, clicks: 23, faults: [{ fault: 'total', count: 1, lines: [4] }] })
    const unmapped = await ask<SourcePreview>('POST', '/api/sources/preview', { ...unconnected, kind: 'file', file: file(csv), settings: { ...body.settings, channel: '' } })
    expect(unmapped.body.reading).toBeNull()
    expect(await db.db.selectFrom('data_sources').select('source_id').execute()).toEqual([])
  })

  it('may be a workbook, with real dates and numbers', async () => {
    const bytes = await writeExcelFile([{
      data: [['Date', 'Source', 'Cost'].map(value => ({ value })), [{ value: new Date('2026-03-01T00:00:00Z'), type: Date, format: 'dd/mm/yyyy' }, { value: 'Bing' }, { value: 1_234.5, type: Number }]], sheet: 'Costs',
    }]).toBuffer()
    const { body } = await ask<SourcePreview>('POST', '/api/sources/preview', { ...unconnected, kind: 'file', file: { name: 'costs.xlsx', base64: bytes.toString('base64') } })
    expect(body.reading).toMatchObject({ accepted: 1, rows: [{ day: '2026-03-01', channel: 'Bing', costMinor: 123_450 }] })
  })

  it('is one row per key however often it comes, and a corrected one replaces what it corrects', async () => {
    const { sourceId } = await created({})
    const deliver = (text: string) => ask<{ run: object }>('POST', `/api/sources/${sourceId}/files`, file(text))
    expect((await deliver(csv)).body.run).toMatchObject({ state: 'done', read: 3, added: 2, changed: 0, same: 0, refused: 1, fileName: 'google-ads.csv' })
    expect((await deliver(csv)).body.run).toMatchObject({ added: 0, changed: 0, same: 2 })
    expect((await deliver(csv.replace('12,50', '12,70'))).body.run).toMatchObject({ added: 0, changed: 1, same: 1 })
    expect(await costs(sourceId)).toEqual([
      { day: '2026-03-13', channel: 'Google Ads', campaign: 'Marque', cost_minor: 1_270 }, { day: '2026-03-13', channel: 'Google Ads', campaign: 'Été', cost_minor: 100 },
    ])
    expect(await deliver('Jour;Coût;Campagne\nhier;5;x')).toMatchObject({ status: 400, body: { code: 'source.no_rows' } })
    expect(await one(sourceId)).toMatchObject({ rows: 2, from: '2026-03-13', lastRun: { state: 'failed', errorCode: 'source.no_rows' } })
    expect((await ask<{ runs: object[] }>('GET', `/api/sources/${sourceId}/runs`)).body.runs).toHaveLength(4)
  })

  it('takes back what is missing from a long file, too', async () => {
    const { sourceId } = await created({ name: 'Longue' })
    const long = ['Jour;Campagne;Impr.;Clics;Coût', ...['13', '14', '15'].flatMap(day => Array.from({ length: 1_500 }, (_, at) => `${day}/03/2026;Campagne ${at};;;1,00`))]
    const deliver = (lines: readonly string[]) => ask<{ run: object }>('POST', `/api/sources/${sourceId}/files`, file(lines.join('\n')))
    expect((await deliver(long)).body.run).toMatchObject({ added: 4_500, removed: 0 })
    expect((await deliver(long.filter((_, at) => at !== 10 && at !== 4_400))).body.run).toMatchObject({ added: 0, same: 4_498, removed: 2 })
  })

  it('takes back what a corrected file no longer says of its days, unless it was told to keep it', async () => {
    const { sourceId } = await created({ name: 'Corrigée' })
    const deliver = (text: string, to = sourceId) => ask<{ run: object }>('POST', `/api/sources/${to}/files`, file(text))
    const corrected = 'Jour;Campagne;Impr.;Clics;Coût\n13/03/2026;Marque;1 000;20;12,50 €\n14/03/2026;Été;;3;1,00 €'
    await deliver(csv)
    expect((await deliver(corrected)).body.run).toMatchObject({ added: 1, same: 1, removed: 1 })
    expect((await costs(sourceId)).map(({ day, campaign }) => [day, campaign])).toEqual([['2026-03-13', 'Marque'], ['2026-03-14', 'Été']])
    const kept = await created({ name: 'Complétée', settings: { ...input({}).settings!, replaces: 'rows' } })
    await deliver(csv, kept.sourceId)
    expect((await deliver(corrected, kept.sourceId)).body.run).toMatchObject({ added: 1, same: 1, removed: 0 })
    for (const id of [sourceId, kept.sourceId])
      await ask('DELETE', `/api/sources/${id}`)
  })

  it('goes with its source, and comes back with it for a day', async () => {
    const { sourceId } = await created({ name: 'Ancienne' })
    await ask('POST', `/api/sources/${sourceId}/files`, file(csv))
    await ask('DELETE', `/api/sources/${sourceId}`)
    expect(await one(sourceId)).toBeUndefined()
    expect((await ask('POST', `/api/sources/${sourceId}/files`, file(csv))).status).toBe(404)
    await ask('POST', `/api/sources/${sourceId}/restoration`)
    expect(await one(sourceId)).toMatchObject({ rows: 2 })
    await ask('DELETE', `/api/sources/${sourceId}`)
    now = new Date(now.getTime() + 25 * 60 * 60_000)
    expect(await ask('POST', `/api/sources/${sourceId}/restoration`)).toMatchObject({ status: 409, body: { code: 'source.gone' } })
  })
})

describe('an inbound door', () => {
  it('opens to its own key alone, and takes the same row once', async () => {
    const { sourceId, secrets, sources } = await created({ kind: 'webhook', name: 'Zapier', settings: jsonSettings })
    expect(sources).toMatchObject({ doorUrl: 'https://app.test/bx/sources/deliver' })
    const key = secrets!.key
    expect(JSON.stringify(sources)).not.toMatch(/cp[ts]_[\w-]{43}/)
    const deliver = (rows: unknown, secret = key) => ask('POST', '/bx/sources/deliver', rows as object, { headers: { authorization: `Bearer ${secret}` } })
    expect(await deliver([{ day: '2026-03-01', channel: 'Radio', cost: 12.345 }, { day: '', cost: 1 }])).toMatchObject({ status: 200, body: { read: 2, added: 1, refused: 1 } })
    expect(await deliver([{ day: '2026-03-01', channel: 'RADIO', cost: 12.35 }])).toMatchObject({ body: { added: 0, changed: 1 } })
    expect(await costs(sourceId)).toEqual([{ day: '2026-03-01', channel: 'RADIO', campaign: '', cost_minor: 1_235 }])
    expect(await deliver([], `cpt_${'x'.repeat(43)}`)).toMatchObject({ status: 401, body: { code: 'source.key_invalid' } })
    expect(await deliver({ nothing: true })).toMatchObject({ status: 400, body: { code: 'source.columns_missing' } })
    const renewed = await ask<{ secrets: DoorSecrets }>('POST', `/api/sources/${sourceId}/key`)
    expect(await deliver([{ day: '2026-03-02', channel: 'Radio', cost: 1 }])).toMatchObject({ status: 401 })
    await ask('POST', `/api/sources/${sourceId}/pause`, { isPaused: true })
    expect(await deliver([{ day: '2026-03-02', channel: 'Radio', cost: 1 }], renewed.body.secrets.key)).toMatchObject({ status: 409, body: { code: 'source.paused' } })
    for (let call = 0; call < 60; call++)
      await deliver([], renewed.body.secrets.key)
    expect(await deliver([], renewed.body.secrets.key)).toMatchObject({ status: 429 })
  })
})

describe('a signed delivery', () => {
  const bodyOf = (cost: number) => JSON.stringify([{ day: '2026-03-01', channel: 'Radio', cost }])
  async function door(isSignatureRequired: boolean) {
    const { sourceId, secrets } = await created({ kind: 'webhook', name: 'Signée', settings: jsonSettings, isSignatureRequired })
    const sign = (body: string, at = Math.floor(now.getTime() / 1000), secret = secrets!.signingSecret) =>
      ({ 'x-comptoir-signature': `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}` })
    const send = async (body: string, headers: Record<string, string>) => {
      const { statusCode, json } = await app.inject({ method: 'POST', url: '/bx/sources/deliver', payload: body, headers: { 'content-type': 'application/json', 'authorization': `Bearer ${secrets!.key}`, ...headers } })
      return { status: statusCode, body: json<Record<string, unknown>>() }
    }
    return { sourceId, sign, send, runs: async () => (await ask<{ runs: object[] }>('GET', `/api/sources/${sourceId}/runs`)).body.runs }
  }

  it('is taken once however often it is replayed, and an old or altered one never', async () => {
    const { sourceId, sign, send, runs } = await door(true)
    const refused = { status: 401, body: { code: 'source.signature_invalid' } }
    expect(await send(bodyOf(1), {})).toMatchObject(refused)
    expect(await send(bodyOf(2), sign(bodyOf(1)))).toMatchObject(refused)
    expect(await send(bodyOf(1), sign(bodyOf(1), undefined, 'guessed'))).toMatchObject(refused)
    expect(await send(bodyOf(1), sign(bodyOf(1), Math.floor(now.getTime() / 1000) - 301))).toMatchObject(refused)
    expect(await send(bodyOf(1), { 'x-comptoir-signature': 'v1=nonsense' })).toMatchObject(refused)
    const first = sign(bodyOf(1))
    expect(await send(bodyOf(1), first)).toMatchObject({ status: 200, body: { added: 1 } })
    expect(await send(bodyOf(2), sign(bodyOf(2)))).toMatchObject({ status: 200, body: { changed: 1 } })
    expect(await send(bodyOf(1), first)).toMatchObject({ status: 200, body: { added: 1, changed: 0 } })
    expect(await costs(sourceId)).toMatchObject([{ cost_minor: 200 }])
    expect(await runs()).toHaveLength(2)
  })

  it('is optional elsewhere, but a wrong signature is refused everywhere', async () => {
    const { sign, send } = await door(false)
    expect(await send(bodyOf(1), {})).toMatchObject({ status: 200 })
    expect(await send(bodyOf(1), sign(bodyOf(2)))).toMatchObject({ status: 401 })
  })

  it('of one name is one delivery, many at once too; the name of another content is refused', async () => {
    const { send, runs } = await door(false)
    const name = { 'idempotency-key': '2026-03-01' }
    const answers = await Promise.all([1, 2, 3].map(() => send(bodyOf(1), name)))
    expect(answers).toMatchObject(Array(3).fill({ status: 200, body: { read: 1, added: 1 } }))
    expect(await runs()).toHaveLength(1)
    expect(await send(bodyOf(2), name)).toMatchObject({ status: 409, body: { code: 'source.delivery_differs' } })
    expect(await send(bodyOf(2), { 'idempotency-key': 'no such name!' })).toMatchObject({ status: 400 })
    expect(await send('[', name)).toMatchObject({ status: 400 })
  })
})

describe('an address', () => {
  const daily = { every: 'day', weekday: 1, day: 1, time: '06:00' } as const
  const address = 'https://ads.example/costs?since=2026-01-01'
  const run = (reading: SourceReading, isLastTry = false) => readSource({ db: db.db, cipher, now: () => now, fetchAddress }, reading, isLastTry)

  it('is read on its schedule with its secrets, which are told to nobody and follow it to no other host', async () => {
    answer = () => '{"data":[{"day":"2026-03-05","channel":"Meta","cost":5}]}'
    const headers = [{ name: 'X-Api-Key', value: 'sesame' }]
    const { sourceId, sources } = await created({ kind: 'address', name: 'Meta', address, headers, recurrence: daily, settings: { ...jsonSettings, rowsPath: 'data' } })
    expect(JSON.stringify(sources)).not.toContain('sesame')
    expect((await db.db.selectFrom('data_sources').select('headers_sealed').where('source_id', '=', sourceId).executeTakeFirstOrThrow()).headers_sealed?.includes('sesame')).toBe(false)
    const source = await one(sourceId)
    expect(source).toMatchObject({ headers: [{ name: 'X-Api-Key', value: null }], nextRunAt: '2026-04-03T04:00:00.000Z' })

    now = new Date('2026-04-03T04:00:30Z')
    sent.length = 0
    expect(await noteDueReads({ db: db.db, jobs, now: () => now })).toBe(1)
    expect(await noteDueReads({ db: db.db, jobs, now: () => now })).toBe(0)
    expect(sent).toHaveLength(1)
    fetched = []
    await run(sent[0]!)
    await run(sent[0]!)
    expect(fetched).toEqual([{ address, headers: { 'X-Api-Key': 'sesame' } }])
    expect(await one(sourceId)).toMatchObject({ rows: 1, nextRunAt: '2026-04-04T04:00:00.000Z', lastRun: { state: 'done', reason: 'schedule', added: 1 } })

    fetched = []
    const probe = { ...unconnected, kind: 'address', headers: [{ name: 'X-Api-Key', value: null }], sourceId }
    await ask('POST', '/api/sources/preview', { ...probe, address: 'https://ads.example/other' })
    await ask('POST', '/api/sources/preview', { ...probe, address: 'https://evil.example/' })
    expect(fetched.map(one => one.headers)).toEqual([{ 'X-Api-Key': 'sesame' }, {}])
    const moved = { ...input({ kind: 'address', name: 'Meta', address: 'https://evil.example/', headers: [{ name: 'X-Api-Key', value: null }], recurrence: daily, settings: jsonSettings }), version: 1 }
    expect((await ask<{ sources: Sources }>('PUT', `/api/sources/${sourceId}`, moved)).body.sources.sources.find(({ name }) => name === 'Meta')).toMatchObject({ headers: [], version: 2 })
    expect(await ask('PUT', `/api/sources/${sourceId}`, moved)).toMatchObject({ status: 409, body: { code: 'source.changed_meanwhile' } })
  })

  it('that was missed is made up for once, and what went wrong is said', async () => {
    const { sourceId } = await created({ kind: 'address', name: 'Presse', address, recurrence: daily, settings: { ...jsonSettings, rowsPath: 'data' } })
    now = new Date('2026-04-09T12:00:00Z')
    sent.length = 0
    await noteDueReads({ db: db.db, jobs, now: () => now })
    const mine = sent.filter(reading => reading.sourceId === sourceId)
    expect(mine).toHaveLength(1)
    answer = () => { throw new AppError('source.address_unreachable') }
    await expect(run(mine[0]!)).rejects.toMatchObject({ code: 'source.address_unreachable' })
    expect(await alerts(sourceId)).toEqual([])
    await run(mine[0]!, true)
    expect(await one(sourceId)).toMatchObject({ lastRun: { state: 'failed', reason: 'caught_up', errorCode: 'source.address_unreachable' } })
    expect(await alerts(sourceId)).toMatchObject([{ kind: 'source_failed', state: 'open', audience: [1], params: { subject: 'Presse', reason: { en: 'The address does not answer.' }, day: null } }])
    expect(await db.db.selectFrom('notice_outbox').select(['kind', 'recipients']).execute()).toEqual([{ kind: 'source_failed', recipients: [1] }])
    answer = () => '<html>'
    sent.length = 0
    await ask('POST', `/api/sources/${sourceId}/run`)
    await run(sent[0]!)
    expect(await one(sourceId)).toMatchObject({ lastRun: { state: 'failed', reason: 'person', errorCode: 'source.unreadable' } })
    answer = () => '{"data":[{"day":"2026-03-05","channel":"Presse","cost":5}]}'
    sent.length = 0
    await ask('POST', `/api/sources/${sourceId}/run`)
    await run(sent[0]!)
    expect(await alerts(sourceId)).toMatchObject([{ state: 'resolved' }])
  })

  it.each([['http://ads.example/'], ['https://127.0.0.1/'], ['https://user:secret@ads.example/'], ['']])('%s is refused', async (refused) => {
    expect(await ask('POST', '/api/sources', input({ kind: 'address', address: refused }))).toMatchObject({ status: 400, body: { code: 'source.address_refused' } })
  })
})

it('only administrators come near, and nothing unsound is saved', async () => {
  expect((await ask('GET', '/api/sources', undefined, { isAdmin: false })).status).toBe(403)
  expect(await ask('POST', '/api/sources', input({ settings: null }))).toMatchObject({ body: { code: 'source.columns_missing' } })
  expect(await ask('POST', '/api/sources', input({ dataset: 'ledger', kind: 'webhook', settings: null }))).toMatchObject({ body: { code: 'source.other_kind' } })
  expect(await ask('POST', '/api/sources', input({ kind: 'address', address: 'https://a.example', recurrence: { every: 'day', weekday: 1, day: 1, time: '06:00' }, timeZone: 'Mars' }))).toMatchObject({ body: { code: 'source.zone_unknown' } })
})

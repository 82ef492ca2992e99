import { createHmac, randomBytes } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ErrorCode } from '@comptoir/shared/errors'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import { createTokenCipher } from '../../platform/bitrix24/token-cipher.ts'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { handleProblems } from '../../platform/http/problems.ts'
import { requireSession } from '../../platform/http/session-hook.ts'
import { signSession } from '../../platform/http/session-token.ts'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import { accountingRoutes } from './accounting.routes.ts'

const sessionKey = randomBytes(32)
let now = new Date('2026-04-01T10:00:00Z')
let db: TestDatabase
let app: FastifyInstance
let portal: PortalRecord
let vendorId: string
const undeclared: ErrorCode[] = []
const settings = {
  siren: '732 829 320', purchaseJournal: 'HA', purchaseJournalName: 'Achats', bankJournal: 'BQ', bankJournalName: 'Banque', payableAccount: '401000', expenseAccount: '607000',
  taxAccount: '445660', bankAccount: '512000', reverseDueAccount: '445200', reverseTaxAccount: '445662', reverseRate: 20, categoryAccounts: { Transport: '624100' }, fecSeparator: 'pipe', fecEncoding: 'iso-8859-15', fiscalYearMonth: 1,
}

beforeAll(async () => {
  db = await freshDatabase()
  const { portal_id: id } = await db.db.insertInto('portals').values({ member_id: 'm', domain: 'm.test', client_endpoint: '', server_endpoint: '', status: 'installed' }).returning('portal_id').executeTakeFirstOrThrow()
  portal = { id, memberId: 'm', domain: 'm.test', clientEndpoint: '', status: 'installed', scope: [], language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR', appVersion: null, installerUserId: 1, settings: {} }
  vendorId = (await db.db.insertInto('vendors').values({ portal_id: id, name: 'Roux', name_key: nameKey('Roux'), siren: '356000000', code: 'ROUX' }).returning('vendor_id').executeTakeFirstOrThrow()).vendor_id
  await book('F-1', [{ net_minor: 10_000, category: 'Transport' }, { net_minor: 5_000, category: null }])
  app = Fastify()
  handleProblems(app, { onUndeclared: code => undeclared.push(code) })
  requireSession(app, { sessionKey, now: () => now, findPortal: async () => portal })
  accountingRoutes(app, {
    db: db.db, now: () => now, cipher: createTokenCipher(randomBytes(32)), findPortal: async () => portal,
    insertInvoice: async (tx, of, vendor, { number, taxMinor, lines }, sourceKey) => (await tx.insertInto('vendor_invoices').values({
      portal_id: of.id, vendor_id: vendor, number, issued_on: '2026-03-20', currency: 'EUR', net_minor: 0, tax_minor: taxMinor, total_minor: taxMinor + lines.length, status: 'draft', origin: 'api', source_key: sourceKey,
    }).returning('invoice_id').executeTakeFirstOrThrow()).invoice_id,
  })
})
afterAll(async () => {
  expect(undeclared).toEqual([])
  await app.close()
  await db.close()
})

async function book(number: string, lines: readonly { net_minor: number, category: string | null }[], values: object = {}): Promise<string> {
  const net = lines.reduce((sum, line) => sum + line.net_minor, 0)
  const { invoice_id } = await db.db.insertInto('vendor_invoices').values({ portal_id: portal.id, vendor_id: vendorId, number, issued_on: '2026-03-01', due_on: '2026-03-31', currency: 'EUR', net_minor: net, tax_minor: 3_000, total_minor: net + 3_000, ...values }).returning('invoice_id').executeTakeFirstOrThrow()
  await db.db.insertInto('vendor_invoice_lines').values(lines.map((line, position) => ({ portal_id: portal.id, invoice_id, vendor_id: vendorId, position, description: 'Bois', ...line }))).execute()
  return invoice_id
}

async function ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object, { isAdmin = true, headers = {} }: { isAdmin?: boolean, headers?: Record<string, string> } = {}) {
  const token = signSession({ portalId: portal.id, viewer: { userId: 1, name: 'Ada', isAdmin, departmentIds: [] }, expiresAt: now.getTime() + 1000 }, sessionKey)
  const response = await app.inject({ method, url, headers: { authorization: `Bearer ${token}`, ...headers }, ...payload && { payload } })
  return { status: response.statusCode, body: response.json() }
}
const period = 'from=2026-01-01&to=2026-12-31'
const write = (format: string, values: object = {}) => ask('POST', '/api/accounting/exports', { format, from: '2026-01-01', to: '2026-12-31', ...values })
const textOf = ({ base64 }: { base64: string }, encoding = 'utf-8'): string => new TextDecoder(encoding).decode(Buffer.from(base64, 'base64'))

describe('exports', () => {
  it('need a SIREN for the FEC, and settings are kept by version', async () => {
    expect((await ask('GET', `/api/accounting/preview?format=fec&${period}`)).body).toMatchObject({ fileName: null, problems: [{ code: 'no_siren' }], entryCount: 1 })
    expect(await write('fec')).toMatchObject({ status: 409, body: { code: 'accounting.siren_missing' } })
    expect(await ask('PUT', '/api/accounting/settings', { version: 0, fields: { ...settings, siren: '732829321' } })).toMatchObject({ status: 400, body: { code: 'vendor.identifier_invalid' } })
    expect(await ask('PUT', '/api/accounting/settings', { version: 0, fields: settings })).toMatchObject({ status: 200, body: { version: 1, settings: { siren: '732829320' } } })
    expect(await ask('PUT', '/api/accounting/settings', { version: 0, fields: settings })).toMatchObject({ status: 409 })
    expect(await ask('GET', '/api/accounting', undefined, { isAdmin: false })).toMatchObject({ status: 403 })
  })
  it('write the FEC layout with accounts by category, and letter what a statement paid', async () => {
    await db.db.updateTable('payables').set({ status: 'paid', paid_on: '2026-03-30', paid_by: 'statement' }).where('reference', '=', 'F-1').execute()
    const { body } = await write('fec')
    expect(body.fileName).toBe('732829320FEC20261231.txt')
    expect(textOf(body, 'iso-8859-15').split('\r\n').slice(1, 6)).toEqual([
      'HA|Achats|1|20260301|624100|Transport|||F-1|20260301|Roux F-1|100,00|0,00|||20260401||', 'HA|Achats|1|20260301|607000|Achats|||F-1|20260301|Roux F-1|50,00|0,00|||20260401||',
      'HA|Achats|1|20260301|445660|TVA déductible sur autres biens et services|||F-1|20260301|Roux F-1|30,00|0,00|||20260401||',
      'HA|Achats|1|20260301|401000|Fournisseurs|ROUX|Roux|F-1|20260301|Roux F-1|0,00|180,00|A|20260330|20260401||',
      'BQ|Banque|2|20260330|401000|Fournisseurs|ROUX|Roux|F-1|20260301|Roux F-1|180,00|0,00|A|20260330|20260401||',
    ])
  })
  it('preview presets, and share an invoice\'s tax out to the cent', async () => {
    const { body } = await ask('GET', `/api/accounting/preview?format=xero&${period}`)
    expect(body).toMatchObject({ rowCount: 2, debitMinor: 36_000, creditMinor: 36_000, problems: [] })
    expect(body.rows.map((row: string[]) => row[10])).toEqual(['20.00', '10.00'])
  })
  it('write nothing that is unsound, but say what is', async () => {
    await book('F-BAD', [{ net_minor: 100, category: null }], { total_minor: 9_999, issued_on: '2027-01-05' })
    const wide = 'from=2027-01-01&to=2027-12-31'
    expect((await ask('GET', `/api/accounting/preview?format=sage&${wide}`)).body.problems).toEqual([{ code: 'unbalanced', entryNumber: 1, reference: 'F-BAD', isBlocking: true }])
    expect(await write('sage', { from: '2027-01-01', to: '2027-12-31' })).toMatchObject({ status: 409, body: { code: 'accounting.not_sound' } })
  })
})

describe('presets', () => {
  const column = (header: string, field: string, values: object = {}) => ({ header, field, text: '', dayFormat: null, length: null, ...values })
  const mapping = {
    rows: 'entries', delimiter: 'tab', decimal: 'dot', dayFormat: 'yyyy-mm-dd', encoding: 'windows-1252', hasHeader: true,
    columns: [column('Jour', 'entryOn'), column('Compte', 'account'), column('Libellé', 'accountName', { length: 20 }), column('Solde', 'balance'), column('Société', 'fixed', { text: 'Éts' })],
  }
  const presets = async () => (await ask('GET', '/api/accounting')).body.presets

  it('are copied, changed, brought back and taken away, and every version stays', async () => {
    const made = (await ask('POST', '/api/accounting/presets', { name: ' Cabinet ', mapping, copiedFrom: 'sage' })).body
    expect(made).toMatchObject({ name: 'Cabinet', version: 1, isShipped: false, mapping })
    expect((await presets()).map((preset: { name: string }) => preset.name)).toEqual(['Pennylane', 'Sage', 'QuickBooks', 'Xero', 'Cabinet'])
    const url = `/api/accounting/presets/${made.presetId}`
    const other = { ...mapping, hasHeader: false, columns: mapping.columns.slice(0, 2) }
    expect(await ask('PUT', url, { version: 1, name: 'Cabinet', mapping: other })).toMatchObject({ status: 200, body: { version: 2 } })
    expect(await ask('PUT', url, { version: 1, name: 'Cabinet', mapping: other })).toMatchObject({ status: 409, body: { code: 'accounting.changed_meanwhile' } })
    expect(await ask('POST', `${url}/restore`, { version: 2, restored: 9 })).toMatchObject({ status: 404 })
    expect(await ask('POST', `${url}/restore`, { version: 2, restored: 1 })).toMatchObject({ status: 200, body: { version: 3, mapping } })
    expect((await ask('GET', `${url}/versions`)).body.map((one: { version: number, restoredFrom: number }) => [one.version, one.restoredFrom])).toEqual([[3, 1], [2, null], [1, null]])
    expect(textOf((await write(made.presetId)).body, 'windows-1252').split('\r\n').slice(0, 2)).toEqual(['Jour\tCompte\tLibellé\tSolde\tSociété', '2026-03-01\t624100\tTransport\t100.00\tÉts'])
    expect(textOf((await write(made.presetId, { version: 2 })).body).split('\r\n')[0]).toBe('2026-03-01\t624100')
    expect(await ask('DELETE', url)).toMatchObject({ status: 200 })
    expect(await write(made.presetId)).toMatchObject({ status: 404, body: { code: 'accounting.preset_not_found' } })
    expect((await ask('GET', `${url}/versions`)).body).toHaveLength(3)
    expect((await ask('GET', '/api/accounting/exports')).body.slice(0, 2)).toMatchObject([{ name: 'Cabinet', version: 2, fileName: 'cabinet-2026-01-01-2026-12-31.csv' }, { name: 'Cabinet', version: 3 }])
  })
  it('are tried on the real journal before they are saved, and refuse columns that their rows do not have', async () => {
    const { body } = await ask('POST', '/api/accounting/presets/preview', { mapping, from: '2026-01-01', to: '2026-12-31' })
    expect(body).toMatchObject({ rowCount: 6, rows: [['2026-03-01', '624100', 'Transport', '100.00', 'Éts'], ['2026-03-01', '607000', 'Achats', '50.00', 'Éts'], {}, {}, {}, {}] })
    const wrong = { ...mapping, rows: 'invoices' }
    expect(await ask('POST', '/api/accounting/presets/preview', { mapping: wrong, from: '2026-01-01', to: '2026-12-31' })).toMatchObject({ status: 400, body: { code: 'accounting.preset_invalid', details: { column: 1, header: 'Jour' } } })
    expect(await ask('POST', '/api/accounting/presets', { name: 'X', mapping: wrong, copiedFrom: null })).toMatchObject({ status: 400 })
    expect(await ask('POST', '/api/accounting/presets', { name: 'X', mapping: { ...mapping, columns: [] }, copiedFrom: null })).toMatchObject({ status: 400 })
    expect(await ask('POST', '/api/accounting/presets', { name: 'X', mapping, copiedFrom: null }, { isAdmin: false })).toMatchObject({ status: 403 })
    expect(await write('xero', { from: '2026-12-31', to: '2026-01-01' })).toMatchObject({ status: 400, body: { code: 'accounting.period_backwards' } })
    expect(await write('xero', { version: 2 })).toMatchObject({ status: 404 })
    expect((await ask('GET', '/api/accounting/presets/xero/versions')).body).toMatchObject([{ version: 1, name: 'Xero' }])
    expect(await ask('GET', '/api/accounting/presets/nobody/versions')).toMatchObject({ status: 404 })
  })
})

describe('keys', () => {
  const makeKey = async (scopes: string[]) => (await ask('POST', '/api/accounting/keys', { name: 'Cabinet', scopes })).body
  const content = { vendor: { siren: '356 000 000' }, invoice: { kind: 'invoice', number: 'X-1', issuedOn: '2026-03-20', dueOn: null, currency: 'EUR', taxMinor: 0, paymentReference: null, lines: [{ description: 'Bois', netMinor: 1 }] } }
  function deliver({ key, signingSecret }: { key: string, signingSecret: string }, idempotencyKey: string, of: object = content, at = now.getTime() / 1000) {
    const body = JSON.stringify(of)
    const mac = createHmac('sha256', signingSecret).update(`${at}.${body}`).digest('hex')
    return app.inject({ method: 'POST', url: '/bx/accounting/invoices', payload: body, headers: { 'content-type': 'application/json', 'authorization': `Bearer ${key}`, 'x-comptoir-signature': `t=${at},v1=${mac}`, 'idempotency-key': idempotencyKey } })
      .then(response => ({ status: response.statusCode, body: response.json() }))
  }

  it('are shown once, kept as a hash, and say when they were used', async () => {
    const made = await makeKey(['journal:read'])
    const row = await db.db.selectFrom('accounting_keys').selectAll().where('hint', '=', made.key.slice(-4)).executeTakeFirstOrThrow()
    expect(JSON.stringify(row)).not.toContain(made.key)
    expect(row.signing_secret.toString('utf8')).not.toContain(made.signingSecret)
    expect(JSON.stringify((await ask('GET', '/api/accounting')).body)).not.toContain(made.key)
    expect(await ask('GET', `/bx/accounting/journal?${period}`, undefined, { headers: { authorization: `Bearer ${made.key}` } })).toMatchObject({ status: 200 })
    expect((await ask('GET', '/api/accounting')).body.keys[0].lastUsedAt).toBe(now.toISOString())
    await ask('POST', `/api/accounting/keys/${row.key_id}/revocation`)
    expect(await ask('GET', `/bx/accounting/journal?${period}`, undefined, { headers: { authorization: `Bearer ${made.key}` } })).toMatchObject({ status: 401, body: { code: 'accounting.key_invalid' } })
  })
  it('deliver an invoice once, however often and however many at once', async () => {
    const made = await makeKey(['invoices:write'])
    const answers = await Promise.all([deliver(made, 'd-1'), deliver(made, 'd-1'), deliver(made, 'd-1')])
    expect(answers.map(answer => answer.status)).toEqual([200, 200, 200])
    expect(new Set(answers.map(answer => answer.body.invoiceId)).size).toBe(1)
    expect(answers.filter(answer => answer.body.isNew)).toHaveLength(1)
    expect(await deliver(made, 'd-1', { ...content, vendor: { code: 'ROUX' } })).toMatchObject({ status: 409, body: { code: 'accounting.delivery_differs' } })
    expect(await deliver(made, 'd-2', { ...content, vendor: { siren: '732829320' } })).toMatchObject({ status: 404, body: { code: 'accounting.vendor_unknown' } })
    expect((await deliver(made, 'd-2', { ...content, vendor: { code: 'ROUX' } })).status).toBe(200)
    expect(await deliver(made, 'd-3', { ...content, vendor: { auxiliary: 'ROUX' } })).toMatchObject({ status: 200, body: { isNew: true } })
    expect(await ask('GET', '/bx/accounting/journal?from=2026-12-31&to=2026-01-01', undefined, { headers: { authorization: `Bearer ${(await makeKey(['journal:read'])).key}` } })).toMatchObject({ status: 400, body: { code: 'accounting.period_backwards' } })
  })
  it('open nothing without scope, signature or a fresh clock', async () => {
    const [reader, writer] = [await makeKey(['journal:read']), await makeKey(['invoices:write'])]
    expect(await deliver(reader, 'e-1')).toMatchObject({ status: 403, body: { code: 'accounting.scope_missing' } })
    expect(await deliver({ ...writer, signingSecret: 'wrong' }, 'e-1')).toMatchObject({ status: 401, body: { code: 'accounting.signature_invalid' } })
    expect(await deliver(writer, 'e-1', content, now.getTime() / 1000 - 1000)).toMatchObject({ status: 401, body: { code: 'accounting.signature_invalid' } })
    expect(await deliver({ ...writer, key: `cpt_${'x'.repeat(43)}` }, 'e-1')).toMatchObject({ status: 401, body: { code: 'accounting.key_invalid' } })
    expect(await deliver(writer, 'bad key!')).toMatchObject({ status: 400 })
  })
  it('read the journal page by page, whole entries, nothing twice', async () => {
    const { key } = await makeKey(['journal:read'])
    const read = async (cursor: string) => (await ask('GET', `/bx/accounting/journal?${period}&limit=1${cursor}`, undefined, { headers: { authorization: `Bearer ${key}` } })).body
    const first = await read('')
    const second = await read(`&cursor=${encodeURIComponent(first.nextCursor)}`)
    expect([first.lines.length, second.lines.length, second.nextCursor]).toEqual([4, 2, null])
    expect(first.lines[0].entryId).not.toBe(second.lines[0].entryId)
  })
  it('are held to so many calls a minute', async () => {
    const { key } = await makeKey(['journal:read'])
    await db.db.updateTable('accounting_keys').set({ minute: now, minute_calls: 120 }).where('hint', '=', key.slice(-4)).execute()
    const read = () => ask('GET', `/bx/accounting/journal?${period}`, undefined, { headers: { authorization: `Bearer ${key}` } })
    expect(await read()).toMatchObject({ status: 429, body: { code: 'request.too_many' } })
    now = new Date(now.getTime() + 60_000)
    expect((await read()).status).toBe(200)
  })
})

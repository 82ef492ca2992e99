import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signSession } from '@comptoir/backend/platform/http/session-token'
import { commonErrors } from '@comptoir/shared/errors'
import type { Endpoint } from '@comptoir/shared/http/endpoint'
import { importApi } from '@comptoir/shared/imports/import.contract'
import { sessionApi } from '@comptoir/shared/portal/portal.contract'
import { startComptoir, type Comptoir } from '../factories/comptoir.ts'
import { fingerprint, fingerprintOfPortal } from '../factories/fingerprint.ts'
import type { PortalStage } from '../factories/portal-stage.ts'
import { everyEndpoint } from './contracts.ts'
import { sampleOf } from './sample.ts'

const endpoints = await everyEndpoint()
const closed = endpoints.filter(([, { access }]) => access !== 'open')
const forAdmins = closed.filter(([, { access }]) => access === 'admin')

let comptoir: Comptoir
/** Another portal of the same installation; its people are strangers here. */
let strangers: PortalStage
let portalId: number
/** What exists in our portal, by the names under which contracts ask for it. */
let known: Record<string, unknown>
const ourMark = 'Nowhere else Ltd'
const csv = `Fournisseur;Montant\n${ourMark};1\n`

beforeAll(async () => {
  comptoir = await startComptoir({ data: 'generate:30' })
  const { db } = comptoir.database
  portalId = (await db.selectFrom('portals').select('portal_id').executeTakeFirstOrThrow()).portal_id
  strangers = await comptoir.addPortal()
  await db.updateTable('vendors').set({ name: ourMark }).where('portal_id', '=', portalId).execute()
  await db.updateTable('crm_companies').set({ title: ourMark }).where('portal_id', '=', portalId).execute()
  await db.updateTable('crm_deals').set({ title: ourMark }).where('portal_id', '=', portalId).execute()
  await db.updateTable('crm_users').set({ last_name: ourMark }).where('portal_id', '=', portalId).execute()
  known = await whatExists()
  await Promise.all([sessionOf(comptoir, true), sessionOf(comptoir, false), sessionOf(strangers, true)])
})
afterAll(() => comptoir?.close())

async function whatExists(): Promise<Record<string, unknown>> {
  const { db } = comptoir.database
  const vendor = await db.selectFrom('vendors').select(['vendor_id', 'company_id']).where('portal_id', '=', portalId).where('company_id', 'is not', null).executeTakeFirstOrThrow()
  const deal = await db.selectFrom('crm_deals').select('deal_id').where('portal_id', '=', portalId).executeTakeFirstOrThrow()
  await db.insertInto('deal_vendors').values({ portal_id: portalId, deal_id: deal.deal_id, vendor_id: vendor.vendor_id, currency: 'EUR' }).execute()
  const { body: { importId } } = await comptoir.call(importApi.upload, { query: { name: 'a.csv' }, body: csv })
  const run = await db.insertInto('action_runs').values({
    portal_id: portalId, action_id: 'vendor-management', code: 'comptoir_vendor_management', settings: '{}',
    event_token: Buffer.from('x'), event_token_hash: Buffer.from('y'), is_waited_for: true, state: 'answered',
  }).returning('run_id').executeTakeFirstOrThrow()
  return {
    vendorId: vendor.vendor_id, companyId: vendor.company_id, dealId: deal.deal_id, runId: run.run_id, actionId: 'vendor-management',
    importId, entityTypeId: 2, entityId: deal.deal_id, metricId: 'revenue_won', version: 1, step: 'events',
  }
}

const partsOf = ({ params, query, body, path }: Endpoint) => ({
  params: Object.fromEntries([...path.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, String(known[name] ?? (params && (sampleOf(params, known) as Record<string, unknown>)[name]) ?? '1')])),
  ...query && { query: sampleOf(query, known) as Record<string, string> },
  ...body && { body: path === importApi.upload.path ? csv : sampleOf(body, known) },
})

const sessionOf = (stage: PortalStage, isAdmin: boolean) => stage.session(isAdmin ? 1 : 3)

it('every contract was found', () => {
  expect(endpoints.length).toBeGreaterThan(40)
  expect(endpoints.map(([, { method, path }]) => `${method} ${path}`)).toEqual([...new Set(endpoints.map(([, { method, path }]) => `${method} ${path}`))])
})

describe.each(closed)('%s', (_, endpoint) => {
  const call = async (session: Parameters<Comptoir['call']>[2]) => comptoir.call(endpoint, partsOf(endpoint), session)

  it('is for people with a session', async () => {
    const before = await fingerprint(comptoir.database)
    expect(await call(null)).toMatchObject({ status: 401, body: { code: 'auth.required' } })
    expect(await call('no.session')).toMatchObject({ status: 403, body: { code: 'auth.forged' } })
    const { token } = await sessionOf(comptoir, true)
    expect(await call(`${token.slice(0, -2)}xx`)).toMatchObject({ status: 403, body: { code: 'auth.forged' } })
    const claims = { portalId, viewer: { userId: 1, name: '', isAdmin: true, departmentIds: [] }, expiresAt: Date.now() - 1 }
    expect(await call(signSession(claims, comptoir.config.encryptionKey))).toMatchObject({ status: 401, body: { code: 'auth.expired' } })
    expect(await call(signSession({ ...claims, portalId: 4_711, expiresAt: Date.now() + 60_000 }, comptoir.config.encryptionKey))).toMatchObject({ status: 409, body: { code: 'portal.not_installed' } })
    expect(await fingerprint(comptoir.database)).toEqual(before)
  })

  it('shows strangers nothing of ours and lets them change nothing', async () => {
    await comptoir.idle()
    const before = await fingerprintOfPortal(comptoir.database, portalId)
    const answer = await call(await sessionOf(strangers, true))
    expect(answer.status).not.toBe(500)
    if (answer.status === 200) {
      const text = JSON.stringify(answer.body)
      expect(text).not.toContain(ourMark)
      expect(text).not.toContain(String(known.vendorId))
    }
    await comptoir.idle()
    expect(await fingerprintOfPortal(comptoir.database, portalId)).toEqual(before)
  })
})

describe.each(forAdmins)('%s', (_, endpoint) => {
  it('is for administrators', async () => {
    const before = await fingerprint(comptoir.database)
    const answer = await comptoir.call(endpoint, partsOf(endpoint), await sessionOf(comptoir, false))
    expect(answer).toMatchObject({ status: 403, body: { code: 'auth.admin_only' } })
    expect(await fingerprint(comptoir.database)).toEqual(before)
  })
})

/** The token in a sample is nobody's; whether the portal is asked at all depends on what is left to ask for. */
const portalFailures = commonErrors.filter(code => code.startsWith('crm.'))

describe.each(closed)('%s', (_, endpoint) => {
  it('answers its own people, or refuses with what it declares', async () => {
    const { status, body } = await comptoir.call(endpoint, partsOf(endpoint), await sessionOf(comptoir, true))
    if (status !== 200)
      expect([...endpoint.errors, ...portalFailures]).toContain((body as { code?: string }).code)
  })
})

it('an open contract answers a request without a body as invalid', async () => {
  expect(await comptoir.call(sessionApi.open, { body: {} }, null)).toMatchObject({ status: 400, body: { code: 'request.invalid' } })
})

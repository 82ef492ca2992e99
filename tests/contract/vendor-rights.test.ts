import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fieldGroups, vendorRoles, type FieldGroup, type VendorRole } from '@comptoir/shared/access/rights'
import type { Endpoint } from '@comptoir/shared/http/endpoint'
import { insightsApi } from '@comptoir/shared/insights/insights.contract'
import { dealVendorApi } from '@comptoir/shared/vendors/deal-vendor.contract'
import { vendorApi } from '@comptoir/shared/vendors/vendor.contract'
import { startComptoir, type Comptoir } from '../factories/comptoir.ts'
import { fingerprint } from '../factories/fingerprint.ts'
import { marks, onlyGrant, stageVendors, type RightsStage } from '../factories/rights-stage.ts'
import { textOfFile } from '../factories/file-text.ts'
import { everyEndpoint } from './contracts.ts'
import { sampleOf } from './sample.ts'

const endpoints = (await everyEndpoint()).filter(([, { access }]) => access !== 'open' && access !== 'admin')
const reads = endpoints.filter(([, { method }]) => method === 'GET')
const writes = endpoints.filter(([, { method }]) => method !== 'GET')
const ofVendor = reads.filter(([, { path }]) => path.includes(':vendorId'))

let comptoir: Comptoir
let portalId: number
let stage: RightsStage
/** A salesperson: no administrator, in the department of sales. */
const person = 3

beforeAll(async () => {
  comptoir = await startComptoir({ data: 'generate:30' })
  const { db } = comptoir.database
  portalId = (await db.selectFrom('portals').select('portal_id').executeTakeFirstOrThrow()).portal_id
  stage = await stageVendors(db, portalId)
  await db.updateTable('crm_deals').set({ assigned_by_id: person }).where('portal_id', '=', portalId).where('deal_id', '=', stage.dealId).execute()
})
afterAll(() => comptoir?.close())

const searches = [marks.hidden.name, marks.hidden.code, marks.hidden.siren, marks.hidden.iban]

interface Choice { readonly search?: string, readonly format?: string, readonly by?: string }

/** Every kind of file and every breakdown that a read can be asked for. */
function choicesOf({ query }: Endpoint): readonly Choice[] {
  const { format, by } = (query as { properties?: Record<string, { enum?: readonly string[] }> } | undefined)?.properties ?? {}
  const [formats, breakdowns] = [format, by].map(property => [...property?.enum ?? [], undefined])
  return breakdowns!.flatMap(one => formats!.map(other => ({ by: one, format: other })))
}

/** A request about one vendor; texts that are searched for may be given. */
function about(vendorId: string, { params, query, body, path }: Endpoint, { search, format, by }: Choice = {}) {
  const known = { ...stage.records.get(vendorId), vendorId, dealId: stage.dealId, companyId: 1, metricId: 'spend_total', search, name: search, iban: search, siren: search, code: search, version: 1, by, format, period: 'all' }
  const given = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))
  const sampled = query && sampleOf(query, given) as Record<string, unknown>
  // The period has two spellings, of the vendor's figures and of analytics.
  const asked = sampled && 'period' in sampled ? { ...sampled, period: path.startsWith('/api/vendors/') ? '12-months' : 'last_12_months' } : sampled
  return {
    params: Object.fromEntries([...path.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, String((given as Record<string, unknown>)[name] ?? (params && (sampleOf(params, given) as Record<string, unknown>)[name]) ?? '1')])),
    ...asked && { query: asked as Record<string, string> },
    ...body && { body: sampleOf(body, given) },
  }
}

const ask = async (endpoint: Endpoint, vendorId: string, choice?: Choice) =>
  comptoir.call(endpoint, about(vendorId, endpoint, choice), await comptoir.session(person))

/** Files in an answer are looked into. */
const holds = (body: unknown, ...secrets: readonly (string | number)[]): string[] => {
  const text = `${JSON.stringify(body)}${textOfFile(body)}`
  return secrets.map(String).filter(secret => text.includes(secret))
}

describe('a vendor of a group that nothing opens', () => {
  beforeAll(() => onlyGrant(comptoir.database.db, portalId, person, 'admin', [...fieldGroups]))
  const secrets = () => [marks.hidden.name, marks.hidden.iban, marks.hidden.label, marks.hidden.minor, marks.hidden.minor / 100, marks.hidden.paper, marks.hidden.score]

  it.each(reads)('is in no reply of %s', async (_, endpoint) => {
    for (const choice of [...choicesOf(endpoint), ...searches.map(search => ({ search }))]) {
      for (const vendorId of [stage.hidden, stage.shown]) {
        const { status, body } = await ask(endpoint, vendorId, choice)
        expect(status).not.toBe(500)
        expect(holds(body, ...secrets())).toEqual([])
      }
    }
  })

  it.each(ofVendor)('is not there for %s', async (_, endpoint) => {
    expect((await ask(endpoint, stage.hidden)).status).toBe(404)
  })

  it.each(writes)('is changed by nothing that %s does', async (_, endpoint) => {
    const { db } = comptoir.database
    const state = () => Promise.all([
      db.selectFrom('vendors').selectAll().where('vendor_id', '=', stage.hidden).execute(),
      db.selectFrom('deal_vendors').selectAll().where('vendor_id', '=', stage.hidden).execute(),
      db.selectFrom('vendor_changes').selectAll().where('vendor_id', '=', stage.hidden).execute(),
    ])
    const before = await state()
    const { status, body } = await ask(endpoint, stage.hidden)
    expect(status).not.toBe(500)
    expect(holds(body, ...secrets())).toEqual([])
    expect(await state()).toEqual(before)
  })

  it('is in no total, and the totals say that they are within rights', async () => {
    const session = await comptoir.session(person)
    const { body } = await comptoir.call(insightsApi.metric, { params: { metricId: 'spend_total' }, query: { period: 'last_12_months', by: 'vendor' } }, session)
    expect(body).toMatchObject({ value: marks.shown.minor, records: 1, isWithinRights: true })
    expect(body.parts.map(({ label }) => label)).toEqual([marks.shown.name])
    const records = await comptoir.call(insightsApi.records, { params: { metricId: 'spend_total' }, query: { period: 'last_12_months' } }, session)
    expect(records.body).toMatchObject({ total: { value: marks.shown.minor, records: 1 }, records: [{ title: marks.shown.label }] })
    const spend = await comptoir.call(vendorApi.spend, { params: { vendorId: stage.shown }, query: { period: '12-months' } }, session)
    expect(spend.body).toMatchObject({ share: 1, portalTotal: { amount: { minor: marks.shown.minor } }, isWithinRights: true })
    const list = await comptoir.call(vendorApi.list, {}, session)
    expect(list.body).toMatchObject({ total: 1, statusCounts: { active: 1, prospect: 0 } })
    expect((await comptoir.call(vendorApi.categories, {}, session)).body).toEqual([{ category: 'Ouvert', vendorCount: 1 }])
  })

  it('costs the deal nothing that the viewer is told', async () => {
    const { body } = await comptoir.call(dealVendorApi.list, { params: { dealId: stage.dealId } }, await comptoir.session(person))
    expect(body).toMatchObject({ isWithinRights: true, links: [{ name: marks.shown.name }], margins: { planned: { cost: { minor: marks.shown.minor }, missingCount: 0 } } })
  })
})

/** What is read of a field group, and where; a new group of reads adds its mark here. */
const told: Readonly<Partial<Record<FieldGroup, readonly (string | number)[]>>> = {
  bank: [marks.shown.iban],
  prices: [marks.shown.minor, marks.shown.minor / 100, `${marks.shown.code}-C`, `${marks.shown.code}-F`],
  documents: [marks.shown.paper],
  scores: [marks.shown.score],
}
/** Posts that work something out and keep nothing. */
const isOnlyAsking = new Set(['purchasingApi.checkInvoice'])

const combinations: readonly FieldGroup[][] = [['identity'], ['identity', 'prices'], ['identity', 'bank'], ['identity', 'prices', 'bank', 'documents', 'scores']]
const matrix = vendorRoles.flatMap(role => combinations.map(groups => [role, groups] as const))

describe.each(matrix)('a %s of %j', (role: VendorRole, groups: FieldGroup[]) => {
  beforeAll(async () => {
    const { db } = comptoir.database
    await onlyGrant(db, portalId, person, role, groups)
    // Editors of an earlier round have added purchases of their own.
    await db.deleteFrom('purchases').where('vendor_id', '=', stage.shown).where(({ or, eb }) => or([eb('label', '!=', marks.shown.label), eb('label', 'is', null)])).execute()
  })

  it('reads nothing of another field group, whatever is asked', async () => {
    const closed = (Object.keys(told) as FieldGroup[]).filter(group => !groups.includes(group)).flatMap(group => told[group] ?? [])
    for (const [name, endpoint] of reads) {
      const { status, body } = await ask(endpoint, stage.shown)
      expect(status, name).not.toBe(500)
      expect(holds(body, ...closed), name).toEqual([])
    }
  })

  it('reads its own field groups', async () => {
    const session = await comptoir.session(person)
    const { body: { vendor, spend } } = await comptoir.call(vendorApi.get, { params: { vendorId: stage.shown } }, session)
    expect(vendor.iban).toBe(groups.includes('bank') ? marks.shown.iban : 'FR14 •••• •••• 2606')
    expect(spend).toMatchObject(groups.includes('prices') ? { isHidden: false, total: { amount: { minor: marks.shown.minor } } } : { isHidden: true, total: { amount: null } })
    expect(vendor.rights).toMatchObject({ role, groups })
  })

  it('is found by an IBAN only where bank details are open', async () => {
    const { body } = await comptoir.call(vendorApi.similar, { query: { iban: marks.shown.iban } }, await comptoir.session(person))
    expect(body.length).toBe(groups.includes('bank') ? 1 : 0)
  })

  it.each(role === 'viewer' || groups.length === fieldGroups.length ? writes.filter(([, { path }]) => path.includes(':vendorId')) : [])('is let through by %s only as an editor', async (name, endpoint) => {
    const before = role === 'viewer' ? await fingerprint(comptoir.database) : null
    const { status, body } = await ask(endpoint, stage.shown)
    expect(status).not.toBe(500)
    if (role !== 'viewer')
      return
    expect(await fingerprint(comptoir.database)).toEqual(before)
    if (!isOnlyAsking.has(name))
      expect(status, JSON.stringify(body)).not.toBe(200)
    if (name.startsWith('vendorApi') || name.startsWith('dealVendorApi'))
      expect(body).toMatchObject({ code: 'vendor.forbidden' })
  })
})

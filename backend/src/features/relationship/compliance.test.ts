import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { vendorRestrictions } from '../../platform/restrictions/vendor-restrictions.postgres.ts'
import { checkCompliance } from './compliance.postgres.ts'
import { aContract, relationshipUnderTest, type RelationshipUnderTest } from './testing/relationship-under-test.ts'

const document = (values: Record<string, unknown> = {}) => ({
  kind: 'urssaf', name: null, link: null, issuedOn: '2026-11-01', validFrom: null, validTo: null, verificationCode: 'ABC123', note: null, ...values,
})

describe('compliance documents over HTTP', () => {
  let stage: RelationshipUnderTest
  beforeAll(async () => {
    stage = await relationshipUnderTest()
  })
  afterAll(() => stage.close())

  const receive = (vendorId: string, values: Record<string, unknown> = {}) => stage.ask('POST', `/api/vendors/${vendorId}/documents`, { body: document(values) })
  const verify = (documentId: string, version: number, proof: string | null) => stage.ask('POST', `/api/documents/${documentId}/verification`, { body: { version, proof } })
  const payments = async (vendorId: string) => (await vendorRestrictions(stage.db, stage.portal.id, [vendorId])).get(vendorId)

  it('explains what is asked of a vendor, from the threshold on, and computes the last valid day from the kind', async () => {
    const vendorId = await stage.addVendor()
    const { body: before } = await stage.ask('GET', `/api/vendors/${vendorId}/compliance`)
    expect(before).toMatchObject({ verdict: 'incomplete', country: 'FR' })
    expect(before.requirements).toMatchObject([
      { kind: 'kbis', applies: true, state: 'missing', ground: 'always' }, { kind: 'urssaf', applies: false, state: null, ground: 'below' }, { kind: 'insurance', state: 'missing' },
    ])
    await stage.ask('POST', `/api/vendors/${vendorId}/contracts`, { body: aContract({ amountMinor: 500_000, currency: 'EUR' }) })
    const { body } = await receive(vendorId)
    expect(body.requirements[1]).toMatchObject({ kind: 'urssaf', applies: true, ground: 'contract', state: 'received', compared: { minor: 500_000 }, validTo: '2027-04-30' })
    expect(body.documents[0]).toMatchObject({ validFrom: '2026-11-01', validTo: '2027-04-30', isTooOld: false, verifiedAt: null })
    const { body: kbis } = await receive(vendorId, { kind: 'kbis', issuedOn: '2026-08-21' })
    expect(kbis.documents.find(({ kind }: { kind: string }) => kind === 'kbis')).toMatchObject({ isTooOld: true, validTo: null })
  })

  it('is checked by a person with a proof, which a change undoes', async () => {
    const vendorId = await stage.addVendor()
    await stage.ask('POST', `/api/vendors/${vendorId}/contracts`, { body: aContract({ amountMinor: 900_000, currency: 'EUR' }) })
    const { body: { documents: [received] } } = await receive(vendorId, { verificationCode: null })
    expect((await verify(received.documentId, 1, 'vu')).body.code).toBe('document.code_required')
    await stage.ask('PATCH', `/api/documents/${received.documentId}`, { body: { version: 1, fields: { verificationCode: '7K2P' } } })
    const { body } = await verify(received.documentId, 2, 'code contrôlé en ligne')
    expect(body.documents[0]).toMatchObject({ verifiedBy: { name: 'Ada Morel' }, verificationNote: 'code contrôlé en ligne', version: 3 })
    expect(body.requirements[1].state).toBe('valid')
    expect(await checkCompliance(stage.db, { portal: stage.portal, viewer: { userId: 7, isAdmin: true } }, vendorId, '2026-11-22')).toMatchObject({ verdict: 'incomplete', missing: ['kbis', 'insurance'], nextDeadline: '2027-04-30' })
    const { body: touched } = await stage.ask('PATCH', `/api/documents/${received.documentId}`, { body: { version: 3, fields: { note: 'classé' } } })
    expect(touched.documents[0].verifiedAt).not.toBeNull()
    const { body: redated } = await stage.ask('PATCH', `/api/documents/${received.documentId}`, { body: { version: 4, fields: { validTo: '2027-05-31' } } })
    expect(redated.documents[0].verifiedAt).toBeNull()
  })

  it('is not checked while the date is missing that its validity or its age is counted from', async () => {
    const vendorId = await stage.addVendor()
    const received = async (kind: string) => (await receive(vendorId, { kind, issuedOn: null })).body.documents.find((one: { kind: string }) => one.kind === kind)
    for (const kind of ['insurance', 'kbis']) {
      const { documentId } = await received(kind)
      expect((await verify(documentId, 1, 'vu')).body.code).toBe('document.date_required')
      const { body } = await stage.ask('PATCH', `/api/documents/${documentId}`, { body: { version: 1, fields: { issuedOn: '2026-11-01' } } })
      expect(body.documents.find((one: { documentId: string }) => one.documentId === documentId)).toMatchObject({ validTo: kind === 'kbis' ? null : '2027-10-31' })
      expect((await verify(documentId, 2, 'vu')).status).toBe(200)
    }
  })

  it('holds payments from the day after a mandatory document ran out until one that replaces it was checked', async () => {
    const vendorId = await stage.addVendor({ status: 'active' })
    const { body: first } = await receive(vendorId, { kind: 'insurance', issuedOn: '2025-12-01', validTo: '2026-11-30' })
    await verify(first.documents[0].documentId, 1, 'original vu')
    await stage.reach('2026-11-30')
    expect(await payments(vendorId)).toMatchObject({ payments: 'allowed' })
    await stage.reach('2026-12-01')
    await stage.reach('2026-12-02')
    expect(await payments(vendorId)).toMatchObject({ payments: 'held', expiredDocuments: ['insurance'] })
    expect(await stage.statusOf(vendorId)).toBe('active')
    const { body: held } = await receive(vendorId, { kind: 'insurance', issuedOn: '2026-12-01' })
    expect(held).toMatchObject({ verdict: 'expired', holds: [{ documentKind: 'insurance' }] })
    const next = held.documents.find(({ verifiedAt }: { verifiedAt: string | null }) => verifiedAt === null)
    expect((await verify(next.documentId, 1, 'vu')).body.holds).toEqual([])
    expect(await payments(vendorId)).toMatchObject({ payments: 'allowed' })
    expect((await verify(next.documentId, 2, null)).body.holds).toMatchObject([{ documentKind: 'insurance' }])
    expect((await verify(next.documentId, 3, 'vu de nouveau')).body.holds).toEqual([])
  })

  it('lets an approver lift a hold for good, with a reason', async () => {
    const vendorId = await stage.addVendor({ status: 'active' })
    await receive(vendorId, { kind: 'insurance', issuedOn: '2025-01-01', validTo: '2026-01-01' })
    const { body: { holds: [hold] } } = await stage.ask('GET', `/api/vendors/${vendorId}/compliance`)
    const lift = (as: object) => stage.ask('POST', `/api/holds/${hold.holdId}/lifting`, { body: { reason: 'attestation en route' }, as })
    expect((await lift({ isAdmin: false, userId: 8 })).body.code).toBe('vendor.forbidden')
    expect((await lift({ isAdmin: true })).body.holds).toEqual([])
    await stage.reach('2026-12-03')
    expect(await payments(vendorId)).toMatchObject({ payments: 'allowed' })
    expect((await lift({ isAdmin: true })).body.code).toBe('hold.not_found')
  })

  it('are asked for as an administrator says', async () => {
    const vendorId = await stage.addVendor({ siren: null, vat_number: 'DE136695976' })
    const asked = async () => (await stage.ask('GET', `/api/vendors/${vendorId}/compliance`)).body
    expect(await asked()).toMatchObject({ verdict: 'not-asked', country: 'DE', requirements: [] })
    const fields = {
      title: 'Certificat ISO 9001', country: null, isOn: true, isMandatory: true, weight: 2, thresholdMinor: null, thresholdCurrency: 'EUR', validityMonths: 36, maxAgeMonths: null, needsCode: false,
    }
    const { body: made } = await stage.ask('POST', '/api/compliance-requirements', { body: fields })
    expect(made).toMatchObject({ kind: 'certificat-iso-9001', weight: 2 })
    expect((await stage.ask('POST', '/api/compliance-requirements', { body: fields })).body.code).toBe('requirement.taken')
    expect((await asked()).requirements).toMatchObject([{ kind: 'certificat-iso-9001', title: 'Certificat ISO 9001', state: 'missing' }])
    expect((await stage.ask('PATCH', `/api/compliance-requirements/${made.requirementId}`, { body: { version: 1, fields: { isOn: false } } })).body).toMatchObject({ isOn: false, version: 2 })
    expect((await asked()).requirements).toEqual([])
    const { body: all } = await stage.ask('GET', '/api/compliance-requirements')
    expect((await stage.ask('DELETE', `/api/compliance-requirements/${all[0].requirementId}`)).body.code).toBe('requirement.built_in')
    expect((await stage.ask('DELETE', `/api/compliance-requirements/${made.requirementId}`)).status).toBe(200)
    expect((await stage.ask('GET', '/api/compliance-requirements', { as: { isAdmin: false } })).body.code).toBe('auth.admin_only')
  })

  it('are those of the portal\'s country where a vendor does not tell its own; an administrator chooses another, or none', async () => {
    const vendorId = await stage.addVendor({ siren: null })
    const abroad = await stage.addVendor({ siren: null, country: 'Allemagne' })
    const asked = async (id: string) => (await stage.ask('GET', `/api/vendors/${id}/compliance`)).body
    expect(await asked(vendorId)).toMatchObject({ verdict: 'incomplete', country: 'FR', isCountryAssumed: true })
    expect(await asked(abroad)).toMatchObject({ verdict: 'not-asked', country: null, isCountryAssumed: false })
    const { body: { rules } } = await stage.ask('GET', '/api/lifecycle-rules')
    expect(rules.homeCountry).toBe('FR')
    expect((await stage.ask('PUT', '/api/lifecycle-rules', { body: { rules: { ...rules, homeCountry: null }, isAppliedNow: false } })).body.rules.homeCountry).toBeNull()
    expect(await asked(vendorId)).toMatchObject({ verdict: 'not-asked', country: null, isCountryAssumed: false })
  })

  it('fails only as its contracts say', () => {
    expect(stage.undeclared).toEqual([])
  })
})

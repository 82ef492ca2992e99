import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultLifeRules } from '@comptoir/shared/vendors/life-cycle'
import { aContract, relationshipUnderTest, type RelationshipUnderTest } from './testing/relationship-under-test.ts'

describe('the life of a vendor by its contracts', () => {
  let stage: RelationshipUnderTest
  beforeAll(async () => {
    stage = await relationshipUnderTest()
  })
  afterAll(() => stage.close())

  const enter = async (vendorId: string, values: Record<string, unknown> = {}) =>
    (await stage.ask('POST', `/api/vendors/${vendorId}/contracts`, { body: aContract(values) })).body
  const moves = async (vendorId: string) => (await stage.ask('GET', `/api/vendors/${vendorId}/automatic-moves`)).body

  it('says what a move needs and does before it is made', async () => {
    const vendorId = await stage.addVendor({ siren: null })
    expect((await stage.ask('GET', `/api/vendors/${vendorId}/moves/active`)).body).toEqual({
      from: 'prospect', to: 'active', isReasonRequired: true, isForbidden: false, needsTwo: false, missing: ['identifiers', 'contract'], effects: [],
    })
    expect((await stage.ask('GET', `/api/vendors/${vendorId}/moves/suspended`)).body.code).toBe('vendor.illegal_move')
    expect((await stage.ask('GET', `/api/vendors/${vendorId}/moves/terminated`, { as: { isAdmin: false, userId: 8 } })).body).toMatchObject({ isForbidden: true, isReasonRequired: true })
  })

  it('counts as under way only the orders of which something is still to come', async () => {
    const vendorId = await stage.addVendor({ status: 'active' })
    const { db, portal: { id: portal_id } } = stage
    for (const received of ['10', '4']) {
      const { order_id } = await db.insertInto('purchase_orders').values({ portal_id, vendor_id: vendorId, number: `C${received}`, ordered_on: '2026-11-01', currency: 'EUR', status: 'confirmed' }).returning('order_id').executeTakeFirstOrThrow()
      const { line_id } = await db.insertInto('purchase_order_lines').values({ portal_id, order_id, vendor_id: vendorId, position: 1, item_name: 'Vis', quantity: '10' }).returning('line_id').executeTakeFirstOrThrow()
      const { receipt_id } = await db.insertInto('goods_receipts').values({ portal_id, vendor_id: vendorId, number: `R${received}`, received_on: '2026-11-10' }).returning('receipt_id').executeTakeFirstOrThrow()
      await db.insertInto('goods_receipt_lines').values({ portal_id, receipt_id, vendor_id: vendorId, line_id, quantity: received }).execute()
    }
    const { body } = await stage.ask('GET', `/api/vendors/${vendorId}/moves/suspended`)
    expect(body.effects).toContainEqual({ effect: 'orders.open', count: 1 })
  })

  it('becomes active with the signature, suspended with the last contract, once each, and says so to the owners', async () => {
    const vendorId = await stage.addVendor({ status: 'onboarding' })
    const draft = await enter(vendorId, { signedOn: null })
    expect(await stage.statusOf(vendorId)).toBe('onboarding')
    await stage.ask('POST', `/api/contracts/${draft.contractId}/signature`, { body: { version: 1, signedOn: '2026-11-20' } })
    expect(await stage.statusOf(vendorId)).toBe('active')
    // Nobody was there for a fortnight; the day after, nothing is done twice.
    await stage.reach('2027-01-15')
    expect(await stage.statusOf(vendorId)).toBe('suspended')
    await stage.reach('2027-01-16')
    expect(await moves(vendorId)).toMatchObject([
      { rule: 'last-contract-ended', from: 'active', to: 'suspended', isRevertible: true }, { rule: 'contract-signed', from: 'onboarding', to: 'active', isRevertible: false },
    ])
    const history = await stage.db.selectFrom('vendor_changes').select(['origin', 'new_value', 'reason']).where('vendor_id', '=', vendorId).where('field', '=', 'status').orderBy('vendor_change_id').execute()
    expect(history).toEqual([{ origin: 'rule', new_value: 'active', reason: 'Maintenance' }, { origin: 'rule', new_value: 'suspended', reason: 'Maintenance' }])
    expect(await stage.db.selectFrom('notice_outbox').select('kind').where('vendor_id', '=', vendorId).where('kind', '=', 'status_changed').execute()).toHaveLength(2)
  })

  it('stays as a person put it back, until another cause comes', async () => {
    const vendorId = await stage.addVendor({ status: 'active' })
    await enter(vendorId, { endsOn: '2027-02-28' })
    await stage.reach('2027-03-01')
    const [move] = await moves(vendorId)
    expect((await stage.ask('POST', `/api/automatic-moves/${move.moveId}/reversal`)).body).toMatchObject({ isRevertible: false, revertedBy: { name: 'Ada Morel' } })
    await stage.reach('2027-03-02')
    expect(await stage.statusOf(vendorId)).toBe('active')
    expect((await stage.ask('POST', `/api/automatic-moves/${move.moveId}/reversal`)).body.code).toBe('lifecycle.move_overtaken')
  })

  it('is not stopped by a contract that was over when it was entered, nor while another runs', async () => {
    const old = await stage.addVendor({ status: 'active' })
    expect(await enter(old, { startsOn: '2024-01-01', endsOn: '2024-12-31', signedOn: '2023-12-01' })).toMatchObject({ status: 'ended' })
    const two = await stage.addVendor({ status: 'active' })
    await enter(two, { endsOn: '2027-03-31' })
    await enter(two, { endsOn: null, noticeDays: null })
    await stage.reach('2027-04-05')
    expect([await stage.statusOf(old), await stage.statusOf(two)]).toEqual(['active', 'active'])
  })

  it('is stopped by a contract that was over when it was entered where whoever enters it asks for that, as the rules say', async () => {
    const over = { startsOn: '2024-01-01', endsOn: '2024-12-31', signedOn: '2023-12-01' }
    const vendorId = await stage.addVendor({ status: 'active' })
    const foreseen = async () => (await stage.ask('GET', `/api/vendors/${vendorId}/contracts`)).body.moves
    expect(await foreseen()).toEqual({ onSignature: null, onLastEnd: { from: 'active', to: 'suspended' } })
    await enter(vendorId, { ...over, stopsVendor: true })
    expect(await stage.statusOf(vendorId)).toBe('suspended')
    expect(await foreseen()).toEqual({ onSignature: { from: 'suspended', to: 'active' }, onLastEnd: null })
    const running = await stage.addVendor({ status: 'active' })
    await enter(running, { endsOn: null, noticeDays: null })
    await enter(running, { ...over, stopsVendor: true })
    expect(await stage.statusOf(running)).toBe('active')
  })

  it('comes back with a new signature when a contract\'s end had stopped it, not when a person had', async () => {
    const vendorId = await stage.addVendor({ status: 'active' })
    const first = await enter(vendorId, { endsOn: '2027-12-31' })
    await stage.ask('POST', `/api/contracts/${first.contractId}/termination`, { body: { version: 1, on: '2027-04-05', reason: 'changement' } })
    await stage.reach('2027-04-06')
    expect(await stage.statusOf(vendorId)).toBe('suspended')
    await enter(vendorId, { startsOn: '2027-04-06', endsOn: null, noticeDays: null, signedOn: '2027-04-06' })
    expect(await stage.statusOf(vendorId)).toBe('active')

    const byHand = await stage.addVendor({ status: 'suspended' })
    await enter(byHand, { endsOn: null, noticeDays: null })
    expect(await stage.statusOf(byHand)).toBe('suspended')
  })

  it('follows rules that an administrator sees through before saving them', async () => {
    const open = await stage.ask('GET', '/api/lifecycle-rules')
    expect(open.body.rules).toEqual({ ...defaultLifeRules, homeCountry: 'FR', version: 0 })
    expect((await stage.ask('GET', '/api/lifecycle-rules', { as: { isAdmin: false } })).body.code).toBe('auth.admin_only')
    const off = { ...defaultLifeRules, homeCountry: 'FR', activatesOnSignature: false, onLastContractEnd: 'none', version: 0 }
    expect((await stage.ask('PUT', '/api/lifecycle-rules', { body: { rules: off, isAppliedNow: false } })).body.rules.version).toBe(1)

    const waiting = await stage.addVendor({ name: 'En attente' })
    await enter(waiting, { startsOn: '2027-01-01', endsOn: '2027-06-30' })
    expect(await stage.statusOf(waiting)).toBe('prospect')
    const { body: { preview } } = await stage.ask('GET', '/api/lifecycle-rules')
    expect(preview.wouldActivate).toEqual({ count: 1, vendors: [{ vendorId: waiting, name: 'En attente' }] })

    expect((await stage.ask('PUT', '/api/lifecycle-rules', { body: { rules: { ...off, activatesOnSignature: true, version: 0 }, isAppliedNow: true } })).body.code).toBe('lifecycle.rules_changed')
    const { body: saved } = await stage.ask('PUT', '/api/lifecycle-rules', { body: { rules: { ...off, activatesOnSignature: true, version: 1 }, isAppliedNow: true } })
    expect(saved.preview).toMatchObject({ wouldActivate: { count: 0 }, wouldStopSoon: { count: 1, vendors: [{ name: 'En attente' }] } })
    expect(await stage.statusOf(waiting)).toBe('active')
  })

  it('fails only as its contracts say', () => {
    expect(stage.undeclared).toEqual([])
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkIbans } from './invoice-alerts.postgres.ts'
import { checkLateOrders } from './late-orders.postgres.ts'
import { invoice, noon, order, orderLine, purchasingUnderTest, type PurchasingUnderTest } from './testing/purchasing-under-test.ts'

let test: PurchasingUnderTest
beforeAll(async () => {
  test = await purchasingUnderTest()
})
afterAll(() => test.close())

const approved = 'FR7630006000011234567890189'
const other = 'FR7610107001011234567890129'
const alerts = () => test.db.selectFrom('alerts').select(['kind', 'state', 'due_on', 'vendor_id', 'params']).where('portal_id', '=', test.portal.id).orderBy('raised_at').execute()
const outbox = () => test.db.selectFrom('notice_outbox').select(['kind', 'recipients', 'owner_user_id']).where('portal_id', '=', test.portal.id).execute()

describe('an invoice with another account than the approved one', () => {
  it('is told at once to the vendor\'s owner and to whoever approves its bank details, and settles when the account is corrected', async () => {
    await test.db.insertInto('crm_users').values([21, 22, 23].map(user_id => ({ portal_id: test.portal.id, user_id, name: `U${user_id}` }))).execute()
    await test.db.insertInto('crm_companies').values({ portal_id: test.portal.id, company_id: 5, title: 'C', assigned_by_id: 21 }).execute()
    const vendorId = await test.addVendor({ iban: approved, company_id: 5 })
    await test.db.insertInto('vendor_grants').values({ portal_id: test.portal.id, subject_kind: 'user', subject_id: 22, scope_kind: 'vendor', vendor_id: vendorId, role: 'approver', field_groups: ['identity', 'bank'] as never }).execute()
    const same = await test.ask('POST', `/api/vendors/${vendorId}/vendor-invoices`, invoice({ number: 'F-1', iban: 'FR76 3000 6000 0112 3456 7890 189' }))
    expect(same.status).toBe(200)
    expect(await alerts()).toEqual([])
    const { body } = await test.ask('POST', `/api/vendors/${vendorId}/vendor-invoices`, invoice({ number: 'F-2', iban: other }))
    expect(await alerts()).toMatchObject([{ kind: 'invoice_iban', state: 'open', vendor_id: vendorId, params: { subject: { fr: 'La facture F-2' } } }])
    expect(await outbox()).toEqual([{ kind: 'invoice_iban', recipients: [21, 22], owner_user_id: null }])
    expect(JSON.stringify(await alerts())).not.toContain('FR76')
    await test.ask('PUT', `/api/vendor-invoices/${body.invoiceId}`, { ...invoice({ number: 'F-2', iban: approved }), version: body.version })
    expect(await alerts()).toMatchObject([{ state: 'resolved' }])
  })

  it('settles when the vendor\'s own account was approved meanwhile, and comes back when it is not', async () => {
    const vendorId = await test.addVendor({ iban: approved })
    await test.ask('POST', `/api/vendors/${vendorId}/vendor-invoices`, invoice({ number: 'F-3', iban: other }))
    await test.db.updateTable('vendors').set({ iban: other }).where('vendor_id', '=', vendorId).execute()
    await checkIbans(test.db, test.portal.id, noon)
    expect((await alerts()).filter(row => row.vendor_id === vendorId)).toMatchObject([{ state: 'resolved' }])
    await test.db.updateTable('vendors').set({ iban: approved }).where('vendor_id', '=', vendorId).execute()
    await checkIbans(test.db, test.portal.id, noon)
    await checkIbans(test.db, test.portal.id, noon)
    expect((await alerts()).filter(row => row.vendor_id === vendorId)).toMatchObject([{ state: 'open' }])
  })
})

describe('an order that has not arrived', () => {
  it('is one alert from the day after its last promise until it arrives; its buyer is told, of very old ones nobody', async () => {
    const vendorId = await test.addVendor()
    const late = () => alerts().then(rows => rows.filter(row => row.kind === 'receipt_late'))
    const { body } = await test.ask('POST', `/api/vendors/${vendorId}/purchase-orders`, order({ number: 'CF-1', lines: [orderLine({ promisedOn: '2026-03-14' }), orderLine({ promisedOn: '2026-03-12' }), orderLine({ promisedOn: '2026-03-15' })] }))
    await test.ask('POST', `/api/vendors/${vendorId}/purchase-orders`, order({ number: 'CF-0', lines: [orderLine({ promisedOn: '2025-03-12' })] }))
    await checkLateOrders(test.db, test.portal, noon)
    expect(await late(), 'whose receipt may be entered next').toEqual([])
    await test.db.updateTable('purchase_orders').set({ created_at: new Date('2026-03-15T11:57:00Z') }).execute()
    await checkLateOrders(test.db, test.portal, noon)
    expect(await late()).toMatchObject([{ due_on: '2025-03-12' }, { due_on: '2026-03-12', params: { subject: { fr: 'Commande CF-1 (2 lignes)' } } }])
    expect((await outbox()).filter(row => row.kind === 'receipt_late')).toEqual([{ kind: 'receipt_late', recipients: null, owner_user_id: 7 }])
    await test.ask('POST', `/api/purchase-orders/${body.orderId}/promises`, { version: body.version, promisedOn: '2026-03-20', lineIds: body.lines.map((line: { lineId: string }) => line.lineId) })
    await checkLateOrders(test.db, test.portal, noon)
    expect((await late()).map(({ state }) => state)).toEqual(['open', 'resolved'])
  })
})

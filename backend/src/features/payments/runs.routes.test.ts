import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aZip } from '../../platform/archive/testing/zip-files.ts'
import { addInvoice, addPayable, addVendor } from './testing/payment-rows.ts'
import { noon, paymentsUnderTest, type Answer, type PaymentsUnderTest } from './testing/payments-under-test.ts'
import { aStatementFile, type WrittenEntry } from './testing/statement-files.ts'

const iban = 'FR7630006000011234567890189'
const ours = 'DE89370400440532013000'
let app: PaymentsUnderTest
let accountId: string
beforeAll(async () => {
  app = await paymentsUnderTest()
  const settings = await app.ask('POST', '/api/payments/accounts', {
    name: 'Comptoir SAS', iban: 'DE89 3704 0044 0532 0130 00', bic: null, painVersion: '001.001.09', street: 'rue X', building: '1', postalCode: '75001', town: 'Paris', country: 'France', isActive: true,
  }, 1)
  accountId = settings.body.accounts[0].accountId
})
afterAll(async () => {
  expect(app.undeclared).toEqual([])
  await app.close()
})

const payableVendor = (values: object = {}) => addVendor(app.db, app.portalId, { iban, iban_approved_at: noon, city: 'Lyon', country: 'France', address: '3 rue des Lilas', ...values })
const start = (payableIds: string[], userId?: number): Promise<Answer> => app.ask('POST', '/api/payments/runs', { accountId, executionOn: '2026-04-03', payableIds, note: null }, userId)
const move = (run: { paymentRunId: string, version: number }, step: string, userId?: number, body: object = {}): Promise<Answer> =>
  app.ask('POST', `/api/payments/runs/${run.paymentRunId}/${step}`, { version: run.version, ...body }, userId)
const statusOf = async (payableId: string) => (await app.db.selectFrom('payables').select(['status', 'paid_on', 'paid_by']).where('payable_id', '=', payableId).executeTakeFirstOrThrow())
const importFile = (text: string | Buffer, userId?: number): Promise<Answer> => app.ask('POST', '/api/payments/statements', { fileName: 'releve.xml', base64: Buffer.from(text).toString('base64') }, userId)
const statementOf = (id: string, entries: readonly WrittenEntry[]): string => aStatementFile({ version: '08', iban: ours, id, openingMinor: 1_000_000, entries })

async function exported(amounts: readonly number[]): Promise<{ run: Answer['body'], payableIds: string[] }> {
  const vendorId = await payableVendor()
  const payableIds = await Promise.all(amounts.map((amount_minor, index) => addPayable(app.db, app.portalId, vendorId, { amount_minor, due_on: `2026-03-0${index + 1}` })))
  const draft = (await start(payableIds)).body
  const approved = (await move(draft, 'approval', 8)).body
  return { run: (await move(approved, 'export')).body, payableIds }
}

describe('a payment run', () => {
  it('goes from draft over a second person to a file that never changes', async () => {
    const vendorId = await payableVendor({ name: 'Société Générale d’Électricité' })
    const payableId = await addPayable(app.db, app.portalId, vendorId, { reference: 'F-77' })
    const draft = await start([payableId])
    // 3 April 2026 is Good Friday, and 6 April Easter Monday: banks settle on the 7th.
    expect(draft).toMatchObject({ status: 200, body: { status: 'draft', executionOn: '2026-04-07', totalMinor: 12_000, isOwn: true, accountIban: 'DE89 •••• •••• 3000' } })
    expect((await statusOf(payableId)).status).toBe('in_run')
    expect(await move(draft.body, 'approval', 7)).toMatchObject({ status: 403, body: { code: 'payment.not_allowed' } })
    expect(await move(draft.body, 'export')).toMatchObject({ status: 409, body: { code: 'payment.run_moved' } })
    const approved = await move(draft.body, 'approval', 8)
    expect(approved.body).toMatchObject({ status: 'approved', approvedBy: { userId: 8 }, items: [{ creditorIban: iban, guards: [] }] })
    const sent = await move(approved.body, 'export')
    expect(sent.body).toMatchObject({ status: 'exported', items: [{ status: 'sent' }] })
    expect(await statusOf(payableId)).toEqual({ status: 'sent', paid_on: null, paid_by: null })
    const file = (await app.ask('GET', `/api/payments/runs/${sent.body.paymentRunId}/file`)).body
    expect(file.text).toContain('<Nm>Societe Generale d&apos;Electricite</Nm>')
    expect(file.text).toContain('<StrtNm>rue des Lilas</StrtNm>')
    expect(createHash('sha256').update(file.text).digest('hex')).toBe(file.sha256)
    expect((await app.ask('GET', `/api/payments/runs/${sent.body.paymentRunId}/file`)).body).toEqual(file)
    await expect(app.db.updateTable('payment_runs').set({ file_text: 'x' }).where('run_id', '=', sent.body.paymentRunId).execute()).rejects.toThrow('never rewritten')
    expect(await move(sent.body, 'export')).toMatchObject({ status: 409 })
  })
  it('is approved once when two people approve at the same moment, and never by its author', async () => {
    await app.db.insertInto('vendor_grants').values({ portal_id: app.portalId, subject_kind: 'user', subject_id: 9, scope_kind: 'all', role: 'approver', field_groups: ['identity', 'prices', 'bank'] }).execute()
    const draft = (await start([await addPayable(app.db, app.portalId, await payableVendor())], 9)).body
    expect(await move(draft, 'approval', 9)).toMatchObject({ status: 403, body: { code: 'payment.own_run' } })
    const answers = await Promise.all([move(draft, 'approval', 8), move(draft, 'approval', 1)])
    expect(answers.map(answer => answer.status).sort()).toEqual([200, 409])
  })
  it('is approved as it was looked at: of an approval and a line taken out at the same moment one finds it changed', async () => {
    const vendorId = await payableVendor()
    const ids = [await addPayable(app.db, app.portalId, vendorId), await addPayable(app.db, app.portalId, vendorId, { reference: 'F-OUT', amount_minor: 7 })]
    const draft = (await start(ids)).body
    const answers = await Promise.all([move(draft, 'approval', 8), move(draft, 'removals', 1, { payableIds: [ids[1]] })])
    expect(answers.map(answer => answer.status).sort()).toEqual([200, 409])
    const { items, status } = (await app.ask('GET', `/api/payments/runs/${draft.paymentRunId}`)).body
    expect([status, items.length]).toEqual(answers[0].status === 200 ? ['approved', 2] : ['draft', 1])
  })
  it('has one file when two people write it at the same moment', async () => {
    const draft = (await start([await addPayable(app.db, app.portalId, await payableVendor())])).body
    const approved = (await move(draft, 'approval', 8)).body
    const answers = await Promise.all([move(approved, 'export'), move(approved, 'export', 8), move(approved, 'cancellation', 1, { reason: 'x' })])
    expect(answers.map(answer => answer.status).sort()).toEqual([200, 409, 409])
  })
  it('pays the account\'s holder by the name that the bank will compare, and warns where that is not the vendor', async () => {
    const vendorId = await payableVendor({ name: 'Bâti Sud', account_holder: 'Factor & Cie' })
    const draft = (await start([await addPayable(app.db, app.portalId, vendorId)])).body
    expect(draft.items).toMatchObject([{ vendorName: 'Bâti Sud', creditorName: 'Factor & Cie', guards: [{ code: 'payee_name_differs', isBlocking: false }] }])
    const { body: run } = await move((await move(draft, 'approval', 8)).body, 'export')
    expect((await app.ask('GET', `/api/payments/runs/${run.paymentRunId}/file`)).body.text).toContain('<Nm>Factor + Cie</Nm>')
  })
  it('asks those who may approve it, not its author, until it is decided', async () => {
    const draft = (await start([await addPayable(app.db, app.portalId, await payableVendor())], 9)).body
    const alertOf = () => app.db.selectFrom('alerts').select(['state', 'audience']).where('subject_id', '=', draft.paymentRunId).executeTakeFirstOrThrow()
    expect(await alertOf()).toEqual({ state: 'open', audience: [8] })
    await move(draft, 'approval', 8)
    expect((await alertOf()).state).toBe('resolved')
  })
  it('has a payable that is in no other live run, even when both begin at once', async () => {
    const payableId = await addPayable(app.db, app.portalId, await payableVendor())
    const answers = await Promise.all([start([payableId]), start([payableId])])
    expect(answers.map(answer => [answer.status, answer.body.code]).sort()).toEqual([[200, undefined], [409, 'payment.in_other_run']])
    const run = answers.find(answer => answer.status === 200)!.body
    expect((await move(run, 'cancellation', 7, { reason: 'trop tôt' })).body).toMatchObject({ status: 'cancelled', items: [{ status: 'released' }] })
    expect((await statusOf(payableId)).status).toBe('open')
    expect((await start([payableId])).status).toBe(200)
  })
  it('takes no payable that something speaks against, and says what', async () => {
    const reasonOf = async (vendor: object, payable: object = {}) => {
      const payableId = await addPayable(app.db, app.portalId, await payableVendor(vendor), payable)
      const answer = await start([payableId])
      return answer.body.details?.lines?.[0]?.reasons ?? answer.status
    }
    expect(await reasonOf({ status: 'suspended' })).toEqual(['vendor_suspended'])
    expect(await reasonOf({ status: 'terminated', iban: null })).toEqual(['vendor_terminated', 'iban_missing'])
    expect(await reasonOf({ iban_approved_at: null })).toEqual(['iban_unapproved'])
    expect(await reasonOf({}, { currency: 'USD' })).toEqual(['currency_not_eur'])
    expect(await reasonOf({}, { amount_minor: -100 })).toEqual(['credit_exceeds'])
    const held = await payableVendor()
    await app.db.insertInto('vendor_holds').values({ portal_id: app.portalId, vendor_id: held, cause: 'document-expired', cause_key: held }).execute()
    const disputed = await payableVendor()
    await addInvoice(app.db, app.portalId, disputed, { status: 'disputed' })
    const payableOf = async (vendorId: string) => (await app.db.selectFrom('payables').select('payable_id').where('vendor_id', '=', vendorId).executeTakeFirstOrThrow()).payable_id
    expect((await start([await addPayable(app.db, app.portalId, held)])).body.details.lines[0].reasons).toEqual(['payments_held'])
    expect((await start([await payableOf(disputed)])).body.details.lines[0].reasons).toEqual(['invoice_disputed'])
    const twice = await payableVendor()
    await addPayable(app.db, app.portalId, twice, { reference: 'FAC-9', status: 'paid', paid_on: '2026-03-01', paid_by: 'person' })
    expect((await start([await addPayable(app.db, app.portalId, twice, { reference: 'fac 9' })])).body.details.lines[0].reasons).toEqual(['paid_before'])
  })
  it('stops before the file when the account was changed after the approval', async () => {
    const vendorId = await payableVendor()
    const approved = (await move((await start([await addPayable(app.db, app.portalId, vendorId)])).body, 'approval', 8)).body
    await app.db.updateTable('vendors').set({ iban: ours, iban_approved_at: new Date('2026-04-01T11:00:00Z') }).where('vendor_id', '=', vendorId).execute()
    expect(await move(approved, 'export')).toMatchObject({ status: 409, body: { code: 'payment.blocked', details: { lines: [{ reasons: ['iban_changed'] }] } } })
  })
  it('is for those whose bank rights reach every vendor', async () => {
    for (const [method, url] of [['GET', '/api/payments/runs'], ['GET', '/api/payments/statements']] as const)
      expect(await app.ask(method, url, undefined, 55)).toMatchObject({ status: 403, body: { code: 'payment.not_allowed' } })
  })
  it('loses a line to whoever looks it over, who may then approve the rest', async () => {
    const vendorId = await payableVendor()
    const [one, other] = await Promise.all([addPayable(app.db, app.portalId, vendorId, { amount_minor: 1 }), addPayable(app.db, app.portalId, vendorId, { amount_minor: 2 })])
    const draft = (await start([one, other])).body
    const shorter = await move(draft, 'removals', 8, { payableIds: [one] })
    expect(shorter.body).toMatchObject({ itemCount: 1, isOwn: false })
    expect((await statusOf(one)).status).toBe('open')
    expect(await move(shorter.body, 'approval', 7)).toMatchObject({ status: 403 })
    expect(await move(shorter.body, 'approval', 8)).toMatchObject({ status: 200, body: { status: 'approved' } })
  })
})

describe('an invoice that its order or receipt speaks against', () => {
  it('is in no run before somebody has accepted the difference; one without an order asks for nothing', async () => {
    const { db, portalId: portal_id } = app
    const vendor_id = await payableVendor()
    const of = { portal_id, vendor_id }
    const { order_id } = await db.insertInto('purchase_orders').values({ ...of, number: 'C-1', ordered_on: '2026-02-01', currency: 'EUR', status: 'confirmed' }).returning('order_id').executeTakeFirstOrThrow()
    const { line_id } = await db.insertInto('purchase_order_lines').values({ ...of, order_id, position: 1, item_name: 'Vis', quantity: '100', unit_price: '1' }).returning('line_id').executeTakeFirstOrThrow()
    const { receipt_id } = await db.insertInto('goods_receipts').values({ ...of, number: 'BL-1', received_on: '2026-02-10' }).returning('receipt_id').executeTakeFirstOrThrow()
    await db.insertInto('goods_receipt_lines').values({ ...of, receipt_id, line_id, quantity: '100' }).execute()
    const invoiced = async (order_line_id: string | null, net_minor: number) => {
      const invoice_id = await addInvoice(db, portal_id, vendor_id, { net_minor, tax_minor: 0, total_minor: net_minor })
      await db.insertInto('vendor_invoice_lines').values({ ...of, invoice_id, position: 1, order_line_id, description: 'Vis', quantity: '100', net_minor }).execute()
      const { payable_id } = await db.selectFrom('payables').select('payable_id').where('invoice_id', '=', invoice_id).executeTakeFirstOrThrow()
      return { invoice_id, payable_id }
    }
    const dear = await invoiced(line_id, 15_000)
    expect((await start([dear.payable_id])).body).toMatchObject({ code: 'payment.blocked', details: { lines: [{ reasons: ['match_blocked'] }] } })
    await db.updateTable('vendor_invoices').set({ match_accepted_at: noon, match_accepted_by: 8 }).where('invoice_id', '=', dear.invoice_id).execute()
    expect((await start([dear.payable_id])).body).toMatchObject({ status: 'draft', items: [{ guards: [] }] })
    const free = await invoiced(null, 7_301)
    expect((await start([free.payable_id])).body).toMatchObject({ status: 'draft', items: [{ guards: [] }] })
  })
})

describe('credit notes in a run', () => {
  it('are taken off one transfer of their vendor, listed in it, and settled with it', async () => {
    const vendorId = await payableVendor()
    const other = await addPayable(app.db, app.portalId, await payableVendor(), { amount_minor: 333 })
    const ids = [await addPayable(app.db, app.portalId, vendorId, { amount_minor: 12_000, reference: 'F-N1' }), await addPayable(app.db, app.portalId, vendorId, { amount_minor: -2_501, reference: 'AV-N1' })]
    const draft = (await start([...ids, other])).body
    const lineOf = (reference: string) => draft.items.find((item: { reference: string }) => item.reference === reference)
    expect([lineOf('F-N1'), lineOf('AV-N1')]).toMatchObject([{ transferMinor: 9_499, guards: [] }, { transferMinor: 9_499, guards: [{ code: 'credit_note', isBlocking: false }] }])
    const approved = (await move(draft, 'approval', 8)).body
    const { body: run } = await move(approved, 'export')
    const { text } = (await app.ask('GET', `/api/payments/runs/${run.paymentRunId}/file`)).body
    expect(text).toContain('<NbOfTxs>2</NbOfTxs>')
    expect(text).toContain('<CtrlSum>98.32</CtrlSum>')
    expect(text).toContain('<InstdAmt Ccy="EUR">94.99</InstdAmt>')
    expect(text).toContain('F-N1 120.00')
    expect(text).toContain('AV-N1 -25.01')
    const endToEndId = run.items.find((item: { isLead: boolean, transferMinor: number | null }) => item.isLead && item.transferMinor !== null).endToEndId
    await importFile(statementOf('NET', [{ amountMinor: -9_499, parts: [{ amountMinor: -9_499, endToEndId }] }]))
    expect((await Promise.all(ids.map(statusOf))).map(row => row.status)).toEqual(['paid', 'paid'])
    await importFile(statementOf('NETBACK', [{ amountMinor: 9_499, isReversal: true, parts: [{ amountMinor: 9_499, endToEndId }] }]))
    expect((await Promise.all(ids.map(statusOf))).map(row => row.status)).toEqual(['open', 'open'])
  })
  it('never make a transfer of nothing', async () => {
    const vendorId = await payableVendor()
    const ids = [await addPayable(app.db, app.portalId, vendorId, { amount_minor: 100 }), await addPayable(app.db, app.portalId, vendorId, { amount_minor: -100 })]
    expect((await start(ids)).body).toMatchObject({ code: 'payment.blocked', details: { lines: [{ reasons: ['credit_exceeds'] }] } })
  })
})

describe('a booking of less than was owed', () => {
  const rest = (reference: string) => app.db.selectFrom('payables').select(['installment_no', 'amount_minor', 'amount_base_minor', 'status']).where('reference', '=', reference).orderBy('installment_no').execute()
  it('pays a part of the transfer that it names; the rest stays open', async () => {
    const vendorId = await payableVendor()
    const payableId = await addPayable(app.db, app.portalId, vendorId, { amount_minor: 10_001, reference: 'F-PART' })
    const approved = (await move((await start([payableId])).body, 'approval', 8)).body
    const { body: run } = await move(approved, 'export')
    await importFile(statementOf('PART', [{ amountMinor: -4_000, parts: [{ amountMinor: -4_000, endToEndId: run.items[0].endToEndId }] }]))
    expect(await rest('F-PART')).toEqual([
      { installment_no: 1, amount_minor: 4_000, amount_base_minor: 4_000, status: 'paid' }, { installment_no: 2, amount_minor: 6_001, amount_base_minor: 6_001, status: 'open' },
    ])
    expect((await app.ask('GET', '/api/payments/statements?status=matched')).body.transactions.find((one: { amountMinor: number }) => one.amountMinor === -4_000).matches).toMatchObject([{ isPart: true }])
  })
  it('is a part of another payable only when a person says so', async () => {
    const vendorId = await addVendor(app.db, app.portalId, { name: 'Plâtre et Fils' })
    const payableId = await addPayable(app.db, app.portalId, vendorId, { amount_minor: 900, reference: 'PLAT-0001' })
    await importFile(statementOf('SAID', [{ amountMinor: -300, parts: [{ amountMinor: -300, endToEndId: 'PLAT', name: 'PLATRE ET FILS' }] }]))
    const booking = (await app.ask('GET', '/api/payments/statements')).body.transactions.find((one: { endToEndId: string }) => one.endToEndId === 'PLAT')
    const url = `/api/payments/transactions/${booking.transactionId}/match`
    expect(await app.ask('POST', url, { allocations: [{ payableId, amountMinor: 900 }] })).toMatchObject({ status: 409, body: { code: 'payment.match_differs' } })
    expect(await app.ask('POST', url, { allocations: [{ payableId, amountMinor: 300 }] })).toMatchObject({ status: 200, body: { matches: [{ rule: 'person', isPart: true, amountMinor: 300 }] } })
    expect((await rest('PLAT-0001')).map(row => [row.amount_minor, row.status])).toEqual([[300, 'paid'], [600, 'open']])
    await app.ask('POST', url.replace('match', 'undo'))
    expect((await rest('PLAT-0001')).map(row => [row.amount_minor, row.amount_base_minor, row.status])).toEqual([[900, 900, 'open'], [600, 600, 'cancelled']])
  })
})

describe('a booking for several payables', () => {
  it('is given out to the cent, less a credit note and with a part, and taken back as a whole', async () => {
    const vendorId = await addVendor(app.db, app.portalId, { name: 'Quincaillerie Or' })
    const [one, other, credit] = [await addPayable(app.db, app.portalId, vendorId, { amount_minor: 5_000 }), await addPayable(app.db, app.portalId, vendorId, { amount_minor: 4_000 }), await addPayable(app.db, app.portalId, vendorId, { amount_minor: -1_000 })]
    await importFile(statementOf('SEVERAL', [{ amountMinor: -7_001, parts: [{ amountMinor: -7_001, endToEndId: 'SEVERAL' }] }]))
    const booking = (await app.ask('GET', '/api/payments/statements')).body.transactions.find((line: { endToEndId: string }) => line.endToEndId === 'SEVERAL')
    const url = `/api/payments/transactions/${booking.transactionId}`
    const give = (part: number) => app.ask('POST', `${url}/match`, { allocations: [{ payableId: one, amountMinor: 5_000 }, { payableId: other, amountMinor: part }, { payableId: credit, amountMinor: -1_000 }] })
    expect(await give(3_000)).toMatchObject({ status: 409, body: { code: 'payment.match_differs', details: { booked: 7_001, allocated: 7_000 } } })
    const answers = await Promise.all([give(3_001), give(3_001)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const states = async () => (await app.db.selectFrom('payables').select(['amount_minor', 'status']).where('vendor_id', '=', vendorId).orderBy('amount_minor').execute()).map(row => [row.amount_minor, row.status])
    expect(await states()).toEqual([[-1_000, 'paid'], [999, 'open'], [3_001, 'paid'], [5_000, 'paid']])
    expect(await app.ask('POST', `${url}/undo`)).toMatchObject({ status: 200, body: { status: 'unmatched', matches: [] } })
    expect(await states()).toEqual([[-1_000, 'open'], [999, 'cancelled'], [4_000, 'open'], [5_000, 'open']])
  })
})

describe('bank statements', () => {
  it('settle nothing a second time when a bank without references delivers a statement again under another number: a person says what is a double', async () => {
    const { run: { items: [item] }, payableIds: [payableId] } = await exported([6_606])
    const { payableIds: [other] } = await exported([6_606])
    const entries = [{ amountMinor: -6_606, reference: '', parts: [{ amountMinor: -6_606, endToEndId: item.endToEndId }] }, { amountMinor: -6_607, reference: '', parts: [] }]
    expect((await importFile(statementOf('FIRST', entries))).body).toMatchObject({ entries: 2, doubles: 0, matched: 1 })
    expect((await importFile(statementOf('AGAIN', [...entries, entries[1]!]))).body).toMatchObject({ statements: 1, entries: 3, doubles: 2, matched: 0 })
    expect(await statusOf(payableId!)).toMatchObject({ status: 'paid' })
    expect(await statusOf(other!)).toMatchObject({ status: 'sent' })
    const asked = (await app.ask('GET', '/api/payments/statements')).body.transactions.filter((one: { twinFile: string | null }) => one.twinFile === 'releve.xml')
    expect(asked.map((one: { amountMinor: number }) => one.amountMinor).sort()).toEqual([-6_606, -6_607])
    for (const { transactionId } of asked)
      expect((await app.ask('POST', `/api/payments/transactions/${transactionId}/ignore`)).body.status).toBe('ignored')
  })

  it('confirm a run transfer by transfer, once, however often they are read', async () => {
    const { run, payableIds } = await exported([10_000, 20_000])
    const file = statementOf('CONFIRM', [{ amountMinor: -10_000, parts: [{ amountMinor: -10_000, endToEndId: run.items[0].endToEndId }] }, { amountMinor: 500, parts: [] }])
    const first = await importFile(file)
    expect(first.body).toMatchObject({ statements: 1, entries: 2, matched: 1, unbalanced: 0 })
    expect(await statusOf(payableIds[0]!)).toEqual({ status: 'paid', paid_on: '2026-04-02', paid_by: 'statement' })
    expect((await app.ask('GET', `/api/payments/runs/${run.paymentRunId}`)).body).toMatchObject({ status: 'partly_confirmed', confirmedCount: 1 })
    expect((await importFile(file)).body).toMatchObject({ statements: 0, knownStatements: 1, entries: 0, matched: 0 })
    await importFile(statementOf('CONFIRM-2', [{ amountMinor: -20_000, parts: [{ amountMinor: -20_000, endToEndId: run.items[1].endToEndId }] }]))
    expect((await app.ask('GET', `/api/payments/runs/${run.paymentRunId}`)).body.status).toBe('confirmed')
  })
  it('confirm a whole file that the bank booked in one sum', async () => {
    const { run, payableIds } = await exported([1_111, 2_222])
    await importFile(statementOf('BATCH', [{ amountMinor: -3_333, parts: [{ amountMinor: -3_333, endToEndId: `${run.messageId}-1` }] }]))
    expect((await Promise.all(payableIds.map(statusOf))).map(row => row.status)).toEqual(['paid', 'paid'])
  })
  it('open a payable again when its transfer comes back', async () => {
    const { run, payableIds } = await exported([7_700])
    const endToEndId = run.items[0].endToEndId
    await importFile(statementOf('OUT', [{ amountMinor: -7_700, parts: [{ amountMinor: -7_700, endToEndId }] }]))
    await importFile(statementOf('BACK', [{ amountMinor: 7_700, isReversal: true, parts: [{ amountMinor: 7_700, endToEndId }] }]))
    expect(await statusOf(payableIds[0]!)).toEqual({ status: 'open', paid_on: null, paid_by: null })
    expect((await app.ask('GET', `/api/payments/runs/${run.paymentRunId}`)).body.items[0].status).toBe('returned')
  })
  it('leave doubt to a person, who matches, takes it back and sets aside', async () => {
    const vendorId = await addVendor(app.db, app.portalId, { name: 'Zinc et Cie' })
    const [one, other] = [await addPayable(app.db, app.portalId, vendorId, { amount_minor: 4_321, reference: 'ZINC-0001' }), await addPayable(app.db, app.portalId, vendorId, { amount_minor: 4_321, reference: 'ZINC-0002' })]
    await importFile(statementOf('DOUBT', [{ amountMinor: -4_321, parts: [{ amountMinor: -4_321, endToEndId: 'UNKNOWN', name: 'ZINC & CIE' }] }]))
    const { body } = await app.ask('GET', '/api/payments/statements')
    const booking = body.transactions.find((transaction: { endToEndId: string }) => transaction.endToEndId === 'UNKNOWN')
    expect(booking.suggestions.map((suggestion: { payableId: string }) => suggestion.payableId).sort()).toEqual([one, other].sort())
    const url = `/api/payments/transactions/${booking.transactionId}`
    const wrong = await addPayable(app.db, app.portalId, vendorId, { amount_minor: 99 })
    expect(await app.ask('POST', `${url}/match`, { allocations: [{ payableId: wrong, amountMinor: 99 }] })).toMatchObject({ status: 409, body: { code: 'payment.match_differs' } })
    expect(await app.ask('POST', `${url}/match`, { allocations: [{ payableId: other, amountMinor: 4_321 }] })).toMatchObject({ status: 200, body: { status: 'matched', matches: [{ rule: 'person' }] } })
    expect((await statusOf(other)).status).toBe('paid')
    expect(await app.ask('POST', `${url}/ignore`)).toMatchObject({ status: 409 })
    expect(await app.ask('POST', `${url}/undo`)).toMatchObject({ status: 200, body: { status: 'unmatched' } })
    expect((await statusOf(other)).status).toBe('open')
    expect(await app.ask('POST', `${url}/ignore`)).toMatchObject({ status: 200, body: { status: 'ignored' } })
  })
  it('are matched without a reference when amount, date and counterparty leave one payable', async () => {
    const vendorId = await addVendor(app.db, app.portalId, { name: 'Menuiserie Blanc' })
    const payableId = await addPayable(app.db, app.portalId, vendorId, { amount_minor: 98_765 })
    const csv = 'Date;Libellé;Tiers;Débit;Crédit\n02/04/2026;PRLV;MENUISERIE BLANC SARL;987,65;\n'
    const answer = await app.ask('POST', '/api/payments/statements', { fileName: 'avril.csv', base64: Buffer.from(csv).toString('base64'), accountId })
    expect(answer.body).toMatchObject({ entries: 1, matched: 1, warnings: ['balance_missing'] })
    expect((await statusOf(payableId)).status).toBe('paid')
  })
  it('come in an archive, in the format of French banks, and a second format of the same days brings nothing new', async () => {
    const camt = aStatementFile({ version: '02', iban: 'FR7630006000011234567890189', id: 'ZIP', openingMinor: 0, entries: [{ amountMinor: -150, parts: [], reference: 'A' }, { amountMinor: -150, parts: [], reference: 'B' }] })
    const record = (code: string, day: string, amount: string): string => `${code}30006    00001EUR2 12345678901  ${day}  ${day}${'FRAIS'.padEnd(42)}${amount}`
    const cfonb = [record('01', '010426', '0000000000000{'), ...['0000000000015}', '0000000000015}', '0000000000015}'].map(amount => record('04', '020426', amount)), record('07', '020426', '0000000000045}')].join('\n')
    expect((await importFile(aZip([{ name: 'avril/1.xml', text: camt }, { name: '__MACOSX/avril/._1.xml', text: 'x' }]))).body).toMatchObject({ statements: 1, entries: 2 })
    expect((await importFile(cfonb)).body).toMatchObject({ statements: 1, entries: 1, knownEntries: 2, unbalanced: 0, warnings: [] })
    expect((await importFile(aZip([{ name: '1.xml', text: camt }, { name: '2.txt', text: cfonb }]))).body).toMatchObject({ statements: 0, knownStatements: 2, entries: 0 })
  })
  it('say why a file is none, and of an archive which one', async () => {
    expect((await importFile('<Document><BkToCstmrAcctRpt/></Document>')).body.details).toMatchObject({ reason: 'intraday_report' })
    expect((await importFile('<Document><BkToCstmrDbtCdtNtfctn/></Document>')).body.details).toMatchObject({ reason: 'notification' })
    expect((await importFile(aZip([{ name: 'ok.csv', text: 'Date;Montant\n02/04/2026;1,00\n' }, { name: 'mars.xml', text: '<a/>' }]))).body.details).toMatchObject({ reason: 'not_a_statement', file: 'mars.xml' })
    expect((await importFile(aZip([{ name: 'bomb.xml', text: '<'.repeat(70_000_000) }]))).body.details).toMatchObject({ reason: 'archive_too_large' })
    expect(await importFile('<!DOCTYPE a [<!ENTITY b "c">]><a/>')).toMatchObject({ status: 400, body: { code: 'payment.statement_unreadable', details: { reason: 'unsafe_xml' } } })
    expect(await importFile('bonjour')).toMatchObject({ status: 400, body: { details: { reason: 'no_columns' } } })
  })
})

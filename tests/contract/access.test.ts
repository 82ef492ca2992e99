import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accessApi, type GrantInput } from '@comptoir/shared/access/access.contract'
import { approvalApi } from '@comptoir/shared/access/approval.contract'
import { historyApi } from '@comptoir/shared/access/history.contract'
import { insightsApi } from '@comptoir/shared/insights/insights.contract'
import { lifecycleApi } from '@comptoir/shared/relationship/lifecycle.contract'
import { dealVendorApi } from '@comptoir/shared/vendors/deal-vendor.contract'
import { vendorApi } from '@comptoir/shared/vendors/vendor.contract'
import { startComptoir, type Comptoir } from '../factories/comptoir.ts'

let comptoir: Comptoir
let portalId: number
const [admin, manager, seller, limitedSeller, buyer] = [1, 2, 3, 4, 5]
const [oldIban, newIban] = ['FR7630006000011234567890189', 'FR1420041010050500013M02606']

beforeAll(async () => {
  comptoir = await startComptoir({ data: 'generate:30' })
  portalId = (await comptoir.database.db.selectFrom('portals').select('portal_id').executeTakeFirstOrThrow()).portal_id
})
afterAll(() => comptoir?.close())

const as = (userId: number) => comptoir.session(userId)
const grant = (values: Partial<GrantInput> = {}): GrantInput => ({
  subjectKind: 'user', subjectId: buyer, scopeKind: 'all', group: null, vendorId: null, role: 'approver', groups: ['identity', 'prices', 'bank'], validUntil: null, note: null, ...values,
})

async function addVendor(values: Record<string, unknown> = {}): Promise<string> {
  const row = await comptoir.database.db.insertInto('vendors')
    .values({ portal_id: portalId, name: 'Papeterie Morel', name_key: 'papeterie morel', status: 'active', iban: oldIban, iban_approved_at: new Date(), ...values })
    .returning('vendor_id').executeTakeFirstOrThrow()
  return row.vendor_id
}

/** Somebody saves another IBAN; answers the proposal that comes of it. */
async function propose(vendorId: string, userId: number, iban: string | null = newIban): Promise<string> {
  const { body } = await comptoir.call(vendorApi.update, { params: { vendorId }, body: { version: 1, fields: { iban } } }, await as(userId))
  expect(body.pendingFields).toEqual(['iban'])
  const { body: { proposals } } = await comptoir.call(approvalApi.ofVendor, { params: { vendorId } }, await as(admin))
  return proposals[0]!.proposalId
}

const stored = (vendorId: string) => comptoir.database.db.selectFrom('vendors').selectAll().where('vendor_id', '=', vendorId).executeTakeFirstOrThrow()

describe('a change of bank details', () => {
  it('waits for a second person while the old value stays in use, then takes its place', async () => {
    const vendorId = await addVendor()
    const proposalId = await propose(vendorId, seller)
    expect(await stored(vendorId)).toMatchObject({ iban: oldIban, version: 1 })
    const { body } = await comptoir.call(approvalApi.approve, { params: { proposalId }, body: { comment: 'Rappelé au numéro connu' } }, await as(admin))
    expect(body).toMatchObject({ status: 'approved', fields: [{ field: 'iban', from: oldIban, to: newIban }] })
    const row = await stored(vendorId)
    expect(row).toMatchObject({ iban: newIban, version: 2, iban_set_by: seller, iban_approved_by: admin })
    expect(row.iban_approved_at).toBeInstanceOf(Date)
    const { body: { changes } } = await comptoir.call(vendorApi.history, { params: { vendorId } }, await as(admin))
    expect(changes.map(({ field, by }) => [field, by?.userId])).toEqual([['proposal', admin], ['iban', seller], ['proposal', seller]])
  })

  it('is decided by nobody who proposed it', async () => {
    const vendorId = await addVendor()
    const proposalId = await propose(vendorId, admin)
    expect(await comptoir.call(approvalApi.approve, { params: { proposalId }, body: { comment: null } }, await as(admin)))
      .toMatchObject({ status: 403, body: { code: 'proposal.own' } })
    expect(await comptoir.call(approvalApi.withdraw, { params: { proposalId } }, await as(admin))).toMatchObject({ status: 200, body: { status: 'withdrawn' } })
    expect(await stored(vendorId)).toMatchObject({ iban: oldIban })
  })

  it('is decided by nobody without the right to approve bank details', async () => {
    const proposalId = await propose(await addVendor(), admin)
    expect(await comptoir.call(approvalApi.approve, { params: { proposalId }, body: { comment: null } }, await as(manager)))
      .toMatchObject({ status: 403, body: { code: 'vendor.forbidden' } })
  })

  it('is decided once: of two approvers at the same moment one is told that it is done', async () => {
    const { body: { grantId } } = await comptoir.call(accessApi.give, { body: grant() })
    const vendorId = await addVendor()
    const proposalId = await propose(vendorId, seller)
    const answers = await Promise.all([admin, buyer].map(async userId =>
      comptoir.call(approvalApi.approve, { params: { proposalId }, body: { comment: null } }, await as(userId))))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'proposal.decided', details: { status: 'approved' } })
    expect(await stored(vendorId)).toMatchObject({ iban: newIban, version: 2 })
    await comptoir.call(accessApi.take, { params: { grantId } })
  })

  it('gives way to a newer proposal, and the older one can no longer be approved', async () => {
    const vendorId = await addVendor()
    const first = await propose(vendorId, seller)
    const second = await propose(vendorId, manager, null)
    expect(second).not.toBe(first)
    expect(await comptoir.call(approvalApi.approve, { params: { proposalId: first }, body: { comment: null } }, await as(admin)))
      .toMatchObject({ status: 409, body: { code: 'proposal.decided', details: { status: 'superseded' } } })
  })

  it('is refused when the vendor has changed since', async () => {
    const vendorId = await addVendor()
    const proposalId = await propose(vendorId, seller)
    await comptoir.database.db.updateTable('vendors').set({ iban: null }).where('vendor_id', '=', vendorId).execute()
    expect(await comptoir.call(approvalApi.approve, { params: { proposalId }, body: { comment: null } }, await as(admin)))
      .toMatchObject({ status: 409, body: { code: 'proposal.outdated', details: { fields: ['iban'] } } })
  })

  it('tells the author what was decided, and why', async () => {
    const vendorId = await addVendor()
    const proposalId = await propose(vendorId, seller)
    await comptoir.call(approvalApi.reject, { params: { proposalId }, body: { comment: 'RIB illisible' } }, await as(admin))
    const notices = await comptoir.database.db.selectFrom('notice_outbox').select(['kind', 'recipients']).where('vendor_id', '=', vendorId).orderBy('kind').execute()
    expect(notices).toEqual([{ kind: 'change_decided', recipients: [seller] }, { kind: 'change_proposed', recipients: null }])
  })
})

describe('an IBAN that only one person stands behind', () => {
  it('is on file and not approved, whoever wrote it and however', async () => {
    const vendorId = await addVendor()
    await comptoir.database.db.updateTable('vendors').set({ iban: newIban }).where('vendor_id', '=', vendorId).execute()
    expect((await stored(vendorId)).iban_approved_at).toBeNull()
  })

  it('is confirmed by somebody else, as it was shown', async () => {
    const { body: { vendorId } } = await comptoir.call(vendorApi.create, { body: { name: 'Nouveau fournisseur', iban: newIban } }, await as(admin))
    const own = await comptoir.call(approvalApi.confirmIbans, { body: { vendors: [{ vendorId, iban: newIban }] } }, await as(admin))
    expect(own.body).toEqual({ confirmed: [], refused: [{ vendorId, reason: 'own' }] })
    const { body: { grantId } } = await comptoir.call(accessApi.give, { body: grant() })
    const other = await comptoir.call(approvalApi.confirmIbans, { body: { vendors: [{ vendorId, iban: oldIban }] } }, await as(buyer))
    expect(other.body).toEqual({ confirmed: [], refused: [{ vendorId, reason: 'changed' }] })
    const right = await comptoir.call(approvalApi.confirmIbans, { body: { vendors: [{ vendorId, iban: newIban }] } }, await as(buyer))
    expect(right.body).toEqual({ confirmed: [vendorId], refused: [] })
    expect(await stored(vendorId)).toMatchObject({ iban_approved_by: buyer })
    await comptoir.call(accessApi.take, { params: { grantId } })
  })
})

describe('the end of a relationship', () => {
  const end = async (vendorId: string, userId: number) =>
    comptoir.call(vendorApi.changeStatus, { params: { vendorId }, body: { version: 1, status: 'terminated', reason: 'Trop de retards' } }, await as(userId))

  it('is an approver\'s word, unless the rules want two people: then one proposes it and another one makes it', async () => {
    const alone = await addVendor()
    expect(await end(alone, seller)).toMatchObject({ status: 403, body: { code: 'vendor.forbidden' } })
    expect(await end(alone, admin)).toMatchObject({ status: 200, body: { status: 'terminated' } })
    const { body: { rules } } = await comptoir.call(lifecycleApi.rules, {}, await as(admin))
    await comptoir.call(lifecycleApi.saveRules, { body: { rules: { ...rules, terminationNeedsTwo: true }, isAppliedNow: false } }, await as(admin))

    const vendorId = await addVendor()
    const { body: preview } = await comptoir.call(lifecycleApi.preview, { params: { vendorId, to: 'terminated' } }, await as(seller))
    expect(preview).toMatchObject({ needsTwo: true, isForbidden: false, isReasonRequired: true })
    expect(await end(vendorId, admin)).toMatchObject({ status: 200, body: { status: 'active', pendingFields: ['status'], version: 1 } })
    const { body: { proposals: [proposal] } } = await comptoir.call(approvalApi.ofVendor, { params: { vendorId } }, await as(admin))
    expect(proposal).toMatchObject({ kind: 'status', reason: 'Trop de retards', fields: [{ field: 'status', from: 'active', to: 'terminated' }], canDecide: false })
    const approve = async (userId: number) => comptoir.call(approvalApi.approve, { params: { proposalId: proposal!.proposalId }, body: { comment: null } }, await as(userId))
    expect(await approve(admin)).toMatchObject({ status: 403, body: { code: 'proposal.own' } })
    expect(await approve(seller)).toMatchObject({ status: 403, body: { code: 'vendor.forbidden' } })

    await end(vendorId, seller)
    const { body: { proposals: [second] } } = await comptoir.call(approvalApi.ofVendor, { params: { vendorId } }, await as(admin))
    expect(await comptoir.call(approvalApi.approve, { params: { proposalId: second!.proposalId }, body: { comment: null } }, await as(admin))).toMatchObject({ status: 200 })
    expect(await stored(vendorId)).toMatchObject({ status: 'terminated', version: 2 })
    const { body: { changes } } = await comptoir.call(vendorApi.history, { params: { vendorId } }, await as(admin))
    expect(changes.find(({ field }) => field === 'status')).toMatchObject({ oldValue: 'active', newValue: 'terminated', reason: 'Trop de retards', by: { userId: seller } })
    expect(await comptoir.database.db.selectFrom('notice_outbox').select('kind').where('vendor_id', '=', vendorId).where('kind', '=', 'status_changed').execute()).not.toEqual([])
  })
})

describe('a change of legal identity', () => {
  it('waits where something was known, and completes at once what was empty', async () => {
    const vendorId = await addVendor({ iban: null, city: 'Nantes' })
    const { body } = await comptoir.call(vendorApi.update, { params: { vendorId }, body: { version: 1, fields: { name: 'Morel SA', city: 'Lyon', siren: '732829320', phone: '02 40 00 00 00' } } }, await as(seller))
    expect(body).toMatchObject({ name: 'Papeterie Morel', city: 'Nantes', siren: '732829320', phone: '02 40 00 00 00', pendingFields: ['city', 'name'] })
  })

  it('waits for nobody where the administrator has said so', async () => {
    await comptoir.call(accessApi.chooseRule, { body: { rule: 'bank' } })
    const vendorId = await addVendor({ iban: null })
    const { body } = await comptoir.call(vendorApi.update, { params: { vendorId }, body: { version: 1, fields: { name: 'Morel SA' } } }, await as(seller))
    expect(body).toMatchObject({ name: 'Morel SA', pendingFields: [] })
    await comptoir.call(accessApi.chooseRule, { body: { rule: 'bank_and_legal' } })
  })
})

describe('grants', () => {
  it('say beforehand whom and what they are about, and are written down', async () => {
    const total = Number((await comptoir.database.db.selectFrom('vendors').select(({ fn }) => fn.countAll().as('n')).executeTakeFirstOrThrow()).n)
    expect((await comptoir.call(accessApi.preview, { body: grant() })).body).toEqual({ vendorCount: total, personCount: 1 })
    const ofSales = await comptoir.call(accessApi.preview, { body: grant({ subjectKind: 'head_of_department', subjectId: 3 }) })
    expect(ofSales.body.personCount).toBe(2)
    const { body: given } = await comptoir.call(accessApi.give, { body: grant({ note: 'Comptabilité' }) })
    expect(given).toMatchObject({ subjectName: expect.any(String), role: 'approver', vendorCount: total, personCount: 1, createdBy: { userId: admin } })
    const stale = await comptoir.call(accessApi.change, { params: { grantId: given.grantId }, body: { ...grant({ role: 'viewer' }), version: 7 } })
    expect(stale).toMatchObject({ status: 409, body: { code: 'access.changed_meanwhile' } })
    const { body: taken } = await comptoir.call(accessApi.take, { params: { grantId: given.grantId } })
    expect(taken).toEqual(grant({ note: 'Comptabilité' }))
    const { body: { changes } } = await comptoir.call(accessApi.changes)
    expect(changes.slice(0, 2).map(({ kind, by }) => [kind, by?.userId])).toEqual([['taken', admin], ['given', admin]])
    expect(changes[0]).toMatchObject({ subjectName: expect.any(String) })
  })

  it('name nobody who is not there', async () => {
    expect(await comptoir.call(accessApi.give, { body: grant({ subjectId: 99_999 }) })).toMatchObject({ status: 404, body: { code: 'access.subject_unknown' } })
    expect(await comptoir.call(accessApi.give, { body: grant({ subjectId: null }) })).toMatchObject({ status: 400, body: { code: 'request.invalid' } })
  })
})

describe('who sees a vendor', () => {
  it('is told with the grants that say so, to administrators and approvers', async () => {
    const vendorId = await addVendor()
    const { body } = await comptoir.call(accessApi.sight, { params: { vendorId } })
    expect(body.people.find(({ userId }) => userId === seller)).toMatchObject({
      rights: { role: 'editor', groups: ['identity', 'prices', 'documents', 'scores'] }, because: [{ kind: 'grant', subjectKind: 'everyone', scopeKind: 'all', role: 'editor' }],
    })
    expect(body.total).toBe(body.personCount)
    expect(await comptoir.call(accessApi.sight, { params: { vendorId } }, await as(seller))).toMatchObject({ status: 403, body: { code: 'vendor.forbidden' } })
  })
})

describe('viewing as another', () => {
  it('shows what the other sees, changes nothing and is written down', async () => {
    const vendorId = await addVendor()
    const { body: session } = await comptoir.call(accessApi.viewAs, { body: { userId: seller } })
    expect(session).toMatchObject({ viewer: { userId: seller, isAdmin: false }, viewingBy: expect.any(String) })
    expect((await comptoir.call(vendorApi.get, { params: { vendorId } }, session)).body.vendor.iban).toBe('FR76 •••• •••• 0189')
    const write = await comptoir.call(vendorApi.update, { params: { vendorId }, body: { version: 1, fields: { city: 'Lyon' } } }, session)
    expect(write).toMatchObject({ status: 403, body: { code: 'auth.viewing_as' } })
    expect(await comptoir.call(accessApi.grants, {}, session)).toMatchObject({ status: 403, body: { code: 'auth.admin_only' } })
    expect((await comptoir.call(accessApi.changes)).body.changes[0]).toMatchObject({ kind: 'viewing_as', newValue: { userId: seller }, by: { userId: admin } })
  })
})

describe('the history of all vendors', () => {
  it('is filtered, in pages, and masked like every other reply', async () => {
    const vendorId = await addVendor()
    await propose(vendorId, seller)
    const proposal = (await comptoir.call(approvalApi.ofVendor, { params: { vendorId } })).body.proposals[0]!
    await comptoir.call(approvalApi.approve, { params: { proposalId: proposal.proposalId }, body: { comment: null } })
    const { body } = await comptoir.call(historyApi.list, { query: { vendorId, field: 'iban' } }, await as(seller))
    expect(body.lines).toMatchObject([{ vendorName: 'Papeterie Morel', oldValue: 'FR76 •••• •••• 0189', newValue: 'FR14 •••• •••• 2606' }])
    expect((await comptoir.call(historyApi.list, { query: { search: 'PAPETERIE', userId: seller } })).body.lines[0]).toMatchObject({ vendorName: 'Papeterie Morel', by: { userId: seller } })
    expect((await comptoir.call(historyApi.list, { query: { search: 'Pape_erie' } })).body.lines).toEqual([])
    const first = await comptoir.call(historyApi.list, { query: { vendorId, limit: 1 } })
    expect(first.body.people.map(({ userId }) => userId)).toEqual(expect.arrayContaining([admin, seller]))
    expect(first.body.lines).toHaveLength(1)
    const second = await comptoir.call(historyApi.list, { query: { vendorId, limit: 1, before: first.body.nextBefore! } })
    expect(second.body.lines[0]!.changeId).toBeLessThan(first.body.lines[0]!.changeId)
  })
})

describe('the vendors of a deal', () => {
  beforeEach(() => comptoir.call(insightsApi.changeSettings, { body: { analyticsScope: 'own' } }))

  it('are for those whom the portal shows the deal, not for whoever knows its number', async () => {
    const { db } = comptoir.database
    const { deal_id: dealId } = await db.selectFrom('crm_deals').select('deal_id').where('portal_id', '=', portalId)
      .where('assigned_by_id', 'not in', [manager, seller, limitedSeller]).orderBy('deal_id').executeTakeFirstOrThrow()
    const list = async (userId: number) => (await comptoir.call(dealVendorApi.list, { params: { dealId } }, await as(userId))).status
    expect([await list(admin), await list(limitedSeller), await list(buyer)]).toEqual([200, 404, 404])
    // The buyer's rights in the CRM reach all deals: opening the card is proof, the number is not.
    await comptoir.open(buyer, 'CRM_DEAL_DETAIL_TAB', { options: { ID: String(dealId) } })
    await comptoir.open(limitedSeller, 'CRM_DEAL_DETAIL_TAB', { options: { ID: String(dealId) } })
    expect([await list(limitedSeller), await list(buyer)]).toEqual([404, 200])
  })
})

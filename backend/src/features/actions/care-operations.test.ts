import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { markPerson } from '@comptoir/shared/actions/acting-person'
import { vendorManagement } from '@comptoir/shared/actions/definitions'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import { withActingPerson } from './acting-person.ts'
import { careOperations, type CarePort } from './care-operations.ts'
import { carePostgres } from './care.postgres.ts'
import type { OperationContext, Plan } from './operation.ts'
import { vendorOperations, type VendorPort } from './vendor-operations.ts'

let database: TestDatabase
let vendorId: string
let context: OperationContext
const buyer: Viewer = { userId: 7, name: 'Léo', isAdmin: false, departmentIds: [] }
const vendor = () => ({ vendorId, companyId: 5, name: 'Chaises & Cie', status: 'active' as const })
const vendors = () => ({ findById: async () => vendor(), findByCompany: async () => vendor(), findByCode: async () => null, companyOf: async () => 5 }) as unknown as VendorPort
const care = (): CarePort => ({
  ...carePostgres(database.db),
  evaluate: async () => ({ score: 71.456, standing: 'Satisfaisant', coverage: 85, n: 12, reasons: ['indicative'] }),
  compliance: async () => ({ verdict: 'incomplete', missing: ['urssaf'], expired: ['kbis'], nextDeadline: '2026-12-31' }),
})
const ask = (operation: keyof ReturnType<typeof careOperations>, values: Record<string, string> = {}, change: Partial<OperationContext> = {}): Promise<Plan> =>
  careOperations(vendors(), care())[operation]({ ...context, ...change }, { vendorSource: 'document', ...values })
const settle = async (plan: Plan, runId: string): Promise<void> => database.db.transaction().execute(async tx => plan.apply?.(tx, runId))

beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  const { portal_id: id } = await db.insertInto('portals').values({ member_id: 'm', domain: 'd', client_endpoint: '', server_endpoint: '', status: 'installed' }).returning('portal_id').executeTakeFirstOrThrow()
  vendorId = (await db.insertInto('vendors').values({ portal_id: id, name: 'Chaises & Cie', name_key: 'chaises', company_id: 5, status: 'active' }).returning('vendor_id').executeTakeFirstOrThrow()).vendor_id
  context = {
    portal: { id, domain: 'd', clientEndpoint: 'https://p.test/rest/', currency: 'EUR', timeZone: 'Europe/Paris', language: 'fr' },
    viewer: null, document: { entityTypeId: 2, entityId: 42 }, language: 'fr', now: new Date('2026-11-22T12:00:00Z'),
  }
})
afterAll(() => database.close())

describe('the operations on a vendor', () => {
  it('all have an operation behind them, and return only what is declared', async () => {
    const all = { ...vendorOperations(vendors()), ...careOperations(vendors(), care()) }
    expect(Object.keys(all).sort()).toEqual(vendorManagement.operations.map(({ id }) => id).sort())
    const declared = new Set(vendorManagement.returns.map(({ id }) => id))
    for (const { returns } of vendorManagement.operations)
      expect(returns.filter(id => !declared.has(id))).toEqual([])
  })

  it('evaluate: score, standing and coverage, or an honest N/A', async () => {
    expect(await ask('evaluate')).toMatchObject({ returns: { success: true, verdict: 'scored', score: 71.46, standing: 'Satisfaisant', coverage: 85, evaluatedLines: 12, vendorName: 'Chaises & Cie' } })
    const none = careOperations(vendors(), { ...care(), evaluate: async () => ({ score: null, standing: 'N/A', coverage: 40, n: 0, reasons: [] }) })
    expect(await none.evaluate(context, { vendorSource: 'document' })).toMatchObject({ returns: { verdict: 'no_data', score: null }, message: expect.stringContaining('N/A') })
  })

  it('check compliance: what is missing, expired and next, in words', async () => {
    expect(await ask('check-compliance')).toMatchObject({
      returns: { verdict: 'incomplete', missingList: 'attestation de vigilance URSSAF', expiredList: 'extrait Kbis', nextDeadline: '2026-12-31' },
      message: 'Chaises & Cie : manque attestation de vigilance URSSAF. expiré : extrait Kbis. Prochaine échéance le 31 déc. 2026.',
    })
    const unasked = careOperations(vendors(), { ...care(), compliance: async () => ({ verdict: 'not-asked', missing: [], expired: [], nextDeadline: null }) })
    expect((await unasked['check-compliance'](context, { vendorSource: 'document' })).message).toBe('Chaises & Cie : aucun document obligatoire ne lui est demandé.')
  })

  it('link to the deal: once, and again only when the cost changes', async () => {
    const plan = await ask('link-deal', { plannedCost: '1 250,50' })
    expect(plan).toMatchObject({ returns: { changed: true, amount: 1250.5 }, effects: [{ kind: 'written' }] })
    await settle(plan, 'r1')
    expect(await ask('link-deal', { plannedCost: '1250.50' })).toMatchObject({ returns: { changed: false, verdict: 'unchanged' }, effects: [] })
    await settle(await ask('link-deal', { plannedCost: '900' }), 'r2')
    expect(await database.db.selectFrom('deal_vendors').select(['deal_id', 'planned_cost_minor']).execute()).toEqual([{ deal_id: 42, planned_cost_minor: 90_000 }])
    await expect(ask('link-deal', {}, { document: { entityTypeId: 4, entityId: 5 } })).rejects.toMatchObject({ code: 'action.no_deal' })
  })

  it('schedule a payment: one payable per run, whatever is delivered twice', async () => {
    const plan = await ask('schedule-payment', { paymentAmount: '300', dueOn: '31/12/2026', reference: 'Acompte' })
    expect(plan.message.replace(/[\u00A0\u202F]/g, ' ')).toBe('Paiement de 300,00 € à Chaises & Cie prévu le 31 déc. 2026 (Acompte).')
    await settle(plan, 'r3')
    await settle(plan, 'r3')
    expect(await database.db.selectFrom('payables').select(['amount_minor', 'due_on', 'origin', 'status']).execute()).toEqual([{ amount_minor: 30_000, due_on: '2026-12-31', origin: 'action', status: 'open' }])
  })

  it.each([
    ['schedule-payment', { paymentAmount: '-3', dueOn: '2026-12-31', reference: 'x' }, 'paymentAmount'],
    ['schedule-payment', { paymentAmount: '99999999999999999999', dueOn: '2026-12-31', reference: 'x' }, 'paymentAmount'],
    ['link-deal', { plannedCost: '-5' }, 'plannedCost'],
    ['link-deal', { plannedCost: '99999999999999999999' }, 'plannedCost'],
  ] as const)('%s refuses an amount that no form would take: %o', async (operation, values, field) => {
    await expect(ask(operation, { ...values })).rejects.toMatchObject({ code: 'action.settings_invalid', details: { problems: [{ field, reason: 'out_of_range' }] } })
  })

  it('request a document: noted, counted, and told', async () => {
    await settle(await ask('request-document', { documentName: 'urssaf' }), 'r4')
    expect(await database.db.selectFrom('vendor_requests').select(['subject', 'answered_at']).execute()).toEqual([{ subject: 'attestation de vigilance URSSAF', answered_at: null }])
    expect(await database.db.selectFrom('notice_outbox').select(['kind', 'vendor_id']).execute()).toEqual([{ kind: 'document_requested', vendor_id: vendorId }])
  })

  it('start a renewal: of the contract that ends first, to its owner; without one it says so', async () => {
    expect(await ask('start-renewal')).toMatchObject({ returns: { verdict: 'no_contract', changed: false }, effects: [] })
    await database.db.insertInto('contracts').values([['Bail', '2027-06-30'], ['Maintenance', '2026-12-31']].map(([title, end]) => ({
      portal_id: context.portal.id, vendor_id: vendorId, title: title!, status: 'signed' as const, starts_on: '2026-01-01', ends_on: end!, current_ends_on: end!, owner_user_id: 9,
    }))).execute()
    const plan = await ask('start-renewal')
    expect(plan).toMatchObject({ returns: { verdict: 'started', contractTitle: 'Maintenance', contractEndsOn: '2026-12-31' } })
    await settle(plan, 'r5')
    expect(await database.db.selectFrom('notice_outbox').select(['kind', 'owner_user_id']).where('kind', '=', 'renewal_started').execute()).toEqual([{ kind: 'renewal_started', owner_user_id: 9 }])
    const again = await ask('start-renewal')
    expect(again).toMatchObject({ returns: { verdict: 'unchanged', changed: false, contractTitle: 'Maintenance' }, effects: [] })
    expect(again.apply).toBeUndefined()
  })
})

describe('whose rights an operation keeps to', () => {
  it('are those of the person named in its settings: what they may not do is not done for them', async () => {
    await database.db.deleteFrom('vendor_grants').where('portal_id', '=', context.portal.id).execute()
    const operation = withActingPerson(careOperations(vendors(), care())['schedule-payment'], async (_, userId) => userId === 7 ? buyer : null)
    const values = { vendorSource: 'document', paymentAmount: '1', dueOn: '2026-12-31', reference: 'x' }
    await expect(operation(context, { ...values, actsAs: 'user_7' })).rejects.toMatchObject({ code: 'vendor.not_found' })
    await database.db.insertInto('vendor_grants').values({ portal_id: context.portal.id, subject_kind: 'user', subject_id: 7, scope_kind: 'all', role: 'viewer', field_groups: ['identity', 'prices'] }).execute()
    await expect(operation(context, { ...values, actsAs: 'user_7' })).rejects.toMatchObject({ code: 'vendor.forbidden' })
    await expect(operation(context, { ...values, actsAs: '8' })).rejects.toMatchObject({ code: 'action.no_person' })
    await expect(operation(context, { ...values, actsAs: '' })).resolves.toMatchObject({ returns: { success: true } })
  })

  it('are nobody\'s where an expression comes to nothing, or to something that is no person', async () => {
    const asked: number[] = []
    const operation = withActingPerson(careOperations(vendors(), care())['schedule-payment'], async (_, userId) => {
      asked.push(userId)
      return null
    })
    expect(markPerson('7')).toBe('7')
    expect(markPerson(markPerson('{=Document:ASSIGNED_BY_ID}'))).toBe('user:{=Document:ASSIGNED_BY_ID}')
    for (const actsAs of ['user:', 'user: ', 'Jean Dupont', 'group_hr7', '{=Variable:V1}', 'user:{=Variable:V1}'])
      await expect(operation(context, { vendorSource: 'document', actsAs })).rejects.toMatchObject({ code: 'action.no_person' })
    expect(asked).toEqual([])
    for (const actsAs of ['user:user_7', 'user:7, user_8', 'Ada Morel [7]'])
      await expect(operation(context, { vendorSource: 'document', actsAs })).rejects.toMatchObject({ code: 'action.no_person', details: { userId: 7 } })
  })

  it('never are more than those of who tries it out', async () => {
    const seen: (Viewer | null)[] = []
    const operation = withActingPerson(async ({ viewer }) => {
      seen.push(viewer)
      return { returns: {}, message: '', effects: [] }
    }, async () => ({ ...buyer, userId: 1, isAdmin: true }))
    await operation({ ...context, viewer: buyer }, { actsAs: '1' })
    expect(seen).toEqual([buyer])
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actionApi } from '@comptoir/shared/actions/action.contract'
import { reportApi } from '@comptoir/shared/reports/report.contract'
import { noChange } from '@comptoir/shared/scenarios/scenario'
import { scenarioApi } from '@comptoir/shared/scenarios/scenario.contract'
import { startComptoir, waitFor, type Comptoir } from '../factories/comptoir.ts'
import { fingerprint } from '../factories/fingerprint.ts'
import { analyticsCode, answersTo, runOf, runsOf, runWorkflow, vendorCode } from '../factories/workflow.ts'

let comptoir: Comptoir
let vendor: { vendor_id: string, company_id: number, name: string }
let clientId: number
let scenarioId: string
let reportId: string
const contracts = 1036

beforeAll(async () => {
  comptoir = await startComptoir({ data: 'generate:60' })
  const { db } = comptoir.database
  // Changes of the deals that these tests make are nobody's business here.
  comptoir.portal.eventBindings = comptoir.portal.eventBindings.filter(({ event }) => !event.startsWith('ONCRM'))
  const found = await db.selectFrom('vendors').select(['portal_id', 'vendor_id', 'company_id', 'name']).where('company_id', 'is not', null).orderBy('vendor_id').executeTakeFirstOrThrow()
  vendor = { ...found, company_id: found.company_id ?? 0 }
  clientId = (await db.selectFrom('crm_companies').select('company_id').where('type_id', '=', 'CUSTOMER').executeTakeFirstOrThrow()).company_id
  await db.insertInto('purchases').values([80_000, 43_450].map(amount_minor => ({
    portal_id: found.portal_id, vendor_id: vendor.vendor_id, spent_on: '2025-03-14', amount_minor, amount_base_minor: amount_minor, currency: 'EUR',
  }))).execute()
  const scenario = await comptoir.call(scenarioApi.create, {
    body: { name: 'Croissance', levers: { ...noChange, price: 0.1 }, lostVendorId: null, assumedRatio: null, assumedCustomerDays: null, isShared: true },
  })
  scenarioId = scenario.body.scenarioId
  const report = await comptoir.call(reportApi.create, {
    body: {
      title: 'Achats', source: { kind: 'spend', by: 'vendor', period: 'last_year' }, formats: ['csv'], recurrence: { every: 'week', weekday: 1, day: 1, time: '07:00' },
      timeZone: 'Europe/Paris', language: 'fr', recipients: [{ kind: 'user', id: 1 }],
      delivery: [],
    },
  })
  expect(report).toMatchObject({ status: 200 })
  reportId = report.body.scheduleId
})
afterAll(() => comptoir?.close())

const dealOf = (companyId: number | null, title = 'Chaises') =>
  comptoir.portal.crm.add(2, { title, categoryId: 0, stageId: 'NEW', opportunity: 100, currencyId: 'EUR', ...companyId !== null && { companyId } }, { userId: 1 }).id

const totalSpend = { operation: 'total-spend', vendorSource: 'document', period: 'all' }

describe('« Gestion des fournisseurs » in a process', () => {
  it('is acknowledged at once, answers with the spend, and its branch is taken', async () => {
    const before = answersTo(comptoir).length
    const workflow = runWorkflow(comptoir, { properties: totalSpend, itemId: dealOf(vendor.company_id), when: { left: '{=A1_1_1_1:total}', operator: '>=', right: '1234.5' } })
    await workflow.ended()
    expect(workflow.results()).toMatchObject({ success: 'Y', verdict: 'ok', total: 1234.5, currency: 'EUR', purchaseCount: 2, share: 100, vendorName: vendor.name })
    expect(workflow.title()).toBe('Yes')
    expect(workflow.messages().join('\n')).toContain(`dépensés chez ${vendor.name} depuis le début (2 achats).`)
    const delivery = comptoir.portal.journal.read('delivery').findLast(({ name }) => name === vendorCode)
    expect(delivery).toMatchObject({ status: 200 })
    expect(await runOf(comptoir, workflow)).toMatchObject({ state: 'answered', isSuccess: true, errorCode: null, document: { entityTypeId: 2 } })
    expect(answersTo(comptoir).length - before).toBe(1)
  })

  it('delivered twice is stored, run and answered once', async () => {
    const before = answersTo(comptoir).length
    comptoir.portal.queue.duplicate(1)
    const workflow = runWorkflow(comptoir, { properties: totalSpend, itemId: dealOf(vendor.company_id) })
    await workflow.ended()
    await comptoir.idle()
    expect(await runsOf(comptoir, workflow)).toHaveLength(1)
    expect(answersTo(comptoir).length - before).toBe(1)
  })

  it.each<[string, () => number | null, string]>([
    ['has no company', () => null, 'Vérifiez que l’enregistrement a une entreprise'],
    ['belongs to a company that is no vendor', () => clientId, 'Aucun fournisseur ne correspond'],
  ])('says what to do when the deal %s', async (_, companyId, text) => {
    const workflow = runWorkflow(comptoir, { properties: totalSpend, itemId: dealOf(companyId()) })
    await workflow.ended()
    expect(workflow.results()).toMatchObject({ success: 'N', verdict: 'error' })
    expect(String(workflow.results().message)).toContain(text)
    expect(workflow.messages().join('\n')).toContain(text)
    expect(workflow.title()).toBe('No')
    expect(await runOf(comptoir, workflow)).toMatchObject({ state: 'answered', isSuccess: false, errorCode: 'action.no_vendor' })
  })

  it('runs as an automation rule, too', async () => {
    const workflow = runWorkflow(comptoir, { code: `${vendorCode}_robot`, properties: totalSpend, itemId: dealOf(vendor.company_id) })
    await workflow.ended()
    expect(workflow.results()).toMatchObject({ success: 'Y', total: 1234.5 })
  })

  it('with settings that make no sense answers instead of hanging', async () => {
    const workflow = runWorkflow(comptoir, { properties: { operation: 'total-spend', vendorSource: 'document', period: 'someday' }, itemId: dealOf(vendor.company_id) })
    await workflow.ended()
    expect(workflow.results()).toMatchObject({ success: 'N' })
    expect(await runOf(comptoir, workflow)).toMatchObject({ errorCode: 'action.settings_invalid' })
  })

  it('takes any text that a record may hold', async () => {
    const properties = { ...totalSpend, reason: `a\0b ${'x'.repeat(3_995)}😀😀` }
    const workflow = runWorkflow(comptoir, { properties, itemId: dealOf(vendor.company_id, '😀'.repeat(60)) })
    await workflow.ended()
    expect(workflow.results()).toMatchObject({ success: 'Y' })
  })

  it('reads the company of a smart process record', async () => {
    const { id } = comptoir.portal.crm.add(contracts, { title: 'Contrat', companyId: vendor.company_id }, { userId: 1 })
    const workflow = runWorkflow(comptoir, { properties: totalSpend, entityTypeId: contracts, itemId: id })
    await workflow.ended()
    expect(workflow.results()).toMatchObject({ success: 'Y', total: 1234.5 })
    expect(await runOf(comptoir, workflow)).toMatchObject({ document: { entityTypeId: contracts, entityId: id } })
  })

  it('changes the status of the vendor of a company once, with its reason in the history', async () => {
    const properties = { operation: 'change-status', vendorSource: 'document', status: 'suspended', reason: 'Audit de {=Document:TITLE}' }
    comptoir.portal.queue.duplicate(1)
    const workflow = runWorkflow(comptoir, { properties, entityTypeId: 4, itemId: vendor.company_id })
    await workflow.ended()
    expect(workflow.results()).toMatchObject({ success: 'Y', verdict: 'changed', previousStatus: 'active', vendorStatus: 'suspended', changed: 'Y' })
    await comptoir.idle()
    const changes = await comptoir.database.db.selectFrom('vendor_changes').selectAll().where('vendor_id', '=', vendor.vendor_id).where('field', '=', 'status').execute()
    expect(changes).toMatchObject([{ old_value: 'active', new_value: 'suspended', origin: 'action', reason: `Audit de ${vendor.name}` }])
  })

  it('that nobody waits for runs all the same, and sends no answer', async () => {
    const registration = [...comptoir.portal.bizproc.registrations.values()].find(({ code }) => code === vendorCode)
    expect(registration).toBeDefined()
    const before = answersTo(comptoir).length
    Object.assign(registration ?? {}, { useSubscription: 'N' })
    const workflow = runWorkflow(comptoir, { properties: totalSpend, itemId: dealOf(vendor.company_id) })
    await workflow.ended()
    expect(await runOf(comptoir, workflow)).toMatchObject({ state: 'answered', isSuccess: true, returns: { total: 1234.5 } })
    Object.assign(registration ?? {}, { useSubscription: 'Y' })
    expect(answersTo(comptoir).length).toBe(before)
  })
})

describe('« Analyse commerciale » in a process', () => {
  const threshold = { operation: 'metric-threshold', metric: 'deals_won', period: 'all', direction: 'at_least', threshold: '1' }

  it('measures, compares and lets the process branch', async () => {
    const workflow = runWorkflow(comptoir, { code: analyticsCode, properties: threshold, itemId: dealOf(null), when: { left: '{=A1_1_1_1:reached}', operator: '=', right: 'Y' } })
    await workflow.ended()
    const { rows: [won] } = await comptoir.database.pool.query<{ n: number }>(`select count(*)::int as n from crm_deals where semantics = 'S'`)
    expect(workflow.results()).toMatchObject({ success: 'Y', verdict: 'reached', value: won?.n, reached: 'Y' })
    expect(workflow.title()).toBe('Yes')
  })

  it('takes a threshold from the record, as the process writes it', async () => {
    const workflow = runWorkflow(comptoir, { code: analyticsCode, properties: { ...threshold, metric: 'revenue_won', threshold: '{=Document:OPPORTUNITY}', direction: 'below' }, itemId: dealOf(null) })
    await workflow.ended()
    expect(workflow.results()).toMatchObject({ success: 'Y', verdict: 'not_reached', reached: 'N', unit: 'EUR' })
  })
})

describe('a report in a process', () => {
  it('is made once, for the people of its schedule', async () => {
    comptoir.portal.queue.duplicate(1)
    const workflow = runWorkflow(comptoir, { code: analyticsCode, properties: { operation: 'report', reportId }, itemId: dealOf(null) })
    await workflow.ended()
    expect(workflow.results()).toMatchObject({ success: 'Y', verdict: 'requested', subject: 'Achats', recipients: 1 })
    await comptoir.idle()
    expect((await comptoir.call(reportApi.runs, { params: { scheduleId: reportId } })).body).toMatchObject([{ reason: 'person', state: 'done', people: 1 }])
  })

  it('is not made in the rights of somebody who may not run it', async () => {
    const workflow = runWorkflow(comptoir, { code: analyticsCode, properties: { operation: 'report', reportId, actsAs: 'user_2' }, itemId: dealOf(null) })
    await workflow.ended()
    expect(workflow.results()).toMatchObject({ success: 'N', verdict: 'error' })
    expect(await runOf(comptoir, workflow)).toMatchObject({ errorCode: 'report.not_found' })
  })
})

describe('the preview in the settings', () => {
  it.each(([
    ['vendor-management' as const, vendorCode, { ...totalSpend, vendorSource: 'fixed' }],
    ['vendor-management' as const, vendorCode, { operation: 'change-status', vendorSource: 'fixed', status: 'active', reason: '{=Document:TITLE}' }],
    ['business-analytics' as const, analyticsCode, { operation: 'metric-threshold', metric: 'win_rate', period: 'all', direction: 'above', threshold: '10' }],
    ['business-analytics' as const, analyticsCode, { operation: 'comparison', metric: 'deals_won', period: 'last_year', against: 'last_year' }],
    ['business-analytics' as const, analyticsCode, { operation: 'forecast', metric: 'revenue_won', horizon: 'this_month', target: '1000' }],
    ['business-analytics' as const, analyticsCode, { operation: 'anomaly', metric: 'deals_won', side: 'either' }],
    ['business-analytics' as const, analyticsCode, { operation: 'scenario', measure: 'revenue' }],
    ['business-analytics' as const, analyticsCode, { operation: 'report' }],
  ] as const).map(one => [one[2].operation, ...one] as const))('of %s shows what a run then returns, and writes nothing', async (_, actionId, code, chosen) => {
    const settings = { ...chosen, vendorId: vendor.vendor_id, scenarioId, reportId }
    const { deal_id: itemId } = await comptoir.database.db.selectFrom('crm_deals').select('deal_id').executeTakeFirstOrThrow()
    await comptoir.idle()
    const before = await fingerprint(comptoir.database)
    const { status, body } = await comptoir.call(actionApi.preview, { params: { actionId }, body: { settings, document: { entityTypeId: 2, entityId: itemId } } })
    expect({ status, failure: body.failure, problems: body.problems }).toEqual({ status: 200, failure: null, problems: [] })
    expect(await fingerprint(comptoir.database)).toEqual(before)
    const workflow = runWorkflow(comptoir, { code, properties: settings, itemId })
    await workflow.ended()
    expect((await runOf(comptoir, workflow)).returns).toEqual(body.returns)
  })
})

describe('a run', () => {
  it('can be run again; a process that has ended hears nothing of it', async () => {
    const workflow = runWorkflow(comptoir, { properties: totalSpend, itemId: dealOf(vendor.company_id) })
    await workflow.ended()
    const { runId } = await runOf(comptoir, workflow)
    const { status, body: again } = await comptoir.call(actionApi.rerun, { params: { runId } })
    expect({ status, rerunOf: again.rerunOf }).toEqual({ status: 200, rerunOf: runId })
    const ended = await waitFor(async () => (await runsOf(comptoir, workflow)).find(run => run.runId === again.runId && run.finishedAt), 'the second run')
    expect(ended).toMatchObject({ state: 'unanswered', isSuccess: true, returns: { total: 1234.5 } })
  })

  it('that is not over cannot be run again, and an unknown one is not found', async () => {
    const { portal_id: portalId } = await comptoir.database.db.selectFrom('portals').select('portal_id').executeTakeFirstOrThrow()
    const { run_id: runId } = await comptoir.database.db.insertInto('action_runs').values({
      portal_id: portalId, action_id: 'vendor-management', code: vendorCode, settings: '{}', event_token: Buffer.from('x'),
      event_token_hash: Buffer.from('unfinished'), is_waited_for: true, state: 'running', next_try_at: new Date(Date.now() + 3_600_000),
    }).returning('run_id').executeTakeFirstOrThrow()
    expect(await comptoir.call(actionApi.rerun, { params: { runId } })).toMatchObject({ status: 409, body: { code: 'action.run_unfinished' } })
    await comptoir.database.db.deleteFrom('action_runs').where('run_id', '=', runId).execute()
    expect(await comptoir.call(actionApi.rerun, { params: { runId } })).toMatchObject({ status: 404, body: { code: 'action.run_unknown' } })
  })
})

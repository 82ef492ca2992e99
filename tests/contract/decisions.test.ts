import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { decisionApi, type DecisionRule, type LoggedDecision } from '@comptoir/shared/decisions/decision.contract'
import type { DecisionEffect, DecisionRuleInput } from '@comptoir/shared/decisions/decision-rule'
import { composeActions, type Actions } from '@comptoir/backend/features/actions/compose'
import { actionOperationsPorts } from '@comptoir/backend/app-ports'
import { analyticsPort } from '@comptoir/backend/app-analytics-ports'
import { decisionPorts } from '@comptoir/backend/app-decision-ports'
import { composeDecisions, type Decisions } from '@comptoir/backend/features/decisions/compose'
import type { Crm } from '@comptoir/backend/platform/bitrix24/client'
import { connectHost, type Host } from '@comptoir/backend/platform/bitrix24/host'
import { createTokenCipher } from '@comptoir/backend/platform/bitrix24/token-cipher'
import { createLog } from '@comptoir/backend/platform/http/fastify'
import { createPortals } from '@comptoir/backend/platform/portals/portals.postgres'
import { startComptoir, type Comptoir } from '../factories/comptoir.ts'
import { createTemplate } from '../portal/bizproc/designer.ts'
import { documentTypeOf } from '../portal/bizproc/documents.ts'

let comptoir: Comptoir
let host: Host
let actions: Actions
let portalId = 0
/** How far the clock of the rounds is ahead. */
let aheadMs = 0
const now = (): Date => new Date(Date.now() + aheadMs)
const employee = 3
const dealOwner = 2

beforeAll(async () => {
  comptoir = await startComptoir({ data: 'generate:30' })
  const { db } = comptoir.database
  const log = createLog('silent')
  host = connectHost({ config: comptoir.config, db, log, now })
  actions = composeActions({
    db, host, log, now, portals: createPortals(db), cipher: createTokenCipher(comptoir.config.encryptionKey), publicUrl: comptoir.url,
    ...actionOperationsPorts({ db, host }), analytics: analyticsPort({ db, host, jobs: {} as never }), choices: () => Promise.reject(new Error('not asked')), portalOfToken: async () => null,
  })
  comptoir.portal.eventBindings = comptoir.portal.eventBindings.filter(({ event }) => !event.startsWith('ONCRM'))
  portalId = (await db.selectFrom('portals').select('portal_id').executeTakeFirstOrThrow()).portal_id
  // A busy machine may still be reading the portal.
  await vi.waitUntil(async () => await db.selectFrom('vendors').select('vendor_id').where('status', '=', 'active').executeTakeFirst()
    && await db.selectFrom('crm_deals').select('deal_id').where('semantics', '=', 'S').executeTakeFirst(), { timeout: 40_000, interval: 200 })
}, 60_000)
afterAll(() => comptoir?.close())

const process = (change: { readonly crm?: Pick<Crm, 'for'> } = {}): Decisions => composeDecisions({
  db: comptoir.database.db, host: { crm: (change.crm ?? host.crm) as Crm }, portals: createPortals(comptoir.database.db), now, log: createLog('silent'), ...decisionPorts(actions),
})
async function settle(decisions = process()): Promise<void> {
  while (await decisions.round());
}
const always: Pick<DecisionRuleInput, 'condition' | 'guards' | 'actsAs'> = { condition: { kind: 'always' }, guards: { perDay: 50, quietHours: 0, needsApproval: false, approvers: [] }, actsAs: 1 }
const rule = (change: Partial<DecisionRuleInput> = {}): DecisionRuleInput =>
  ({ name: 'Grandes affaires', trigger: { kind: 'deal_amount' }, effects: [{ kind: 'notify', userIds: [employee] }], ...always, ...change })

/** One rule at a time: what another test set says nothing here. */
async function setRule(change: Partial<DecisionRuleInput> = {}): Promise<string> {
  const { db } = comptoir.database
  for (const table of ['decision_rules', 'decision_events', 'decisions', 'notice_outbox'] as const)
    await db.deleteFrom(table).execute()
  const { status, body } = await comptoir.call(decisionApi.create, { body: rule(change) })
  expect(status).toBe(200)
  return body[0]?.ruleId ?? ''
}
const log = async (session?: Parameters<Comptoir['call']>[2]): Promise<LoggedDecision[]> => (await comptoir.call(decisionApi.log, {}, session)).body.decisions
const rulesNow = async (): Promise<DecisionRule[]> => (await comptoir.call(decisionApi.rules, {})).body
const toldOf = (kind: string) => comptoir.database.db.selectFrom('notice_outbox').select(['recipients', 'params']).where('kind', '=', kind).execute()
/** A deal that both sides have, not a new one; the portal's own events are the mirror's business. */
async function newDeal(createdAt = new Date(now().getTime() - 40 * 86_400_000)): Promise<number> {
  const { id } = comptoir.portal.crm.add(2, { title: 'Chaises', categoryId: 0, stageId: 'NEW', opportunity: 100, currencyId: 'EUR', assignedById: dealOwner }, { userId: dealOwner })
  await comptoir.database.db.insertInto('crm_deals').values({
    portal_id: portalId, deal_id: id, title: 'Chaises', category_id: 0, stage_id: 'NEW', semantics: 'P', amount_minor: 10_000, amount_base_minor: 10_000, currency: 'EUR', assigned_by_id: dealOwner, created_at: createdAt,
  } as never).execute()
  return id
}
async function moveInMirror(dealId: number, stageId: string): Promise<void> {
  await comptoir.database.db.updateTable('crm_deals').set({ stage_id: stageId }).where('deal_id', '=', dealId).execute()
}
async function changeAmount(dealId: number, minor: number): Promise<void> {
  await comptoir.database.db.updateTable('crm_deals').set({ amount_minor: minor, amount_base_minor: minor }).where('deal_id', '=', dealId).execute()
}
const stageOf = (dealId: number): unknown => comptoir.portal.crm.items(2)?.get(dealId)?.stageId

describe('a rule', () => {
  it('decides once when the amount of a deal passes its limit, and the log tells the numbers', async () => {
    await setRule({ condition: { kind: 'deal_amount', direction: 'at_least', minor: 1_000_000 } })
    const deal = await newDeal()
    await changeAmount(deal, 999_999)
    await settle()
    expect(await log()).toEqual([])
    await changeAmount(deal, 1_200_000)
    await settle()
    await settle()
    const [decision, ...others] = await log()
    expect(others).toEqual([])
    expect(decision).toMatchObject({ state: 'done', dealId: deal, dealTitle: 'Chaises', numbers: { value: 12_000, threshold: 10_000, unit: 'EUR' }, effects: [{ state: 'done', effect: { kind: 'notify' } }], event: { kind: 'deal_amount' } })
    expect(decision?.event.after).toMatch(/12.000/)
    expect(await comptoir.database.db.selectFrom('notice_outbox').select('recipients').where('kind', '=', 'decision_made').execute()).toEqual([{ recipients: [employee] }])
  })

  it('hears of a deal that is created: it has reached a stage, completed none, and its amount is new', async () => {
    await setRule({ condition: { kind: 'deal_amount', direction: 'at_least', minor: 10_000 } })
    const trigger = (moment: 'completed' | 'reached'): Partial<DecisionRuleInput> => ({ name: moment, trigger: { kind: 'deal_stage', moment, stageId: null } })
    for (const moment of ['completed', 'reached'] as const)
      await comptoir.call(decisionApi.create, { body: rule(trigger(moment)) })
    await newDeal()
    await settle()
    expect(await log()).toEqual([])
    const deal = await newDeal(now())
    await settle()
    const entries = await log()
    expect(entries.map(({ ruleName, dealId, state }) => [ruleName, dealId, state]).toSorted()).toEqual([['Grandes affaires', deal, 'done'], ['reached', deal, 'done']])
    expect(entries.find(({ ruleName }) => ruleName === 'Grandes affaires')?.event).toMatchObject({ before: null, after: expect.stringMatching(/100,00/) })
    const trial = (await comptoir.call(decisionApi.try, { body: rule({ condition: { kind: 'deal_amount', direction: 'at_least', minor: 10_000 } }) })).body
    expect(trial.examples.some(({ dealId }) => dealId === deal)).toBe(true)
  })

  it('follows a stage that is completed, moves the deal on, does not answer its own echo, and is undone', async () => {
    await setRule({ trigger: { kind: 'deal_stage', moment: 'completed', stageId: null }, effects: [{ kind: 'deal_stage', stageId: 'PREPAYMENT_INVOICE' }] })
    const deal = await newDeal()
    comptoir.portal.crm.update(2, deal, { stageId: 'PREPARATION' }, { userId: dealOwner })
    await moveInMirror(deal, 'PREPARATION')
    await settle()
    expect(stageOf(deal)).toBe('PREPAYMENT_INVOICE')
    await moveInMirror(deal, 'PREPAYMENT_INVOICE')
    await settle()
    const [decision, ...others] = await log()
    expect(others).toEqual([])
    expect(decision).toMatchObject({ state: 'done', canUndo: true, effects: [{ before: expect.any(String), state: 'done' }] })
    const undone = await comptoir.call(decisionApi.undo, { params: { decisionId: decision?.decisionId ?? '' } })
    expect(undone.body).toMatchObject({ state: 'undone', canUndo: false })
    expect(stageOf(deal)).toBe('PREPARATION')
    expect((await comptoir.call(decisionApi.undo, { params: { decisionId: decision?.decisionId ?? '' } })).status).toBe(409)
  })

  it('does not overwrite what somebody did since when it is undone', async () => {
    await setRule({ effects: [{ kind: 'deal_stage', stageId: 'PREPAYMENT_INVOICE' }] })
    const deal = await newDeal()
    await changeAmount(deal, 5)
    await settle()
    comptoir.portal.crm.update(2, deal, { stageId: 'EXECUTING' }, { userId: dealOwner })
    const [decision] = await log()
    const { status, body } = await comptoir.call(decisionApi.undo, { params: { decisionId: decision?.decisionId ?? '' } })
    expect([status, (body as unknown as { code: string }).code]).toEqual([409, 'decision.moved_meanwhile'])
    expect(stageOf(deal)).toBe('EXECUTING')
  })

  it('waits for a person, who sees the numbers, and does nothing when refused', async () => {
    await setRule({ guards: { ...always.guards, needsApproval: true, approvers: [employee] }, effects: [{ kind: 'deal_stage', stageId: 'EXECUTING' }] })
    const [first, second] = [await newDeal(), await newDeal()]
    await changeAmount(first, 7)
    await changeAmount(second, 8)
    await settle()
    expect(stageOf(first)).toBe('NEW')
    const session = await comptoir.session(employee)
    const waiting = await log(session)
    expect(waiting).toMatchObject([{ state: 'waiting', canJudge: true }, { state: 'waiting', canJudge: true }])
    expect(await log(await comptoir.session(4))).toEqual([])
    expect(await comptoir.database.db.selectFrom('notice_outbox').select('recipients').where('kind', '=', 'decision_waits').execute()).toEqual([{ recipients: [employee] }, { recipients: [employee] }])
    const idOf = (deal: number): string => waiting.find(({ dealId }) => dealId === deal)?.decisionId ?? ''
    expect((await comptoir.call(decisionApi.approve, { params: { decisionId: idOf(first) }, body: { comment: null } }, await comptoir.session(4))).status).toBe(404)
    expect((await comptoir.call(decisionApi.approve, { params: { decisionId: idOf(first) }, body: { comment: 'D’accord' } }, session)).body).toMatchObject({ state: 'working', comment: 'D’accord' })
    expect((await comptoir.call(decisionApi.refuse, { params: { decisionId: idOf(second) }, body: { comment: null } }, session)).body).toMatchObject({ state: 'refused' })
    expect((await comptoir.call(decisionApi.approve, { params: { decisionId: idOf(second) }, body: { comment: null } }, session)).status).toBe(409)
    await settle()
    expect([stageOf(first), stageOf(second)]).toEqual(['EXECUTING', 'NEW'])
  })

  it('keeps to its guard rails, and says so once a day and record', async () => {
    await setRule({ guards: { ...always.guards, perDay: 2, quietHours: 24 } })
    const [first, second, third] = [await newDeal(), await newDeal(), await newDeal()]
    for (const [deal, minor] of [[first, 11], [first, 12], [first, 13], [second, 14], [third, 15]] as const)
      await changeAmount(deal, minor)
    await settle()
    const states = (await log()).map(({ dealId, state, heldReason, times }) => [dealId, state, heldReason, times])
    expect(states).toEqual(expect.arrayContaining([[first, 'done', null, 1], [second, 'done', null, 1], [first, 'held', 'quiet', 2], [third, 'held', 'limit', 1]]))
    expect(states).toHaveLength(4)
    aheadMs = 25 * 3_600_000
    await changeAmount(first, 16)
    await settle()
    expect((await log()).filter(({ state }) => state === 'done')).toHaveLength(3)
    aheadMs = 0
  })

  it('that goes round in circles with another is held back after five times, and says so to the administrators', async () => {
    const sends = (reached: string, stageId: string): Partial<DecisionRuleInput> => ({ trigger: { kind: 'deal_stage', moment: 'reached', stageId: reached }, effects: [{ kind: 'deal_stage', stageId }] })
    await setRule(sends('PREPARATION', 'EXECUTING'))
    await comptoir.call(decisionApi.create, { body: rule(sends('EXECUTING', 'PREPARATION')) })
    const deal = await newDeal()
    comptoir.portal.crm.update(2, deal, { stageId: 'PREPARATION' }, { userId: dealOwner })
    for (let round = 0; round < 14; round++) {
      await moveInMirror(deal, String(stageOf(deal)))
      await settle()
    }
    const entries = await log()
    expect(entries.filter(({ state }) => state === 'done')).toHaveLength(10)
    expect(entries.filter(({ state }) => state === 'held')).toMatchObject([{ heldReason: 'loop', times: 1 }])
    expect((await rulesNow()).map(({ trouble }) => trouble).toSorted()).toEqual(['loop', null])
    expect(await toldOf('decision_trouble')).toEqual([{ recipients: [1], params: expect.objectContaining({ subject: 'Grandes affaires' }) }])
  })

  it('says so when nobody stands behind it any more, and is well again once it names somebody else', async () => {
    const { db } = comptoir.database
    const ruleId = await setRule({ actsAs: employee })
    const leave = (isActive: boolean) => db.updateTable('crm_users').set({ is_active: isActive }).where('user_id', '=', employee).execute()
    await leave(false)
    expect(await rulesNow()).toMatchObject([{ trouble: 'no_person' }])
    const deal = await newDeal()
    await changeAmount(deal, 61)
    await settle()
    expect(await log()).toMatchObject([{ state: 'held', heldReason: 'no_person' }])
    expect(await toldOf('decision_trouble')).toHaveLength(1)
    await comptoir.call(decisionApi.change, { params: { ruleId }, body: { ...rule(), isOn: true, version: 1 } })
    await leave(true)
    expect(await rulesNow()).toMatchObject([{ trouble: null }])
  })

  it('says so when what it analyses by was deleted', async () => {
    await setRule({ condition: { kind: 'analysis', settings: { operation: 'segment', segmentId: '00000000-0000-4000-8000-000000000000' }, verdicts: ['member'] } })
    await changeAmount(await newDeal(), 62)
    await settle()
    expect(await log()).toMatchObject([{ state: 'held', heldReason: 'no_answer', message: 'segment.not_found' }])
    expect(await rulesNow()).toMatchObject([{ trouble: 'no_answer' }])
    expect(await toldOf('decision_trouble')).toHaveLength(1)
  })

  it('does no more than the person in whose name it acts', async () => {
    await setRule({ actsAs: employee, effects: [{ kind: 'deal_stage', stageId: 'EXECUTING' }, { kind: 'workflow', templateId: 1 }] })
    const deal = await newDeal()
    await changeAmount(deal, 21)
    await settle()
    expect(await log()).toMatchObject([{ state: 'failed', canRetry: true, effects: [{ state: 'failed', errorCode: 'decision.no_right' }, { state: 'failed', errorCode: 'decision.no_right' }] }])
    expect(stageOf(deal)).toBe('NEW')
    expect(await rulesNow()).toMatchObject([{ trouble: 'failed' }])
    expect(await toldOf('decision_trouble')).toHaveLength(1)
  })

  it('changes the status of a vendor by the rules of the life cycle, and back', async () => {
    const { db } = comptoir.database
    const vendor = await db.selectFrom('vendors').select(['vendor_id', 'company_id']).where('status', '=', 'active').executeTakeFirstOrThrow()
    const statusNow = async () => (await db.selectFrom('vendors').select('status').where('vendor_id', '=', vendor.vendor_id).executeTakeFirstOrThrow()).status
    await setRule({ trigger: { kind: 'source', source: 'import' }, effects: [{ kind: 'vendor_status', vendorId: vendor.vendor_id, status: 'suspended', reason: 'Chiffres à revoir' }] })
    await db.insertInto('decision_events').values({ portal_id: portalId, kind: 'source', facts: JSON.stringify({ source: 'import' }), deal_id: null, rule_id: null, taken_until: null }).execute()
    await settle()
    expect(await statusNow()).toBe('suspended')
    const [decision] = await log()
    expect(decision).toMatchObject({ state: 'done', event: { kind: 'source', source: 'import' }, effects: [{ before: 'active' }] })
    await comptoir.call(decisionApi.undo, { params: { decisionId: decision?.decisionId ?? '' } })
    expect(await statusNow()).toBe('active')
  })

  it('hears of every source that was read, once for each reading', async () => {
    const { pool, db } = comptoir.database
    await setRule({ trigger: { kind: 'source', source: 'any' } })
    await pool.query(`insert into sync_portals (portal_id) values ($1) on conflict (portal_id) do nothing`, [portalId])
    await pool.query(`update sync_portals set last_run_at = clock_timestamp(), error_code = null where portal_id = $1`, [portalId])
    await pool.query(`update sync_portals set reconciled_at = now() where portal_id = $1`, [portalId])
    await pool.query(`insert into imports (portal_id, file_name, fingerprint, size_bytes, state) values ($1, 'achats.csv', 'x', 1, 'running')`, [portalId])
    await pool.query(`update imports set state = 'done' where fingerprint = 'x'`)
    await pool.query(`update imports set progress_rows = 1 where fingerprint = 'x'`)
    expect((await db.selectFrom('decision_events').select('facts').orderBy('event_id').execute()).map(({ facts }) => facts)).toEqual([{ source: 'crm' }, { source: 'import' }])
    await settle()
    expect((await log()).map(({ state }) => state)).toEqual(['done', 'done'])
  })

  it('is refused when its parts do not fit, when nobody stands behind it, and to whoever does not administer', async () => {
    const codeOf = async (body: DecisionRuleInput, session?: Parameters<Comptoir['call']>[2]) => ((await comptoir.call(decisionApi.create, { body }, session)).body as unknown as { code: string }).code
    expect(await codeOf(rule({ trigger: { kind: 'source', source: 'any' }, effects: [{ kind: 'workflow', templateId: 1 }] }))).toBe('decision.unfit')
    expect(await codeOf(rule({ effects: [{ kind: 'deal_stage', stageId: 'GONE' }] }))).toBe('decision.unfit')
    expect(await codeOf(rule({ actsAs: 4_711 }))).toBe('action.no_person')
    expect(await codeOf(rule({ condition: { kind: 'analysis', settings: { operation: 'metric-threshold', metric: 'nothing' }, verdicts: ['reached'] } }))).toBe('action.settings_invalid')
    expect(await codeOf(rule(), await comptoir.session(employee))).toBe('auth.admin_only')
  })
})

describe('what a rule can name', () => {
  it('holds every process of deals, however many there are, and none of other records', async () => {
    const { portal } = comptoir
    for (let at = 1; at <= 60; at++)
      createTemplate(portal, { name: `Processus ${String(at).padStart(2, '0')}`, documentType: documentTypeOf(2), userId: 1, steps: [] })
    const ofCompanies = createTemplate(portal, { name: 'Processus d’entreprise', documentType: documentTypeOf(4), userId: 1, steps: [] })
    const { workflows } = (await comptoir.call(decisionApi.choices, {})).body
    expect(workflows?.filter(({ name }) => name.startsWith('Processus '))).toHaveLength(60)
    expect(workflows?.some(({ id }) => id === String(ofCompanies.id))).toBe(false)
  })
})

describe('the trial of a rule', () => {
  it('plays the last 30 days with the guard rails up, and decides nothing', async () => {
    const { db } = comptoir.database
    await setRule()
    const deal = await newDeal()
    await db.deleteFrom('crm_stage_changes').execute()
    await db.insertInto('crm_stage_changes').values([40, 20, 19, 3].map((back, index) => ({
      portal_id: portalId, stage_change_id: index + 1, deal_id: deal, kind: 2, category_id: 0, stage_id: ['NEW', 'PREPARATION', 'NEW', 'PREPARATION'][index]!, semantics: 'P', at: new Date(Date.now() - back * 86_400_000),
    }))).execute()
    const moved = rule({ trigger: { kind: 'deal_stage', moment: 'completed', stageId: 'NEW' }, guards: { ...always.guards, quietHours: 24 } })
    expect((await comptoir.call(decisionApi.try, { body: moved })).body).toMatchObject({ refusal: null, occasions: 2, decided: 2, held: 0, examples: [{ dealId: deal }, { dealId: deal }] })
    expect((await comptoir.call(decisionApi.try, { body: { ...moved, guards: { ...moved.guards, quietHours: 24 * 30 } } })).body).toMatchObject({ decided: 1, held: 1 })
    const measured = rule({ trigger: { kind: 'source', source: 'crm' }, condition: { kind: 'analysis', settings: { operation: 'metric-threshold', metric: 'deals_won', period: 'all', direction: 'at_least', threshold: '1' }, verdicts: ['reached'] } })
    expect((await comptoir.call(decisionApi.try, { body: measured })).body).toMatchObject({ refusal: null, occasions: 30, decided: 30 })
    const open = { ...measured, condition: { ...measured.condition, settings: { operation: 'metric-threshold', metric: 'pipeline_open', period: 'all', direction: 'at_least', threshold: '1' } } } as DecisionRuleInput
    expect((await comptoir.call(decisionApi.try, { body: open })).body).toMatchObject({ refusal: 'only_now' })
    expect(await log()).toEqual([])
  })
})

describe('the trial of a rule about amounts', () => {
  it('knows what deals were worth then, and since when that is known', async () => {
    const { db } = comptoir.database
    const deal = await newDeal()
    await db.deleteFrom('crm_deal_amounts').execute()
    // A deal that is created is an occasion, too: here none is new.
    await db.updateTable('crm_deals').set({ created_at: new Date(now().getTime() - 40 * 86_400_000) }).execute()
    await db.updateTable('portals').set({ amounts_kept_since: now() }).where('portal_id', '=', portalId).execute()
    for (const minor of [31, 20, 45])
      await changeAmount(deal, minor)
    const limit = (direction: 'at_least' | 'at_most', minor: number) => ({ kind: 'deal_amount' as const, direction, minor })
    const amounts = await db.selectFrom('crm_deal_amounts').select(['before_base_minor', 'base_minor']).orderBy('change_id').execute()
    expect(amounts.map(({ base_minor: minor }) => minor)).toEqual([31, 20, 45])
    expect(amounts.slice(1).map(({ before_base_minor: minor }) => minor)).toEqual([31, 20])
    const trial = (await comptoir.call(decisionApi.try, { body: rule({ condition: limit('at_least', 30) }) })).body
    expect(trial).toMatchObject({ refusal: null, occasions: 3, decided: 2, unmet: 1, amountsSince: expect.any(String) })
    expect(await log()).toEqual([])

    await db.updateTable('portals').set({ amounts_kept_since: new Date(0) }).where('portal_id', '=', portalId).execute()
    await db.deleteFrom('crm_stage_changes').execute()
    await db.updateTable('crm_deal_amounts').set({ changed_at: new Date(Date.now() - 3 * 86_400_000) }).execute()
    await db.insertInto('crm_stage_changes').values([5, 4, 1].map((back, index) => ({
      portal_id: portalId, stage_change_id: index + 1, deal_id: deal, kind: 2, category_id: 0, stage_id: ['NEW', 'PREPARATION', 'NEW'][index]!, semantics: 'P', at: new Date(Date.now() - back * 86_400_000),
    }))).execute()
    const moved = rule({ trigger: { kind: 'deal_stage', moment: 'completed', stageId: null }, condition: limit('at_most', 45) })
    expect((await comptoir.call(decisionApi.try, { body: moved })).body).toMatchObject({ occasions: 2, decided: 1, unmet: 1, amountsSince: null })
    const reached = rule({ trigger: { kind: 'deal_stage', moment: 'reached', stageId: 'NEW' }, condition: limit('at_most', 45) })
    expect((await comptoir.call(decisionApi.try, { body: reached })).body).toMatchObject({ occasions: 2 })
  })
})

describe('the log', () => {
  it('is filtered, paged, and written to a file', async () => {
    const ruleId = await setRule()
    const deal = await newDeal()
    for (const minor of [31, 32])
      await changeAmount(deal, minor)
    await settle()
    const query = async (filters: Record<string, string>) => (await comptoir.call(decisionApi.log, { query: filters })).body.decisions.length
    expect([await query({ ruleId }), await query({ state: 'waiting' }), await query({ from: '2200-01-01' })]).toEqual([2, 0, 0])
    const { body } = await comptoir.call(decisionApi.export, { query: { format: 'csv' } })
    const table = Buffer.from(body.base64, 'base64').toString('utf8')
    expect(table.match(/Grandes affaires/g)).toHaveLength(2)
    expect(table).toMatch(/notification \(.+\)\u00A0: fait/)
  })

  it('says in the file why a decision was held back', async () => {
    await setRule({ guards: { ...always.guards, quietHours: 24 } })
    const deal = await newDeal()
    for (const minor of [31, 32, 33])
      await changeAmount(deal, minor)
    await settle()
    const { body } = await comptoir.call(decisionApi.export, { query: { format: 'csv' } })
    expect(Buffer.from(body.base64, 'base64').toString('utf8')).toContain('retenue (repos) × 2')
  })
})

describe('killed at every call to the portal', () => {
  const task: DecisionEffect = { kind: 'task', title: 'Appeler', userId: employee, days: 2 }

  it('a decision is carried out whole, and nothing of it twice', async () => {
    const { portal } = comptoir
    const waits = createTemplate(portal, {
      name: 'Relance', documentType: documentTypeOf(2), userId: 1,
      steps: [{ type: 'approve', name: 'A1_1_1_1', title: 'Accord', question: 'Continuer ?', description: '', approvers: 'user_1', then: [], else: [] } as never],
    })
    // Two alike: the one that is there already must not be taken for the other.
    await setRule({ effects: [task, task, { kind: 'deal_stage', stageId: 'EXECUTING' }, { kind: 'crm_trigger' }, { kind: 'workflow', templateId: waits.id }, { kind: 'notify', userIds: [employee] }] })
    const deal = await newDeal()
    const before = portal.tasks.size
    await changeAmount(deal, 41)
    // Each life of the process ends at its next call: before the portal hears of it, or with the answer lost.
    for (let life = 0; life < 16; life++) {
      const dead = dyingAt({ isHeard: life % 2 === 1 })
      const decisions = process({ crm: dead.crm })
      await decisions.start({ isSoleOwner: true })
      await decisions.stop(0)
      await Promise.race([settle(decisions), dead.death])
    }
    const last = process()
    await last.start({ isSoleOwner: true })
    await last.stop(0)
    await settle(last)
    const [decision, ...others] = await log()
    expect(others).toEqual([])
    expect(decision?.effects.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'done', 'done'])
    expect(decision).toMatchObject({ state: 'done', effects: [{}, {}, { before: expect.any(String) }, {}, {}, {}] })
    expect(portal.tasks.size - before).toBe(2)
    const made = [...portal.tasks.values()].slice(-2)
    expect(made.map(({ title }) => title)).toEqual(['Appeler', 'Appeler'])
    expect(new Set(made.map(({ description }) => /\n\(Comptoir [\da-f]{8}-\d\)$/.exec(description)?.[0])).size).toBe(2)
    expect(stageOf(deal)).toBe('EXECUTING')
    expect([...portal.bizproc.instances.values()].filter(({ templateId }) => templateId === waits.id)).toHaveLength(1)
    expect(await comptoir.database.db.selectFrom('notice_outbox').select('key').where('key', 'like', `decision/${decision?.decisionId}/%`).execute()).toHaveLength(1)
  }, 60_000)

  it('an event that is delivered again, or looked at by two processes at once, decides once', async () => {
    const { db } = comptoir.database
    await setRule()
    const deal = await newDeal()
    await changeAmount(deal, 51)
    const event = await db.selectFrom('decision_events').selectAll().executeTakeFirstOrThrow()
    await Promise.all([settle(process()), settle(process())])
    const { event_id, ...row } = event
    await comptoir.database.pool.query('insert into decision_events (portal_id, event_id, kind, key, deal_id, facts, happened_at) overriding system value values ($1, $2, $3, $4, $5, $6, $7)', [row.portal_id, event_id, row.kind, row.key, row.deal_id, JSON.stringify(row.facts), row.happened_at])
    await settle()
    expect(await log()).toHaveLength(1)
  })

  /** A connection to the portal that never answers again after its first call. */
  function dyingAt({ isHeard }: { isHeard: boolean }) {
    let die: () => void = () => undefined
    const death = new Promise<void>((resolve) => { die = resolve })
    const crm = {
      for: (id: number) => {
        const client = host.crm.for(id, { lane: 'background' })
        const call = async (method: string, params: Record<string, unknown>) => {
          if (method === 'crm.item.get' || method.endsWith('.list') || method.endsWith('.instances'))
            return client.call(method, params)
          if (isHeard)
            await client.call(method, params)
          die()
          return new Promise<never>(() => undefined)
        }
        return { ...client, call }
      },
    }
    return { crm: crm as unknown as Pick<Crm, 'for'>, death }
  }
})

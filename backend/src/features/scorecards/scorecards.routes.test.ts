import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { usualConsequences } from '@comptoir/shared/scorecards/consequences'
import { documentScores } from '@comptoir/shared/scorecards/document-output'
import { readDocument } from '@comptoir/shared/scorecards/read-document'
import { evaluateVendor } from './vendor-scorecard.postgres.ts'
import { noon, scorecardsUnderTest, type ScorecardsUnderTest } from './testing/scorecards-under-test.ts'
import { tellStandings } from './tell-standings.postgres.ts'
import { writeMonths } from './write-months.postgres.ts'

let test: ScorecardsUnderTest
let punctual: string
let late: string

beforeAll(async () => {
  test = await scorecardsUnderTest()
  punctual = await test.addVendor('Visserie Morel', 'Visserie')
  late = await test.addVendor('Boulons Durand', 'Visserie')
  for (const month of ['2026-01', '2026-02']) {
    await test.addDelivery(punctual, { number: `A-${month}`, orderedOn: `${month}-01`, promisedOn: `${month}-10`, receivedOn: `${month}-09`, invoicedOn: `${month}-12`, invoicedMinor: 5000 })
    await test.addDelivery(late, { number: `B-${month}`, orderedOn: `${month}-01`, promisedOn: `${month}-10`, receivedOn: `${month}-20`, rejected: 1, invoicedOn: `${month}-22`, invoicedMinor: 6000 })
  }
  await test.addVendor('Sans histoire')
})
afterAll(async () => {
  expect(test.undeclared).toEqual([])
  await test.close()
})

describe('the score of a vendor', () => {
  it('comes with its criteria, contributions and what is missing', async () => {
    const { status, body } = await test.ask('GET', `/api/vendors/${punctual}/scorecard`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      asOf: '2026-03-15', from: null, category: 'Visserie', peers: { vendorCount: 2, scoredCount: 2, rank: 1 }, previous: null, months: [], overTime: null, fraudAlert: null,
      may: { comment: true, adjust: false, seeAmounts: true },
      card: { coverage: 85, isIndicative: true, dueLineCount: 2, criteria: { compliance: { n: 0, raw: null, score: null } }, measures: { otif: { value: 100, n: 2 }, ppm: { value: 0, n: 2 } } },
    })
    // Delivery: 100 and 0 in the category, median 50; (2 × 100 + 5 × 50) / 7.
    expect(body.card.criteria.delivery.score).toBeCloseTo(450 / 7, 10)
    const contributions: number[] = Object.values(body.card.contributions)
    expect(contributions.reduce((sum, part) => sum + part, 0)).toBeCloseTo(body.card.score - body.card.target, 9)
  })

  it('is the one that the command line computes from the exported document', async () => {
    const { body: document } = await test.ask('GET', '/api/scorecards/document', undefined, { isAdmin: true })
    const { suppliers } = documentScores(readDocument(document))
    for (const vendorId of [punctual, late]) {
      const { body } = await test.ask('GET', `/api/vendors/${vendorId}/scorecard`)
      expect(suppliers.find(({ supplier }) => supplier === vendorId)).toMatchObject({ score: body.card.score, standing: body.card.standing, measures: body.card.measures })
    }
    expect((await test.ask('GET', '/api/scorecards/document')).status).toBe(403)
  })

  it('leads to the documents behind each measure', async () => {
    const ask = async (measure: string) => (await test.ask('GET', `/api/vendors/${late}/scorecard/evidence?measure=${measure}`)).body
    expect((await ask('otif')).rows).toMatchObject([
      { label: 'B-2026-02 · Vis M8', on: '2026-02-10', outcome: 'late', isGood: false, quantity: 10, part: 10, amount: 10 }, { on: '2026-01-10' },
    ])
    expect((await ask('ppm')).rows).toMatchObject([{ label: 'BL-B-2026-02 · Vis M8', quantity: 10, part: 1, outcome: 'rejected' }, {}])
    // The first order has no earlier one: the market of the year before is empty on its day, too.
    expect((await ask('ppv')).rows).toMatchObject([{ label: 'B-2026-02 · Vis M8', paid: 6, reference: 5, referenceSource: 'earlier-order', outcome: 'dearer' }])
    expect((await ask('invoiceAccuracy')).rows).toMatchObject([{ label: 'F-B-2026-02', outcome: 'amount', isGood: false }, {}])
    await test.grant('editor', ['identity', 'scores'])
    expect((await ask('ppv')).rows[0]).toMatchObject({ paid: null, reference: null })
    await test.grant('editor', ['identity', 'prices', 'documents', 'scores'])
  })

  it('is nothing for whoever may not see scores', async () => {
    await test.grant('editor', ['identity', 'prices'])
    expect(await test.ask('GET', `/api/vendors/${late}/scorecard`)).toMatchObject({ status: 403, body: { code: 'vendor.forbidden' } })
    expect((await test.ask('GET', '/api/scorecards')).body.vendors).toEqual([])
    await test.grant('editor', ['identity', 'prices', 'documents', 'scores'])
    expect(await test.ask('GET', '/api/vendors/00000000-0000-4000-8000-000000000000/scorecard')).toMatchObject({ status: 404, body: { code: 'vendor.not_found' } })
  })

  it('answers workflows within the rights of whoever asks', async () => {
    const evaluation = await evaluateVendor(test.db, { portal: test.portal, viewer: { userId: 7, name: 'Ada', isAdmin: false, departmentIds: [] } }, punctual, '2026-03-15')
    expect(evaluation).toMatchObject({ standing: 'Satisfaisant', coverage: 85, n: 2, reasons: ['indicative'] })
  })
})

describe('the ranking', () => {
  it('holds every vendor that has data, best first', async () => {
    const { body } = await test.ask('GET', '/api/scorecards')
    expect(body.vendors.map(({ name }: { name: string }) => name)).toEqual(['Visserie Morel', 'Boulons Durand'])
    expect(body).toMatchObject({ rules: { version: 0 }, isWithinRights: false })
  })

  it('keeps weights under a name, for oneself or for all', async () => {
    const weights = { delivery: 60, quality: 10, price: 10, service: 10, compliance: 10 }
    const saved = await test.ask('POST', '/api/scorecards/profiles', { name: 'Délais d’abord', weights, isShared: true })
    expect(saved.body).toMatchObject([{ name: 'Délais d’abord', weights, isShared: true, isOwn: true }])
    expect(await test.ask('POST', '/api/scorecards/profiles', { name: 'Délais d’abord', weights, isShared: false })).toMatchObject({ status: 409, body: { code: 'scorecard.profile_taken' } })
    expect((await test.ask('DELETE', `/api/scorecards/profiles/${saved.body[0].profileId}`)).body).toEqual([])
    expect(await test.ask('DELETE', `/api/scorecards/profiles/${saved.body[0].profileId}`)).toMatchObject({ status: 404 })
  })
})

describe('stored months', () => {
  it('are written in the background when an administrator asks', async () => {
    expect((await test.ask('POST', '/api/scorecards/months')).status).toBe(403)
    expect((await test.ask('POST', '/api/scorecards/months', undefined, { isAdmin: true })).status).toBe(200)
    expect(test.woken).toEqual([test.portal.id])
  })

  it('are written once, oldest first, and know nothing of what came later', async () => {
    expect(await writeMonths(test.db, test.portal, noon)).toBe(2)
    expect(await writeMonths(test.db, test.portal, noon)).toBe(0)
    const { body } = await test.ask('GET', `/api/vendors/${late}/scorecard`)
    expect(body.months).toMatchObject([{ month: '2026-01-01', isActive: true }, { month: '2026-02-01', isActive: true, commentCount: 0 }])
    expect(body.previous).toBe(body.months[1].standing)
    expect(body.overTime).not.toBeNull()
  })

  it('are kept by the database', async () => {
    await expect(test.db.updateTable('scorecard_snapshots').set({ score: 100 }).execute()).rejects.toThrow('kept as it is')
    await expect(test.db.deleteFrom('scorecard_snapshots').execute()).rejects.toThrow('kept as it is')
  })

  it('stand beside the same month worked out again', async () => {
    const same = await test.ask('GET', `/api/vendors/${punctual}/scorecard/months/2026-01-01`)
    expect(same.body.recomputed).toEqual({ inputsHash: same.body.inputsHash, score: same.body.stored.card.score, monthScore: same.body.stored.month.score, differences: [] })
    await test.addDelivery(punctual, { number: 'A-late', orderedOn: '2026-01-02', promisedOn: '2026-01-15' })
    const changed = await test.ask('GET', `/api/vendors/${punctual}/scorecard/months/2026-01-01`)
    expect(changed.body.recomputed.inputsHash).not.toBe(changed.body.inputsHash)
    expect(changed.body.recomputed.differences).toContainEqual({ figure: 'measures.otif', stored: 100, now: 50 })
    expect(changed.body.stored).toEqual(same.body.stored)
    expect(await test.ask('GET', `/api/vendors/${punctual}/scorecard/months/2020-01-01`)).toMatchObject({ status: 404, body: { code: 'scorecard.no_month' } })
  })

  it('take in a vendor whose documents were entered afterwards', async () => {
    const newcomer = await test.addVendor('Nouveau venu')
    await test.addDelivery(newcomer, { number: 'N-1', orderedOn: '2026-02-01', promisedOn: '2026-02-10', receivedOn: '2026-02-10' })
    expect(await writeMonths(test.db, test.portal, noon)).toBe(1)
    const rows = await test.db.selectFrom('scorecard_snapshots').select('month').where('vendor_id', '=', newcomer).execute()
    expect(rows).toEqual([{ month: '2026-02-01' }])
  })

  it('take no evidence but a link of the web', async () => {
    const url = `/api/vendors/${late}/scorecard/months/2026-02-01`
    for (const evidenceLink of ['javascript:alert(1)', 'ftp://example.org', 'https://a b'])
      expect((await test.ask('POST', `${url}/comments`, { kind: 'contest', body: 'x', evidenceLink })).status).toBe(400)
  })

  it('are contested, answered and adjusted without losing what was computed', async () => {
    const url = `/api/vendors/${late}/scorecard/months/2026-02-01`
    expect((await test.ask('POST', `${url}/comments`, { kind: 'contest', body: 'Le transporteur était en grève.', onBehalfOf: ' Paul Durand ', evidenceLink: 'https://example.org/greve.pdf' })).body.comments)
      .toMatchObject([{ kind: 'contest', body: 'Le transporteur était en grève.', onBehalfOf: 'Paul Durand', evidenceLink: 'https://example.org/greve.pdf', author: { userId: 7, name: 'Ada Morel' } }])
    expect(await test.ask('POST', `${url}/adjustments`, { score: 60, reason: 'Grève prouvée' })).toMatchObject({ status: 403, body: { code: 'vendor.forbidden' } })
    await test.grant('approver', ['identity', 'prices', 'documents', 'scores'])
    const { body } = await test.ask('POST', `${url}/adjustments`, { score: 60, reason: 'Grève prouvée' })
    expect(body.comments).toHaveLength(2)
    expect(body.comments).toContainEqual(expect.objectContaining({ kind: 'adjustment', body: 'Grève prouvée', adjustedScore: 60, computedScore: body.stored.card.score }))
    expect((await test.ask('GET', `/api/vendors/${late}/scorecard`)).body.months[1]).toMatchObject({ adjustedScore: 60, commentCount: 2 })
    const told = await test.db.selectFrom('notice_outbox').select('kind').where('kind', '=', 'score_comment').execute()
    expect(told).toHaveLength(2)
  })

  it('leave together with their vendor', async () => {
    const gone = await test.addVendor('Disparu')
    await test.addDelivery(gone, { number: 'G-1', orderedOn: '2026-02-01', promisedOn: '2026-02-10', receivedOn: '2026-02-10' })
    await writeMonths(test.db, test.portal, noon)
    await test.db.deleteFrom('vendors').where('vendor_id', '=', gone).execute()
    expect(await test.db.selectFrom('scorecard_snapshots').select('month').where('vendor_id', '=', gone).execute()).toEqual([])
  })
})

describe('rules', () => {
  it('are shown to all, changed by administrators, one version after another', async () => {
    const { body: stored } = await test.ask('GET', '/api/scorecards/rules')
    const rules = { ...stored.rules, settings: { ...stored.rules.settings, weights: { delivery: 100, quality: 0, price: 0, service: 0, compliance: 0 } } }
    expect((await test.ask('PUT', '/api/scorecards/rules', { version: 0, rules })).status).toBe(403)
    const effect = await test.ask('POST', '/api/scorecards/rules/effect', { rules }, { isAdmin: true })
    expect(effect.body.moved.map(({ name }: { name: string }) => name)).toContain('Visserie Morel')
    const saved = await test.ask('PUT', '/api/scorecards/rules', { version: 0, rules }, { isAdmin: true })
    expect(saved.body).toMatchObject({ version: 1, changedBy: 'Ada Morel', rules: { settings: { weights: { delivery: 100 } } } })
    expect(await test.ask('PUT', '/api/scorecards/rules', { version: 0, rules }, { isAdmin: true })).toMatchObject({ status: 409, body: { code: 'scorecard.settings_changed' } })
    const { body } = await test.ask('GET', `/api/vendors/${late}/scorecard`)
    expect(body.card).toMatchObject({ coverage: 100, target: 80, criteria: { delivery: { weight: 100 } } })
  })

  it('are refused with every fault when they do not fit together', async () => {
    const { body: stored } = await test.ask('GET', '/api/scorecards/rules')
    const rules = { ...stored.rules, settings: { ...stored.rules.settings, standingBounds: [60, 40, 80], weights: { delivery: 0, quality: 0, price: 0, service: 0, compliance: 0 } } }
    expect(await test.ask('PUT', '/api/scorecards/rules', { version: 1, rules }, { isAdmin: true })).toMatchObject({
      status: 400, body: { code: 'scorecard.settings_invalid', details: { faults: [{ path: 'weights', reason: 'no_weight' }, { path: 'standingBounds', reason: 'bounds_not_rising' }] } },
    })
  })
})

describe('a suspicion of fraud', () => {
  it('caps the standing until an approver clears it', async () => {
    await test.ask('PUT', '/api/scorecards/rules', { version: 1, rules: { ...(await test.ask('GET', '/api/scorecards/rules')).body.rules } }, { isAdmin: true })
    expect((await test.ask('POST', `/api/vendors/${punctual}/fraud-alert`, { reason: 'IBAN modifié par courriel.' })).status).toBe(200)
    expect(await test.ask('POST', `/api/vendors/${punctual}/fraud-alert`, { reason: 'Encore' })).toMatchObject({ status: 409, body: { code: 'scorecard.fraud_open' } })
    expect((await test.ask('GET', `/api/vendors/${punctual}/scorecard`)).body).toMatchObject({ fraudAlert: { reason: 'IBAN modifié par courriel.', openedBy: 'Ada Morel' }, card: { vetoes: ['fraudAlert'] } })
    expect(await test.db.selectFrom('alerts').select(['kind', 'state']).where('kind', '=', 'fraud_suspected').execute()).toEqual([{ kind: 'fraud_suspected', state: 'open' }])
    expect((await test.ask('POST', `/api/vendors/${punctual}/fraud-alert/closing`, { reason: 'Confirmé par téléphone.' })).status).toBe(200)
    expect((await test.ask('GET', `/api/vendors/${punctual}/scorecard`)).body).toMatchObject({ fraudAlert: null, card: { vetoes: [] } })
  })
})

describe('standings', () => {
  it('are told once when they change, and quietly kept the first time', async () => {
    expect(await tellStandings(test.db, test.portal, '2026-03-15', noon)).toBe(0)
    await test.db.updateTable('vendor_standings').set({ standing: 'Excellent', score: 95 }).where('vendor_id', '=', late).execute()
    expect(await tellStandings(test.db, test.portal, '2026-03-15', noon)).toBe(1)
    expect(await tellStandings(test.db, test.portal, '2026-03-15', noon)).toBe(0)
    expect(await test.db.selectFrom('alerts').select(['kind', 'state']).where('vendor_id', '=', late).execute()).toEqual([{ kind: 'score_standing_changed', state: 'open' }])
  })

  it('have the consequences that the rules give them, at every fall, and hold payments back while the vendor stands there', async () => {
    const { rules, version } = (await test.ask('GET', '/api/scorecards/rules')).body
    const chosen = { ...rules, consequences: { ...usualConsequences, 'Critique': ['task', 'blockPayments'], 'À surveiller': ['trigger'] } }
    expect((await test.ask('PUT', '/api/scorecards/rules', { version, rules: chosen }, { isAdmin: true })).status).toBe(200)
    await test.db.updateTable('vendor_standings').set({ standing: 'Excellent', score: 95 }).where('vendor_id', '=', late).execute()
    await tellStandings(test.db, test.portal, '2026-03-16', noon)
    const { standing } = await test.db.selectFrom('vendor_standings').select('standing').where('vendor_id', '=', late).executeTakeFirstOrThrow()
    const told = await test.db.selectFrom('notice_outbox').select('ways').where('vendor_id', '=', late).where('key', 'like', '%2026-03-16').execute()
    expect(told).toEqual([{ ways: standing === 'Critique' ? ['task'] : ['trigger'] }])
    const isBlocked = async () => (await sql<{ blocked: boolean }>`select standing_blocks_payments(${test.portal.id}, ${late}::uuid) as blocked`.execute(test.db)).rows[0]?.blocked
    expect(await isBlocked()).toBe(standing === 'Critique')
    await test.db.updateTable('vendor_standings').set({ standing: 'Critique' }).where('vendor_id', '=', late).execute()
    expect(await isBlocked()).toBe(true)
    await test.db.updateTable('vendor_standings').set({ standing: 'Excellent' }).where('vendor_id', '=', late).execute()
    expect(await isBlocked()).toBe(false)
  })
})

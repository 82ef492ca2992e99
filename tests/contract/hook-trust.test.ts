import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { waitFor } from '../factories/comptoir.ts'
import { auth, employee, forged, invented, refusalOf, startSiege, without, type Fields, type Refusal, type Siege } from '../factories/siege.ts'

/** What arrives at the back door: steps of workflows and events. Only the portal itself is believed. */

let siege: Siege
beforeAll(async () => {
  siege = await startSiege()
})
afterAll(() => siege?.close())

const member = () => ({ member_id: siege.comptoir.portal.memberId })

describe('a workflow step', () => {
  const path = '/bx/action/comptoir_vendor_management'
  const step = (fields: Fields) => ({ 'event_token': 'w|A1|x.y', 'workflow_id': 'w', 'document_id[2]': 'DEAL_1', 'properties[operation]': 'total-spend', ...auth(fields) })

  it.each<[string, () => Fields, Refusal]>([
    ['without auth', () => without(step({}), 'auth'), { status: 401, code: 'auth.required' }],
    ['without an application token', () => step(member()), { status: 401, code: 'auth.required' }],
    ['with a forged application token', () => step({ ...member(), application_token: 'x' }), forged],
    ['with an unknown member id', () => step({ member_id: 'a'.repeat(32), application_token: siege.comptoir.app.applicationToken }), forged],
    ['with another portal\'s application token', () => step({ ...member(), application_token: siege.other.app.applicationToken }), forged],
    ['with an access token but no application token', () => step({ ...member(), access_token: siege.comptoir.token(1) }), { status: 401, code: 'auth.required' }],
    ['without an event token', () => without(step({ ...member(), application_token: siege.comptoir.app.applicationToken }), 'event_token'), { status: 400, code: 'request.invalid' }],
  ])('%s is refused', async (_, fields, refusal) => {
    expect(await siege.unchanged(async () => refusalOf(await siege.post(path, fields())))).toEqual(refusal)
  })

  it('of an action that does not exist is not found', async () => {
    const fields = step({ ...member(), application_token: siege.comptoir.app.applicationToken })
    expect(await siege.unchanged(async () => refusalOf(await siege.post('/bx/action/no_such_action', fields)))).toEqual({ status: 404, code: 'request.not_found' })
  })

  it('takes a forged token for no better after the right one was seen', async () => {
    const right = step({ ...member(), application_token: siege.comptoir.app.applicationToken })
    expect((await siege.post(path, right)).status).toBe(200)
    await siege.comptoir.idle()
    expect(await siege.unchanged(async () => refusalOf(await siege.post(path, { ...right, 'auth[application_token]': 'x' })))).toEqual(forged)
  })
})

describe('an event', () => {
  const event = (name: string, fields: Fields) => ({ 'event': name, 'data[FIELDS][ID]': '1', ...auth(fields) })
  const planted = { application_token: 'planted' }
  const elsewhere = () => ({ server_endpoint: `${siege.attacker.url}/rest/`, client_endpoint: `${siege.attacker.url}/rest/`, domain: siege.attacker.host })

  it.each(['ONCRMDEALUPDATE', 'ONAPPUNINSTALL', 'ONAPPINSTALL', 'ONAPPUPDATE', 'ONAPPTEST'])('%s without auth, or without a token, is refused', async (name) => {
    expect(await siege.unchanged(async () => refusalOf(await siege.post('/bx/event', { event: name })))).toEqual({ status: 401, code: 'auth.required' })
    expect(await siege.unchanged(async () => refusalOf(await siege.post('/bx/event', event(name, member()))))).toEqual({ status: 401, code: 'auth.required' })
  })

  it.each(['ONCRMDEALUPDATE', 'ONAPPUNINSTALL', 'ONAPPINSTALL', 'ONAPPUPDATE'])('%s with a token that is not this portal\'s is refused', async (name) => {
    for (const token of ['x', siege.other.app.applicationToken])
      expect(await siege.unchanged(async () => refusalOf(await siege.post('/bx/event', event(name, { ...member(), application_token: token }))))).toEqual(forged)
  })

  it.each(['ONCRMDEALUPDATE', 'ONAPPUNINSTALL'])('%s for a portal nobody knows is refused', async (name) => {
    expect(await siege.unchanged(async () => refusalOf(await siege.post('/bx/event', event(name, { member_id: 'a'.repeat(32), application_token: 'x' }))))).toEqual(forged)
  })

  it.each<[string, () => Fields]>([
    ['an invented access token', () => ({ access_token: invented })],
    ['an invented access token and an attacker\'s server', () => ({ access_token: invented, ...elsewhere() })],
    ['an employee\'s access token', () => ({ access_token: siege.comptoir.token(employee) })],
    ['an access token of another app', () => ({ access_token: siege.tokenOfOtherApp })],
    ['an access token of another portal', () => ({ access_token: siege.other.token(1) })],
  ])('cannot plant an application token with %s', async (_, fields) => {
    for (const name of ['ONAPPUPDATE', 'ONAPPINSTALL'])
      expect(await siege.unchanged(async () => refusalOf(await siege.post('/bx/event', event(name, { ...member(), ...planted, ...fields() }))))).toEqual(forged)
  })

  it('that the portal itself sent is taken', async () => {
    siege.comptoir.portal.crm.update(2, 1, { title: 'Changed' }, { userId: 1 })
    await siege.comptoir.portal.queue.idle()
    const hints = () => siege.comptoir.database.db.selectFrom('sync_hints').selectAll().where('entity_id', '=', 1).execute()
    expect(await waitFor(async () => (await hints()).length, 'a hint')).toBe(1)
    await siege.comptoir.idle()
  })
})

it('never asked the server that the attacker named', () => {
  expect(siege.attacker.calls).toBe(0)
})

describe('a flood of forged installations', () => {
  it('ends at the door, while changes of the CRM still come in', async () => {
    const flood = (name: string) => siege.post('/bx/event', { event: name, ...auth({ ...member(), application_token: 'x' }) })
    const statuses = new Set<number>()
    for (let turn = 0; turn < 320 && !statuses.has(429); turn++)
      statuses.add((await flood(turn % 2 ? 'ONAPPUPDATE' : 'OnAppInstall')).status)
    expect(statuses).toContain(429)
    expect(await refusalOf(await flood('ONAPPUPDATE'))).toEqual({ status: 429, code: 'request.too_many' })
    const change = { 'event': 'ONCRMDEALUPDATE', 'data[FIELDS][ID]': '1', ...auth({ ...member(), application_token: siege.comptoir.app.applicationToken }) }
    expect((await siege.post('/bx/event', change)).status).toBe(200)
  })
})

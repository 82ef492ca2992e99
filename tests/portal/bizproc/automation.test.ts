import type { Stage } from './test-stage.ts'
import type { Step } from './model.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bindTrigger, createTemplate, saveTemplate, stageTemplate, unbindTrigger } from './designer.ts'
import { documentTypeOf } from './documents.ts'
import { actionStep, openStage } from './test-stage.ts'

let stage: Stage

beforeEach(async () => {
  stage = await openStage()
  await stage.registerAction()
})
afterEach(() => stage.close())

const deals = documentTypeOf(2)
const rename = (title: string): Step => ({ type: 'setFields', name: 'A1_1_1_1', title, fields: { TITLE: title } })
const move = (stageId: string): Step => ({ type: 'setStage', name: 'A2_1_1_1', title: stageId, stageId })
const dealOf = (id: number) => stage.portal.crm.items(2)?.get(id)
const change = (id: number, fields: Record<string, unknown>, startsAutomation = true) =>
  stage.portal.crm.update(2, id, fields, { userId: 2, startsAutomation })
const runs = () => [...stage.portal.bizproc.instances.values()]

function onStage(stageId: string, steps: Step[]): void {
  saveTemplate(stage.portal, { ...stageTemplate(stage.portal, deals, stageId, 1), steps })
}

describe('automatic start', () => {
  it('follows the flags for creation and change', () => {
    stage.template({ autoExecute: 1, steps: [rename('created')] })
    const id = stage.deal()
    expect(dealOf(id)?.title).toBe('created')
    stage.template({ autoExecute: 2, steps: [rename('changed')] })
    change(id, { opportunity: 5 })
    expect(dealOf(id)?.title).toBe('changed')
    expect(runs()).toHaveLength(2)
  })

  it('leaves imports and other types of record alone', () => {
    stage.template({ autoExecute: 3, steps: [] })
    stage.portal.crm.add(2, { title: 'Imported' }, { userId: 1, startsAutomation: false })
    stage.portal.crm.add(4, { title: 'Company' }, { userId: 1 })
    expect(runs()).toHaveLength(0)
  })

  it('is not set off by what a workflow changed', () => {
    const id = stage.deal()
    stage.template({ autoExecute: 2, steps: [rename('again')] })
    change(id, { opportunity: 5 })
    expect(runs()).toHaveLength(1)
  })
})

describe('rules on a stage', () => {
  it('run on entry, by hand or by a workflow', () => {
    onStage('PREPARATION', [rename('prepared'), move('EXECUTING')])
    onStage('EXECUTING', [rename('executing')])
    const id = stage.deal()
    change(id, { stageId: 'PREPARATION' })
    expect(dealOf(id)).toMatchObject({ title: 'executing', stageId: 'EXECUTING' })
    expect(runs().map(({ status }) => status)).toEqual(['terminated', 'completed'])
  })

  it('stop waiting when the record moves on, and their token dies', async () => {
    onStage('PREPARATION', [actionStep(stage.app), rename('late')])
    const id = stage.deal()
    change(id, { stageId: 'PREPARATION' })
    await stage.portal.queue.idle()
    const token = stage.handler.received[0]!.body.event_token
    change(id, { stageId: 'EXECUTING' })
    expect(runs()[0]?.status).toBe('terminated')
    expect((await stage.call('bizproc.event.send', { EVENT_TOKEN: token })).body.error).toBe('ACCESS_DENIED')
  })

  it('that chase each other are stopped', () => {
    onStage('PREPARATION', [move('EXECUTING')])
    onStage('EXECUTING', [move('PREPARATION')])
    change(stage.deal(), { stageId: 'PREPARATION' })
    expect(runs().some(({ status }) => status === 'failed')).toBe(true)
    expect(runs().length).toBeLessThan(30)
  })

  it('end with the record', async () => {
    onStage('NEW', [actionStep(stage.app)])
    const id = stage.deal()
    expect(runs()[0]?.status).toBe('running')
    stage.portal.crm.remove(2, id, { userId: 1 })
    expect(runs()[0]?.status).toBe('terminated')
  })
})

describe('triggers of an app', () => {
  const fire = (params: Record<string, unknown> = {}) =>
    stage.call('crm.automation.trigger.execute', { CODE: 'expiring', OWNER_TYPE_ID: 2, ...params })

  it('are registered, renamed, listed and deleted', async () => {
    const add = async (params: Record<string, unknown>) => (await stage.call('crm.automation.trigger.add', params)).body
    expect((await add({})).error_description).toBe('Empty trigger code!')
    expect((await add({ CODE: 'A B' })).error_description).toBe('Wrong trigger code!')
    expect((await add({ CODE: 'expiring' })).error_description).toBe('Empty trigger name!')
    await add({ CODE: 'expiring', NAME: 'Old' })
    await add({ CODE: 'expiring', NAME: 'Contract expires' })
    expect((await stage.call('crm.automation.trigger.list')).body.result).toEqual([{ NAME: 'Contract expires', CODE: 'expiring' }])
    expect((await stage.call('crm.automation.trigger.delete', { CODE: 'other' })).body.error_description).toBe('Trigger not found')
    expect((await stage.call('crm.automation.trigger.delete', { CODE: 'expiring' })).body.result).toBe(true)
    expect((await stage.call('crm.automation.trigger.list')).body.result).toEqual([])
    expect((await stage.call('crm.automation.trigger.list', {}, { app: null })).body.error_description).toBe('Access denied! Application context required')
    expect((await stage.call('crm.automation.trigger.list', {}, { userId: 2 })).body.error_description).toBe('Access denied! Admin permissions required')
  })

  it('move the record to their stage, only backwards when allowed, and set its rules off', async () => {
    await stage.call('crm.automation.trigger.add', { CODE: 'expiring', NAME: 'Contract expires' })
    onStage('PREPARATION', [rename('prepared')])
    const binding = { appId: stage.app.clientId, code: 'expiring', documentType: deals, stageId: 'PREPARATION', templateId: null }
    bindTrigger(stage.portal, { ...binding, isBackwardAllowed: false })
    const id = stage.deal()
    expect((await fire({ OWNER_ID: id })).body.result).toBe(true)
    expect(dealOf(id)).toMatchObject({ stageId: 'PREPARATION', title: 'prepared' })
    change(id, { stageId: 'EXECUTING' })
    await fire({ OWNER_ID: id })
    expect(dealOf(id)?.stageId).toBe('EXECUTING')
    const { id: backwards } = bindTrigger(stage.portal, { ...binding, isBackwardAllowed: true })
    await fire({ OWNER_ID: id })
    expect(dealOf(id)?.stageId).toBe('PREPARATION')
    unbindTrigger(stage.portal, backwards)
    change(id, { stageId: 'EXECUTING' })
    await fire({ OWNER_ID: id })
    expect(dealOf(id)?.stageId).toBe('EXECUTING')
  })

  it('start the template that is bound to them', async () => {
    await stage.call('crm.automation.trigger.add', { CODE: 'expiring', NAME: 'Contract expires' })
    const template = createTemplate(stage.portal, { name: 'Renew', documentType: deals, userId: 1, steps: [rename('renewing')] })
    bindTrigger(stage.portal, { appId: stage.app.clientId, code: 'expiring', documentType: deals, stageId: null, templateId: template.id, isBackwardAllowed: false })
    const id = stage.deal()
    await fire({ OWNER_ID: id })
    expect(dealOf(id)?.title).toBe('renewing')
  })

  it('refuse what they cannot be', async () => {
    expect((await fire({ OWNER_ID: 1 })).body.error_description).toBe('Trigger with code expiring is not registered.')
    await stage.call('crm.automation.trigger.add', { CODE: 'expiring', NAME: 'Contract expires' })
    expect((await fire({ OWNER_ID: 1, OWNER_TYPE_ID: 999 })).body.error_description).toBe('Incorrect parameter OWNER_TYPE_ID.')
    expect((await fire({ OWNER_ID: 1, OWNER_TYPE_ID: 4 })).body.error_description).toBe('Incorrect parameter OWNER_TYPE_ID.')
    expect((await fire({ OWNER_ID: 0 })).body.error_description).toBe('Incorrect parameter OWNER_ID.')
  })
})

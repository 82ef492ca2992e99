import type { Stage } from './test-stage.ts'
import type { Step } from './model.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deleteApp, finishInstall, updateApp } from '../apps/lifecycle.ts'
import { documentIdOf, documentTypeOf } from './documents.ts'
import { startWorkflow } from './engine.ts'
import { actionCode, actionStep, dynamicTypeId, openStage } from './test-stage.ts'
import { logOf } from './workflow-log.ts'

let stage: Stage

beforeEach(async () => {
  stage = await openStage()
  await stage.registerAction()
})
afterEach(() => stage.close())

const setTitle = (title: string, name = 'A9_9_9_9'): Step => ({ type: 'setFields', name, title: 'Rename', fields: { TITLE: title } })

const byScore: Step = {
  type: 'condition',
  name: 'A200_1_2_3',
  title: 'Score is good',
  conditions: [{ left: '{=A123_1_2_3:score}', operator: '>=', right: '80' }],
  then: [setTitle('Good {=A123_1_2_3:score}', 'A201_1_2_3')],
  else: [setTitle('Bad {=A123_1_2_3:IsTimeout}', 'A202_1_2_3')],
}

async function run(steps: readonly Step[], dealId = stage.deal()) {
  const template = stage.template({ steps })
  const instance = startWorkflow(stage.portal, template, documentIdOf(2, dealId), { userId: 2 })
  await stage.portal.queue.idle()
  return { instance, dealId, title: () => stage.portal.crm.items(2)?.get(dealId)?.title }
}

const request = (at = 0) => stage.handler.received[at]!.body
const send = (params: Record<string, unknown>) => stage.call('bizproc.event.send', { EVENT_TOKEN: request().event_token, ...params })
const eventsOf = (workflowId: string) => logOf(stage.portal, workflowId).map(({ event }) => event)

describe('the request to the app', () => {
  it('is a form with the run, the record, the resolved properties and fresh tokens', async () => {
    const step = actionStep(stage.app, {
      properties: { mode: 'full', tags: ['{=Document:TITLE}', 'b'], note: 'Amount {=Document:OPPORTUNITY} by {=Document:ASSIGNED_BY_ID}, {{Montant}}' },
      timeoutSeconds: 3600,
    })
    const { instance, dealId } = await run([step])
    const [{ contentType, path } = { contentType: '', path: '' }] = stage.handler.received
    expect(contentType).toContain('application/x-www-form-urlencoded')
    expect(path).toBe('/run')
    expect(request()).toMatchObject({
      workflow_id: instance.id,
      code: actionCode,
      document_id: ['crm', 'CCrmDocumentDeal', `DEAL_${dealId}`],
      document_type: ['crm', 'CCrmDocumentDeal', 'DEAL'],
      properties: { mode: 'full', tags: ['Chairs', 'b'], note: 'Amount 1500 by user_3, 1500' },
      use_subscription: 'Y',
      timeout_duration: '3600',
      auth: {
        member_id: stage.portal.memberId,
        application_token: stage.app.applicationToken,
        user_id: '1',
        expires_in: '3600',
      },
    })
    expect(instance.id).toMatch(/^[0-9a-f]{14}\.\d{8}$/)
    expect(request().event_token).toMatch(new RegExp(`^${instance.id.replace('.', '\\.')}\\|A123_1_2_3\\|[0-9a-f]{32}\\.[0-9a-f]{64}$`))
    const { access_token: token } = request().auth as Record<string, string>
    expect(stage.portal.tokens.get(token ?? '')?.userId).toBe(1)
  })

  it('carries an empty string for a value that is absent, also for a list', async () => {
    await run([actionStep(stage.app, { properties: { note: '{=Document:NOTHING}' } })])
    expect(request().properties).toEqual({ mode: '', tags: '', note: '' })
  })

  it('spells people and yes or no as the portal does', async () => {
    const PROPERTIES = { who: { Name: 'Who', Type: 'user' }, all: { Name: 'All', Type: 'bool' }, none: { NAME: 'None', TYPE: 'bool' } }
    await stage.call('bizproc.activity.update', { CODE: actionCode, FIELDS: { PROPERTIES } })
    await run([actionStep(stage.app, { properties: { who: '3', all: '1', none: 'false' } })])
    expect(request().properties).toEqual({ who: 'user_3', all: 'Y', none: 'N' })
  })

  it('carries no tokens when the registered user is gone', async () => {
    stage.portal.users.get(1)!.isActive = false
    await run([actionStep(stage.app)])
    expect(request().auth).not.toHaveProperty('access_token')
    expect(request().auth).toHaveProperty('application_token', stage.app.applicationToken)
  })

  it('names a smart process record with its type', async () => {
    const { id } = stage.portal.crm.add(dynamicTypeId, { title: 'Contract' }, { userId: 1 })
    const template = stage.template({ documentType: documentTypeOf(dynamicTypeId), steps: [actionStep(stage.app)] })
    startWorkflow(stage.portal, template, documentIdOf(dynamicTypeId, id), { userId: 1 })
    await stage.portal.queue.idle()
    expect(request().document_id).toEqual(['crm', 'Bitrix\\Crm\\Integration\\BizProc\\Document\\Dynamic', `DYNAMIC_${dynamicTypeId}_${id}`])
    expect((request().document_type as string[])[2]).toBe(`DYNAMIC_${dynamicTypeId}`)
  })
})

describe('a waiting step', () => {
  it('takes the branch that the returned value opens', async () => {
    const { instance, title } = await run([actionStep(stage.app), byScore])
    expect(instance.status).toBe('running')
    expect(await send({ RETURN_VALUES: { SCORE: 91, unknown: 'x' }, LOG_MESSAGE: 'Looked at 12 contracts' })).toMatchObject({ status: 200, body: { result: true } })
    expect(instance.status).toBe('completed')
    expect(title()).toBe('Good 91')
    expect(instance.results.A123_1_2_3).toEqual({ IsTimeout: 0, score: 91 })
    expect(logOf(stage.portal, instance.id).map(({ message }) => message)).toContain('Looked at 12 contracts')
  })

  it('keeps the app\'s words to itself when the template does not log', async () => {
    const template = stage.template({ steps: [actionStep(stage.app)], isLogging: false })
    const instance = startWorkflow(stage.portal, template, documentIdOf(2, stage.deal()), { userId: 1 })
    await stage.portal.queue.idle()
    await send({ LOG_MESSAGE: 'secret' })
    expect(logOf(stage.portal, instance.id).map(({ message }) => message)).not.toContain('secret')
  })

  it('takes one answer only', async () => {
    const { title } = await run([actionStep(stage.app), byScore])
    await send({ RETURN_VALUES: { score: 10 } })
    expect(await send({ RETURN_VALUES: { score: 99 } })).toMatchObject({ status: 403, body: { error: 'ACCESS_DENIED' } })
    expect(title()).toBe('Bad 0')
  })

  it('refuses an invented, an altered and a missing token', async () => {
    const { instance } = await run([actionStep(stage.app)])
    const token = String(request().event_token)
    for (const wrong of [`${instance.id}|A123_1_2_3|0.0`, `${token}0`, '', undefined])
      expect((await send({ EVENT_TOKEN: wrong })).body.error).toBe('ACCESS_DENIED')
    expect(instance.wait).not.toBeNull()
  })

  it('writes to the log without going on', async () => {
    const { instance } = await run([actionStep(stage.app)])
    const token = request().event_token
    expect((await stage.call('bizproc.activity.log', { EVENT_TOKEN: token, LOG_MESSAGE: 'Half way' })).body.result).toBe(true)
    expect((await stage.call('bizproc.activity.log', { EVENT_TOKEN: token })).body.error).toBe('ERROR_EMPTY_LOG_MESSAGE')
    expect((await stage.call('bizproc.activity.log', { EVENT_TOKEN: 'x', LOG_MESSAGE: 'y' })).body.error).toBe('ACCESS_DENIED')
    expect(instance.status).toBe('running')
    expect(logOf(stage.portal, instance.id).at(-1)?.message).toBe('Half way')
  })

  it('goes on at its limit, says so, and refuses the answer that comes late', async () => {
    const { instance, title } = await run([actionStep(stage.app, { timeoutSeconds: 600 }), byScore])
    stage.portal.clock.jump(599_000)
    expect(instance.status).toBe('running')
    stage.portal.clock.jump(2_000)
    expect(instance.status).toBe('completed')
    expect(title()).toBe('Bad 1')
    expect(eventsOf(instance.id)).toContain('timedOut')
    expect((await send({ RETURN_VALUES: { score: 99 } })).body.error).toBe('ACCESS_DENIED')
  })

  it('logs a handler that refuses, sends nothing again and waits until its limit', async () => {
    stage.handler.answerWith(500)
    const { instance } = await run([actionStep(stage.app, { timeoutSeconds: 600 })])
    expect(stage.handler.received).toHaveLength(1)
    expect(logOf(stage.portal, instance.id).at(-1)).toMatchObject({ event: 'failed', details: { status: 500 } })
    expect(instance.status).toBe('running')
    stage.portal.clock.jump(601_000)
    await stage.portal.queue.idle()
    expect(instance.status).toBe('completed')
    expect(stage.handler.received).toHaveLength(1)
  })

  it('is answered by any user of the portal', async () => {
    const { instance } = await run([actionStep(stage.app)])
    await stage.call('bizproc.event.send', { EVENT_TOKEN: request().event_token }, { userId: 3 })
    expect(instance.status).toBe('completed')
  })
})

describe('a step that does not wait', () => {
  it('goes on at once and takes no answer', async () => {
    await stage.call('bizproc.activity.update', { CODE: actionCode, FIELDS: { USE_SUBSCRIPTION: 'N' } })
    const { instance, title } = await run([actionStep(stage.app), setTitle('Done')])
    expect(instance.status).toBe('completed')
    expect(title()).toBe('Done')
    expect(request().use_subscription).toBe('N')
    expect((await send({})).body.error).toBe('ACCESS_DENIED')
  })

  it('is the designer\'s choice where the app left it open', async () => {
    await stage.call('bizproc.activity.update', { CODE: actionCode, FIELDS: { USE_SUBSCRIPTION: '' } })
    expect((await run([actionStep(stage.app, { isWaiting: false })])).instance.status).toBe('completed')
    expect((await run([actionStep(stage.app)])).instance.status).toBe('running')
  })
})

describe('a step whose app is gone', () => {
  it('fails after an update until the code is registered again', async () => {
    updateApp(stage.portal, stage.app)
    finishInstall(stage.portal, stage.app)
    const dead = await run([actionStep(stage.app)])
    expect(dead.instance.status).toBe('failed')
    expect(stage.handler.received).toHaveLength(0)
    await stage.registerAction()
    expect((await run([actionStep(stage.app)])).instance.status).toBe('running')
  })

  it('stays dead after the app was deleted, whoever registers the code', async () => {
    deleteApp(stage.portal, stage.app)
    expect((await run([actionStep(stage.app)])).instance.status).toBe('failed')
  })
})

describe('built-in steps', () => {
  it('wait, notify, create tasks and move the record', async () => {
    const { instance, dealId } = await run([
      { type: 'delay', name: 'A1_1_1_1', title: 'Wait', seconds: 60 },
      { type: 'notify', name: 'A2_1_1_1', title: 'Tell', to: ['user_2', '{=Document:ASSIGNED_BY_ID}'], text: '{=Document:TITLE} for {=Document:ASSIGNED_BY_ID > friendly}' },
      { type: 'createTask', name: 'A3_1_1_1', title: 'Task', taskTitle: 'Call about {=Document:TITLE}', description: '', responsible: '{=Document:ASSIGNED_BY_ID}', deadlineInDays: 2 },
      { type: 'setVariable', name: 'A4_1_1_1', title: 'Keep', variables: { task: '{=A3_1_1_1:TaskId}' } },
      { type: 'setStage', name: 'A5_1_1_1', title: 'Move', stageId: 'EXECUTING' },
    ])
    expect(stage.portal.notifications).toHaveLength(0)
    stage.portal.clock.jump(61_000)
    expect(instance.status).toBe('completed')
    expect(stage.portal.notifications.map(({ userId, message }) => [userId, message])).toEqual([[2, 'Chairs for Name3 Last3'], [3, 'Chairs for Name3 Last3']])
    expect([...stage.portal.tasks.values()]).toMatchObject([{ title: 'Call about Chairs', responsibleId: 3, crmLinks: [`D_${dealId}`] }])
    expect(instance.variables.task).toBe('1')
    expect(stage.portal.crm.items(2)?.get(dealId)?.stageId).toBe('EXECUTING')
  })

  it('put a question to people; the first answer decides', async () => {
    const { instance, title } = await run([{
      type: 'approve', name: 'A6_1_1_1', title: 'Ask', question: 'Buy {=Document:TITLE}?', description: '', approvers: ['user_2', 'user_3'],
      then: [setTitle('Bought')], else: [setTitle('Dropped')],
    }])
    expect((await stage.call('bizproc.task.list', {}, { userId: 3 })).body).toMatchObject({ result: [{ ID: '2', NAME: 'Buy Chairs?', WORKFLOW_ID: instance.id }], total: 1 })
    expect((await stage.call('bizproc.task.list')).body.total).toBe(2)
    expect((await stage.call('bizproc.task.list', { FILTER: { USER_ID: 2 } }, { userId: 3 })).body.error).toBe('ACCESS_DENIED')
    expect((await stage.call('bizproc.task.list', { FILTER: { USER_ID: 3 } }, { userId: 2 })).body.total).toBe(1)
    expect((await stage.call('bizproc.task.complete', { TASK_ID: 2, STATUS: 'yes' }, { userId: 2 })).body.error).toBe('ERROR_TASK_NOT_FOUND')
    expect((await stage.call('bizproc.task.complete', { TASK_ID: 2, STATUS: 2, COMMENT: 'No money' }, { userId: 3 })).body.result).toBe(true)
    expect(title()).toBe('Dropped')
    expect(instance.results.A6_1_1_1).toMatchObject({ Approved: 'N', Comments: 'No money' })
    expect((await stage.call('bizproc.task.complete', { TASK_ID: 2, STATUS: 1 }, { userId: 3 })).body.error).toBe('ERROR_TASK_COMPLETED')
  })

  it('leave a running copy alone when the template is edited', async () => {
    const { instance, title } = await run([actionStep(stage.app), byScore])
    stage.portal.bizproc.templates.clear()
    await send({ RETURN_VALUES: { score: 85 } })
    expect(title()).toBe('Good 85')
    expect(instance.status).toBe('completed')
  })
})

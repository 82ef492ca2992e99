import type { RunningPortal } from '../server.ts'
import type { Template } from '../bizproc/model.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registerApp } from '../apps/lifecycle.ts'
import { createTemplate } from '../bizproc/designer.ts'
import { documentTypeOf } from '../bizproc/documents.ts'
import { startPortal } from '../server.ts'
import { addDeal, templateWithAppStep } from './fixtures/stage.ts'

let running: RunningPortal

beforeAll(async () => {
  running = await startPortal({ data: 'none' })
})

afterAll(() => running.close())

const headers = { 'cookie': 'portal_user=1; portal_language=en', 'x-portal-script': '1' }
const ask = async (path: string) => (await fetch(running.url + path, { headers })).text()
const json = (path: string, body: unknown) => fetch(running.url + path, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) })
const form = (path: string, fields: Record<string, string>) => fetch(running.url + path, { method: 'POST', headers, body: new URLSearchParams(fields) })
const kept = ({ id }: Template) => running.portal.bizproc.templates.get(id)!

describe('the designer', () => {
  const fresh = (name = 'Fresh') => createTemplate(running.portal, { name, documentType: documentTypeOf(2), userId: 1 })
  const add = async ({ id }: Template, choice: unknown, branch: unknown = null) =>
    (await (await json(`/host/bizproc/templates/${id}/steps`, { choice, place: { branch, index: 0 } })).json() as { name: string }).name

  it.each(['condition', 'setStage', 'setFields', 'setVariable', 'notify', 'createTask', 'approve', 'delay'])('places and sets up a step of kind %s', async (type) => {
    const template = fresh()
    const name = await add(template, { type })
    const dialog = await ask(`/host/bizproc/templates/${template.id}/steps/${name}`)
    expect(dialog).toContain(`action="/host/bizproc/templates/${template.id}/steps/${name}"`)
    const answer = await form(`/host/bizproc/templates/${template.id}/steps/${name}`, {
      title: 'Changed', left: '1', operator: '=', right: '1', stageId: 'WON', field: 'TITLE', value: 'v', variable: 'x', to: 'user_1',
      text: 'Hello', taskTitle: 'Task', responsible: 'user_1', deadlineInDays: '3', question: 'Q?', approvers: 'user_1', seconds: '60', description: 'd',
    })
    expect(answer.status).toBe(204)
    expect(kept(template).steps).toMatchObject([{ name, type, title: 'Changed' }])
    const page = await ask(`/bizproc/templates/${template.id}/`)
    expect(page).toContain('Changed')
  })

  it('keeps what the form of a condition holds', async () => {
    const template = fresh()
    const name = await add(template, { type: 'condition' })
    await form(`/host/bizproc/templates/${template.id}/steps/${name}`, { title: 'If', left: '{=Document:OPPORTUNITY}', operator: '>=', right: '1000' })
    expect(kept(template).steps[0]).toMatchObject({ conditions: [{ left: '{=Document:OPPORTUNITY}', operator: '>=', right: '1000' }] })
  })

  it('says on the step what an expression stands for', async () => {
    const template = fresh()
    const name = await add(template, { type: 'condition' })
    await form(`/host/bizproc/templates/${template.id}/steps/${name}`, { title: 'If', left: '{=Document:OPPORTUNITY}', operator: '>=', right: '{=Gone:total}' })
    expect(await ask(`/bizproc/templates/${template.id}/`)).toContain('[Montant] &gt;= [Gone:total]')
  })

  it('places a step inside a branch and takes it out again', async () => {
    const template = fresh()
    const condition = await add(template, { type: 'condition' })
    const name = await add(template, { type: 'notify' }, { of: condition, side: 'else' })
    expect(kept(template).steps[0]).toMatchObject({ then: [], else: [{ name, type: 'notify' }] })
    await form(`/host/bizproc/templates/${template.id}/steps/${name}/drop`, {})
    expect(kept(template).steps[0]).toMatchObject({ else: [] })
  })

  it('asks for the parameters of a template before it runs', async () => {
    const template = createTemplate(running.portal, {
      name: 'Asks', documentType: documentTypeOf(2), userId: 1, parameters: { limit: { Name: 'Limit', Type: 'int', Default: '5' } },
    })
    expect(await ask(`/host/bizproc/templates/${template.id}/parameters`)).toContain('name="properties[limit]" value="5"')
    expect(await ask(`/host/bizproc/templates/${fresh().id}/parameters`)).toBe('')
    const dealId = addDeal(running.portal, 'Run me')
    await form(`/host/bizproc/templates/${template.id}/run`, { 'recordId': String(dealId), 'properties[limit]': '9' })
    expect([...running.portal.bizproc.instances.values()].at(-1)).toMatchObject({ templateId: template.id, parameters: { limit: '9' }, startedBy: 1 })
  })
})

describe('the settings of an app action', () => {
  const url = 'http://127.0.0.1:9/settings'

  it('open the app page with the declared properties and the current values', async () => {
    const app = registerApp(running.portal, { title: 'App', handlerUrl: 'http://127.0.0.1:9/', installerUrl: null, scopes: ['bizproc'] })
    const { template, step } = templateWithAppStep(running.portal, app, url)
    const frame = await (await json('/host/frames', { settings: { templateId: template.id, stepName: step.name }, uri: '/bizproc/' })).json() as { url: string, placement: string, fields: Record<string, string> }
    expect(frame.placement).toBe('BIZPROC_ACTIVITY_PROPERTIES_DIALOG')
    expect(frame.url.startsWith(`${url}?`)).toBe(true)
    expect(JSON.parse(frame.fields.PLACEMENT_OPTIONS!)).toMatchObject({
      code: 'probe_action',
      activity_name: step.name,
      current_values: { mode: '', list: [] },
      document_type: ['crm', 'CCrmDocumentDeal', 'DEAL'],
    })
  })

  it('are fields of the portal when the app has no page, and dead when the app is gone', async () => {
    const app = registerApp(running.portal, { title: 'Plain', handlerUrl: 'http://127.0.0.1:9/', installerUrl: null, scopes: ['bizproc'] })
    const { template, step } = templateWithAppStep(running.portal, app, url)
    const registration = [...running.portal.bizproc.registrations.values()].find(({ clientId }) => clientId === app.clientId)!
    registration.usePlacement = false
    const path = `/host/bizproc/templates/${template.id}/steps/${step.name}`
    expect(await ask(path)).toContain('name="properties[mode]"')
    await form(path, { 'title': 'T', 'properties[mode]': 'review', 'timeoutSeconds': '30' })
    expect(kept(template).steps[0]).toMatchObject({ properties: { mode: 'review' }, timeoutSeconds: 30, isWaiting: true })
    running.portal.bizproc.registrations.delete(registration.internalId)
    expect(await ask(`/bizproc/templates/${template.id}/`)).toContain('no longer registered')
  })
})

describe('records', () => {
  it('are created and changed by the form, as the viewer', async () => {
    const created = await form('/host/crm/2/new', { title: 'By form', opportunity: '12.5', currencyId: 'EUR', assignedById: '3' })
    expect(created.status).toBe(201)
    const { path } = await created.json() as { path: string }
    const id = Number(/\/(\d+)\/$/.exec(path)![1])
    expect(running.portal.crm.items(2)!.get(id)).toMatchObject({ title: 'By form', opportunity: 12.5, assignedById: 3, createdBy: 1 })
    await form(`/host/crm/2/${id}`, { title: 'Changed' })
    expect(running.portal.crm.items(2)!.get(id)).toMatchObject({ title: 'Changed', opportunity: 12.5 })
  })

  it('are refused to those who may not change deals', async () => {
    const dealId = addDeal(running.portal, 'Guarded')
    const answer = await fetch(`${running.url}/host/crm/2/${dealId}`, { method: 'POST', headers: { ...headers, cookie: 'portal_user=5' }, body: new URLSearchParams({ title: 'No' }) })
    expect(answer.status).toBe(403)
    expect(running.portal.crm.items(2)!.get(dealId)).toMatchObject({ title: 'Guarded' })
  })
})

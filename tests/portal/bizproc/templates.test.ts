import type { Stage } from './test-stage.ts'
import { deflateSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { actionCode, actionStep, openStage } from './test-stage.ts'

let stage: Stage

beforeEach(async () => {
  stage = await openStage()
  await stage.registerAction()
})
afterEach(() => stage.close())

const deals = ['crm', 'CCrmDocumentDeal', 'DEAL']
const content = {
  parameters: { limit: { Name: 'Limit', Type: 'int', Default: '10' } },
  steps: [
    { type: 'app', name: 'A123_1_2_3', code: actionCode, properties: { note: 'Limit {=Template:limit}' }, timeoutSeconds: 60 },
    {
      type: 'condition',
      name: 'A124_1_2_3',
      conditions: [{ left: '{=A123_1_2_3:score}', operator: '<', right: '{=Template:limit}' }],
      then: [{ type: 'setFields', fields: { TITLE: 'Below' } }],
    },
  ],
}
const base64 = (text: string) => Buffer.from(text).toString('base64')

const add = (params: Record<string, unknown> = {}) => stage.call('bizproc.workflow.template.add', {
  DOCUMENT_TYPE: deals, NAME: 'Check', TEMPLATE_DATA: JSON.stringify(content), ...params,
})

const start = (id: unknown, dealId: number, params: Record<string, unknown> = {}) => stage.call('bizproc.workflow.start', {
  TEMPLATE_ID: id, DOCUMENT_ID: ['crm', 'CCrmDocumentDeal', `DEAL_${dealId}`], ...params,
})

describe('templates through REST', () => {
  it.each([
    ['plain JSON', JSON.stringify(content)],
    ['base64', base64(JSON.stringify(content))],
    ['a named file', ['check.bpt', base64(JSON.stringify(content))]],
    ['deflated like a .bpt', ['check.bpt', deflateSync(JSON.stringify(content)).toString('base64')]],
    ['the file of an upload field', { fileData: ['check.bpt', base64(JSON.stringify(content))] }],
  ])('are added from %s and run', async (_, data) => {
    const { body } = await add({ TEMPLATE_DATA: data, AUTO_EXECUTE: 0 })
    const dealId = stage.deal()
    await start(body.result, dealId, { PARAMETERS: { limit: '20', unknown: 'x' } })
    await stage.portal.queue.idle()
    const request = stage.handler.received[0]!.body
    expect(request.properties).toMatchObject({ note: 'Limit 20' })
    await stage.call('bizproc.event.send', { EVENT_TOKEN: request.event_token, RETURN_VALUES: { score: 15 } })
    expect(stage.portal.crm.items(2)?.get(dealId)?.title).toBe('Below')
  })

  it.each([
    ['Incorrect field DOCUMENT_TYPE!', { DOCUMENT_TYPE: ['crm', 'X', 'Y'] }],
    ['Empty template name!', { NAME: ' ' }],
    ['Incorrect field AUTO_EXECUTE!', { AUTO_EXECUTE: 7 }],
    ['Incorrect field TEMPLATE_DATA!', { TEMPLATE_DATA: 'nonsense' }],
    ['Incorrect field TEMPLATE_DATA!', { TEMPLATE_DATA: '{"steps":[{"type":"unknown"}]}' }],
    ['Incorrect field TEMPLATE_DATA!', { TEMPLATE_DATA: '{"steps":[{"type":"app"}]}' }],
    ['Incorrect field TEMPLATE_DATA!', { TEMPLATE_DATA: undefined }],
  ])('are refused with "%s"', async (description, params) => {
    expect((await add(params)).body).toMatchObject({ error: 'ERROR_TEMPLATE_VALIDATION_FAILURE', error_description: description })
  })

  it('belong to the app that added them', async () => {
    const own = (await add()).body.result
    const other = stage.template().id
    const update = async (ID: unknown, FIELDS: unknown) => (await stage.call('bizproc.workflow.template.update', { ID, FIELDS })).body
    expect((await update(own, { NAME: 'Renamed', AUTO_EXECUTE: 1 })).result).toBe(own)
    expect((await update(own, {})).error_description).toBe('No fields to update.')
    expect((await update(other, { NAME: 'x' })).error).toBe('ERROR_TEMPLATE_NOT_OWNER')
    expect((await update(999, { NAME: 'x' })).error).toBe('ERROR_TEMPLATE_NOT_FOUND')
    const list = await stage.call('bizproc.workflow.template.list', { SELECT: ['ID', 'NAME', 'AUTO_EXECUTE', 'SYSTEM_CODE'], FILTER: { '!ID': other } })
    expect(list.body).toMatchObject({ result: [{ ID: String(own), NAME: 'Renamed', AUTO_EXECUTE: '1', SYSTEM_CODE: `rest_app_${stage.app.id}` }], total: 1 })
    expect((await stage.call('bizproc.workflow.template.delete', { ID: own })).body.result).toBeNull()
    expect((await stage.call('bizproc.workflow.template.list')).body.result).toEqual([{ ID: String(other) }])
  })
})

describe('runs through REST', () => {
  it('start with documented refusals', async () => {
    const id = stage.template({ steps: [] }).id
    const dealId = stage.deal()
    const refusal = async (params: Record<string, unknown>) => (await start(id, dealId, params)).body.error_description
    expect(await refusal({ TEMPLATE_ID: '' })).toBe('Empty TEMPLATE_ID')
    expect(await refusal({ TEMPLATE_ID: 999 })).toBe('Template not found')
    expect(await refusal({ DOCUMENT_ID: 'DEAL_1' })).toBe('Wrong DOCUMENT_ID!')
    expect(await refusal({ DOCUMENT_ID: ['crm', 'CCrmDocumentDeal', 'DEAL_999'] })).toBe('Wrong DOCUMENT_ID!')
    expect(await refusal({ DOCUMENT_ID: ['crm', 'CCrmDocumentLead', 'DEAL_1'] })).toBe('Incorrect document type!')
    const companyId = stage.portal.crm.add(4, { title: 'C' }, { userId: 1 }).id
    expect(await refusal({ DOCUMENT_ID: ['crm', 'CCrmDocumentCompany', `COMPANY_${companyId}`] })).toBe('Template type and DOCUMENT_ID mismatch!')
    expect(await stage.call('bizproc.workflow.start', {}, { userId: 2 })).toMatchObject({ status: 403, body: { error: 'ACCESS_DENIED' } })
  })

  it('are listed while they run, stopped with a text, and deleted with all they left', async () => {
    const id = stage.template({ steps: [actionStep(stage.app)] }).id
    const dealId = stage.deal()
    const first = (await start(id, dealId)).body.result as string
    const second = (await start(id, dealId)).body.result as string
    const list = async (params = {}) => (await stage.call('bizproc.workflow.instances', params)).body
    expect((await list()).total).toBe(2)
    expect(Object.keys(((await list()).result as object[])[0]!)).toEqual(['ID', 'MODIFIED', 'OWNED_UNTIL'])
    expect((await list({ SELECT: ['ID', 'DOCUMENT_ID', 'STARTED_BY'], FILTER: { ID: first } })).result)
      .toEqual([{ ID: first, DOCUMENT_ID: `DEAL_${dealId}`, STARTED_BY: '1' }])
    expect((await stage.call('bizproc.workflow.terminate', { ID: first, STATUS: 'Not needed' })).body.result).toBe(true)
    expect(stage.portal.bizproc.instances.get(first)).toMatchObject({ status: 'terminated', statusText: 'Not needed' })
    expect((await stage.call('bizproc.workflow.kill', { ID: second })).body.result).toBe(true)
    expect(stage.portal.bizproc.instances.has(second)).toBe(false)
    expect(stage.portal.bizproc.log.some(({ workflowId }) => workflowId === second)).toBe(false)
    expect((await list()).total).toBe(0)
    expect((await stage.call('bizproc.workflow.kill', {})).body.error).toBe('ERROR_WRONG_WORKFLOW_ID')
  })

  it('come fifty to a page', async () => {
    const id = stage.template({ steps: [actionStep(stage.app)] }).id
    const dealId = stage.deal()
    for (let count = 0; count < 55; count++)
      await start(id, dealId)
    const page = async (start: number) => (await stage.call('bizproc.workflow.instances', { start })).body
    expect(await page(0)).toMatchObject({ total: 55, next: 50 })
    expect((await page(50)).result).toHaveLength(5)
    expect(await page(50)).not.toHaveProperty('next')
  })
})

import type { Stage } from './test-stage.ts'
import { deflateSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unserialize } from './php-serialized.ts'
import { registrationId } from './registration-rules.ts'
import { actionCode, openStage } from './test-stage.ts'

type Input = null | boolean | number | string | Input[] | { [key: string]: Input }

function serialize(value: Input): string {
  if (value === null)
    return 'N;'
  if (typeof value === 'boolean')
    return `b:${value ? 1 : 0};`
  if (typeof value === 'number')
    return Number.isInteger(value) ? `i:${value};` : `d:${value};`
  if (typeof value === 'string')
    return `s:${Buffer.byteLength(value)}:"${value}";`
  const entries: [string | number, Input][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return `a:${entries.length}:{${entries.map(([key, inner]) => serialize(key) + serialize(inner)).join('')}}`
}

const exported = (value: Input) => deflateSync(serialize(value)).toString('base64')

describe('what PHP serialized', () => {
  it('is read with its lengths in bytes', () => {
    const value = { text: 'é « » "quoted"', list: [1, 2.5, -3], nested: { yes: true, no: false, nothing: null }, empty: [] }
    expect(unserialize(Buffer.from(serialize(value)))).toEqual({ ...value, list: { 0: 1, 1: 2.5, 2: -3 }, empty: {} })
  })

  it.each(['', 's:9:"short";', 'a:1:{i:0;', 'O:8:"stdClass":0:{}'])('is refused when broken: %s', (text) => {
    expect(() => unserialize(Buffer.from(text))).toThrow(SyntaxError)
  })
})

describe('a template exported by a portal', () => {
  let stage: Stage

  beforeEach(async () => {
    stage = await openStage()
    await stage.registerAction()
  })
  afterEach(() => stage.close())

  const activity = (Type: string, Name: string, Properties: Record<string, Input>, Children: Input[] = []): Input =>
    ({ Type, Name, Activated: 'Y', Properties: { Title: Name, ...Properties }, Children })

  const template = (children: Input[]): Input => ({
    VERSION: 2,
    TEMPLATE: [activity('SequentialWorkflowActivity', 'Template', { Permission: {} }, children)],
    PARAMETERS: { limit: { Name: 'Limit', Type: 'int', Default: '50' } },
    VARIABLES: [],
    CONSTANTS: [],
    DOCUMENT_FIELDS: [],
  })

  const add = async (children: Input[]) => (await stage.call('bizproc.workflow.template.add', {
    DOCUMENT_TYPE: ['crm', 'CCrmDocumentDeal', 'DEAL'], NAME: 'Exported', TEMPLATE_DATA: ['x.bpt', exported(template(children))],
  })).body

  it('runs with its app step, its branches and its built-in steps', async () => {
    const { result } = await add([
      activity(`rest_${registrationId(stage.app.clientId, actionCode)}`, 'A1_1_1_1', { mode: 'full', tags: ['a', '{=Document:TITLE}'], UseSubscription: 'Y', TimeoutDuration: '2', TimeoutDurationType: 'h' }),
      activity('IfElseActivity', 'A2_1_1_1', {}, [
        activity('IfElseBranchActivity', 'A3_1_1_1', { mixedcondition: [{ object: 'A1_1_1_1', field: 'score', operator: '<', value: '{=Template:limit}', joiner: '0' }] }, [
          activity('IMNotifyActivity', 'A4_1_1_1', { MessageUserTo: ['author'], MessageSite: 'Score {=A1_1_1_1:score}' }),
        ]),
        activity('IfElseBranchActivity', 'A5_1_1_1', { truecondition: '1' }, [
          activity('SetFieldActivity', 'A6_1_1_1', { FieldValue: { TITLE: 'Fine' } }),
        ]),
      ]),
    ])
    const dealId = stage.deal()
    const run = async (score: number) => {
      await stage.call('bizproc.workflow.start', { TEMPLATE_ID: result, DOCUMENT_ID: ['crm', 'CCrmDocumentDeal', `DEAL_${dealId}`] })
      await stage.portal.queue.idle()
      const { body } = stage.handler.received.at(-1)!
      await stage.call('bizproc.event.send', { EVENT_TOKEN: body.event_token, RETURN_VALUES: { score } })
      return body
    }
    expect(await run(20)).toMatchObject({ properties: { mode: 'full', tags: ['a', 'Chairs'] }, timeout_duration: '7200' })
    expect(stage.portal.notifications).toMatchObject([{ userId: 1, message: 'Score 20' }])
    expect(stage.portal.crm.items(2)?.get(dealId)?.title).toBe('Chairs')
    await run(90)
    expect(stage.portal.crm.items(2)?.get(dealId)?.title).toBe('Fine')
  })

  it('is refused when it holds an activity nobody knows here', async () => {
    expect((await add([activity('SomethingElseActivity', 'A1_1_1_1', {})])).error_description).toBe('Incorrect field TEMPLATE_DATA!')
  })

  it('leaves out what was switched off', async () => {
    const { result } = await add([{ ...(activity('SomethingElseActivity', 'A1_1_1_1', {}) as object), Activated: 'N' }])
    expect(stage.portal.bizproc.templates.get(result as number)?.steps).toEqual([])
  })
})

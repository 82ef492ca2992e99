import type { Stage } from './test-stage.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { palette } from './designer.ts'
import { documentTypeOf } from './documents.ts'
import { dynamicTypeId, openStage } from './test-stage.ts'

let stage: Stage

beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const valid = (changes: Record<string, unknown> = {}) => ({
  CODE: 'vendor_check',
  HANDLER: `${stage.handler.url}/run`,
  NAME: 'Check',
  ...changes,
})

const add = async (changes: Record<string, unknown> = {}, kind = 'robot') =>
  (await stage.call(`bizproc.${kind}.add`, valid(changes))).body

describe('registering a robot or an activity', () => {
  it('is for administrators in the context of an app', async () => {
    expect(await stage.call('bizproc.robot.add', valid(), { userId: 2 }))
      .toMatchObject({ status: 403, body: { error: 'ACCESS_DENIED', error_description: 'Access denied!' } })
    expect(await stage.call('bizproc.robot.list', {}, { app: null }))
      .toMatchObject({ status: 403, body: { error: 'ACCESS_DENIED', error_description: 'Application context required' } })
  })

  it.each([
    ['Empty activity code!', { CODE: '' }],
    ['Wrong activity code!', { CODE: 'a b' }],
    ['Empty activity NAME!', { NAME: '' }],
    ['Empty activity NAME!', { NAME: {} }],
    ['Wrong properties array!', { PROPERTIES: 'x' }],
    ['Wrong properties array!', { PROPERTIES: { a: 'x' } }],
    ['Wrong properties array!', { RETURN_PROPERTIES: { a: { Name: 'A', Type: 'number' } } }],
    ['Wrong property key 1a!', { PROPERTIES: { '1a': { Name: 'A' } } }],
    ['Wrong property key a-b!', { PROPERTIES: { 'a-b': { Name: 'A' } } }],
    ['Empty property NAME a!', { PROPERTIES: { a: { Type: 'string' } } }],
    ['Wrong activity FILTER!', { FILTER: { INCLUDE: [['crm', '', '']] } }],
    ['Wrong activity FILTER!', { FILTER: { ONLY: ['b24'] } }],
    ['Wrong activity DOCUMENT_TYPE!', { DOCUMENT_TYPE: ['crm', 'CCrmDocumentDeal'] }],
    ['Wrong activity DOCUMENT_TYPE!', { DOCUMENT_TYPE: ['crm', 'CCrmDocumentDeal', 'LEAD'] }],
    ['Wrong activity DOCUMENT_TYPE!', { DOCUMENT_TYPE: ['crm', 'CCrmDocumentCompany', 'COMPANY'] }],
    ['Wrong activity DOCUMENT_TYPE!', { DOCUMENT_TYPE: ['crm', 'CCrmDocumentContact', 'CONTACT'] }],
  ])('refuses with "%s"', async (description, changes) => {
    expect(await add(changes)).toMatchObject({ error: 'ERROR_ACTIVITY_VALIDATION_FAILURE', error_description: description })
  })

  it('refuses handlers that are no URL, of another host or of an odd protocol', async () => {
    expect((await add({ HANDLER: '/run' })).error).toBe('ERROR_WRONG_HANDLER_URL')
    expect((await add({ HANDLER: 'https://elsewhere.example/run' })).error).toBe('ERROR_WRONG_HANDLER_URL')
    expect((await add({ HANDLER: 'ftp://127.0.0.1/run' })).error).toBe('ERROR_UNSUPPORTED_PROTOCOL')
    expect((await add({ USE_PLACEMENT: 'Y' })).error).toBe('ERROR_WRONG_HANDLER_URL')
    stage.portal.settings.isStrict = true
    expect((await add()).error).toBe('ERROR_UNSUPPORTED_PROTOCOL')
  })

  it('takes companies for activities', async () => {
    expect((await add({ DOCUMENT_TYPE: ['crm', 'CCrmDocumentCompany', 'COMPANY'] }, 'activity')).result).toBe(true)
  })

  it('takes empty maps as PHP writes them', async () => {
    expect((await add({ PROPERTIES: [], RETURN_PROPERTIES: [], FILTER: [] })).result).toBe(true)
  })

  it('shares one space of codes between robots and activities', async () => {
    expect((await add()).result).toBe(true)
    expect((await add({}, 'activity')).error).toBe('ERROR_ACTIVITY_ALREADY_INSTALLED')
    expect((await stage.call('bizproc.robot.list')).body.result).toEqual(['vendor_check'])
    expect((await stage.call('bizproc.activity.list')).body.result).toEqual([])
  })

  it('updates what is named and keeps the rest', async () => {
    await add({ PROPERTIES: { a: { Name: 'A' } } })
    const update = async (FIELDS: unknown, CODE = 'vendor_check') => (await stage.call('bizproc.robot.update', { CODE, FIELDS })).body
    expect((await update({})).error_description).toBe('No fields to update')
    expect((await update({ NAME: 'B' }, 'other')).error).toBe('ERROR_ACTIVITY_NOT_FOUND')
    expect((await update({ NAME: '' })).error).toBe('ERROR_ACTIVITY_VALIDATION_FAILURE')
    expect((await update({ USE_PLACEMENT: 'Y' })).error).toBe('ERROR_WRONG_HANDLER_URL')
    expect((await update({ NAME: 'B', USE_PLACEMENT: 'Y', PLACEMENT_HANDLER: `${stage.handler.url}/settings` })).result).toBe(true)
    expect([...stage.portal.bizproc.registrations.values()]).toMatchObject([{ name: 'B', usePlacement: true, properties: { a: { Name: 'A' } } }])
  })

  it('deletes by code', async () => {
    await add()
    expect((await stage.call('bizproc.robot.delete', { CODE: 'other' })).body.error).toBe('ERROR_ACTIVITY_NOT_FOUND')
    expect((await stage.call('bizproc.robot.delete', { CODE: 'vendor_check' })).body.result).toBe(true)
    expect((await stage.call('bizproc.robot.list')).body.result).toEqual([])
  })
})

describe('the palette', () => {
  const codes = (entityTypeId: number, where: 'designer' | 'robots') =>
    palette(stage.portal, documentTypeOf(entityTypeId), where, 'fr').map(({ code }) => code)

  it('offers activities in the designer only and robots never for companies', async () => {
    await add({ CODE: 'robot' })
    await add({ CODE: 'activity' }, 'activity')
    expect(codes(2, 'designer')).toEqual(['robot', 'activity'])
    expect(codes(2, 'robots')).toEqual(['robot'])
    expect(codes(4, 'designer')).toEqual(['activity'])
    expect(codes(4, 'robots')).toEqual([])
  })

  it('follows FILTER by document type and edition', async () => {
    const dynamic = 'Bitrix\\Crm\\Integration\\BizProc\\Document\\Dynamic'
    await add({ CODE: 'deals', FILTER: { INCLUDE: [['crm', 'CCrmDocumentDeal']] } })
    await add({ CODE: 'smart', FILTER: { INCLUDE: [['crm', dynamic]] } })
    await add({ CODE: 'other_smart', FILTER: { INCLUDE: [['crm', dynamic, 'DYNAMIC_150']] } })
    await add({ CODE: 'boxes', FILTER: { INCLUDE: ['box'] } })
    await add({ CODE: 'no_cloud', FILTER: { EXCLUDE: ['b24'] } })
    await add({ CODE: 'cloud', FILTER: { EXCLUDE: ['box'] } })
    expect(codes(2, 'designer')).toEqual(['deals', 'cloud'])
    expect(codes(dynamicTypeId, 'designer')).toEqual(['smart', 'cloud'])
  })

  it('names an action in the viewer\'s language and hides apps that are not installed', async () => {
    await add({ NAME: { en: 'Check', fr: 'Vérifier' } })
    expect(palette(stage.portal, documentTypeOf(2), 'robots', 'fr')[0]?.name).toBe('Vérifier')
    expect(palette(stage.portal, documentTypeOf(2), 'robots', 'de')[0]?.name).toBe('Check')
    stage.app.isInstalled = false
    expect(codes(2, 'robots')).toEqual([])
  })
})

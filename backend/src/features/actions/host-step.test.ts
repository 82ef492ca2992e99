import qs from 'qs'
import { describe, expect, it } from 'vitest'
import { documentOf, readHostStep } from './host-step.ts'

describe('a workflow step\'s call', () => {
  it('is read from the host\'s form', () => {
    const form = qs.parse('workflow_id=66e8.56&code=c&document_id[0]=crm&document_id[1]=CCrmDocumentDeal&document_id[2]=DEAL_7&event_token=t%7CA1%7Cs&properties[operation]=total-spend&properties[userIds][0]=user_3&properties[userIds][1]=user_5&properties[reason]=&use_subscription=Y&auth[member_id]=m&auth[application_token]=a')
    expect(readHostStep(form)).toEqual({
      memberId: 'm', applicationToken: 'a', eventToken: 't|A1|s', workflowId: '66e8.56',
      document: { entityTypeId: 2, entityId: 7 }, settings: { operation: 'total-spend', userIds: 'user_3,user_5', reason: '' }, isWaitedFor: true,
    })
  })

  it('is read from JSON as well, with lists, numbers and truth', () => {
    const body = { document_id: ['crm', 'CCrmDocumentDeal', 'DEAL_7'], properties: { userIds: [3, 5], active: true, limit: 10, none: null, empty: [] }, use_subscription: 'N', auth: [] }
    expect(readHostStep(body)).toMatchObject({
      document: { entityTypeId: 2, entityId: 7 }, settings: { userIds: '3,5', active: 'Y', limit: '10', none: '', empty: '' }, isWaitedFor: false,
    })
  })

  it('survives a body without anything in it', () => {
    for (const form of [null, undefined, '', {}, { properties: 'x', auth: [] }])
      expect(readHostStep(form)).toMatchObject({ memberId: null, eventToken: null, document: null, settings: {} })
  })

  it('leaves out what no column holds: zero characters, and half an emoji where a text is cut', () => {
    const { settings } = readHostStep({ properties: { reason: 'a\0b', note: `${'x'.repeat(3_999)}😀` } })
    expect(settings).toEqual({ reason: 'ab', note: `${'x'.repeat(3_999)}\uFFFD` })
  })

  it.each([
    ['DEAL_777', { entityTypeId: 2, entityId: 777 }],
    ['COMPANY_3', { entityTypeId: 4, entityId: 3 }],
    ['SMART_INVOICE_3', { entityTypeId: 31, entityId: 3 }],
    ['DYNAMIC_147_1', { entityTypeId: 147, entityId: 1 }],
    ['DYNAMIC_147', null], ['DEAL_', null], ['7', null], ['DEAL_7; drop', null], ['', null],
  ])('knows the record %j', (id, document) => {
    expect(documentOf(id)).toEqual(document)
  })
})

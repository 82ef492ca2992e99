import type { Session } from '../../testing/session.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { peopleIds } from '../../data/people.ts'
import { openSession } from '../../testing/session.ts'

const { seller } = peopleIds

describe('methods around records', () => {
  let session: Session
  beforeAll(async () => {
    session = await openSession({ data: 'generate:100', settings: { defaultLanguage: 'fr' } })
  })
  afterAll(() => session.close())
  const call = (method: string, params: Record<string, unknown> = {}, userId = 1) => session.call(method, params, userId)

  describe('comments of the timeline', () => {
    const ofDeal = { ENTITY_ID: 10, ENTITY_TYPE: 'deal' }

    it('are added with files, listed, changed and deleted', async () => {
      const { result: id } = await call('crm.timeline.comment.add', { fields: { ...ofDeal, COMMENT: 'À relancer', FILES: [['a.txt', 'YWJj']] } })
      expect((await call('crm.timeline.comment.get', { id })).result).toMatchObject({ ID: String(id), ENTITY_ID: '10', ENTITY_TYPE: 'deal', COMMENT: 'À relancer', AUTHOR_ID: '1', FILES: { 1: { name: 'a.txt', size: 3 } } })
      expect((await call('crm.timeline.comment.update', { id, fields: { COMMENT: 'Relancé' } })).result).toBe(id)
      expect(await call('crm.timeline.comment.list', { filter: ofDeal, select: ['ID', 'COMMENT'] })).toMatchObject({ total: 1, result: [{ ID: String(id), COMMENT: 'Relancé' }] })
      expect((await call('crm.timeline.comment.delete', { id })).result).toBeNull()
      expect(await call('crm.timeline.comment.delete', { id })).toMatchObject({ status: 400, error: 'NOT_FOUND' })
    })

    it('refuse an empty text, a record that is not there and one that is not for the caller', async () => {
      const add = (fields: object, userId = 1) => call('crm.timeline.comment.add', { fields }, userId)
      expect(await add({ ...ofDeal, COMMENT: ' ' })).toMatchObject({ status: 400, error: 'INVALID_ARG_VALUE' })
      expect(await add({ ENTITY_ID: 999_999, ENTITY_TYPE: 'deal', COMMENT: 'x' })).toMatchObject({ status: 400, error: 'OWNER_NOT_FOUND' })
      const { result: { items: [foreign] } } = await call('crm.item.list', { entityTypeId: 2, filter: { '!assignedById': seller }, select: ['id'] })
      expect(await add({ ENTITY_ID: foreign.id, ENTITY_TYPE: 'deal', COMMENT: 'x' }, seller)).toMatchObject({ status: 400, error: 'ACCESS_DENIED' })
      expect(await call('crm.timeline.comment.add')).toMatchObject({ status: 400, error: '100' })
    })
  })

  it('keeps log messages, notes on entries and at most three pinned ones', async () => {
    const owner = { ownerTypeId: 4, ownerId: 5 }
    const ids: number[] = []
    for (const title of ['un', 'deux', 'trois', 'quatre'])
      ids.push((await call('crm.timeline.logmessage.add', { fields: { entityTypeId: 4, entityId: 5, title, text: 'x', iconCode: 'info' } })).result.logMessage.id)
    expect(await call('crm.timeline.logmessage.list', { entityTypeId: 4, entityId: 5 })).toMatchObject({ total: 4, result: [{ title: 'quatre' }, { title: 'trois' }, { title: 'deux' }, { title: 'un' }] })
    expect((await call('crm.timeline.logmessage.get', { id: ids[0] })).result.logMessage).toMatchObject({ id: ids[0], title: 'un', authorId: 1 })
    const note = { ...owner, itemType: 1, itemId: ids[0] }
    await call('crm.timeline.note.save', { ...note, text: 'à garder' })
    expect((await call('crm.timeline.note.get', note)).result).toMatchObject({ text: 'à garder', createdById: 1 })
    expect((await call('crm.timeline.note.delete', note)).result).toBe(true)
    expect(await call('crm.timeline.note.get', note)).toMatchObject({ status: 400, error: 'NOT_FOUND' })
    for (const id of ids.slice(0, 3))
      expect((await call('crm.timeline.item.pin', { ...owner, id })).result).toBeNull()
    expect(await call('crm.timeline.item.pin', { ...owner, id: ids[3] })).toMatchObject({ status: 400, error: '0' })
    expect((await call('crm.timeline.logmessage.delete', { id: ids[0] })).result).toBe(true)
  })

  it('takes a task through its states and tells what may be done with it', async () => {
    const { result: { task: { id: taskId } } } = await call('tasks.task.add', { fields: { TITLE: 'Appeler', RESPONSIBLE_ID: seller } })
    expect((await call('tasks.task.start', { taskId }, seller)).result.task).toMatchObject({ id: taskId, status: '3' })
    expect(await call('tasks.task.start', { taskId }, seller)).toMatchObject({ status: 400, error: '1048582' })
    expect((await call('tasks.task.complete', { taskId })).result.task).toMatchObject({ status: '5', closedBy: String(seller) })
    expect((await call('tasks.task.renew', { taskId })).result.task.status).toBe('2')
    expect((await call('tasks.task.update', { taskId, fields: { TITLE: 'Rappeler', UF_CRM_TASK: ['D_7'] } })).result.task).toMatchObject({ title: 'Rappeler', ufCrmTask: ['D_7'] })
    expect(await call('tasks.task.update', { taskId, fields: { RESPONSIBLE_ID: 4711 } })).toMatchObject({ status: 400, error: 'ERROR_CORE' })
    expect((await call('tasks.task.getaccess', { taskId, users: [seller] })).result.allowedActions[seller]).toMatchObject({ START: true, COMPLETE: true, REMOVE: false, READ: true })
    expect((await call('tasks.task.delegate', { taskId, userId: 1 })).result.task.responsibleId).toBe('1')
    expect(await call('tasks.task.get', { taskId }, seller)).toMatchObject({ status: 400 })
    expect((await call('tasks.task.delete', { taskId })).result).toEqual({ task: true })
    expect(await call('tasks.task.delete', {})).toMatchObject({ status: 400, error: '0' })
  })

  it('filters tasks by the prefixes of lists, as a keyset needs it', async () => {
    for (const TITLE of ['Alpha', 'Bêta', 'Gamma'])
      await call('tasks.task.add', { fields: { TITLE, RESPONSIBLE_ID: 1, DEADLINE: TITLE === 'Gamma' ? '2030-01-01' : '2026-01-01' } })
    const titles = async (filter: object) => (await call('tasks.task.list', { filter, select: ['ID', 'TITLE'] })).result.tasks.map(({ title }: { title: string }) => title)
    const { result: { tasks: [first] } } = await call('tasks.task.list', { filter: { TITLE: 'Alpha' } })
    expect(await titles({ '>ID': first.id })).toEqual(['Bêta', 'Gamma'])
    expect(await titles({ '!TITLE': 'Bêta' })).toEqual(['Alpha', 'Gamma'])
    expect(await titles({ '%TITLE': 'AMM' })).toEqual(['Gamma'])
    expect(await titles({ '<DEADLINE': '2027-01-01' })).toEqual(['Alpha', 'Bêta'])
  })

  it('hands notifications out newest first, and marks and removes them', async () => {
    const ids: number[] = []
    for (const MESSAGE of ['facture reçue', 'contrat à renouveler'])
      ids.push((await call('im.notify.personal.add', { USER_ID: seller, MESSAGE })).result)
    const { result } = await call('im.notify.get', {}, seller)
    expect(result).toMatchObject({ total_count: 2, total_unread_count: 2, notifications: [{ id: ids[1], notify_read: 'N' }, { id: ids[0] }], users: [{ id: 1 }] })
    await call('im.notify.read', { ID: ids[0], ONLY_CURRENT: 'Y' }, seller)
    expect((await call('im.notify.get', {}, seller)).result.total_unread_count).toBe(1)
    expect((await call('im.notify.history.search', { SEARCH_TEXT: 'contrat' }, seller)).result).toMatchObject({ total_results: 1 })
    expect((await call('im.notify.read.all', {}, seller)).result).toEqual({ result: true, newCounter: 0 })
    await call('im.notify.delete', { ID: ids[0] })
    expect((await call('im.notify.get', {}, seller)).result.total_count).toBe(1)
    expect(await call('im.notify.delete')).toMatchObject({ status: 400, error: 'PARAMS_ERROR' })
    expect(await call('im.notify.answer', { NOTIFY_ID: 1 })).toMatchObject({ status: 400, error: 'ANSWER_TEXT_ERROR' })
  })

  it('adds, changes and removes currencies for an administrator', async () => {
    expect((await call('crm.currency.add', { fields: { CURRENCY: 'CNY', AMOUNT: 0.128, AMOUNT_CNT: 1, LANG: { fr: { FULL_NAME: 'Yuan', FORMAT_STRING: '# ¥' } } } })).result).toBe('CNY')
    expect((await call('crm.currency.get', { id: 'CNY' })).result).toMatchObject({ CURRENCY: 'CNY', AMOUNT: '0.1280', FULL_NAME: 'Yuan', BASE: 'N', LANG: { fr: { FULL_NAME: 'Yuan' } } })
    expect((await call('crm.currency.update', { ID: 'CNY', fields: { AMOUNT: 0.13 } })).result).toBe(true)
    expect(await call('crm.currency.update', { ID: 'CNY', fields: { AMOUNT: 1 } }, seller)).toMatchObject({ status: 400, error: '' })
    expect((await call('crm.currency.localizations.set', { id: 'CNY', localizations: { en: { FULL_NAME: 'Yuan Renminbi' } } })).result).toBe(true)
    expect((await call('crm.currency.localizations.get', { id: 'CNY' })).result.en).toMatchObject({ FULL_NAME: 'Yuan Renminbi' })
    expect((await call('crm.currency.delete', { id: 'CNY' })).result).toBe(true)
    expect(await call('crm.currency.get', { id: 'CNY' })).toMatchObject({ status: 400, error: '' })
    expect(await call('crm.currency.delete', { id: 'EUR' })).toMatchObject({ status: 400, error: '' })
  })

  it('keeps the entries of directories and tells them to whoever asks', async () => {
    const { result: id } = await call('crm.status.add', { fields: { ENTITY_ID: 'COMPANY_TYPE', STATUS_ID: 'CARRIER', NAME: 'Transporteur', SORT: 70 } })
    expect((await call('crm.status.get', { id })).result).toMatchObject({ ID: String(id), STATUS_ID: 'CARRIER', NAME: 'Transporteur', SYSTEM: 'N' })
    await call('crm.status.update', { id, fields: { NAME: 'Transport' } })
    expect((await call('crm.status.entity.items', { entityId: 'COMPANY_TYPE' })).result).toContainEqual({ NAME: 'Transport', SORT: 70, STATUS_ID: 'CARRIER' })
    expect((await call('crm.status.delete', { id })).result).toBe(true)
    expect(await call('crm.status.add', { fields: { ENTITY_ID: 'COMPANY_TYPE', NAME: 'x' } })).toMatchObject({ status: 400, error: '' })
    expect((await call('crm.category.get', { entityTypeId: 2, id: 0 })).result.category).toMatchObject({ id: 0, entityTypeId: 2, isDefault: 'Y' })
    expect(await call('crm.category.get', { entityTypeId: 4711, id: 0 })).toMatchObject({ status: 400, error: 'NOT_FOUND' })
  })

  it('links contacts to deals and companies, the primary one first', async () => {
    const set = (items: object[]) => call('crm.deal.contact.items.set', { id: 10, items })
    expect((await set([{ CONTACT_ID: 3, SORT: 200 }, { CONTACT_ID: 4, IS_PRIMARY: 'Y', SORT: 300 }])).result).toBe(true)
    expect((await call('crm.deal.contact.items.get', { id: 10 })).result).toEqual([
      { CONTACT_ID: 4, SORT: 100, ROLE_ID: 0, IS_PRIMARY: 'Y' }, { CONTACT_ID: 3, SORT: 200, ROLE_ID: 0, IS_PRIMARY: 'N' }])
    await call('crm.deal.contact.add', { id: 10, fields: { CONTACT_ID: 5, IS_PRIMARY: 'Y' } })
    await call('crm.deal.contact.delete', { id: 10, fields: { CONTACT_ID: 3 } })
    expect((await call('crm.item.get', { entityTypeId: 2, id: 10 })).result.item).toMatchObject({ contactId: 5, contactIds: [5, 4] })
    expect(await call('crm.company.contact.items.get')).toMatchObject({ status: 400, error: '' })
  })

  it('speaks of product rows in the old spelling, too', async () => {
    expect((await call('crm.deal.productrows.set', { id: 11, rows: [{ PRODUCT_NAME: 'Chaise', PRICE: 90, QUANTITY: 2, TAX_RATE: 0 }] })).result).toBe(true)
    expect((await call('crm.deal.productrows.get', { id: 11 })).result).toMatchObject([{ OWNER_ID: '11', OWNER_TYPE: 'D', PRODUCT_NAME: 'Chaise', PRICE: 90, PRICE_ACCOUNT: '90.00', QUANTITY: 2, MEASURE_CODE: 796 }])
    expect(await call('crm.deal.productrows.set', { id: 11, rows: [{ PRICE: 1, DISCOUNT_TYPE_ID: 2 }] })).toMatchObject({ status: 400, error: 'ERROR_CORE' })
  })

  it('adds a field of the portal\'s own, which records then have', async () => {
    const { result: id } = await call('crm.company.userfield.add', { fields: { FIELD_NAME: 'VENDOR_RATING', USER_TYPE_ID: 'string', LABEL: 'Note' } })
    expect((await call('crm.company.userfield.get', { id })).result).toMatchObject({ ENTITY_ID: 'CRM_COMPANY', FIELD_NAME: 'UF_CRM_VENDOR_RATING', USER_TYPE_ID: 'string' })
    expect((await call('crm.item.fields', { entityTypeId: 4 })).result.fields.ufCrmVendorRating).toMatchObject({ isDynamic: true, title: 'Note' })
    expect((await call('crm.company.userfield.delete', { id })).result).toBe(true)
    expect(await call('crm.company.userfield.get', { id })).toMatchObject({ status: 400, error: 'ERROR_NOT_FOUND' })
  })

  it('describes leads in the words of their family', async () => {
    const { result: fields } = await call('crm.lead.fields')
    expect(fields).toMatchObject({ STATUS_ID: { statusType: 'STATUS' }, STATUS_SEMANTIC_ID: {}, MOVED_BY_ID: { isReadOnly: true }, PHONE: { type: 'crm_multifield', isMultiple: true } })
    expect((await call('crm.lead.list', { select: ['ID', 'STATUS_ID'] })).result[0]).toHaveProperty('STATUS_ID')
  })
})

import type { Session, Wire } from '../../testing/session.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { peopleIds } from '../../data/people.ts'
import { openSession, post } from '../../testing/session.ts'

const { manager, seller, limitedSeller, buyer, extranet } = peopleIds

describe('methods', () => {
  let session: Session
  beforeAll(async () => {
    session = await openSession({ data: 'generate:1500' })
  })
  afterAll(() => session.close())

  describe('rights in the CRM', () => {
    const total = async (userId: number) => (await session.call('crm.item.list', { entityTypeId: 2, select: ['id'] }, userId)).total!

    it('shows own deals to sellers, the department\'s to its head and all to the administrator', async () => {
      const [all, department, own] = [await total(1), await total(manager), await total(seller)]
      expect(all).toBe(1500)
      expect(department).toBeLessThan(all)
      expect(own).toBeLessThan(department)
      const { result } = await session.call('crm.item.list', { entityTypeId: 2, select: ['assignedById'] }, seller)
      expect(new Set(result.items.map(({ assignedById }: { assignedById: number }) => assignedById))).toEqual(new Set([seller]))
      expect((await session.call('crm.deal.list', {}, seller)).total).toBe(own)
    })

    it('hides some companies from the limited employee', async () => {
      expect(await session.call('crm.item.get', { entityTypeId: 4, id: 3 }, limitedSeller)).toMatchObject({ status: 400, error: 'ACCESS_DENIED' })
      expect(await session.call('crm.company.get', { id: 3 }, limitedSeller)).toMatchObject({ status: 400, error: '' })
      expect(await session.call('crm.item.get', { entityTypeId: 4, id: 3 }, seller)).toMatchObject({ status: 200, result: { item: { id: 3 } } })
    })

    it('lets the buyer read deals but not change them, and keeps extranet users out', async () => {
      expect(await total(buyer)).toBe(1500)
      expect(await session.call('crm.item.update', { entityTypeId: 2, id: 1, fields: { title: 'x' } }, buyer)).toMatchObject({ status: 400, error: 'ACCESS_DENIED' })
      expect(await session.call('crm.item.list', { entityTypeId: 2 }, extranet)).toMatchObject({ status: 403, error: 'allowed_only_intranet_user' })
    })
  })

  describe('items', () => {
    it('adds, changes, moves and deletes a deal and remembers its stages', async () => {
      const { result: { item } } = await session.call('crm.item.add', { entityTypeId: 2, fields: { title: 'Serveurs', opportunity: '1999.5', companyId: 15, closedate: '2026-03-20', nonsense: 1 } })
      expect(item).toMatchObject({ title: 'Serveurs', stageId: 'NEW', stageSemanticId: 'P', opportunity: 1999.5, companyId: 15, currencyId: 'EUR', closed: 'N', closedate: '2026-03-20T00:00:00+01:00' })
      expect(item).not.toHaveProperty('nonsense')
      const moved = await session.call('crm.item.update', { entityTypeId: 2, id: item.id, fields: { stageId: 'WON' } })
      expect(moved.result.item).toMatchObject({ stageSemanticId: 'S', closed: 'Y', previousStageId: 'NEW' })
      const history = await session.call('crm.stagehistory.list', { entityTypeId: 2, filter: { OWNER_ID: item.id }, order: { ID: 'ASC' } })
      expect(history.result.items).toMatchObject([{ TYPE_ID: 1, STAGE_ID: 'NEW' }, { TYPE_ID: 3, STAGE_ID: 'WON', STAGE_SEMANTIC_ID: 'S' }])
      expect(await session.call('crm.item.delete', { entityTypeId: 2, id: item.id })).toMatchObject({ result: [] })
      expect(await session.call('crm.item.get', { entityTypeId: 2, id: item.id })).toMatchObject({ status: 400, error: 'NOT_FOUND' })
    })

    it('describes fields, refuses wrong values and missing names', async () => {
      const { result } = await session.call('crm.item.fields', { entityTypeId: 4 })
      expect(result.fields.typeId).toMatchObject({ type: 'crm_status', upperName: 'COMPANY_TYPE', statusType: 'COMPANY_TYPE' })
      expect(result.fields.ufCrmErpCode).toMatchObject({ isDynamic: true, upperName: 'UF_CRM_ERP_CODE' })
      const add = (entityTypeId: number, fields: object) => session.call('crm.item.add', { entityTypeId, fields })
      expect(await add(4, {})).toMatchObject({ error: 'CRM_FIELD_ERROR_REQUIRED' })
      expect(await add(2, { opportunity: 'dear' })).toMatchObject({ error: 'CRM_FIELD_ERROR_VALUE_NOT_VALID' })
      expect(await add(2, { contactIds: 5 })).toMatchObject({ error: '100' })
      expect(await session.call('crm.item.list', { entityTypeId: 5 })).toMatchObject({ error: 'ENTITY_TYPE_NOT_SUPPORTED' })
    })

    it('imports up to twenty records, each with its own outcome', async () => {
      const { result } = await session.call('crm.item.batchImport', { entityTypeId: 4, data: [{ title: 'Import SARL' }, {}] })
      expect(result.items).toMatchObject([{ item: { id: expect.any(Number) } }, { error: 'CRM_FIELD_ERROR_REQUIRED' }])
      expect(await session.call('crm.item.batchImport', { entityTypeId: 4, data: Array.from({ length: 21 }, () => ({ title: 'x' })) })).toMatchObject({ error: 'MAX_IMPORT_BATCH_SIZE_EXCEEDED' })
      expect(await session.call('crm.item.batchImport', { entityTypeId: 4, data: [{ title: 'x' }] }, seller)).toMatchObject({ error: 'INVALID_CREDENTIALS' })
    })

    it('speaks the old company dialect with phones and an empty error code', async () => {
      const { result: id } = await session.call('crm.company.add', { fields: { TITLE: 'Anciens Établissements', COMPANY_TYPE: 'SUPPLIER', PHONE: [{ VALUE: '+33 1 00 00 00 00', VALUE_TYPE: 'WORK' }] } })
      const { result } = await session.call('crm.company.list', { filter: { ID: id }, select: ['ID', 'TITLE', 'PHONE'] })
      expect(result).toEqual([{ ID: String(id), TITLE: 'Anciens Établissements', PHONE: [{ ID: '1', VALUE_TYPE: 'WORK', VALUE: '+33 1 00 00 00 00', TYPE_ID: 'PHONE' }] }])
      expect(await session.call('crm.company.update', { id, fields: { TITLE: 'Établissements' } })).toMatchObject({ result: true })
      expect(await session.call('crm.company.get', { id: 999_999 })).toMatchObject({ status: 400, error: '' })
    })

    it('replaces product rows and recounts the deal', async () => {
      const before = await session.call('crm.item.productrow.list', { filter: { '=ownerType': 'D', '=ownerId': 8 } })
      expect(before.result.productRows).toMatchObject([{ ownerId: 8, ownerType: 'D' }])
      const set = await session.call('crm.item.productrow.set', { ownerType: 'D', ownerId: 8, productRows: [{ productName: 'Chaise', price: 90, quantity: 3, taxRate: 20, taxIncluded: 'Y' }, { productName: 'Table', price: 100, quantity: 1 }] })
      expect(set.result.productRows).toHaveLength(2)
      const { result } = await session.call('crm.item.productrow.list', { filter: { '=ownerType': 'D', '=ownerId': [8, 9] } })
      expect(result.productRows.map(({ ownerId }: { ownerId: number }) => ownerId).sort()).toEqual([8, 8, 9])
      expect((await session.call('crm.item.get', { entityTypeId: 2, id: 8 })).result.item.opportunity).toBe(370)
      expect(await session.call('crm.item.productrow.list', { filter: {} })).toMatchObject({ status: 400, error: '0' })
      expect(await session.call('crm.item.productrow.set', { ownerType: 'D', ownerId: 999_999, productRows: [] })).toMatchObject({ error: 'OWNER_NOT_FOUND' })
    })
  })

  it('lists directories, categories, currencies, requisites and receipts', async () => {
    const types = await session.call('crm.status.list', { filter: { ENTITY_ID: 'COMPANY_TYPE' } })
    expect(types.result.map(({ STATUS_ID }: { STATUS_ID: string }) => STATUS_ID)).toContain('SUPPLIER')
    const { result: { categories } } = await session.call('crm.category.list', { entityTypeId: 4 })
    expect(categories).toContainEqual(expect.objectContaining({ code: 'CATALOG_CONTRACTOR_COMPANY' }))
    expect((await session.call('crm.currency.base.get')).result).toBe('EUR')
    expect((await session.call('crm.currency.list')).result[0].THOUSANDS_SEP).toBe('&nbsp;')
    const [supplier] = (await session.call('crm.item.list', { entityTypeId: 4, filter: { typeId: 'SUPPLIER' } })).result.items
    const requisites = await session.call('crm.requisite.list', { filter: { ENTITY_TYPE_ID: 4, ENTITY_ID: supplier.id } })
    expect(requisites.result).toMatchObject([{ ENTITY_ID: String(supplier.id), RQ_SIREN: expect.stringMatching(/^\d{9}$/) }])
    const accounts = await session.call('crm.requisite.bankdetail.list', { filter: { ENTITY_ID: requisites.result[0].ID } })
    expect(accounts.result[0].RQ_IBAN).toMatch(/^FR\d{25}$/)
    const { result: { documents } } = await session.call('catalog.document.list', { filter: { docType: 'A' }, select: ['id', 'total', 'currency'] })
    expect(documents[0]).toEqual({ id: 1, total: expect.any(Number), currency: 'EUR' })
    const { result: { documentContractor } } = await session.call('catalog.documentcontractor.list', { filter: { documentId: documents[0].id } })
    expect(documentContractor).toMatchObject([{ entityTypeId: 4, entityId: supplier.id }])
    const { result: { documentElements } } = await session.call('catalog.document.element.list', { filter: { '@docId': [documents[0].id] }, select: ['docId', 'elementId', 'amount'] })
    expect(documentElements[0]).toEqual({ docId: documents[0].id, elementId: expect.any(Number), amount: expect.any(Number) })
  })

  it('notifies, replaces notices of one tag, and validates', async () => {
    const send = (params: object) => session.call('im.notify.system.add', { USER_ID: buyer, ...params })
    await send({ MESSAGE: 'Un', TAG: 'A|1' })
    await send({ MESSAGE: 'Deux', TAG: 'A|1' })
    expect(session.portal.notifications.filter(({ userId }) => userId === buyer)).toMatchObject([{ message: 'Deux', fromUserId: null }])
    expect(await send({ MESSAGE: '' })).toMatchObject({ error: 'MESSAGE_EMPTY' })
    expect(await session.call('im.notify.personal.add', { MESSAGE: 'x' })).toMatchObject({ error: 'USER_ID_EMPTY' })
  })

  it('mutes and pins a task for whoever asks, and counts what is overdue', async () => {
    const { result: { task } } = await session.call('tasks.task.add', { fields: { TITLE: 'Relancer', RESPONSIBLE_ID: buyer, DEADLINE: '2020-05-01T10:00:00+02:00' } })
    expect((await session.call('tasks.task.mute', { id: task.id })).result.task).toMatchObject({ isMuted: 'Y', isPinned: 'N' })
    expect((await session.call('tasks.task.pin', { id: task.id })).result.task).toMatchObject({ isMuted: 'Y', isPinned: 'Y' })
    expect((await session.call('tasks.task.unmute', { id: task.id })).result.task).toMatchObject({ isMuted: 'N', isPinned: 'Y' })
    expect((await session.call('tasks.task.counters.get', { userId: buyer })).result).toMatchObject({ expired: { counter: 1 }, new_comments: { counter: 0 } })
    await session.call('tasks.task.complete', { taskId: task.id })
    expect((await session.call('tasks.task.counters.get', { userId: buyer })).result).toMatchObject({ expired: { counter: 0 } })
    expect((await session.call('tasks.task.counters.get', { userId: 9_999_999 })).result).toEqual([])
  })

  it('adds tasks that can be found by the record they belong to', async () => {
    const { result } = await session.call('tasks.task.add', { fields: { TITLE: 'Renouveler', RESPONSIBLE_ID: buyer, DEADLINE: '2026-05-01T10:00:00+02:00', UF_CRM_TASK: ['CO_9'] } })
    expect(result.task).toMatchObject({ title: 'Renouveler', responsibleId: String(buyer), deadline: '2026-05-01T10:00:00+02:00' })
    const found = await session.call('tasks.task.list', { filter: { UF_CRM_TASK: 'CO_9' }, select: ['ID', 'TITLE'] })
    expect(found).toMatchObject({ total: 1, result: { tasks: [{ id: result.task.id }] } })
    expect(await session.call('tasks.task.add', { fields: { TITLE: '' } })).toMatchObject({ status: 400, error: 'ERROR_CORE' })
  })

  it('writes into the timeline of a record', async () => {
    expect((await session.call('crm.timeline.comment.add', { fields: { ENTITY_TYPE: 'company', ENTITY_ID: 5, COMMENT: 'Vu' } })).result).toEqual(expect.any(Number))
    expect((await session.call('crm.timeline.logmessage.add', { fields: { entityTypeId: 2, entityId: 5, title: 'T', text: 'x', iconCode: 'info' } })).result.logMessage).toMatchObject({ title: 'T', authorId: 1 })
    expect((await session.call('crm.activity.todo.add', { ownerTypeId: 2, ownerId: 5, deadline: '2026-05-01' })).result).toEqual({ id: expect.any(Number) })
    expect(await session.call('crm.activity.todo.add', { ownerTypeId: 2, ownerId: 999_999, deadline: '2026-05-01' })).toMatchObject({ error: 'OWNER_NOT_FOUND' })
    expect(await session.call('crm.activity.todo.add', { ownerTypeId: 2, ownerId: 5, deadline: 'soon' })).toMatchObject({ error: 'WRONG_DATETIME_FORMAT' })
  })

  it('binds placements with the documented refusals', async () => {
    const bind = (params: object, userId = 1) => session.call('placement.bind', { HANDLER: 'http://127.0.0.1:9/tab', ...params }, userId)
    expect(await bind({ PLACEMENT: 'CRM_COMPANY_DETAIL_TAB', TITLE: 'Fournisseurs', LANG_ALL: { fr: { TITLE: 'Fournisseurs' } } })).toMatchObject({ result: true })
    expect((await session.call('placement.get')).result).toMatchObject([{ placement: 'CRM_COMPANY_DETAIL_TAB', userId: 0, options: [], langAll: { fr: { TITLE: 'Fournisseurs', GROUP_NAME: '' } } }])
    expect((await bind({ PLACEMENT: 'CRM_COMPANY_DETAIL_TAB' })).status).toBe(400)
    expect(await bind({ PLACEMENT: '' })).toMatchObject({ status: 200, error: 'ERROR_ARGUMENT', argument: 'PLACEMENT', time: expect.anything() })
    expect(await bind({ PLACEMENT: 'NOWHERE' })).toMatchObject({ error: 'ERROR_PLACEMENT_NOT_FOUND' })
    expect(await bind({ PLACEMENT: 'CRM_DEAL_DETAIL_TAB', USER_ID: 3 })).toMatchObject({ status: 200, error: 'ERROR_PLACEMENT_USER_MODE' })
    expect(await bind({ PLACEMENT: 'PAGE_BACKGROUND_WORKER' })).toMatchObject({ status: 200, error: 'EMPTY_ERROR_HANDLER_URL' })
    await bind({ PLACEMENT: 'REST_APP_URI' })
    expect(await bind({ PLACEMENT: 'REST_APP_URI', HANDLER: 'http://127.0.0.1:9/other' })).toMatchObject({ status: 200, error: 'ERROR_PLACEMENT_MAX_COUNT' })
    expect(await bind({ PLACEMENT: 'CRM_DEAL_DETAIL_TAB', HANDLER: 'nonsense' })).toMatchObject({ error: 'ERROR_WRONG_HANDLER_URL' })
    expect(await bind({ PLACEMENT: 'CRM_DEAL_DETAIL_TAB' }, seller)).toMatchObject({ status: 403, error: 'ACCESS_DENIED' })
    session.portal.settings.isStrict = true
    expect(await bind({ PLACEMENT: 'CRM_DEAL_DETAIL_TAB' })).toMatchObject({ error: 'ERROR_UNSUPPORTED_PROTOCOL' })
    expect(await bind({ PLACEMENT: 'CRM_DEAL_DETAIL_TAB', HANDLER: 'https://localhost/tab' })).toMatchObject({ error: 'ERROR_WRONG_HANDLER_URL' })
    session.portal.settings.isStrict = false
    expect((await session.call('placement.list')).result).toContain('CRM_DYNAMIC_1036_DETAIL_TAB')
    expect(await session.call('placement.unbind', { PLACEMENT: 'CRM_COMPANY_DETAIL_TAB' })).toMatchObject({ result: { count: 1 } })
  })

  it('tells people and departments', async () => {
    expect((await session.call('user.current', {}, buyer)).result).toMatchObject({ ID: String(buyer), NAME: 'Nadia', WORK_POSITION: 'Acheteuse', UF_DEPARTMENT: [6] })
    expect(await session.call('user.get', { FILTER: { ID: [1, 2] }, sort: 'ID', order: 'DESC' })).toMatchObject({ total: 2, result: [{ ID: '2' }, { ID: '1' }] })
    expect((await session.call('department.get')).result).toContainEqual(expect.objectContaining({ NAME: 'Achats', PARENT: '1' }))
    expect((await session.call('user.admin', {}, seller)).result).toBe(false)
    expect((await session.call('method.get', { name: 'crm.item.list' })).result).toEqual({ isExisting: true, isAvailable: true })
    expect((await session.call('feature.get', { CODE: 'rest_offline_extended' })).result).toEqual({ value: 'Y' })
  })

  it('opens a frame with query, form fields and name that agree', async () => {
    await session.call('placement.bind', { PLACEMENT: 'CRM_DEAL_DETAIL_TAB', HANDLER: 'http://127.0.0.1:9/tab?x=1' })
    const frame = await post(`${session.url}/control/apps/${session.app.clientId}/open`, { userId: seller, placement: 'CRM_DEAL_DETAIL_TAB', options: { ID: 7 }, uri: '/crm/deal/details/7/' }) as Wire
    const url = new URL(frame.url)
    const host = new URL(session.url).host
    expect(Object.fromEntries(url.searchParams)).toEqual({ x: '1', DOMAIN: host, PROTOCOL: '0', LANG: 'fr', APP_SID: frame.sid })
    expect(frame.windowName).toBe(`${host}|0|${frame.sid}`)
    expect(frame.sid).toMatch(/^[0-9a-f]{32}$/)
    expect(Object.keys(frame.body)).toEqual(['AUTH_ID', 'AUTH_EXPIRES', 'REFRESH_ID', 'SERVER_ENDPOINT', 'APPLICATION_TOKEN', 'APPLICATION_SCOPE', 'member_id', 'status', 'PLACEMENT', 'PLACEMENT_OPTIONS'])
    expect(frame.body.PLACEMENT_OPTIONS).toBe('{"ID":"7","URI":"\\/crm\\/deal\\/details\\/7\\/"}')
  })
})

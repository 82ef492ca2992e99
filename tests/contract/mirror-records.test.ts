import { afterEach, describe, expect, it } from 'vitest'
import { chooseSmartTypes } from '@comptoir/backend/features/mirror/smart-types.postgres'
import { startMirrorStage, type MirrorStage } from './mirror-stage.ts'

let stage: MirrorStage
afterEach(() => stage.close())

const states = async () => {
  const rows = await stage.database.db.selectFrom('sync_states').selectAll().where('portal_id', '=', stage.portalId).execute()
  return Object.fromEntries(rows.map(row => [row.entity, row]))
}
const count = async (table: 'crm_leads' | 'crm_contacts' | 'crm_invoices' | 'crm_activities' | 'crm_smart_items') => {
  const { rows } = await stage.database.pool.query<{ n: number }>(`select count(*)::int as n from ${table}`)
  return rows[0]!.n
}
const hint = (entity: string, entityId: number) =>
  stage.database.db.insertInto('sync_hints').values({ portal_id: stage.portalId, entity, entity_id: entityId }).execute()

describe('leads', () => {
  it('come with their campaign and their stage, and a deal names the lead it was made of', async () => {
    stage = await startMirrorStage({ data: 'generate:100' })
    const { crm } = stage.running.portal
    const lead = crm.add(1, { title: 'Salon', stageId: 'CONVERTED', opportunity: 900, currencyId: 'EUR', companyId: 4, sourceId: 'WEB', utmSource: 'google', utmMedium: 'cpc', utmCampaign: 'rentree' }, { userId: 1 })
    const deal = crm.add(2, { title: 'From a lead', stageId: 'NEW', opportunity: 900, utmCampaign: 'rentree' }, { userId: 1 })
    crm.items(2)!.replace({ ...deal, leadId: lead.id })
    await stage.sync()
    const { db } = stage.database
    expect(await count('crm_leads')).toBe(crm.items(1)!.size)
    expect(await db.selectFrom('crm_leads').selectAll().where('lead_id', '=', lead.id).executeTakeFirst()).toMatchObject({
      semantics: 'S', amount_minor: 90_000, amount_base_minor: 90_000, company_id: 4, source_id: 'WEB', utm_source: 'google', utm_medium: 'cpc', utm_campaign: 'rentree', utm_term: null,
    })
    expect(await db.selectFrom('crm_deals').select(['lead_id', 'utm_campaign']).where('deal_id', '=', deal.id).executeTakeFirst()).toEqual({ lead_id: lead.id, utm_campaign: 'rentree' })
    expect((await states()).leads).toMatchObject({ mode: 'incremental', portal_count: crm.items(1)!.size, mirror_count: crm.items(1)!.size })
  })

  it('change with time, go with a hint, and are compared at night', async () => {
    stage = await startMirrorStage({ data: 'generate:100' })
    const { crm, clock } = stage.running.portal
    await stage.sync()
    const [first, second, third] = [...crm.items(1)!.ids()]
    clock.jump(10 * 60_000)
    crm.update(1, first!, { stageId: 'JUNK' }, { userId: 1 })
    crm.remove(1, second!, { userId: 1 })
    await stage.database.db.insertInto('sync_hints').values({ portal_id: stage.portalId, entity: 'leads', entity_id: second! }).execute()
    await stage.sync()
    const rows = await stage.database.db.selectFrom('crm_leads').select(['lead_id', 'semantics']).where('lead_id', 'in', [first!, second!]).execute()
    expect(rows).toEqual([{ lead_id: first, semantics: 'F' }])
    crm.remove(1, third!, { userId: 1 })
    clock.jump(26 * 3_600_000)
    await stage.sync()
    expect(await count('crm_leads')).toBe(crm.items(1)!.size)
  })
})

describe('contacts and invoices', () => {
  it('come without anything about a person, and an invoice knows what its stage means', async () => {
    stage = await startMirrorStage({ data: 'generate:100' })
    const { crm } = stage.running.portal
    const contact = crm.add(3, { name: 'Alix', lastName: 'Robin', companyId: 4, sourceId: 'WEB' }, { userId: 1 })
    await stage.sync()
    const { db } = stage.database
    expect(await count('crm_contacts')).toBe(crm.items(3)!.size)
    const stored = await db.selectFrom('crm_contacts').selectAll().where('contact_id', '=', contact.id).executeTakeFirstOrThrow()
    expect(stored).toMatchObject({ company_id: 4, source_id: 'WEB' })
    expect(JSON.stringify(stored)).not.toContain('Robin')
    const [paid] = [...crm.items(31)!.ids()].map(id => crm.items(31)!.get(id)!).filter(({ stageId }) => stageId === 'DT31_4:P')
    expect(await db.selectFrom('crm_invoices').selectAll().where('invoice_id', '=', paid!.id).executeTakeFirst()).toMatchObject({
      number: paid!.accountNumber, semantics: 'S', amount_minor: Number(paid!.opportunity) * 100, company_id: paid!.companyId, deal_id: paid!.parentId2,
    })
    expect(await count('crm_invoices')).toBe(crm.items(31)!.size)
    expect((await states()).invoices).toMatchObject({ mode: 'incremental', portal_count: crm.items(31)!.size, mirror_count: crm.items(31)!.size })
  })

  it('follow a stage that means something else now, and a rate that changed', async () => {
    stage = await startMirrorStage({ data: 'generate:100' })
    const { crm, clock } = stage.running.portal
    crm.add(31, { title: 'F', categoryId: 4, stageId: 'DT31_4:S', opportunity: 100, currencyId: 'USD' }, { userId: 1 })
    await stage.sync()
    crm.statuses.find(({ statusId }) => statusId === 'DT31_4:S')!.semantics = 'S'
    Object.assign(crm.currencies.find(({ code }) => code === 'USD')!, { amount: 2, amountCount: 1 })
    clock.jump(2 * 3_600_000)
    await stage.sync()
    const rows = await stage.database.db.selectFrom('crm_invoices').select(['semantics', 'amount_base_minor']).where('currency', '=', 'USD').execute()
    expect(rows).toEqual([{ semantics: 'S', amount_base_minor: 20_000 }])
  })
})

describe('activities', () => {
  const call = { ownerTypeId: 2, ownerId: 5, typeId: 2, providerId: 'VOXIMPLANT_CALL', completed: 'N', direction: 2, responsibleId: 3, createdTime: '2026-01-05T10:00:00+03:00', updatedTime: '2026-01-05T10:00:00+03:00', deadline: '9999-12-31T00:00:00+03:00' }

  it('are read in capitals, fifty pages to a request, and change with time', async () => {
    stage = await startMirrorStage({ data: 'generate:10' })
    const { crm, clock } = stage.running.portal
    for (let number = 0; number < 260; number++)
      crm.activities.insert(call)
    await stage.sync()
    expect(await count('crm_activities')).toBe(260)
    expect((await states()).activities).toMatchObject({ mode: 'incremental', portal_count: 260, mirror_count: 260 })
    clock.jump(10 * 60_000)
    const first = crm.activities.get(1)!
    crm.activities.replace({ ...first, completed: 'Y', updatedTime: new Date(clock.now()).toISOString() })
    crm.activities.delete(2)
    await hint('activities', 2)
    await stage.sync()
    const rows = await stage.database.db.selectFrom('crm_activities').selectAll().where('activity_id', 'in', [1, 2]).execute()
    expect(rows).toMatchObject([{ activity_id: 1, owner_type_id: 2, owner_id: 5, type_id: 2, is_completed: true, direction: 2, deadline: null, responsible_id: 3 }])
  })
})

describe('smart processes', () => {
  const contracts = 1036

  it('are mirrored when somebody chose them, and go when they are not chosen any more', async () => {
    stage = await startMirrorStage({ data: 'generate:100' })
    const { crm } = stage.running.portal
    const { db } = stage.database
    await stage.sync()
    expect(await count('crm_smart_items')).toBe(0)
    await chooseSmartTypes(db, stage.portalId, [{ entityTypeId: contracts, title: 'Contrats' }], 1)
    await stage.sync()
    expect(await count('crm_smart_items')).toBe(crm.items(contracts)!.size)
    const [id] = [...crm.items(contracts)!.ids()]
    const item = crm.items(contracts)!.get(id!)!
    expect(await db.selectFrom('crm_smart_items').selectAll().where('item_id', '=', id!).executeTakeFirst())
      .toMatchObject({ entity_type_id: contracts, title: item.title, amount_minor: Number(item.opportunity) * 100, company_id: item.companyId })
    crm.remove(contracts, id!, { userId: 1 })
    await hint(`smart_${contracts}`, id!)
    await stage.sync()
    expect(await count('crm_smart_items')).toBe(crm.items(contracts)!.size)
    await chooseSmartTypes(db, stage.portalId, [], 1)
    await stage.sync()
    expect(await count('crm_smart_items')).toBe(0)
    expect((await states())[`smart_${contracts}`]).toBeUndefined()
  })

  it('that the portal does not know hold up nobody else', async () => {
    stage = await startMirrorStage({ data: 'generate:50' })
    await chooseSmartTypes(stage.database.db, stage.portalId, [{ entityTypeId: 999, title: 'Gone' }], 1)
    await stage.sync()
    const read = await states()
    expect(read.smart_999).toMatchObject({ status: 'failed', error_code: 'crm.not_found' })
    expect(read.deals).toMatchObject({ mode: 'incremental', portal_count: 50, mirror_count: 50 })
  })
})

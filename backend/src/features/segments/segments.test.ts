import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Group } from '@comptoir/shared/segments/rule'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import { readChoices } from './choices.postgres.ts'
import { previewSegment } from './preview.postgres.ts'
import { createSegment, listSegments, readSegment, readVersions, removeSegment, restoreSegment, saveSegment, shareSegment, undoRemoval } from './segments.postgres.ts'
import type { Reader } from './visible-segments.postgres.ts'

const now = new Date('2026-06-15T12:00:00Z')
let database: TestDatabase
let admin: Reader
let ada: Reader
let leo: Reader
const rule = (minor: number): Group => ({ kind: 'all', rules: [{ field: 'amount', operator: 'at_least', values: [minor] }, { field: 'source', operator: 'in', values: ['WEB'] }] })

beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  const { portal_id: id } = await db.insertInto('portals').values({ member_id: 'm', domain: 'd', client_endpoint: '', server_endpoint: '', status: 'installed' }).returning('portal_id').executeTakeFirstOrThrow()
  const portal = { id, currency: 'EUR', timeZone: 'Europe/Paris', settings: { analyticsScope: 'own' } } as Reader['portal']
  const reader = (userId: number, isAdmin = false): Reader => ({ portal, viewer: { userId, name: 'x', isAdmin, departmentIds: [] } })
  ;[admin, ada, leo] = [reader(1, true), reader(2), reader(7)]
  await db.insertInto('crm_users').values([[2, 'Ada'], [7, 'Léo']].map(([user_id, name]) => ({ portal_id: id, user_id: Number(user_id), name: String(name) }))).execute()
  await db.insertInto('crm_statuses').values({ portal_id: id, directory: 'SOURCE', status_id: 'WEB', name: 'Site web' }).execute()
  await db.insertInto('crm_deals').values([1, 2, 3, 4].map(at => ({
    portal_id: id, deal_id: at, title: `Affaire ${at}`, stage_id: 'NEW', currency: 'EUR', amount_minor: at * 100, amount_base_minor: at * 100, source_id: 'WEB', assigned_by_id: at === 1 ? 2 : 7, created_at: now,
  }))).execute()
})
afterAll(() => database.close())

describe('a saved segment', () => {
  it('is its owner\'s until it is shared, and an editor may change it', async () => {
    const { db } = database
    const { segmentId } = await createSegment(db, ada, { subject: 'deal', name: ' Web ', rule: { kind: 'all', rules: [rule(200)] } })
    expect(await readSegment(db, ada, segmentId)).toMatchObject({ name: 'Web', rule: rule(200), version: 1, isMine: true, names: [{ field: 'source', value: 'WEB', name: 'Site web' }], shares: [], uses: [] })
    await expect(readSegment(db, leo, segmentId)).rejects.toMatchObject({ code: 'segment.not_found' })
    expect(await listSegments(db, admin)).toHaveLength(1)
    await shareSegment(db, ada, segmentId, [{ subjectKind: 'user', subjectId: 7, role: 'viewer' }])
    expect(await readSegment(db, leo, segmentId)).toMatchObject({ canEdit: false, isMine: false, ownerName: 'Ada' })
    await expect(saveSegment(db, leo, segmentId, { version: 1, name: 'x', rule: rule(1) })).rejects.toMatchObject({ code: 'segment.forbidden' })
    await shareSegment(db, ada, segmentId, [{ subjectKind: 'everyone', subjectId: 9, role: 'editor' }])
    await expect(saveSegment(db, leo, segmentId, { version: 3, name: 'x', rule: rule(1) })).rejects.toMatchObject({ code: 'segment.changed_meanwhile' })
    expect(await saveSegment(db, leo, segmentId, { version: 1, name: 'Web, 3 €', rule: rule(300) })).toMatchObject({ version: 2, rule: rule(300) })
    await expect(shareSegment(db, leo, segmentId, [])).rejects.toMatchObject({ code: 'segment.forbidden' })
    expect(await restoreSegment(db, ada, segmentId, { version: 2, restored: 1 })).toMatchObject({ version: 3, name: 'Web', rule: rule(200) })
    expect((await readVersions(db, ada, segmentId)).map(({ version, name, restoredFrom, createdBy }) => [version, name, restoredFrom, createdBy])).toEqual([[3, 'Web', 1, 'Ada'], [2, 'Web, 3 €', null, 'Léo'], [1, 'Web', null, 'Ada']])
  })

  it('is shared with a department, and with its head', async () => {
    const { db } = database
    await db.insertInto('crm_departments').values({ portal_id: ada.portal.id, department_id: 5, name: 'Achats', head_user_id: 7 }).execute()
    const { segmentId } = await createSegment(db, ada, { subject: 'deal', name: 'Du service', rule: rule(1) })
    const buyer: Reader = { ...leo, viewer: { ...leo.viewer, userId: 8, departmentIds: [5] } }
    await shareSegment(db, ada, segmentId, [{ subjectKind: 'department', subjectId: 5, role: 'viewer' }])
    expect(await readSegment(db, buyer, segmentId)).toMatchObject({ canEdit: false })
    await shareSegment(db, ada, segmentId, [{ subjectKind: 'head_of_department', subjectId: 5, role: 'editor' }])
    await expect(readSegment(db, buyer, segmentId)).rejects.toMatchObject({ code: 'segment.not_found' })
    expect(await readSegment(db, leo, segmentId)).toMatchObject({ canEdit: true })
    await removeSegment(db, ada, segmentId)
    await db.deleteFrom('crm_departments').execute()
  })

  it('is not taken away while something rests on it, and comes back whole', async () => {
    const { db } = database
    const { segmentId } = await createSegment(db, ada, { subject: 'deal', name: 'Utilisé', rule: rule(1) })
    const { watch_id } = await db.insertInto('watches').values({ portal_id: ada.portal.id, owner_user_id: 7, metric: 'revenue_won', rule: '{}', cool_down_months: 0, segment_id: segmentId }).returning('watch_id').executeTakeFirstOrThrow()
    const { board_id } = await db.insertInto('boards').values({ portal_id: ada.portal.id, title: 'Direction', owner_id: 2, updated_by: 2 }).returning('board_id').executeTakeFirstOrThrow()
    await db.insertInto('board_versions').values({ portal_id: ada.portal.id, board_id, version: 1, title: 'Direction', spec: JSON.stringify({ tiles: [], segmentId }), created_by: 2 }).execute()
    const settings = { operation: 'segment', segmentId }
    await db.insertInto('decision_rules').values({
      portal_id: ada.portal.id, name: 'Relance', trigger: '{}', condition: JSON.stringify({ kind: 'analysis', settings, verdicts: ['member'] }), effects: '[]', guards: '{}', acts_as: 1, created_by: ada.viewer.userId,
    }).execute()
    await expect(removeSegment(db, ada, segmentId)).rejects.toMatchObject({ code: 'segment.used', details: { uses: [{ place: 'board', id: board_id, name: 'Direction' }, { place: 'decision', name: 'Relance' }, { place: 'watch', id: null, name: null }] } })
    await db.deleteFrom('watches').where('watch_id', '=', watch_id).execute()
    await db.deleteFrom('decision_rules').execute()
    await db.updateTable('boards').set({ deleted_at: now }).execute()
    await expect(removeSegment(db, leo, segmentId)).rejects.toMatchObject({ code: 'segment.not_found' })
    await removeSegment(db, ada, segmentId)
    await expect(readSegment(db, ada, segmentId)).rejects.toMatchObject({ code: 'segment.not_found' })
    expect(await undoRemoval(db, ada, segmentId)).toMatchObject({ name: 'Utilisé', version: 1 })
  })

  it('with a condition that does not fit is refused', async () => {
    const wrong: Group = { kind: 'all', rules: [{ field: 'vendor_city', operator: 'filled', values: [] }] }
    await expect(createSegment(database.db, ada, { subject: 'deal', name: 'x', rule: wrong })).rejects.toMatchObject({ code: 'segment.invalid', details: { kind: 'subject', field: 'vendor_city' } })
  })
})

describe('a rule in the making', () => {
  it('is counted among what the viewer may see', async () => {
    const preview = (reader: Reader) => previewSegment(database.db, { ...reader, now }, { subject: 'deal', rule: rule(200) })
    expect(await preview(admin)).toMatchObject({ count: 3, total: 4, sumMinor: 900, currency: 'EUR' })
    expect(await preview(leo)).toMatchObject({ count: 3, total: 3 })
    expect(await preview(ada)).toMatchObject({ count: 0, total: 1, sumMinor: null, sample: [] })
    expect(await previewSegment(database.db, { ...admin, now }, { subject: 'vendor', rule: { kind: 'none', rules: [{ field: 'vendor_linked', operator: 'yes', values: [] }] } })).toMatchObject({ count: 0, total: 0 })
  })

  it('chooses among what the CRM knows', async () => {
    expect(await readChoices(database.db, admin, 'source', 'WÉB'.replace('É', 'e'))).toEqual([{ value: 'WEB', name: 'Site web', group: null }])
    expect((await readChoices(database.db, leo, 'responsible')).map(({ name }) => name)).toEqual(['Léo'])
    for (const field of ['pipeline', 'stage', 'company_type', 'currency', 'department', 'company', 'product', 'utm_source', 'vendor_category', 'amount'] as const)
      expect(await readChoices(database.db, admin, field), field).toEqual([])
  })

  it('chooses among the words and attributes of vendors', async () => {
    const { db } = database
    const { attribute_id: id } = await db.insertInto('vendor_attributes')
      .values({ portal_id: ada.portal.id, label: 'Bio', kind: 'yesNo', options: [], field_group: 'identity', required_from: 'never', position: 0, updated_by: null }).returning('attribute_id').executeTakeFirstOrThrow()
    await db.insertInto('vendors').values({ portal_id: ada.portal.id, name: 'Bois', name_key: 'attributs', status: 'active', tags: ['local'], supplies: ['chêne'], attributes: { [id]: true } }).execute()
    expect(await readChoices(db, admin, 'vendor_tag')).toEqual([{ value: 'local', name: 'local', group: null }])
    expect(await readChoices(db, admin, 'vendor_supply', 'CHÊ')).toEqual([{ value: 'chêne', name: 'chêne', group: null }])
    expect(await readChoices(db, admin, 'vendor_attribute')).toEqual([{ value: `${id}=true`, name: 'Bio: yes', group: 'Bio' }])
  })
})

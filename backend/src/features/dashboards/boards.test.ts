import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BoardSpec } from '@comptoir/shared/dashboards/board'
import { boardFrom } from '@comptoir/shared/dashboards/templates'
import type { MetricResult } from '@comptoir/shared/insights/insights.contract'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import { createBoard, listBoards, readBoard, readVersions, removeBoard, restoreBoard, saveBoard, shareBoard, undoRemoval } from './boards.postgres.ts'
import { pinBoard, pinnedBoards, readTile, recordsOfRecord } from './pins.postgres.ts'
import type { MetricPort, OpenRecord } from './ports.ts'
import type { Reader } from './visible-boards.postgres.ts'

let database: TestDatabase
let portals: number[]
const as = (userId: number, { isAdmin = false, departmentIds = [] as number[], portal = 0 } = {}): Reader =>
  ({ portal: { id: portals[portal] } as Reader['portal'], viewer: { userId, name: `Nom ${userId}`, isAdmin, departmentIds } })
let next = 0
const spec = (template: 'sales' | 'empty' = 'sales'): BoardSpec => boardFrom(template, () => String(next++))

beforeAll(async () => {
  database = await freshDatabase()
  const rows = await database.db.insertInto('portals').values(['a', 'b'].map(member_id => ({ member_id, domain: 'd', client_endpoint: '', server_endpoint: '', status: 'installed' as const }))).returning('portal_id').execute()
  portals = rows.map(({ portal_id }) => portal_id)
  await database.db.insertInto('crm_users').values({ portal_id: portals[0]!, user_id: 1, name: 'Ada', last_name: 'Morel' }).execute()
})
afterAll(() => database.close())

describe('a dashboard', () => {
  it('belongs to who made it, and to nobody else until it is shared', async () => {
    const { db } = database
    const board = await createBoard(db, as(1), { title: ' Ventes ', spec: spec() })
    expect(board).toMatchObject({ title: 'Ventes', version: 1, isMine: true, canEdit: true, ownerName: 'Ada Morel', shares: [] })
    await expect(readBoard(db, as(2), board.boardId)).rejects.toMatchObject({ code: 'board.not_found' })
    await expect(readBoard(db, as(1, { portal: 1 }), board.boardId)).rejects.toMatchObject({ code: 'board.not_found' })
    await expect(shareBoard(db, as(2), board.boardId, [])).rejects.toMatchObject({ code: 'board.not_found' })
    await shareBoard(db, as(1), board.boardId, [{ subjectKind: 'department', subjectId: 5, role: 'viewer' }, { subjectKind: 'user', subjectId: 3, role: 'editor' }])
    expect((await listBoards(db, as(2, { departmentIds: [5] }))).map(({ canEdit }) => canEdit)).toEqual([false])
    expect(await listBoards(db, as(2, { departmentIds: [6] }))).toEqual([])
    await expect(saveBoard(db, as(2, { departmentIds: [5] }), board.boardId, { version: 1, title: 'x', spec: spec() })).rejects.toMatchObject({ code: 'board.forbidden' })
    expect(await saveBoard(db, as(3), board.boardId, { version: 1, title: 'Ventes 2', spec: spec('empty') })).toMatchObject({ version: 2, title: 'Ventes 2' })
    await expect(shareBoard(db, as(3), board.boardId, [])).rejects.toMatchObject({ code: 'board.forbidden' })
    expect(await readBoard(db, as(9, { isAdmin: true }), board.boardId)).toMatchObject({ canEdit: true, isMine: false })
  })

  it('is shared with a department and all below it, and with whoever leads it', async () => {
    const { db } = database
    const portal_id = portals[0]!
    await db.insertInto('crm_departments').values([
      { portal_id, department_id: 20, name: 'Commerce', head_user_id: 31 }, { portal_id, department_id: 21, name: 'Commerce sud', parent_id: 20, head_user_id: 32 },
    ]).execute()
    const { boardId } = await createBoard(db, as(1), { title: 'Commerce', spec: spec('empty') })
    const sees = async (reader: Reader) => (await listBoards(db, reader)).some(board => board.boardId === boardId)
    await shareBoard(db, as(1), boardId, [{ subjectKind: 'department', subjectId: 20, role: 'viewer' }])
    expect(await Promise.all([sees(as(40, { departmentIds: [21] })), sees(as(41, { departmentIds: [22] })), sees(as(31))])).toEqual([true, false, false])
    await shareBoard(db, as(1), boardId, [{ subjectKind: 'head_of_department', subjectId: 21, role: 'editor' }, { subjectKind: 'everyone', subjectId: 0, role: 'viewer' }, { subjectKind: 'everyone', subjectId: 9, role: 'viewer' }])
    expect(await Promise.all([31, 32, 33].map(async userId => (await readBoard(db, as(userId), boardId)).canEdit))).toEqual([true, true, false])
  })

  it('is shared by role: with every head of department, and with whoever holds a right over all vendors that day', async () => {
    const { db } = database
    const portal_id = portals[0]!
    await db.insertInto('crm_departments').values({ portal_id, department_id: 50, name: 'Achats', head_user_id: 51 }).execute()
    const grant = { portal_id, subject_kind: 'user' as const, field_groups: ['identity' as const] }
    await db.insertInto('vendor_grants').values([
      { ...grant, subject_id: 52, scope_kind: 'all', role: 'approver' }, { ...grant, subject_id: 53, scope_kind: 'group', vendor_group: 'x', role: 'admin' },
    ]).execute()
    const { boardId } = await createBoard(db, as(1), { title: 'Rôles', spec: spec('empty') })
    const seenBy = async () => {
      const lists = await Promise.all([51, 52, 53, 54].map(userId => listBoards(db, as(userId))))
      return lists.map(boards => boards.some(board => board.boardId === boardId))
    }
    await shareBoard(db, as(1), boardId, [{ subjectKind: 'department_head', subjectId: 9, role: 'viewer' }])
    expect(await seenBy()).toEqual([true, false, false, false])
    expect((await readBoard(db, as(51), boardId)).shares).toEqual([{ subjectKind: 'department_head', subjectId: 0, role: 'viewer' }])
    await shareBoard(db, as(1), boardId, [{ subjectKind: 'vendor_approver', subjectId: 0, role: 'editor' }])
    expect(await seenBy()).toEqual([false, true, false, false])
    await shareBoard(db, as(1), boardId, [{ subjectKind: 'vendor_admin', subjectId: 0, role: 'viewer' }])
    expect(await seenBy()).toEqual([false, false, false, false])
  })

  it('keeps to a segment of its own portal, and lives on when that is gone', async () => {
    const { db } = database
    const aSegment = async (portal: number): Promise<string> => (await db.insertInto('segments').values({ portal_id: portals[portal]!, subject: 'deal', name: 'Grandes', rule: JSON.stringify({ kind: 'all', rules: [] }), owner_id: 1, updated_by: 1 }).returning('segment_id').executeTakeFirstOrThrow()).segment_id
    const [own, foreign] = [await aSegment(0), await aSegment(1)]
    await expect(createBoard(db, as(1), { title: 'x', spec: { ...spec(), segmentId: foreign } })).rejects.toMatchObject({ code: 'segment.not_found' })
    const { boardId } = await createBoard(db, as(1), { title: 'x', spec: { ...spec(), segmentId: own } })
    await expect(saveBoard(db, as(1), boardId, { version: 1, title: 'x', spec: { ...spec(), segmentId: foreign } })).rejects.toMatchObject({ code: 'segment.not_found' })
    await db.updateTable('segments').set({ deleted_at: new Date() }).where('segment_id', '=', own).execute()
    expect(await saveBoard(db, as(1), boardId, { version: 1, title: 'y', spec: { ...spec(), segmentId: own } })).toMatchObject({ version: 2 })
  })

  it('makes room where tiles stand on each other', async () => {
    const [tile] = spec().tiles
    const { tiles } = (await createBoard(database.db, as(1), { title: 'x', spec: { tiles: ['a', 'b'].map(tileId => ({ ...tile!, tileId, x: 0, y: 0, height: 2 })) } })).spec
    expect(tiles.map(({ tileId, y }) => [tileId, y])).toEqual([['a', 0], ['b', 2]])
  })

  it('keeps every version, and brings an old one back as a new one', async () => {
    const { db } = database
    const first = spec()
    const { boardId } = await createBoard(db, as(1), { title: 'Un', spec: first })
    await saveBoard(db, as(1), boardId, { version: 1, title: 'Deux', spec: spec('empty') })
    const restored = await restoreBoard(db, as(1), boardId, { version: 2, restored: 1 })
    expect(restored).toMatchObject({ version: 3, title: 'Un', spec: first })
    expect((await readVersions(db, as(1), boardId)).map(({ version, title, restoredFrom }) => [version, title, restoredFrom])).toEqual([[3, 'Un', 1], [2, 'Deux', null], [1, 'Un', null]])
    await expect(restoreBoard(db, as(1), boardId, { version: 3, restored: 8 })).rejects.toMatchObject({ code: 'board.not_found' })
  })

  it('is changed by one of two who saved at once, and the other is told', async () => {
    const { db } = database
    const { boardId } = await createBoard(db, as(1), { title: 'Un', spec: spec() })
    const results = await Promise.allSettled(['A', 'B'].map(title => saveBoard(db, as(1), boardId, { version: 1, title, spec: spec() })))
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'board.changed_meanwhile' } })
  })

  it('that was taken away can be brought back', async () => {
    const { db } = database
    const { boardId } = await createBoard(db, as(1), { title: 'Un', spec: spec() })
    await expect(removeBoard(db, as(2), boardId)).rejects.toMatchObject({ code: 'board.not_found' })
    await removeBoard(db, as(1), boardId)
    await expect(readBoard(db, as(1), boardId)).rejects.toMatchObject({ code: 'board.not_found' })
    expect(await undoRemoval(db, as(1), boardId)).toMatchObject({ boardId, title: 'Un' })
  })

  it('refuses a tile that does not fit what it shows', async () => {
    const [tile] = spec().tiles
    await expect(createBoard(database.db, as(1), { title: 'x', spec: { tiles: [{ ...tile!, figure: 'doughnut' }] } })).rejects.toMatchObject({ code: 'board.invalid', details: { kind: 'figure' } })
  })
})

describe('a pinned dashboard', () => {
  const now = new Date('2026-02-17T10:00:00Z')
  const seen: string[] = []
  const deps = {
    get db() {
      return database.db
    },
    now: () => now,
    metricOf: (record: OpenRecord): MetricPort => (_asking, query) => {
      seen.push(`${JSON.stringify(record)} ${query.metricId} ${query.by ?? ''} ${query.period}`)
      return Promise.resolve({ metricId: query.metricId, parts: [] } as unknown as MetricResult)
    },
    recordsOf: (record: OpenRecord) => (_asking: unknown, metricId: string): Promise<never> => {
      seen.push(`${JSON.stringify(record)} ${metricId}`)
      return Promise.resolve({} as never)
    },
  }

  it('is asked about the open record alone, and only by who may see both', async () => {
    const { db } = database
    const reader = { portal: { id: portals[0]!, settings: { analyticsScope: 'all' } } as unknown as Reader['portal'], viewer: as(1).viewer }
    await db.insertInto('crm_deals').values({ portal_id: portals[0]!, deal_id: 7, title: 'Toiture', category_id: 0, stage_id: 'NEW', semantics: 'P', currency: 'EUR', assigned_by_id: 1, created_at: now }).execute()
    const tile = { tileId: 't', title: '', figure: 'line', metricId: 'spend_total', by: 'time', period: 'this_year', x: 0, y: 0, width: 6, height: 3 } as const
    const { boardId } = await createBoard(db, as(1), { title: 'Affaire', spec: { tiles: [tile] } })
    const place = { place: 'deal', recordId: '7' } as const
    const asked = { ...place, period: 'all' } as const
    await expect(readTile(deps, reader, { boardId, tileId: 't' }, asked)).rejects.toMatchObject({ code: 'board.not_found' })
    await expect(pinBoard(db, as(2), boardId, ['deal'])).rejects.toMatchObject({ code: 'board.not_found' })
    expect((await pinBoard(db, as(1), boardId, ['deal', 'deal'])).pins).toEqual(['deal'])
    expect(await pinnedBoards(deps, reader, place)).toMatchObject({ record: { name: 'Toiture' }, boards: [{ boardId }] })
    expect((await pinnedBoards(deps, { ...reader, viewer: as(2).viewer }, place)).boards).toEqual([])
    await readTile(deps, reader, { boardId, tileId: 't' }, asked)
    expect(seen).toEqual(['{"kind":"deal","dealId":7} spend_total time this_year'])
    const ownOnly = { portal: { ...reader.portal, settings: { analyticsScope: 'own' } } as unknown as Reader['portal'], viewer: as(2).viewer }
    for (const [who, recordId] of [[reader, '8'], [reader, '7 or true'], [ownOnly, '7']] as const)
      await expect(pinnedBoards(deps, who, { place: 'deal', recordId })).rejects.toMatchObject({ code: 'board.record_unknown' })
    for (const recordId of ['12', '0', '12 or true'])
      await expect(recordsOfRecord(deps, reader, 'revenue_won', { place: 'company', recordId, period: 'all' }), recordId).rejects.toMatchObject({ code: 'board.record_unknown' })
    await db.insertInto('crm_companies').values({ portal_id: portals[0]!, company_id: 12, title: 'Client seulement' }).execute()
    expect((await pinnedBoards(deps, reader, { place: 'company', recordId: '12' })).record).toEqual({ name: null })
    await recordsOfRecord(deps, reader, 'revenue_won', { place: 'company', recordId: '12', period: 'all' })
    expect(seen.at(-1)).toBe('{"kind":"company","companyId":12,"vendorId":null} revenue_won')
    await expect(pinnedBoards(deps, reader, { place: 'company', recordId: '00000000-0000-4000-8000-000000000000' })).rejects.toMatchObject({ code: 'board.record_unknown' })
  })
})

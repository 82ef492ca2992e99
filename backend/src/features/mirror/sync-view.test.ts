import { describe, expect, it } from 'vitest'
import { isUnfinished, syncView, type EntityRow, type RunRow } from './sync-view.ts'
import { differingIds, judgeRange } from './id-ranges.ts'

const now = new Date('2026-05-14T10:00:00Z')
const entity = (name: string, change: Partial<EntityRow> = {}): EntityRow => ({
  entity: name, mode: 'incremental', status: 'idle', rows_read: 1, rows_expected: 1, portal_count: 5, mirror_count: 5,
  counted_at: now, watermark: new Date('2026-05-14T09:58:00Z'), finished_at: now, error_code: null, ...change,
})
const run = (change: Partial<RunRow> = {}): RunRow => ({
  is_paused: false, check_requested_at: null, rebuild_requested_at: null, last_run_at: now, reconciled_at: now, waiting_until: null, error_code: null, ...change,
})
const limiter = { level: 3, capacity: 46, speed: 1, waiting: 0, operating: [{ method: 'crm.item.list', usedSeconds: 12, limitSeconds: 480, resetsAt: now.getTime() }] }
const view = (rows: EntityRow[], change: Partial<RunRow> = {}) => syncView(run(change), rows, limiter, { timeZone: 'Europe/Paris', hasHints: false, smartTypes: [], now })
const settled = [entity('deals'), entity('companies')]

describe('the state of the sync', () => {
  it('is as late as the older of deals and companies', () => {
    expect(view([entity('deals'), entity('companies', { watermark: new Date('2026-05-14T09:50:00Z') })]).lagSeconds).toBe(600)
  })
  it('knows no lag before everything was read once', () => {
    expect(view([entity('deals', { watermark: null }), entity('companies')]).lagSeconds).toBeNull()
  })
  it.each<[string, EntityRow[], Partial<RunRow>]>([
    ['idle', settled, {}],
    ['running', [entity('deals', { status: 'running' }), entity('companies')], {}],
    ['paused', [entity('deals', { status: 'running' })], { is_paused: true }],
    ['waiting', settled, { waiting_until: new Date('2026-05-14T10:05:00Z'), error_code: 'crm.limit' }],
    ['waiting', [entity('deals', { status: 'running' }), entity('companies')], { waiting_until: new Date('2026-05-14T10:00:30Z') }],
    ['running', [entity('deals', { status: 'running' }), entity('companies')], { waiting_until: new Date('2026-05-14T09:59:30Z') }],
    ['failed', settled, { error_code: 'crm.unavailable' }],
    ['failed', [entity('deals', { status: 'failed', error_code: 'crm.forbidden' })], {}],
    ['idle', [...settled, entity('departments', { status: 'failed', error_code: 'crm.forbidden' })], {}],
    ['empty', [entity('deals', { finished_at: null })], {}],
  ])('is %s', (status, rows, change) => expect(view(rows, change).status).toBe(status))

  it('lists entities in the order of reading and moments as text', () => {
    const { entities, limiter: shown } = view([entity('deals'), entity('stages')])
    expect(entities.map(({ entity: name }) => name)).toEqual(['stages', 'deals'])
    expect(entities[0]!.finishedAt).toBe('2026-05-14T10:00:00.000Z')
    expect(shown.operating[0]!.resetsAt).toBe('2026-05-14T10:00:00.000Z')
  })
  it('never announces a run in the past', () => {
    expect(view(settled, { last_run_at: new Date('2026-05-14T08:00:00Z') }).nextRunAt).toBe(now.toISOString())
    expect(view(settled, { is_paused: true }).nextRunAt).toBeNull()
  })
})

describe('each list', () => {
  const rowOf = (name: string) => view([...settled, entity('users', { finished_at: new Date('2026-05-14T09:50:00Z') }), entity('smart_1036')]).entities.find(({ entity: one }) => one === name)

  it('is read again with the next run, directories at most every hour', () => {
    expect(rowOf('deals')?.nextRunAt).toBe(view(settled).nextRunAt)
    expect(rowOf('users')?.nextRunAt).toBe('2026-05-14T10:50:00.000Z')
  })
  it('of a smart process stands there with its own name, as long as it is chosen', () => {
    const chosen = syncView(run({}), [entity('smart_1036'), entity('smart_7')], limiter, { timeZone: 'Europe/Paris', hasHints: false, smartTypes: [{ entityTypeId: 1036, title: 'Contrats' }], now })
    expect(chosen.entities.map(({ entity: name, title }) => [name, title])).toEqual([['smart_1036', 'Contrats']])
    expect(rowOf('smart_1036')).toBeUndefined()
  })
})

describe('an unfinished mirror', () => {
  it('has something to read from its first record', () => {
    expect(isUnfinished([entity('deals', { mode: 'full' })])).toBe(true)
    expect(isUnfinished(settled)).toBe(false)
  })
  it('does not hurry after what the portal refuses', () => {
    expect(isUnfinished([entity('departments', { mode: 'full', status: 'failed' })])).toBe(false)
  })
})

describe('a range of ids', () => {
  const range = { above: 0, upTo: 100, mirrored: 30 }
  it('is equal when both count the same', () => expect(judgeRange(range, { total: 30, ids: [] })).toEqual({ isEqual: true, isListed: false }))
  it('is compared id by id when it fits on a page', () => expect(judgeRange(range, { total: 2, ids: [1, 2] })).toEqual({ isEqual: false, isListed: true }))
  it('is cut finer when it does not', () => expect(judgeRange(range, { total: 60, ids: [1] })).toEqual({ isEqual: false, isListed: false }))
  it('differs by what only one side has', () => expect(differingIds([1, 2, 3], [2, 3, 4])).toEqual([1, 4]))
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import { judgeDifferences, readDifferences } from './count-alert.postgres.ts'
import { readStates, saveState } from './sync-state.postgres.ts'

const now = new Date('2026-02-17T10:00:00Z')
let database: TestDatabase
let portalId: number

beforeAll(async () => {
  database = await freshDatabase()
  const row = { domain: 'p.example', client_endpoint: 'https://p.example/rest/', server_endpoint: 'https://oauth.example/rest/', status: 'installed' as const }
  ;({ portal_id: portalId } = await database.db.insertInto('portals').values({ member_id: 'm', installer_user_id: 7, ...row }).returning('portal_id').executeTakeFirstOrThrow())
  await readStates(database.db, portalId)
})
afterAll(() => database.close())

const check = (portal: number, mirror: number, entity: 'deals' | 'stage_changes' = 'deals') => database.db.transaction().execute(async (tx) => {
  const before = await readDifferences(tx, portalId)
  await saveState(tx, portalId, entity, { portal_count: portal, mirror_count: mirror, counted_at: now })
  await judgeDifferences(tx, portalId, before, now)
})
const alert = () => database.db.selectFrom('alerts').select(['state', 'audience', 'params']).where('key', '=', 'counts_differ').executeTakeFirst()

it('tells whoever installed the app once a list differs in two checks on end, and ends when both sides count the same', async () => {
  await check(8_800, 8_799)
  expect(await alert()).toBeUndefined()
  await check(8_800, 8_799)
  expect(await alert()).toEqual({ state: 'open', audience: [7], params: { lists: { fr: 'affaires (8\u202F800 / 8\u202F799)', en: 'deals (8,800 / 8,799)' } } })
  expect(await database.db.selectFrom('notice_outbox').select(['kind', 'recipients']).execute()).toEqual([{ kind: 'counts_differ', recipients: [7] }])
  await check(8_800, 8_800)
  expect(await alert()).toMatchObject({ state: 'resolved' })
})

it('says nothing of moves between stages, of which either side keeps what the other forgets', async () => {
  await check(40, 52, 'stage_changes')
  await check(40, 52, 'stage_changes')
  expect(await alert()).toMatchObject({ state: 'resolved' })
})

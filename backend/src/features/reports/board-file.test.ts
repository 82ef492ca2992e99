import { expect, it } from 'vitest'
import type { Tile } from '@comptoir/shared/dashboards/board'
import type { MetricResult } from '@comptoir/shared/insights/insights.contract'
import { freshDatabase } from '../../platform/storage/test-database.ts'
import { filterFacts } from './filter-facts.postgres.ts'
import { boardReport } from './make-report.ts'
import type { Asked, ReportPorts } from './ports.ts'

it('is made of the filters that its reader has set, and prints them', async () => {
  const { db, close } = await freshDatabase()
  const { portal_id } = await db.insertInto('portals').values({ member_id: 'm', domain: 'd', client_endpoint: '', server_endpoint: '', status: 'installed' }).returning('portal_id').executeTakeFirstOrThrow()
  await db.insertInto('crm_users').values([{ portal_id, user_id: 2, name: 'Ada' }, { portal_id, user_id: 4, name: 'Bo', last_name: 'Roux' }]).execute()
  await db.insertInto('crm_categories').values([{ portal_id, entity_type_id: 2, category_id: 0, name: '' }, { portal_id, entity_type_id: 2, category_id: 4, name: 'Export' }]).execute()
  const filters = { period: 'this_year' as const, userIds: [2, 4], categoryIds: [0, 4] }
  const facts = await filterFacts(db, portal_id, filters, 'fr')
  expect(await filterFacts(db, portal_id, { period: 'all' }, 'fr')).toEqual([])
  await close()

  const seen: unknown[] = []
  const tile: Tile = { tileId: 'a', title: '', figure: 'number', metricId: 'deals_won', by: null, period: null, x: 0, y: 0, width: 3, height: 1 }
  const ports = {
    board: (_asked, boardId) => Promise.resolve(boardId === 'gone' ? null : { title: 'Ventes', spec: { tiles: [tile] } }),
    metric: (_asked, { metricId, userIds }) => {
      seen.push(userIds)
      return Promise.resolve({ metricId, unit: 'count', days: { from: '2026-01-01', to: '2026-11-22' }, value: 1, previous: null, change: null, parts: [], by: null } as unknown as MetricResult)
    },
  } as Pick<ReportPorts, 'board' | 'metric'> as ReportPorts
  const asked = { portal: { timeZone: 'Europe/Paris' }, viewer: { name: 'Ada' }, now: new Date('2026-11-22T10:00:00Z') } as Asked
  expect((await boardReport(asked, ports, 'b', { filters, language: 'fr', facts })).facts).toEqual([
    { label: 'Période', value: 'Cette année (du 01/01/2026 au 22/11/2026)' }, { label: 'Responsables', value: 'Ada et Bo Roux' },
    { label: 'Pipelines', value: 'Général et Export' }, { label: 'Droits', value: 'Ada' },
  ])
  expect(seen[0]).toEqual([2, 4])
  await expect(boardReport(asked, ports, 'gone', { filters, language: 'fr' })).rejects.toMatchObject({ code: 'report.source_unknown' })
})

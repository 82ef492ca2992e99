import { isMetricTile, type BoardSpec } from '@comptoir/shared/dashboards/board'
import type { MetricUse } from '@comptoir/shared/insights/insights.contract'
import type { Database } from '../../platform/storage/database.ts'
import { visibleBoards, type Reader } from './visible-boards.postgres.ts'

/** The figures of the boards that the reader may see. */
export async function readBoardUses(db: Database, reader: Reader): Promise<MetricUse[]> {
  const boards = await visibleBoards(db, reader)
    .innerJoin('board_versions as v', join => join.onRef('v.portal_id', '=', 'b.portal_id').onRef('v.board_id', '=', 'b.board_id').onRef('v.version', '=', 'b.version'))
    .select(['b.board_id', 'b.title', 'v.spec']).orderBy('b.title').execute()
  return boards.flatMap(({ board_id, title, spec }) => [...new Set((spec as BoardSpec).tiles.filter(isMetricTile).map(({ metricId }) => metricId))]
    .map((metricId): MetricUse => ({ metricId, kind: 'board', name: title, path: `/boards/${board_id}` })))
}

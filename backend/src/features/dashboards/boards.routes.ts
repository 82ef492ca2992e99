import type { FastifyInstance } from 'fastify'
import { boardApi } from '@comptoir/shared/dashboards/board.contract'
import { documentApi } from '@comptoir/shared/documents/document.contract'
import { serve } from '../../platform/http/serve.ts'
import type { Database } from '../../platform/storage/database.ts'
import { createBoard, listBoards, readBoard, readVersions, removeBoard, restoreBoard, saveBoard, shareBoard, undoRemoval } from './boards.postgres.ts'
import { figureFile } from './figure-file.ts'
import { metricGrid } from './metric-grid.ts'
import { metricOfRecord, pinBoard, pinnedBoards, readTile, recordsOfRecord } from './pins.postgres.ts'
import type { BoardPorts } from './ports.ts'

export interface BoardDeps extends BoardPorts {
  readonly db: Database
  readonly now: () => Date
}

export function boardRoutes(app: FastifyInstance, deps: BoardDeps): void {
  const { db, now, metric } = deps
  serve(app, boardApi.list, (_request, caller) => listBoards(db, caller))
  serve(app, boardApi.get, ({ params }, caller) => readBoard(db, caller, params.boardId))
  serve(app, boardApi.create, ({ body }, caller) => createBoard(db, caller, body))
  serve(app, boardApi.save, ({ params, body }, caller) => saveBoard(db, caller, params.boardId, body))
  serve(app, boardApi.remove, ({ params }, caller) => removeBoard(db, caller, params.boardId))
  serve(app, boardApi.undoRemove, ({ params }, caller) => undoRemoval(db, caller, params.boardId))
  serve(app, boardApi.versions, ({ params }, caller) => readVersions(db, caller, params.boardId))
  serve(app, boardApi.restore, ({ params, body }, caller) => restoreBoard(db, caller, params.boardId, body))
  serve(app, boardApi.share, ({ params, body }, caller) => shareBoard(db, caller, params.boardId, body.shares))
  serve(app, boardApi.grid, ({ params, query }, caller) => metricGrid(metric, caller, { ...query, metricId: params.metricId }))
  serve(app, boardApi.pin, ({ params, body }, caller) => pinBoard(db, caller, params.boardId, body.pins))
  serve(app, boardApi.pinned, ({ query }, caller) => pinnedBoards(deps, caller, query))
  serve(app, boardApi.recordTile, ({ params, query }, caller) => readTile(deps, caller, params, query))
  serve(app, boardApi.recordMetric, ({ params, query }, caller) => metricOfRecord(deps, caller, params.metricId, query))
  serve(app, boardApi.recordsBehind, ({ params, query }, caller) => recordsOfRecord(deps, caller, params.metricId, query))
  serve(app, documentApi.figure, ({ body }, { portal }) => figureFile(body, { timeZone: portal.timeZone, now: now() }))
}

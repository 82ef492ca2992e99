import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableNumber, NullableText } from '../http/nullable.ts'
import { MetricFilters, MetricRecords, MetricResult, RecordFilters } from '../insights/insights.contract.ts'
import { dimensions, metricIds } from '../insights/metric.ts'
import { Share } from '../portal/share.schema.ts'
import { BoardSpec } from './board.ts'
import { crossings } from './figures.ts'

const Title = Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' })
const metricParams = Type.Object({ metricId: Type.Enum([...metricIds]) })
const boardParams = Type.Object({ boardId: Type.String({ format: 'uuid' }) })

/** Pages of the host that a board can stand on, about the record that is open there. */
export const boardPlaces = ['deal', 'company'] as const
export type BoardPlace = (typeof boardPlaces)[number]
const Pins = Type.Array(Type.Enum([...boardPlaces]), { maxItems: boardPlaces.length, uniqueItems: true })

export const BoardSummary = Type.Object({
  boardId: Type.String(),
  title: Type.String(),
  version: Type.Integer(),
  isMine: Type.Boolean(),
  canEdit: Type.Boolean(),
  ownerName: NullableText(),
  pins: Pins,
  updatedAt: Type.String(),
})
export type BoardSummary = Static<typeof BoardSummary>

export const Board = Type.Object({ ...BoardSummary.properties, spec: BoardSpec, shares: Type.Array(Share) })
export type Board = Static<typeof Board>

export const BoardVersion = Type.Object({
  version: Type.Integer(),
  title: Type.String(),
  spec: BoardSpec,
  restoredFrom: NullableInteger(),
  createdAt: Type.String(),
  createdBy: NullableText(),
})
export type BoardVersion = Static<typeof BoardVersion>

/** A number by two things at once: its parts, and the same parts once more for each of the second. */
export const MetricGrid = Type.Object({
  result: MetricResult,
  across: Type.Enum([...crossings]),
  columns: Type.Array(Type.Object({
    key: Type.String(),
    label: NullableText(),
    records: Type.Integer(),
    cells: Type.Array(Type.Object({ key: Type.String(), value: NullableNumber(), records: Type.Integer() })),
  })),
  /** People or pipelines that have no column of their own. */
  others: Type.Integer(),
})
export type MetricGrid = Static<typeof MetricGrid>

/** The boards of one record's page, and what the record is called. */
export const PinnedBoards = Type.Object({ record: Type.Object({ name: NullableText() }), boards: Type.Array(Board) })
export type PinnedBoards = Static<typeof PinnedBoards>

/** Everything that one tile shows. */
export const TileReading = Type.Object({
  result: MetricResult,
  grid: Type.Union([MetricGrid, Type.Null()]),
  against: Type.Union([MetricResult, Type.Null()]),
})
export type TileReading = Static<typeof TileReading>

/** A deal's number; the id of a company's vendor, or the number of a company that is none. */
const RecordOf = { place: Type.Enum([...boardPlaces]), recordId: Type.String({ minLength: 1, maxLength: 40 }) }

export const boardApi = {
  list: endpoint({ method: 'GET', path: '/api/boards', summary: 'The viewer\'s dashboards and those shared with them', reply: Type.Array(BoardSummary), errors: [] }),
  get: endpoint({ method: 'GET', path: '/api/boards/:boardId', params: boardParams, reply: Board, errors: ['board.not_found'] }),
  create: endpoint({ method: 'POST', path: '/api/boards', body: Type.Object({ title: Title, spec: BoardSpec }), reply: Board, errors: ['board.invalid', 'board.too_many', 'segment.not_found'] }),
  save: endpoint({
    method: 'PUT', path: '/api/boards/:boardId', summary: 'A new version; the older ones stay',
    params: boardParams, body: Type.Object({ version: Type.Integer({ minimum: 1 }), title: Title, spec: BoardSpec }), reply: Board,
    errors: ['board.not_found', 'board.forbidden', 'board.invalid', 'board.changed_meanwhile', 'segment.not_found'],
  }),
  remove: endpoint({ method: 'DELETE', path: '/api/boards/:boardId', params: boardParams, reply: Type.Object({ boardId: Type.String() }), errors: ['board.not_found', 'board.forbidden'] }),
  undoRemove: endpoint({ method: 'POST', path: '/api/boards/:boardId/undo-removal', params: boardParams, reply: Board, errors: ['board.not_found', 'board.forbidden'] }),
  versions: endpoint({ method: 'GET', path: '/api/boards/:boardId/versions', params: boardParams, reply: Type.Array(BoardVersion), errors: ['board.not_found'] }),
  restore: endpoint({
    method: 'POST', path: '/api/boards/:boardId/restore', summary: 'An older version becomes the newest', params: boardParams,
    body: Type.Object({ version: Type.Integer({ minimum: 1 }), restored: Type.Integer({ minimum: 1 }) }), reply: Board,
    errors: ['board.not_found', 'board.forbidden', 'board.changed_meanwhile'],
  }),
  share: endpoint({
    method: 'PUT', path: '/api/boards/:boardId/shares', summary: 'With whom the dashboard is shared', params: boardParams,
    body: Type.Object({ shares: Type.Array(Share, { maxItems: 100 }) }), reply: Board, errors: ['board.not_found', 'board.forbidden'],
  }),
  grid: endpoint({
    method: 'GET', path: '/api/boards/grids/:metricId', summary: 'A number by two things at once, as the viewer may see it',
    params: metricParams,
    query: Type.Object({ ...MetricFilters.properties, by: Type.Enum([...dimensions]), across: Type.Enum([...crossings]) }),
    reply: MetricGrid, errors: ['segment.not_found'],
  }),
  pin: endpoint({
    method: 'PUT', path: '/api/boards/:boardId/pins', summary: 'On which pages of the host the dashboard also stands',
    params: boardParams, body: Type.Object({ pins: Pins }), reply: Board, errors: ['board.not_found', 'board.forbidden'],
  }),
  pinned: endpoint({
    method: 'GET', path: '/api/board-pins', summary: 'The dashboards that stand on a record\'s page, as far as the viewer may see them and it',
    query: Type.Object(RecordOf), reply: PinnedBoards, errors: ['board.record_unknown'],
  }),
  recordTile: endpoint({
    method: 'GET', path: '/api/board-pins/:boardId/tiles/:tileId', summary: 'A tile of a pinned dashboard, of the open record alone: filters narrow it further and never widen it',
    params: Type.Object({ ...boardParams.properties, tileId: Type.String({ minLength: 1, maxLength: 40 }) }),
    query: Type.Object({ ...MetricFilters.properties, ...RecordOf }), reply: TileReading, errors: ['board.not_found', 'board.record_unknown', 'segment.not_found'],
  }),
  recordMetric: endpoint({
    method: 'GET', path: '/api/board-pins/metrics/:metricId', summary: 'A number of the open record alone', params: metricParams,
    query: Type.Object({ ...MetricFilters.properties, ...RecordOf }), reply: MetricResult, errors: ['board.record_unknown', 'segment.not_found'],
  }),
  recordsBehind: endpoint({
    method: 'GET', path: '/api/board-pins/records/:metricId', summary: 'The records behind a number of the open record alone', params: metricParams,
    query: Type.Object({ ...RecordFilters.properties, ...RecordOf }), reply: MetricRecords, errors: ['board.record_unknown', 'segment.not_found'],
  }),
}

import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { BoardSpec } from './board.ts'

const Title = Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' })
const boardParams = Type.Object({ boardId: Type.String({ format: 'uuid' }) })

export const boardSubjects = ['everyone', 'user', 'department'] as const
export const BoardShare = Type.Object({
  subjectKind: Type.Enum([...boardSubjects]),
  /** 0 for everyone. */
  subjectId: Type.Integer({ minimum: 0 }),
  role: Type.Enum(['viewer', 'editor']),
})
export type BoardShare = Static<typeof BoardShare>

export const BoardSummary = Type.Object({
  boardId: Type.String(),
  title: Type.String(),
  version: Type.Integer(),
  isMine: Type.Boolean(),
  canEdit: Type.Boolean(),
  ownerName: NullableText(),
  updatedAt: Type.String(),
})
export type BoardSummary = Static<typeof BoardSummary>

export const Board = Type.Object({ ...BoardSummary.properties, spec: BoardSpec, shares: Type.Array(BoardShare) })
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

export const boardApi = {
  list: endpoint({ method: 'GET', path: '/api/boards', summary: 'The viewer\'s dashboards and those shared with them', reply: Type.Array(BoardSummary), errors: [] }),
  get: endpoint({ method: 'GET', path: '/api/boards/:boardId', params: boardParams, reply: Board, errors: ['board.not_found'] }),
  create: endpoint({ method: 'POST', path: '/api/boards', body: Type.Object({ title: Title, spec: BoardSpec }), reply: Board, errors: ['board.invalid', 'board.too_many'] }),
  save: endpoint({
    method: 'PUT', path: '/api/boards/:boardId', summary: 'A new version; the older ones stay',
    params: boardParams, body: Type.Object({ version: Type.Integer({ minimum: 1 }), title: Title, spec: BoardSpec }), reply: Board,
    errors: ['board.not_found', 'board.forbidden', 'board.invalid', 'board.changed_meanwhile'],
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
    body: Type.Object({ shares: Type.Array(BoardShare, { maxItems: 100 }) }), reply: Board, errors: ['board.not_found', 'board.forbidden'],
  }),
}

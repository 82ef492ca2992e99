import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'

/** What is mirrored, in the order in which it is read. */
export const mirrorEntities = [
  'stages', 'currencies', 'departments', 'users', 'companies', 'deals', 'stage_changes', 'leads', 'contacts', 'invoices', 'product_rows', 'activities',
] as const
/** A smart process that an administrator chose, by the number of its type. */
export type SmartEntity = `smart_${number}`
export type MirrorEntity = (typeof mirrorEntities)[number] | SmartEntity

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })

export const EntitySync = Type.Object({
  entity: Type.Union([Type.Enum([...mirrorEntities]), Type.TemplateLiteral('smart_${number}')]),
  /** A smart process's own name; null for everything that has a name of ours. */
  title: Nullable(Type.String()),
  /** `full`: read from the first record; `incremental`: only what changed. */
  mode: Type.Enum(['full', 'incremental']),
  status: Type.Enum(['idle', 'running', 'failed', 'paused']),
  rowsRead: Type.Integer(),
  rowsExpected: Nullable(Type.Integer()),
  /** The portal's own count and ours, taken in one run; null before the first. */
  portalCount: Nullable(Type.Integer()),
  mirrorCount: Nullable(Type.Integer()),
  countedAt: Nullable(Instant),
  /** Changes up to here have been read. */
  readUpTo: Nullable(Instant),
  finishedAt: Nullable(Instant),
  /** When it is read again by itself; null while paused. */
  nextRunAt: Nullable(Instant),
  /** An error code of the catalogue. */
  errorCode: Nullable(Type.String()),
})
export type EntitySync = Static<typeof EntitySync>

/** How much of the portal's patience is used up. */
export const LimiterView = Type.Object({
  level: Type.Number(),
  capacity: Type.Number(),
  /** 1 = full speed; less after the portal refused. */
  speed: Type.Number(),
  waiting: Type.Integer(),
  operating: Type.Array(Type.Object({
    method: Type.String(),
    usedSeconds: Type.Number(),
    limitSeconds: Type.Number(),
    resetsAt: Instant,
  })),
})
export type LimiterView = Static<typeof LimiterView>

export const SyncState = Type.Object({
  /** `empty`: nothing was ever read. */
  status: Type.Enum(['empty', 'running', 'idle', 'waiting', 'paused', 'failed']),
  /** Seconds that the mirror may be behind the portal; null before the first full reading. */
  lagSeconds: Nullable(Type.Integer()),
  lastRunAt: Nullable(Instant),
  nextRunAt: Nullable(Instant),
  lastCheckAt: Nullable(Instant),
  /** The portal asked for patience until then. */
  waitingUntil: Nullable(Instant),
  errorCode: Nullable(Type.String()),
  entities: Type.Array(EntitySync),
  limiter: LimiterView,
})
export type SyncState = Static<typeof SyncState>

export const mirrorApi = {
  state: endpoint({
    method: 'GET', path: '/api/sync', summary: 'How far the mirror of the CRM is, and what the portal counts itself',
    reply: SyncState, errors: [],
  }),
  run: endpoint({
    method: 'POST', path: '/api/sync/run', access: 'admin', summary: 'Read what changed now and compare the counts',
    reply: SyncState, errors: [],
  }),
  pause: endpoint({
    method: 'POST', path: '/api/sync/pause', access: 'admin', summary: 'Stop reading until resumed',
    reply: SyncState, errors: [],
  }),
  resume: endpoint({
    method: 'POST', path: '/api/sync/resume', access: 'admin', summary: 'Go on reading where it stopped',
    reply: SyncState, errors: [],
  }),
  rebuild: endpoint({
    method: 'POST', path: '/api/sync/rebuild', access: 'admin', summary: 'Read everything again; what is there stays readable meanwhile',
    reply: SyncState, errors: [],
  }),
}

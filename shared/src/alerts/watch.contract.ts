import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableNumber, NullableText } from '../http/nullable.ts'
import { HandOver, Owned, PastHandOver } from '../portal/owner.schema.ts'
import { metricUnits } from '../insights/metric.ts'
import { watchMetrics } from './watch-metrics.ts'

/** Larger than any amount in minor units that is still exact. */
const most = 9e15
const Amount = Type.Number({ minimum: 0, maximum: most })
const Side = Type.Enum(['above', 'below'])
const Way = Type.Enum(['up', 'down', 'either'])

export const WatchRuleSchema = Type.Union([
  Type.Object({ kind: Type.Enum(['threshold', 'quality', 'target']), direction: Side, value: Amount }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('change'), direction: Way, against: Type.Enum(['previous', 'year']), share: Type.Number({ minimum: 0.01, maximum: 10 }), floor: Amount }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('band'), direction: Way, floor: Amount }, { additionalProperties: false }),
])

export const WatchInput = Type.Object({
  metric: Type.Enum([...watchMetrics]),
  categoryId: NullableInteger({ minimum: 0 }),
  /** Deals of a saved segment alone; absent: all. */
  segmentId: Type.Optional(Type.String({ format: 'uuid' })),
  rule: WatchRuleSchema,
  coolDownMonths: Type.Integer({ minimum: 0, maximum: 12 }),
})
export type WatchInput = Static<typeof WatchInput>

/** `watchId`: of a watch that is being changed; what was said of its rings widens its band. */
export const WatchTry = Type.Object({ ...WatchInput.properties, watchId: Type.Optional(Type.String({ format: 'uuid' })) })
export type WatchTry = Static<typeof WatchTry>

export const checkStates = ['quiet', 'rang', 'cooling', 'chance', 'unknown'] as const

export const WatchCheck = Type.Object({
  month: Type.String(),
  state: Type.Enum([...checkStates]),
  value: NullableNumber(),
  previous: NullableNumber(),
  low: NullableNumber(),
  high: NullableNumber(),
  judgement: Type.Union([Type.Enum(['useful', 'normal']), Type.Null()]),
})
export type WatchCheck = Static<typeof WatchCheck>

export const Watch = Type.Object({
  watchId: Type.String(),
  metric: Type.Enum([...watchMetrics]),
  categoryId: NullableInteger(),
  segmentId: Type.Optional(Type.String()),
  segmentName: Type.Optional(NullableText()),
  rule: WatchRuleSchema,
  coolDownMonths: Type.Integer(),
  isOn: Type.Boolean(),
  unit: Type.Enum([...metricUnits]),
  version: Type.Integer(),
  checkedAt: NullableText(),
  /** Newest first, at most two years; the running month only where it has rung. */
  checks: Type.Array(WatchCheck),
})
export type Watch = Static<typeof Watch>

export const WatchTrial = Type.Object({
  unit: Type.Enum([...metricUnits]),
  currency: NullableText(),
  /** The last twelve whole months, oldest first, each judged by what was known then. */
  checks: Type.Array(WatchCheck),
  rang: Type.Integer(),
})
export type WatchTrial = Static<typeof WatchTrial>

const ById = Type.Object({ watchId: Type.String({ format: 'uuid' }) })
const Watches = Type.Object({ currency: Type.String(), watches: Type.Array(Watch) })
export type Watches = Static<typeof Watches>

/** A watch as an administrator sees it among those of everybody; of its checks the last alone. It tells its owner and nobody else. */
export const OwnedWatch = Type.Object({ ...Watch.properties, ...Owned.properties })
export type OwnedWatch = Static<typeof OwnedWatch>
const OwnedWatches = Type.Object({ currency: Type.String(), watches: Type.Array(OwnedWatch) })
export type OwnedWatches = Static<typeof OwnedWatches>

export const watchApi = {
  list: endpoint({ method: 'GET', path: '/api/watches', summary: 'The watches that the viewer has set', reply: Watches, errors: [] }),
  try: endpoint({
    method: 'POST', path: '/api/watches/try', summary: 'How often a watch would have rung in the last twelve months', body: WatchTry, reply: WatchTrial,
    errors: ['watch.unfit', 'segment.not_found'],
  }),
  create: endpoint({ method: 'POST', path: '/api/watches', summary: 'Set a watch', body: WatchInput, reply: Watches, errors: ['watch.unfit', 'watch.too_many', 'segment.not_found'] }),
  change: endpoint({
    method: 'PUT', path: '/api/watches/:watchId', summary: 'Change a watch, or switch it off and on', params: ById,
    body: Type.Object({ ...WatchInput.properties, isOn: Type.Boolean(), version: Type.Integer({ minimum: 1 }) }), reply: Watches,
    errors: ['watch.not_found', 'watch.unfit', 'watch.changed_meanwhile', 'segment.not_found'],
  }),
  remove: endpoint({ method: 'DELETE', path: '/api/watches/:watchId', summary: 'Take a watch away', params: ById, reply: Watches, errors: ['watch.not_found'] }),
  judge: endpoint({
    method: 'POST', path: '/api/watches/:watchId/judgements', summary: 'Say whether a ring was worth it', params: ById,
    body: Type.Object({ month: Type.String({ pattern: String.raw`^\d{4}-\d{2}-\d{2}$` }), judgement: Type.Enum(['useful', 'normal']) }), reply: Watches,
    errors: ['watch.not_found'],
  }),
  all: endpoint({ method: 'GET', path: '/api/watches/all', summary: 'Every watch of the portal, whoever has set it', access: 'admin', reply: OwnedWatches, errors: [] }),
  pause: endpoint({
    method: 'POST', path: '/api/watches/:watchId/pause', summary: 'Switch a watch of anybody off and on', access: 'admin', params: ById,
    body: Type.Object({ isPaused: Type.Boolean() }), reply: OwnedWatches, errors: ['watch.not_found'],
  }),
  handOverAll: endpoint({
    method: 'POST', path: '/api/watches/owners', summary: 'All watches of one person go to another, who is told what their own rights show', access: 'admin',
    body: HandOver, reply: OwnedWatches, errors: ['watch.owner_unknown'],
  }),
  handOvers: endpoint({ method: 'GET', path: '/api/watches/owners', summary: 'Who gave whose watches to whom', access: 'admin', reply: Type.Array(PastHandOver), errors: [] }),
}

import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { MetricResult } from '../insights/insights.contract.ts'
import { MaybeMoney } from '../vendors/vendor-fields.ts'

/** What can wait for a person, in the order in which it is shown. */
export const taskKinds = ['approvals', 'paymentRuns', 'decisions', 'alerts', 'payables', 'lateLines', 'deadlines'] as const
export type TaskKind = (typeof taskKinds)[number]

/** Days ahead that are near enough to be thought of today. */
export const horizons = { payables: 7, deadlines: 14 } as const

export const Waiting = Type.Object({
  count: Type.Integer({ minimum: 0 }),
  /** Those of them that are late or critical. */
  urgentCount: Type.Integer({ minimum: 0 }),
  /** In the portal's currency; null where the kind has no amount, or one without a rate. */
  amount: MaybeMoney,
})
export type Waiting = Static<typeof Waiting>

/** The sales and the spend of the last thirty days, and what is open now. */
export const homeFigures = ['revenue_won', 'win_rate', 'pipeline_open', 'spend_total'] as const

export const HomeTask = Type.Object({ kind: Type.Enum([...taskKinds]), ...Waiting.properties })
export type HomeTask = Static<typeof HomeTask>

/** What makes Comptoir useful in a new portal. */
export const firstStepKinds = ['vendors', 'rights', 'process', 'report'] as const
export const FirstStep = Type.Object({ kind: Type.Enum([...firstStepKinds]), isDone: Type.Boolean() })
export type FirstStep = Static<typeof FirstStep>

export const Home = Type.Object({
  /** Only what waits, the urgent first. */
  tasks: Type.Array(HomeTask),
  figures: Type.Array(Type.Object({ id: Type.Enum([...homeFigures]), result: MetricResult })),
  /** For administrators who have not put it away, until all is done; empty for everybody else. */
  firstSteps: Type.Array(FirstStep),
})
export type Home = Static<typeof Home>

export const homeApi = {
  read: endpoint({ method: 'GET', path: '/api/home', summary: 'What waits for the viewer, and the figures of the last thirty days', reply: Home, errors: [] }),
  hideFirstSteps: endpoint({ method: 'POST', path: '/api/home/first-steps/hide', summary: 'Puts the first steps away for this administrator', access: 'admin', reply: Home, errors: [] }),
}

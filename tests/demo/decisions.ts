import { decisionApi } from '@comptoir/shared/decisions/decision.contract'
import type { DecisionRuleInput } from '@comptoir/shared/decisions/decision-rule'
import type { Session } from '@comptoir/shared/portal/portal.contract'
import { peopleIds } from '../portal/data/people.ts'
import { call } from './install.ts'

/** Rules that are set before the first import: what stands in their log was decided by running them. */
const rulesOf = (userId: number): readonly DecisionRuleInput[] => [
  {
    name: 'Achats importés à signaler',
    trigger: { kind: 'source', source: 'import' },
    condition: { kind: 'analysis', settings: { operation: 'metric-threshold', metric: 'spend_total', period: 'last_12_months', direction: 'above', threshold: '10000' }, verdicts: ['reached'] },
    effects: [{ kind: 'notify', userIds: [peopleIds.buyer] }],
    guards: { perDay: 5, quietHours: 0, needsApproval: false, approvers: [] },
    actsAs: userId,
  },
  {
    name: 'Taux de réussite à revoir',
    trigger: { kind: 'source', source: 'import' },
    condition: { kind: 'analysis', settings: { operation: 'metric-threshold', metric: 'win_rate', period: 'last_12_months', direction: 'at_most', threshold: '90' }, verdicts: ['reached'] },
    effects: [{ kind: 'task', title: 'Revoir les affaires en négociation', userId: peopleIds.buyer, days: 3 }],
    guards: { perDay: 1, quietHours: 168, needsApproval: true, approvers: [peopleIds.buyer] },
    actsAs: userId,
  },
]

export async function setRules(appUrl: string, session: Session): Promise<void> {
  const saved = await call(appUrl, session, decisionApi.rules.method, decisionApi.rules.path) as readonly unknown[]
  if (saved.length > 0)
    return
  for (const rule of rulesOf(session.viewer.userId))
    await call(appUrl, session, decisionApi.create.method, decisionApi.create.path, rule)
}

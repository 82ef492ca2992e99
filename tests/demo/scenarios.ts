import type { Session } from '@comptoir/shared/portal/portal.contract'
import { noChange } from '@comptoir/shared/scenarios/scenario'
import { scenarioApi, type ScenarioSpec } from '@comptoir/shared/scenarios/scenario.contract'
import { call } from './install.ts'

const scenario: ScenarioSpec = {
  name: 'Prix +3 %, taux de réussite −2 %', levers: { ...noChange, price: 0.03, winRate: -0.02 },
  lostVendorId: null, assumedRatio: null, assumedCustomerDays: null, isShared: true,
}

/** One that everybody sees, and that a workflow can ask for by name. */
export async function saveScenario(appUrl: string, session: Session): Promise<void> {
  const saved = await call(appUrl, session, scenarioApi.list.method, scenarioApi.list.path) as readonly unknown[]
  if (saved.length === 0)
    await call(appUrl, session, scenarioApi.create.method, scenarioApi.create.path, scenario)
}

import { playScenario } from '@comptoir/shared/scenarios/play-scenario'
import { noChange, type Outcome } from '@comptoir/shared/scenarios/scenario'
import type { Reader } from './months-port.ts'
import { readScenarioStart } from './scenario-start.postgres.ts'
import { listScenarios } from './scenarios.postgres.ts'

interface SavedOutcomes {
  readonly currency: string
  readonly before: Outcome | null
  readonly scenarios: readonly { readonly name: string, readonly outcome: Outcome | null }[]
}

/** What saved scenarios come to, as far as the reader may see them and the figures they start from. */
export async function readSavedOutcomes(deps: Parameters<typeof readScenarioStart>[0], reader: Reader, scenarioIds: readonly string[]): Promise<SavedOutcomes> {
  const [start, saved] = await Promise.all([readScenarioStart(deps, reader), listScenarios(deps.db, reader)])
  return {
    currency: start.currency,
    before: playScenario(start, { levers: noChange, lostVendorId: null, assumedRatio: null, assumedCustomerDays: null })?.before ?? null,
    scenarios: scenarioIds.flatMap(id => saved.filter(({ scenarioId }) => scenarioId === id))
      .map(scenario => ({ name: scenario.name, outcome: playScenario(start, scenario)?.outcome ?? null })),
  }
}

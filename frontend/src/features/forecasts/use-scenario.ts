import type { Scenario, ScenarioSpec, ScenarioStart } from '@comptoir/shared/scenarios/scenario.contract'
import { noChange, outcomeOf, type LeverName, type Levers } from '@comptoir/shared/scenarios/scenario'
import { leversAfterLoss, loseVendor } from '@comptoir/shared/scenarios/vendor-loss'
import { computed, ref, shallowRef } from 'vue'
import { baselineOf, offersBeside, withinRanges } from './scenario-words.ts'

export type Assumptions = Pick<ScenarioSpec, 'levers' | 'lostVendorId' | 'assumedRatio' | 'assumedCustomerDays'>

/** What a scenario comes to over the year it starts from. */
export function outcomeOfScenario(start: ScenarioStart, { levers, lostVendorId, assumedRatio, assumedCustomerDays }: Assumptions) {
  const base = baselineOf(start, assumedCustomerDays)
  if (!base)
    return null
  const loss = lostVendorId === null ? null : loseVendor(offersBeside(start, lostVendorId), lostVendorId, assumedRatio)
  const effective = leversAfterLoss(levers, loss, start.spend)
  return { base, loss, levers: effective, outcome: outcomeOf(base, effective), before: outcomeOf(base, noChange) }
}

/** The scenario that is being played with: its levers, and where it came from. */
export function useScenario(start: () => ScenarioStart | undefined) {
  const levers = ref<Levers>({ ...noChange })
  const lostVendorId = ref<string | null>(null)
  const assumedRatio = ref<number | null>(null)
  const assumedCustomerDays = ref<number | null>(null)
  const opened = shallowRef<Scenario | null>(null)
  const assumptions = computed<Assumptions>(() => ({
    levers: levers.value, lostVendorId: lostVendorId.value, assumedRatio: assumedRatio.value, assumedCustomerDays: assumedCustomerDays.value,
  }))
  const found = computed(() => {
    const year = start()
    return year ? outcomeOfScenario(year, assumptions.value) : null
  })

  function open(scenario: Scenario): void {
    levers.value = withinRanges(scenario.levers)
    lostVendorId.value = scenario.lostVendorId
    assumedRatio.value = scenario.assumedRatio
    assumedCustomerDays.value = scenario.assumedCustomerDays
    opened.value = scenario
  }

  function set(lever: LeverName, value: number): void {
    levers.value = { ...levers.value, [lever]: value }
  }

  function assumeCustomerDays(days: number | null): void {
    assumedCustomerDays.value = days
  }

  function assumeRatio(ratio: number | null): void {
    assumedRatio.value = ratio
  }

  function lose(vendorId: string | null): void {
    lostVendorId.value = vendorId
  }

  function reset(): void {
    levers.value = { ...noChange }
    lostVendorId.value = null
    assumedRatio.value = null
    opened.value = null
  }

  return { levers, lostVendorId, assumedRatio, assumedCustomerDays, opened, assumptions, found, open, set, assumeCustomerDays, assumeRatio, lose, reset }
}

export type PlayedScenario = ReturnType<typeof useScenario>

import type { Scenario, ScenarioStart } from '@comptoir/shared/scenarios/scenario.contract'
import { playScenario, type Assumptions } from '@comptoir/shared/scenarios/play-scenario'
import { noChange, type LeverName, type Levers } from '@comptoir/shared/scenarios/scenario'
import { computed, ref, shallowRef } from 'vue'
import { withinRanges } from '../../ui/scenario-words.ts'

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
    return year ? playScenario(year, assumptions.value) : null
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
    assumedCustomerDays.value = null
    opened.value = null
  }

  return { levers, lostVendorId, assumedRatio, assumedCustomerDays, opened, assumptions, found, open, set, assumeCustomerDays, assumeRatio, lose, reset }
}

export type PlayedScenario = ReturnType<typeof useScenario>

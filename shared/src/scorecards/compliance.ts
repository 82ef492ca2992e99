import type { Day } from '../insights/calendar.ts'
import { sumOf, type Measure } from './measure.ts'
import type { RequirementInput, SupplierInput } from './scorecard-input.schema.ts'

export type DocumentState = 'valid' | 'expired' | 'unverified' | 'missing'

export interface JudgedRequirement {
  readonly requirement: RequirementInput
  readonly state: DocumentState
}

/** Requirements on the as-of day, whatever the period: compliance is a state. */
export const judgedRequirements = ({ requirements = [] }: SupplierInput, asOf: Day): JudgedRequirement[] =>
  requirements.map(requirement => ({ requirement, state: stateOf(requirement, asOf) }))

function stateOf({ documents = [] }: RequirementInput, asOf: Day): DocumentState {
  const isCurrent = ({ from, to }: { from?: Day | null, to?: Day | null }): boolean => (!from || from <= asOf) && (!to || to >= asOf)
  const isVerified = ({ verified }: { verified: boolean | string | null }): boolean => typeof verified === 'string' ? verified <= asOf : verified === true
  if (documents.some(document => isVerified(document) && isCurrent(document)))
    return 'valid'
  if (documents.some(({ to }) => to && to < asOf))
    return 'expired'
  return documents.length > 0 ? 'unverified' : 'missing'
}

const weightOf = ({ requirement }: JudgedRequirement): number => requirement.weight ?? 1

/** A census of what is asked for: no interval, no shrinking. */
export function compliance(requirements: readonly JudgedRequirement[]): Measure {
  const whole = sumOf(requirements, weightOf)
  const met = sumOf(requirements.filter(({ state }) => state === 'valid'), weightOf)
  return { value: whole > 0 ? (100 * met) / whole : null, n: requirements.length }
}

/** `fraudAlert`, and `expired:<type>` for every mandatory document that ran out without a successor. */
export function vetoesOf(supplier: SupplierInput, requirements: readonly JudgedRequirement[]): string[] {
  const expired = requirements
    .filter(({ requirement, state }) => requirement.mandatory && state === 'expired')
    .map(({ requirement }) => `expired:${requirement.type}`)
  return [...expired, ...supplier.fraudAlert ? ['fraudAlert'] : []]
}

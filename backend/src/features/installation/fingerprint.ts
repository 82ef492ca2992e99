import { createHash } from 'node:crypto'
import type { InstallStep } from '@comptoir/shared/installation/installation.contract'
import type { StepContext } from './install-steps.ts'
import { eventRegistrations, placementsWanted } from './registrations.ts'

/** The steps that leave something in the portal. */
export const registeringSteps = ['placements', 'actions', 'events'] as const satisfies readonly InstallStep[]

/** Of everything that a step registers; null for a step that registers nothing. */
export function fingerprintOf(step: InstallStep, context: Pick<StepContext, 'publicUrl' | 'language' | 'placementsOff' | 'actions' | 'triggers'>): string | null {
  const { publicUrl, language, placementsOff, actions, triggers } = context
  const registered: Partial<Record<InstallStep, unknown>> = {
    placements: placementsWanted(placementsOff),
    actions: [actions, triggers],
    events: eventRegistrations,
  }
  return step in registered
    ? createHash('sha256').update(JSON.stringify([publicUrl, language, registered[step]])).digest('hex')
    : null
}

import type { Registration } from '@comptoir/shared/installation/registration.contract'
import { list, type BoundPlacement, type StepContext } from './install-steps.ts'
import { eventRegistrations, placementRegistrations } from './registrations.ts'

interface Bound { readonly event?: string, readonly handler?: string }

/** Everything that Comptoir registers, and whether the portal has it: one request. */
export async function readRegistrations(context: Pick<StepContext, 'callMany' | 'publicUrl' | 'placementsOff' | 'actions' | 'triggers'>): Promise<Registration[]> {
  const methods = ['placement.get', 'bizproc.activity.list', 'bizproc.robot.list', 'crm.automation.trigger.list', 'event.get']
  const answers = await context.callMany(methods.map(method => ({ method, params: {} })))
  // Null where the portal does not tell.
  const [placements = null, activities = null, robots = null, triggers = null, events = null] = answers.map(answer => answer === undefined ? null : list(answer))
  const stateIn = (all: readonly unknown[] | null, isOurs: (one: unknown) => boolean) =>
    all === null ? 'unknown' as const : all.some(isOurs) ? 'registered' as const : 'missing' as const
  return [
    ...placementRegistrations.map(({ code, path, place, description }): Registration => {
      const state = stateIn(placements, one => isBound(one as BoundPlacement, code, `${context.publicUrl}${path}`))
      return { kind: 'placement', code, title: inBoth(place), purpose: inBoth(description), state: state === 'missing' && context.placementsOff.includes(code) ? 'off' : state }
    }),
    ...context.actions.map(({ kind, code, fields }): Registration => (
      { kind, code, title: inBoth(fields.NAME as Names), purpose: null, state: stateIn(kind === 'activity' ? activities : robots, one => String(one) === code) })),
    ...context.triggers.map(({ code, title }): Registration => (
      { kind: 'trigger', code, title, purpose: null, state: stateIn(triggers, one => (one as { CODE?: unknown }).CODE === code) })),
    ...eventRegistrations.map((event): Registration => (
      { kind: 'event', code: event, title: null, purpose: null, state: stateIn(events, one => isHeard(one as Bound, event, `${context.publicUrl}/bx/event`)) })),
  ]
}

type Names = Readonly<Record<'fr' | 'en', string>>

const inBoth = ({ fr, en }: Names): Names => ({ fr, en })

const isBound = (one: BoundPlacement, code: string, handler: string): boolean => one.placement === code && one.handler === handler

const isHeard = (one: Bound, event: string, handler: string): boolean => one.event?.toUpperCase() === event && one.handler === handler

import { AppError } from '@comptoir/shared/errors'
import type { InstallStep } from '@comptoir/shared/installation/installation.contract'
import { isUnknownToPortal, noteGaps, refusedAsEmpty, type Gaps } from './gaps.ts'
import { eventRegistrations, isOptionalEvent, placementsWanted, type ActionRegistration, type PlacementRegistration, type TriggerRegistration } from './registrations.ts'

/** One call to the portal as the app itself; answers `result`. */
export type CallPortal = (method: string, params?: Readonly<Record<string, unknown>>) => Promise<unknown>

interface Asked { readonly method: string, readonly params: Readonly<Record<string, unknown>> }

export interface StepContext {
  readonly call: CallPortal
  /** In as few requests as the portal takes, which counts those; answers each `result`, undefined where it refused. */
  readonly callMany: (asked: readonly Asked[]) => Promise<readonly unknown[]>
  /** The administrator goes on although the portal refuses a part of the step. */
  readonly acceptsGaps: boolean
  readonly publicUrl: string
  readonly placementsOff: readonly string[]
  readonly actions: readonly ActionRegistration[]
  readonly triggers: readonly TriggerRegistration[]
  readonly language: string
  readonly onActionsRegistered: () => Promise<void>
  readonly hasVendorRule: boolean
  readonly readDirectories: (call: CallPortal) => Promise<void>
  readonly startSynchronization: () => Promise<void>
}

/** Each step reads what is there and brings it to what we want: first installation, update and repeat are one path. Answers what the portal refused of it. */
export const runStep: Record<InstallStep, (context: StepContext) => Promise<readonly string[]>> = {
  placements: bindPlacements,
  actions: registerActions,
  events: bindEvents,
  async directories({ readDirectories, call }) {
    await readDirectories(call)
    return []
  },
  async vendors({ hasVendorRule }) {
    if (!hasVendorRule)
      throw new AppError('installation.choose_vendors')
    return []
  },
  async synchronization({ startSynchronization }) {
    await startSynchronization()
    return []
  },
}

export interface BoundPlacement { readonly placement?: string, readonly handler?: string, readonly langAll?: Readonly<Record<string, Readonly<Record<string, unknown>>>> }

async function bindPlacements({ call, publicUrl, language, placementsOff, acceptsGaps }: StepContext): Promise<readonly string[]> {
  const bound = async () => list(await call('placement.get').catch(refusedAsEmpty)) as BoundPlacement[]
  const before = await bound()
  const wanted = placementsWanted(placementsOff)
  const gaps: Gaps = noteGaps(acceptsGaps)
  // What is as it shall be stays: people may have moved it in their menus. A second bind of the same handler fails, so the rest goes first.
  for (const stale of before.filter(one => !wanted.some(placement => isAsWanted(one, placement, publicUrl))))
    await call('placement.unbind', { PLACEMENT: stale.placement, HANDLER: stale.handler }).catch(refusedAsEmpty)
  for (const { code, path, title, description, isOptional } of wanted.filter(placement => !before.some(one => isAsWanted(one, placement, publicUrl)))) {
    const handler = `${publicUrl}${path}`
    const bind = () => call('placement.bind', {
      PLACEMENT: code,
      HANDLER: handler,
      TITLE: title[language] ?? title.en,
      DESCRIPTION: description[language] ?? description.en,
      LANG_ALL: Object.fromEntries(Object.entries(title).map(([of, text]) =>
        [of, { TITLE: text, DESCRIPTION: description[of] ?? description.en, GROUP_NAME: '' }])),
    })
    await gaps.attempt(code, bind, async hostCode => (isOptional && isUnknownToPortal(hostCode)) || (await bound()).some(one => one.placement === code && one.handler === handler))
  }
  return gaps.close()
}

const isAsWanted = ({ placement, handler, langAll }: BoundPlacement, { code, path, title, description }: PlacementRegistration, publicUrl: string): boolean =>
  placement === code && handler === `${publicUrl}${path}`
  && Object.entries(title).every(([language, text]) => langAll?.[language]?.TITLE === text && langAll[language].DESCRIPTION === (description[language] ?? description.en))

async function registerActions({ call, callMany, actions, triggers, language, onActionsRegistered, acceptsGaps }: StepContext): Promise<readonly string[]> {
  const known = {
    activity: list(await call('bizproc.activity.list').catch(refusedAsEmpty)).map(String),
    robot: list(await call('bizproc.robot.list').catch(refusedAsEmpty)).map(String),
  }
  const gaps = noteGaps(acceptsGaps)
  for (const { kind, code, fields } of actions) {
    const update = () => call(`bizproc.${kind}.update`, { CODE: code, FIELDS: fields })
    const add = () => call(`bizproc.${kind}.add`, { CODE: code, ...fields })
    // A lost answer makes the second attempt find what the first one left.
    await gaps.attempt(code, known[kind].includes(code) ? update : add, hostCode => hostCode === 'ERROR_ACTIVITY_ALREADY_INSTALLED')
  }
  // Adding a trigger that is there renames it. A portal has one language for all of them.
  const named = triggers.map(({ code, title }) => ({ code, method: 'crm.automation.trigger.add', params: { CODE: code, NAME: language === 'fr' ? title.fr : title.en } }))
  const added = await callMany(named)
  // What the portal did not take with the others is asked alone, so that its refusal is known.
  for (const { code, method, params } of named.filter((_, index) => !added[index]))
    await gaps.attempt(code, () => call(method, params), isUnknownToPortal)
  const refused = gaps.close()
  await onActionsRegistered()
  return refused
}

interface BoundEvent { event?: string, handler?: string }

async function bindEvents({ call, callMany, publicUrl, acceptsGaps }: StepContext): Promise<readonly string[]> {
  const handler = `${publicUrl}/bx/event`
  const bound = async () => list(await call('event.get').catch(refusedAsEmpty)) as BoundEvent[]
  const before = await bound()
  const gaps = noteGaps(acceptsGaps)
  const isOurs = (event: string) => (one: BoundEvent) => one.event?.toUpperCase() === event
  for (const event of eventRegistrations) {
    const ours = before.filter(isOurs(event))
    for (const stale of ours.filter(one => one.handler !== handler))
      await call('event.unbind', { event, handler: stale.handler }).catch(refusedAsEmpty)
  }
  const missing = eventRegistrations.filter(event => !before.some(one => isOurs(event)(one) && one.handler === handler))
  const done = await callMany(missing.map(event => ({ method: 'event.bind', params: { event, handler } })))
  for (const event of missing.filter((_, index) => !done[index]))
    await gaps.attempt(event, () => call('event.bind', { event, handler }), async hostCode => (isOptionalEvent(event) && isUnknownToPortal(hostCode)) || (await bound()).filter(isOurs(event)).some(one => one.handler === handler))
  return gaps.close()
}

/** PHP writes an empty list as `[]` and a list with holes as an object. */
export function list(result: unknown): unknown[] {
  if (Array.isArray(result))
    return result
  return typeof result === 'object' && result !== null ? Object.values(result) : []
}

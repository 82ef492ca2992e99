import { AppError } from '@comptoir/shared/errors'
import type { InstallStep } from '@comptoir/shared/installation/installation.contract'
import { eventRegistrations, placementRegistrations, type ActionRegistration } from './registrations.ts'

/** One call to the portal as the app itself; answers `result`. */
export type CallPortal = (method: string, params?: Readonly<Record<string, unknown>>) => Promise<unknown>

export interface StepContext {
  readonly call: CallPortal
  readonly publicUrl: string
  readonly actions: readonly ActionRegistration[]
  readonly onActionsRegistered: () => Promise<void>
  readonly hasVendorRule: boolean
  readonly readDirectories: (call: CallPortal) => Promise<void>
  readonly startSynchronization: () => Promise<void>
}

/** Each step reads what is there and brings it to what we want: first installation, update and repeat are one path. */
export const runStep: Record<InstallStep, (context: StepContext) => Promise<void>> = {
  placements: bindPlacements,
  actions: registerActions,
  events: bindEvents,
  directories: ({ readDirectories, call }) => readDirectories(call),
  vendors: async ({ hasVendorRule }) => {
    if (!hasVendorRule)
      throw new AppError('installation.choose_vendors')
  },
  synchronization: ({ startSynchronization }) => startSynchronization(),
}

interface BoundPlacement { placement?: string, handler?: string, langAll?: unknown }

async function bindPlacements({ call, publicUrl }: StepContext): Promise<void> {
  const bound = list(await call('placement.get')) as BoundPlacement[]
  for (const { code, path, title, description } of placementRegistrations) {
    const handler = `${publicUrl}${path}`
    // A second bind of the same handler fails, and titles change with versions: what is there goes first.
    for (const stale of bound.filter(one => one.placement === code))
      await call('placement.unbind', { PLACEMENT: code, HANDLER: stale.handler })
    await call('placement.bind', {
      PLACEMENT: code,
      HANDLER: handler,
      TITLE: title.fr,
      DESCRIPTION: description.fr,
      LANG_ALL: Object.fromEntries(Object.entries(title).map(([language, text]) =>
        [language, { TITLE: text, DESCRIPTION: description[language], GROUP_NAME: '' }])),
    })
  }
}

async function registerActions({ call, actions, onActionsRegistered }: StepContext): Promise<void> {
  const known = {
    activity: list(await call('bizproc.activity.list')).map(String),
    robot: list(await call('bizproc.robot.list')).map(String),
  }
  for (const { kind, code, fields } of actions) {
    if (known[kind].includes(code))
      await call(`bizproc.${kind}.update`, { CODE: code, FIELDS: fields })
    else
      await call(`bizproc.${kind}.add`, { CODE: code, ...fields })
  }
  await onActionsRegistered()
}

interface BoundEvent { event?: string, handler?: string }

async function bindEvents({ call, publicUrl }: StepContext): Promise<void> {
  const handler = `${publicUrl}/bx/event`
  const bound = list(await call('event.get')) as BoundEvent[]
  for (const event of eventRegistrations) {
    const ours = bound.filter(one => one.event?.toUpperCase() === event)
    for (const stale of ours.filter(one => one.handler !== handler))
      await call('event.unbind', { event, handler: stale.handler })
    if (!ours.some(one => one.handler === handler))
      await call('event.bind', { event, handler })
  }
}

/** PHP writes an empty list as `[]` and a list with holes as an object. */
function list(result: unknown): unknown[] {
  if (Array.isArray(result))
    return result
  return typeof result === 'object' && result !== null ? Object.values(result) : []
}

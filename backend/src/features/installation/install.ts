import { AppError } from '@comptoir/shared/errors'
import { installSteps, type InstallState, type InstallStep, type VendorChoice, type VendorRule } from '@comptoir/shared/installation/installation.contract'
import { fingerprintOf } from './fingerprint.ts'
import { runStep, type StepContext } from './install-steps.ts'
import { missingScope } from './registrations.ts'

/** The part of a stored portal that the installation reads. */
export interface InstallPortal {
  readonly id: number
  readonly status: 'installing' | 'installed' | 'gone'
  readonly scope: readonly string[]
  readonly settings: { readonly vendorRule?: VendorRule }
}

export interface StepOutcome {
  /** Of what the step registered; null where it registers nothing. */
  readonly fingerprint: string | null
  /** What the portal did not take of it. */
  readonly refused: readonly string[]
}

export interface InstallStore {
  doneSteps(portalId: number): Promise<InstallStep[]>
  vendorChoices(portalId: number): Promise<VendorChoice[]>
  markDone(portalId: number, step: InstallStep, outcome: StepOutcome): Promise<void>
  markInstalled(portalId: number): Promise<void>
}

export async function installState(store: InstallStore, portal: InstallPortal, viewer: { isAdmin: boolean }): Promise<InstallState> {
  return {
    isAdmin: viewer.isAdmin,
    isInstalled: portal.status === 'installed',
    done: await store.doneSteps(portal.id),
    scope: [...portal.scope],
    missingScope: missingScope(portal.scope),
    vendorChoices: await store.vendorChoices(portal.id),
    vendorRule: portal.settings.vendorRule ?? null,
  }
}

/** Runs one step and remembers it. The portal counts as installed once every step has succeeded. */
export async function runInstallStep(store: InstallStore, portal: InstallPortal, step: InstallStep, context: StepContext): Promise<readonly string[]> {
  const refused = await runStep[step](context).catch((error: unknown) => Promise.reject(refusal(error, step)))
  await store.markDone(portal.id, step, { fingerprint: fingerprintOf(step, context), refused })
  if (portal.status !== 'installed') {
    const done = new Set(await store.doneSteps(portal.id))
    if (installSteps.every(one => done.has(one)))
      await store.markInstalled(portal.id)
  }
  return refused
}

/** What the host refused is shown with the host's own code: an administrator can look it up. */
function refusal(error: unknown, step: InstallStep): unknown {
  if (error instanceof AppError && error.code === 'crm.refused')
    return new AppError('installation.refused', { details: { ...error.details, step }, cause: error })
  return error
}

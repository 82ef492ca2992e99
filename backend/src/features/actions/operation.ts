import type { ActionDocument, ActionEffect, ReturnValue } from '@comptoir/shared/actions/action.contract'
import type { RawSettings } from '@comptoir/shared/actions/settings'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'

export type MessageLanguage = 'fr' | 'en'

/** Whose record an operation works on. `viewer` is the person who tries it out; null when a workflow runs it. */
export interface OperationContext {
  readonly portal: {
    readonly id: number
    readonly domain: string
    readonly clientEndpoint: string
    readonly currency: string
    readonly timeZone: string
    readonly language: string
  }
  readonly viewer: Viewer | null
  readonly document: ActionDocument | null
  readonly language: MessageLanguage
  readonly now: Date
}

/** What an operation found, and what it would change. Planning reads only; `apply` writes, inside the run's transaction. */
export interface Plan {
  readonly returns: Readonly<Record<string, ReturnValue>>
  readonly message: string
  readonly effects: readonly ActionEffect[]
  readonly apply?: (tx: unknown, runId: string) => Promise<void>
}

/** @throws AppError when the record or the settings give no answer */
export type Operation = (context: OperationContext, values: RawSettings) => Promise<Plan>

export const messageLanguage = (language: string): MessageLanguage =>
  language === 'fr' ? 'fr' : 'en'

/** A page of the portal, beside its REST address: some portals live in a folder. */
export const portalLink = ({ clientEndpoint }: { readonly clientEndpoint: string }, path: string): string =>
  new URL(`../${path}`, clientEndpoint).href

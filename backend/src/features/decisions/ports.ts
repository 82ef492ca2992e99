import type { ActionDocument, ReturnValue } from '@comptoir/shared/actions/action.contract'
import type { RawSettings } from '@comptoir/shared/actions/settings'
import type { Recurrence } from '@comptoir/shared/reports/recurrence'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { VendorStatus } from '@comptoir/shared/vendors/vendor-status'
import type { PortalRecord } from '../../platform/http/caller.ts'

/** In whose rights, and on which record. */
export interface Asker {
  readonly portal: PortalRecord
  readonly viewer: Viewer
  readonly document: ActionDocument | null
  readonly now: Date
}

export interface Analysed {
  readonly verdict: string
  readonly message: string
  readonly numbers: Readonly<Record<string, ReturnValue>>
}

export interface StatusMove {
  readonly vendorId: string
  readonly vendorName: string
  readonly from: VendorStatus
  readonly to: VendorStatus
  /** Absent when the vendor has that status already. */
  readonly apply?: (tx: unknown, decisionId: string) => Promise<void>
}

/** What other features know and do, always in the rights of the asker. */
export interface DecisionPorts {
  /** Settings that the analysis accepts, operation included. */
  readonly isFit: (settings: RawSettings, verdicts: readonly string[]) => boolean
  readonly analyse: (asker: Asker, settings: RawSettings) => Promise<Analysed>
  /** @throws AppError when the vendor is unknown to the asker, or the move is not theirs to make */
  readonly planStatus: (asker: Asker, move: { readonly vendorId: string | null, readonly status: VendorStatus, readonly reason: string }) => Promise<StatusMove>
  readonly nextRun: (recurrence: Recurrence, after: Date, timeZone: string) => Date
}

/** What is asked of the portal. Each answers the host's id of what it made. */
export interface DealCalls {
  readonly stageOf: (dealId: number) => Promise<string | null>
  readonly moveDeal: (dealId: number, stageId: string) => Promise<void>
  readonly addTask: (task: { readonly title: string, readonly text: string, readonly userId: number, readonly dealId: number | null, readonly deadline: Date }) => Promise<string>
  readonly findTask: (task: { readonly title: string, readonly userId: number, readonly mark: string }, since: Date) => Promise<string | null>
  readonly fireTrigger: (dealId: number) => Promise<void>
  readonly startWorkflow: (templateId: number, dealId: number) => Promise<string>
  readonly findWorkflow: (templateId: number, dealId: number, since: Date) => Promise<string | null>
}

import { AppError, type ErrorCode } from '@comptoir/shared/errors'
import type { ReportChannel } from '@comptoir/shared/reports/report.contract'
import type { Bring, Parcel } from '../../platform/bitrix24/report-calls.ts'
import type { PortalRecord } from '../../platform/http/caller.ts'

const permissions: Readonly<Record<ReportChannel, string>> = { drive: 'disk', chat: 'im' }

export const channelsOf = ({ scope }: Pick<PortalRecord, 'scope'>): ReportChannel[] =>
  (['drive', 'chat'] as const).filter(channel => scope.includes(permissions[channel]))

export interface DeliveryDeps {
  /** Null when the channel was served already; else whether an earlier try may have come through. */
  readonly begin: (channel: ReportChannel) => Promise<{ isRetry: boolean } | null>
  readonly end: (channel: ReportChannel, errorCode: ErrorCode | null) => Promise<void>
  readonly bring: Readonly<Record<ReportChannel, Bring>>
  /** What may pass is tried again later, but for the last time. */
  readonly isLastTry: boolean
}

/** Brings a person's files where they should also be. What the portal refuses is noted down: the files are in the app all the same. */
export async function deliverReport(deps: DeliveryDeps, portal: Pick<PortalRecord, 'scope'>, channels: readonly ReportChannel[], parcel: Parcel): Promise<void> {
  const allowed = channelsOf(portal)
  for (const channel of channels) {
    const begun = await deps.begin(channel)
    if (!begun)
      continue
    try {
      if (!allowed.includes(channel))
        throw new AppError('crm.forbidden')
      await deps.bring[channel](parcel, begun.isRetry)
      await deps.end(channel, null)
    }
    catch (error) {
      const isPassing = !(error instanceof AppError) || error.isRetryable
      if (isPassing && !deps.isLastTry)
        throw error
      await deps.end(channel, error instanceof AppError ? error.code : 'internal')
    }
  }
}

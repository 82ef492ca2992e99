import { AppError, type ErrorCode } from '@comptoir/shared/errors'
import type { ReportChannel } from '@comptoir/shared/reports/report.contract'
import type { CrmClient } from '../../platform/bitrix24/client.ts'
import { drivePermission, folderOfPerson, hasFile, uploadFile } from '../../platform/bitrix24/drive-calls.ts'
import { sendMessage } from '../../platform/bitrix24/notice-calls.ts'
import type { PortalRecord } from '../../platform/http/caller.ts'

const permissions: Readonly<Record<ReportChannel, string>> = { drive: drivePermission, chat: 'im' }

export const channelsOf = ({ scope }: Pick<PortalRecord, 'scope'>): ReportChannel[] =>
  (['drive', 'chat'] as const).filter(channel => scope.includes(permissions[channel]))

export interface Parcel {
  readonly userId: number
  readonly files: () => Promise<readonly { readonly name: string, readonly body: Buffer }[]>
  readonly message: string
}

export interface DeliveryDeps {
  /** Null when the channel was served already; else whether an earlier try may have come through. */
  readonly begin: (channel: ReportChannel) => Promise<{ isRetry: boolean } | null>
  readonly end: (channel: ReportChannel, errorCode: ErrorCode | null) => Promise<void>
  readonly client: CrmClient
  /** What may pass is tried again later, but for the last time. */
  readonly isLastTry: boolean
}

/** The same folder in everybody's own Drive. */
const folder = 'Comptoir'

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
      await (channel === 'drive' ? intoDrive(deps.client, parcel) : begun.isRetry ? undefined : sendMessage(deps.client, parcel.userId, parcel.message))
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

/** A file that is there came with a try whose answer was lost. */
async function intoDrive(client: CrmClient, { userId, files }: Parcel): Promise<void> {
  const folderId = await folderOfPerson(client, userId, folder)
  for (const { name, body } of await files()) {
    if (!await hasFile(client, folderId, name))
      await uploadFile(client, folderId, { name, base64: body.toString('base64') })
  }
}

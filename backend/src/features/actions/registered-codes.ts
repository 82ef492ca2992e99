import { AppError } from '@comptoir/shared/errors'
import type { CrmClient } from '../../platform/bitrix24/client.ts'

export type Kind = 'activity' | 'robot'

/** What the portal has of ours; null for a kind that it does not offer: some plans keep robots out, others activities. */
export type Codes = Readonly<Record<Kind, ReadonlySet<string> | null>>

/** @throws AppError when the portal tells nothing of either kind */
export async function registeredCodes(client: Pick<CrmClient, 'call'>): Promise<Codes> {
  const [activity, robot] = await Promise.all([codesOf(client, 'activity'), codesOf(client, 'robot')])
  if (activity instanceof AppError && robot instanceof AppError)
    throw activity
  return { activity: activity instanceof AppError ? null : activity, robot: robot instanceof AppError ? null : robot }
}

async function codesOf(client: Pick<CrmClient, 'call'>, kind: Kind): Promise<ReadonlySet<string> | AppError> {
  try {
    const { result } = await client.call(`bizproc.${kind}.list`)
    return new Set(Object.values(result ?? {}).map(String))
  }
  catch (error) {
    if (error instanceof AppError && (error.code === 'crm.forbidden' || error.code === 'crm.refused'))
      return error
    throw error
  }
}

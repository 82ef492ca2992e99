import { AppError } from '@comptoir/shared/errors'

/** One call to the portal as the app itself; answers `result`. */
export type CallPortal = (method: string, params: Readonly<Record<string, unknown>>) => Promise<unknown>

const hostCodeOf = (error: unknown): string | null =>
  error instanceof AppError && typeof error.details.hostCode === 'string' ? error.details.hostCode : null

const unreachable = new Set(['SOURCE_CREATE_CONNECTION_ERROR', 'SOURCE_UPDATE_CONNECTION_ERROR'])
const inUse = new Set(['BX_ERROR', 'CONNECTOR_DELETE_RESTRICTED'])

/** What BI Builder said, in words that tell an administrator what to do about it. */
export function explained(error: unknown, address: string): unknown {
  const hostCode = hostCodeOf(error)
  if (hostCode === null || !(error instanceof AppError))
    return error
  if (hostCode === 'insufficient_scope' || hostCode === 'ERROR_METHOD_NOT_FOUND')
    return new AppError('bi.permission_missing', { cause: error })
  if (error.code === 'crm.forbidden')
    return new AppError('bi.not_allowed', { details: { hostCode }, cause: error })
  if (unreachable.has(hostCode))
    return new AppError('bi.unreachable', { details: { address }, cause: error })
  if (inUse.has(hostCode))
    return new AppError('bi.source_in_use', { details: { hostCode }, cause: error })
  return error.code === 'crm.refused' ? new AppError('bi.refused', { details: { hostCode }, cause: error }) : error
}

/** Runs a call whose object may be gone by now: somebody deleted it over there. */
export async function unlessGone(run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run()
    return true
  }
  catch (error) {
    if (/^(?:CONNECTOR|SOURCE|DATASET)_NOT_FOUND$/.test(hostCodeOf(error) ?? ''))
      return false
    throw error
  }
}

/** The names of all but the last are taken by somebody else's dataset. */
export async function underFreeName<T>(names: readonly string[], run: (name: string) => Promise<T>): Promise<T> {
  const [name = '', ...others] = names
  try {
    return await run(name)
  }
  catch (error) {
    if (hostCodeOf(error) === 'DATASET_ALREADY_EXIST' && others.length > 0)
      return underFreeName(others, run)
    throw error
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

export const toObject = (value: unknown): Record<string, unknown> => isObject(value) && !Array.isArray(value) ? value : {}

export const toObjects = (value: unknown): Record<string, unknown>[] =>
  (Array.isArray(value) ? value as unknown[] : Object.values(toObject(value))).filter(isObject)

export const idOf = (value: unknown): number => Number(toObject(value).id)

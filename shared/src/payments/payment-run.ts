import { AppError } from '../errors.ts'

export const runStatuses = ['draft', 'approved', 'exported', 'partly_confirmed', 'confirmed', 'cancelled'] as const
export type RunStatus = (typeof runStatuses)[number]

export const runSteps = ['edit', 'approve', 'export', 'cancel'] as const
export type RunStep = (typeof runSteps)[number]

const from: Record<RunStep, readonly RunStatus[]> = {
  edit: ['draft'],
  approve: ['draft'],
  export: ['approved'],
  // A file that was never handed to the bank may still be called back; one that the bank has begun to book may not.
  cancel: ['draft', 'approved', 'exported'],
}

export const allowsStep = (status: RunStatus, step: RunStep): boolean => from[step].includes(status)

/** @throws AppError payment.run_moved when somebody else was quicker. */
export function requireStep(status: RunStatus, step: RunStep): void {
  if (!allowsStep(status, step))
    throw new AppError('payment.run_moved', { details: { status } })
}

/** @throws AppError payment.own_run: whoever had a hand in a run does not approve it. */
export function requireSecondPerson(authorIds: readonly number[], userId: number): void {
  if (authorIds.includes(userId))
    throw new AppError('payment.own_run')
}

/** What the bank's bookings make of a run that was handed over. */
export function statusByItems(items: readonly { readonly status: 'waiting' | 'sent' | 'confirmed' | 'returned' | 'released' }[]): RunStatus {
  const settled = items.filter(({ status }) => status === 'confirmed' || status === 'returned').length
  if (settled === 0)
    return 'exported'
  return settled === items.length ? 'confirmed' : 'partly_confirmed'
}

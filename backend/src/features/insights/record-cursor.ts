import { AppError } from '@comptoir/shared/errors'

/** Where a list goes on: after this record in the order of rank, then id. */
export interface RecordCursor {
  readonly rank: number
  readonly id: string
}

export const writeCursor = ({ rank, id }: RecordCursor): string => `${rank}~${id}`

/** @throws AppError request.invalid */
export function readCursor(text: string): RecordCursor {
  const [, rank, id] = /^(-?\d{1,16})~([\w-]{1,40})$/.exec(text) ?? []
  if (rank === undefined || id === undefined)
    throw new AppError('request.invalid', { details: { reason: 'after' } })
  return { rank: Number(rank), id }
}

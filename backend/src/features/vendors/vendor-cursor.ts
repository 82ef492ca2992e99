import { AppError } from '@comptoir/shared/errors'

/** The last row of a page: the next one starts right behind it, whatever was inserted meanwhile. */
export interface Cursor {
  readonly value: string | number | null
  readonly id: string
}

export const writeCursor = ({ value, id }: Cursor): string =>
  Buffer.from(JSON.stringify([value, id])).toString('base64url')

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** @throws AppError request.invalid when the text is none of ours */
export function readCursor(text: string, kind: 'string' | 'number'): Cursor {
  try {
    const [value, id, ...rest] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]
    if (rest.length === 0 && typeof id === 'string' && uuid.test(id) && (value === null || typeof value === kind))
      return { value: value as Cursor['value'], id }
  }
  catch {
    // Falls through to the refusal below.
  }
  throw new AppError('request.invalid', { details: { in: 'cursor' } })
}

import { unmarkPerson } from '@comptoir/shared/actions/acting-person'
import { AppError } from '@comptoir/shared/errors'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { Operation, OperationContext } from './operation.ts'

/** Null for somebody who is unknown or has left. */
export type FindViewer = (context: OperationContext, userId: number) => Promise<Viewer | null>

/**
 * An operation with the rights of the person named in its settings: what they may not do, the workflow does not do for
 * them. Without one it acts as Comptoir, or as whoever tries it out.
 * @throws AppError action.no_person
 */
export const withActingPerson = (operation: Operation, findViewer: FindViewer): Operation => async (context, values) => {
  const { actsAs = '' } = values
  if (actsAs.trim() === '')
    return operation(context, values)
  const userId = firstPerson(unmarkPerson(actsAs))
  if (userId === null)
    throw new AppError('action.no_person', { details: { actsAs } })
  const viewer = await findViewer(context, userId)
  if (!viewer)
    throw new AppError('action.no_person', { details: { userId } })
  return operation({ ...context, viewer: narrower(context.viewer, viewer) }, values)
}

/** Somebody who tries a step out learns nothing that is closed to them by naming an administrator. */
const narrower = (trying: Viewer | null, acting: Viewer): Viewer => trying !== null && !trying.isAdmin ? trying : acting

/** `3` as we write it, `user_3` or `Ada Morel [3]` as the host does; null for whatever else has a digit in it, such as a group. */
function firstPerson(text: string): number | null {
  const named = /^(?:user_)?(\d{1,9})(?=\s*(?:,|$))/.exec(text.trim()) ?? /^[^,[\]{}]*\[(\d{1,9})\]/.exec(text.trim())
  return named ? Number(named[1]) : null
}

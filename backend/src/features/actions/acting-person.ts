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
  const userId = firstPerson(actsAs)
  if (userId === null)
    throw new AppError('action.no_person', { details: { actsAs } })
  const viewer = await findViewer(context, userId)
  if (!viewer)
    throw new AppError('action.no_person', { details: { userId } })
  return operation({ ...context, viewer: narrower(context.viewer, viewer) }, values)
}

/** Somebody who tries a step out learns nothing that is closed to them by naming an administrator. */
const narrower = (trying: Viewer | null, acting: Viewer): Viewer => trying !== null && !trying.isAdmin ? trying : acting

/** `3` as we write it, `user_3` as the host does; null for a text that names nobody. */
function firstPerson(text: string): number | null {
  const [digits] = /\d{1,9}/.exec(text) ?? []
  return digits === undefined ? null : Number(digits)
}

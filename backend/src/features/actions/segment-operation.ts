import { AppError } from '@comptoir/shared/errors'
import { segmentMessage } from './analytics-messages.ts'
import type { AnalyticsPort } from './analytics-ports.ts'
import type { Operation } from './operation.ts'

/** Whether this record is in a saved segment, as the acting person sees it. */
export const segmentOperation = (analytics: AnalyticsPort): Operation => async (context, values) => {
  const segment = await analytics.findSegment(context, values.segmentId ?? '')
  if (!segment)
    throw new AppError('segment.not_found', { details: { segmentId: values.segmentId ?? null } })
  if (!context.document)
    throw new AppError('action.no_record')
  const member = await analytics.isInSegment(context, segment)
  if (member === null)
    throw new AppError(segment.subject === 'deal' ? 'action.no_deal' : 'action.no_vendor', { details: { segmentId: segment.segmentId } })
  return {
    returns: { success: true, verdict: member ? 'member' : 'not_member', member, subject: segment.name, link: await analytics.pageLink(context, '/segments') },
    message: segmentMessage(context, segment, member),
    effects: [],
  }
}

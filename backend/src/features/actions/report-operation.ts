import { AppError } from '@comptoir/shared/errors'
import { reportMessage } from './analytics-messages.ts'
import type { AnalyticsPort } from './analytics-ports.ts'
import type { Operation } from './operation.ts'

/** Has a scheduled report made and delivered now, beside its schedule. */
export const reportOperation = (analytics: AnalyticsPort): Operation => async (context, values) => {
  const report = await analytics.findReport(context, values.reportId ?? '')
  if (!report)
    throw new AppError('report.not_found', { details: { scheduleId: values.reportId ?? null } })
  const message = reportMessage(context, report)
  return {
    returns: { success: true, verdict: 'requested', subject: report.title, recipients: report.recipients, link: await analytics.pageLink(context, '/reports') },
    message,
    effects: [{ kind: 'written', text: message }],
    apply: tx => analytics.startReport(tx, context, report.reportId),
  }
}

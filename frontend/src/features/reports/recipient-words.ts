import type { ReportChoices, ReportRecipient } from '@comptoir/shared/reports/report.contract'
import { t } from '../../platform/i18n/i18n.ts'

export const recipientKey = (recipient: ReportRecipient): string => `${recipient.kind}/${recipient.kind === 'role' ? recipient.role : recipient.id}`

/** Who has left and what is gone keep their number. */
export function recipientName(recipient: ReportRecipient, choices: Pick<ReportChoices, 'people' | 'departments'> | undefined): string {
  if (recipient.kind === 'role')
    return recipient.role === 'portal_admin' ? t('reports.administrators') : t(`ui.share.roles.${recipient.role}`)
  const { kind, id } = recipient
  const name = (kind === 'user' ? choices?.people : choices?.departments)?.find(one => one.id === id)?.name ?? `#${id}`
  switch (kind) {
    case 'user': return name
    case 'department': return t('reports.departmentOf', { name })
    case 'head_of_department': return t('reports.headOf', { name })
  }
}

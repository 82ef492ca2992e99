import { noticeKind, isNoticeKind } from '@comptoir/shared/notices/kinds'
import { noticeLanguage, tellNotice, type NoticeParams } from '@comptoir/shared/notices/notice-text'
import type { AlertEvent, AlertRow } from '@comptoir/shared/notices/notice.contract'
import { formatDate, portalDay } from '../../platform/format/dates.ts'
import { t, textLanguage } from '../../platform/i18n/i18n.ts'
import type { StatusTone } from '../../ui/StatusBadge.vue'

export const severityTones: Record<AlertRow['severity'], StatusTone> = { info: 'info', warning: 'warning', critical: 'alert' }

export interface AlertWords { readonly title: string, readonly text: string }

/** An alert in the words of its notice; what another version raised is shown by its kind. */
export function alertWords(alert: Pick<AlertRow, 'kind' | 'params' | 'vendorName' | 'dueOn'>, now: Date): AlertWords {
  const told = tellNotice(
    { kind: alert.kind, params: alert.params as NoticeParams, vendor: alert.vendorName, dueOn: alert.dueOn },
    { language: textLanguage(), today: portalDay(now) },
  )
  return told ?? { title: alert.vendorName ?? alert.kind, text: '' }
}

export const kindName = (kind: string): string => isNoticeKind(kind) ? noticeKind(kind)[noticeLanguage(textLanguage())].name : kind

/** A line of an alert's history. */
export function eventWords({ event, byName, details }: AlertEvent): string {
  const name = byName ?? t('notices.somebody')
  const day = typeof details.until === 'string' ? formatDate(details.until) : ''
  switch (event) {
    case 'raised': return t('notices.events.raised')
    case 'returned': return t('notices.events.returned')
    case 'changed': return t('notices.events.changed')
    case 'acknowledged': return t('notices.events.acknowledged', { name })
    case 'reopened': return t('notices.events.reopened', { name })
    case 'snoozed': return t('notices.events.snoozed', { name, day })
    case 'woken': return t('notices.events.woken')
    case 'resolved': return t(details.why === 'gone' ? 'notices.events.resolvedGone' : 'notices.events.resolved')
    case 'judged': return t('notices.events.judged', { name })
    case 'reminded': return remindedWords(details.daysLeft)
    case 'sent': return sentWords(details, name)
    default: return event
  }
}

function remindedWords(daysLeft: unknown): string {
  const count = Number(daysLeft)
  return count >= 0 ? t('notices.events.reminded', { days: t('notices.daysLeft', { count }) }) : t('notices.events.remindedPast')
}

function sentWords({ channel, dealId }: AlertEvent['details'], name: string): string {
  switch (channel) {
    case 'todo': return t('notices.events.sentTodo', { name })
    case 'task': return t('notices.events.sentTask', { name })
    case 'trigger': return t('notices.events.sentTrigger', { deal: String(dealId) })
    default: return t('notices.events.sentBell', { name })
  }
}

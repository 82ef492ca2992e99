import { noticeApi, type AlertFilter, type AlertPage, type AlertRow, type AlertView } from '@comptoir/shared/notices/notice.contract'
import { useQuery, useQueryCache } from '@pinia/colada'
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import { useToast } from '@bitrix24/b24ui-nuxt/composables'
import { announce } from '../../platform/announcer.ts'
import { call } from '../../platform/api.ts'
import { t } from '../../platform/i18n/i18n.ts'
import { useErrorToast } from '../../ui/use-error-toast.ts'

export type AlertAction = 'acknowledge' | 'snooze' | 'reopen'

export interface AlertsState {
  readonly page: ComputedRef<AlertPage | null>
  readonly isLoading: ComputedRef<boolean>
  readonly error: ComputedRef<unknown>
  readonly number: Ref<number>
  /** Chosen for an action together. */
  readonly selected: Ref<ReadonlySet<string>>
  readonly isActing: Ref<boolean>
  reload: () => Promise<unknown>
  act: (alerts: readonly AlertRow[], action: AlertAction, until?: string) => Promise<void>
}

export const pageSize = 50
/** Long enough to read, to regret and to reach the button by keyboard. */
const undoMs = 10_000

/** One page of alerts under a filter, and what can be done with them. Everything done can be undone. */
export function useAlerts(filter: () => AlertFilter): AlertsState {
  const cache = useQueryCache()
  const toast = useToast()
  const { showError } = useErrorToast()
  const number = ref(1)
  const selected = ref<ReadonlySet<string>>(new Set())
  const isActing = ref(false)
  watch(() => JSON.stringify(filter()), () => {
    number.value = 1
    selected.value = new Set()
  })
  const query = useQuery({
    key: () => ['notices', 'alerts', JSON.stringify(filter()), number.value],
    query: ({ signal }) => call(noticeApi.alerts, { query: { ...filter(), offset: (number.value - 1) * pageSize } }, { signal }),
    placeholderData: (previous: AlertPage | undefined) => previous,
    staleTime: 0,
  })

  async function send(alertIds: readonly string[], action: AlertAction, until?: string): Promise<void> {
    isActing.value = true
    try {
      await call(noticeApi.act, { body: { alertIds: [...alertIds], action, ...until && { until } } })
      selected.value = new Set()
      await Promise.all([cache.invalidateQueries({ key: ['notices', 'alerts'] }), cache.invalidateQueries({ key: ['notices', 'count'] })])
    }
    finally {
      isActing.value = false
    }
  }

  async function act(alerts: readonly AlertRow[], action: AlertAction, until?: string): Promise<void> {
    try {
      await send(alerts.map(({ alertId }) => alertId), action, until)
    }
    catch (error) {
      showError(error)
      return
    }
    const done = t(`notices.done.${action}`, { count: alerts.length })
    const { id } = toast.add({ title: done, duration: undoMs, actions: [{
      label: t('notices.undo'),
      onClick: () => {
        toast.remove(id)
        void undo(alerts).catch(showError)
      },
    }] })
    announce(done)
  }

  /** Back to how each was before. */
  async function undo(alerts: readonly AlertRow[]): Promise<void> {
    const inView = (view: AlertView) => alerts.filter(alert => alert.view === view)
    const ids = (some: readonly AlertRow[]) => some.map(({ alertId }) => alertId)
    if (inView('active').length > 0)
      await send(ids(inView('active')), 'reopen')
    if (inView('acknowledged').length > 0)
      await send(ids(inView('acknowledged')), 'acknowledge')
    for (const alert of inView('snoozed'))
      await send([alert.alertId], 'snooze', alert.snoozedUntil?.slice(0, 10))
  }

  return {
    page: computed(() => query.data.value ?? null),
    isLoading: computed(() => query.isLoading.value),
    error: computed(() => query.data.value ? null : query.error.value),
    number, selected, isActing,
    reload: () => query.refetch(),
    act,
  }
}

import { noticeKindIds, type NoticeKindId } from '@comptoir/shared/notices/kinds'
import { alertViews, severities, type AlertFilter, type AlertView } from '@comptoir/shared/notices/notice.contract'
import { computed, type ComputedRef, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export interface AlertFilterState {
  readonly filter: ComputedRef<AlertFilter>
  readonly isFiltered: ComputedRef<boolean>
  readonly view: WritableComputedRef<AlertView>
  readonly search: WritableComputedRef<string>
  readonly kind: WritableComputedRef<string>
  readonly severity: WritableComputedRef<string>
  readonly isMine: WritableComputedRef<boolean>
  clear: () => void
}

/** State, search and filters live in the page's address: a link brings them again. */
export function useAlertFilter(): AlertFilterState {
  const route = useRoute()
  const router = useRouter()
  const text = (name: string) => computed({
    get: () => typeof route.query[name] === 'string' ? route.query[name] as string : '',
    set: value => void router.replace({ query: { ...route.query, [name]: value || undefined } }),
  })
  const search = text('search')
  const kind = text('kind')
  const severity = text('severity')
  const mine = text('mine')
  const viewText = text('view')
  const view = computed({
    get: () => alertViews.find(name => name === viewText.value) ?? 'active',
    set: (value) => { viewText.value = value === 'active' ? '' : value },
  })
  const vendor = text('vendor')
  const kindId = computed((): NoticeKindId | undefined => noticeKindIds.find(id => id === kind.value))
  const level = computed(() => severities.find(name => name === severity.value))
  return {
    view, search, kind, severity,
    isMine: computed({ get: () => mine.value === 'yes', set: (value) => { mine.value = value ? 'yes' : '' } }),
    filter: computed<AlertFilter>(() => ({
      view: view.value,
      ...search.value && { search: search.value },
      ...kindId.value && { kind: [kindId.value] },
      ...level.value && { severity: [level.value] },
      ...mine.value === 'yes' && { isMine: true },
      ...vendor.value && { vendorId: vendor.value },
    })),
    isFiltered: computed(() => Boolean(search.value || kindId.value || level.value || mine.value || vendor.value)),
    clear: () => void router.replace({ query: viewText.value ? { view: viewText.value } : {} }),
  }
}

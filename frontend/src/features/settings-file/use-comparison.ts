import type { SectionId } from '@comptoir/shared/settings-file/section-ids'
import { settingsFileApi, type SettingsComparison, type SettingsSource, type SettingsState } from '@comptoir/shared/settings-file/settings-file.contract'
import { ref, shallowRef } from 'vue'
import { call } from '../../platform/api.ts'

/** A configuration that is laid beside the portal's own, from a file or from an older version. */
export function useComparison(onApplied: (state: SettingsState) => void) {
  const source = shallowRef<SettingsSource | null>(null)
  const comparison = shallowRef<SettingsComparison | null>(null)
  const isBusy = ref(false)

  async function busy<T>(work: () => Promise<T>): Promise<T> {
    isBusy.value = true
    return work().finally(() => (isBusy.value = false))
  }

  function close(): void {
    source.value = null
    comparison.value = null
  }

  const open = (from: SettingsSource): Promise<void> => busy(async () => {
    comparison.value = await call(settingsFileApi.compare, { body: { source: from } })
    source.value = from
  })

  async function apply(sections: SectionId[]): Promise<void> {
    const from = source.value
    const state = comparison.value?.state
    if (!from || state === undefined)
      return
    onApplied(await busy(() => call(settingsFileApi.apply, { body: { source: from, sections, state } })))
    close()
  }

  return { source, comparison, isBusy, open, apply, close }
}

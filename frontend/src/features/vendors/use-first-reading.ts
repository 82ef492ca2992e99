import { onScopeDispose, watch } from 'vue'

const everyMs = 4_000

/** While the CRM is read for the first time the list looks again by itself; it has its say each time. */
export function useFirstReading(isReading: () => boolean, look: () => Promise<void>): void {
  let timer: ReturnType<typeof setInterval> | undefined
  watch(isReading, (isOn) => {
    clearInterval(timer)
    if (isOn)
      timer = setInterval(() => void look(), everyMs)
  }, { immediate: true })
  onScopeDispose(() => clearInterval(timer))
}

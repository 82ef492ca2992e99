import { nextTick, onMounted, watch, type ComponentPublicInstance, type Ref } from 'vue'

/** Brings a panel into view and gives it the focus when it appears or shows something else. */
export function useFocusOnChange(panel: Readonly<Ref<ComponentPublicInstance | null>>, subject: () => string): void {
  async function show(): Promise<void> {
    await nextTick()
    const element = panel.value?.$el as HTMLElement | undefined
    element?.focus({ preventScroll: true })
    element?.scrollIntoView({ block: 'nearest' })
  }
  onMounted(() => void show())
  watch(subject, () => void show())
}

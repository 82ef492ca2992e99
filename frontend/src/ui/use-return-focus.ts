import { nextTick, onUnmounted } from 'vue'

/** Whoever closes a panel is back where it was opened: without this the next Tab starts at the top of the page. */
export function useReturnFocus(): void {
  const opener = document.activeElement
  onUnmounted(async () => {
    await nextTick()
    if (document.activeElement === document.body && opener instanceof HTMLElement && opener.isConnected)
      opener.focus()
  })
}

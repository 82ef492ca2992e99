import { viewerApi, type Theme } from '@comptoir/shared/portal/portal.contract'
import { readonly, ref } from 'vue'
import { call } from './api.ts'

const theme = ref<Theme>('auto')
let paint = (): void => undefined

/** What the viewer chose. */
export const chosenTheme = readonly(theme)

/** Light or dark: as the viewer chose, else as the host asks, else as the system prefers; follows the system while the page lives. */
export function followTheme(page: Window, { chosen, wanted }: { chosen: Theme, wanted: unknown }): void {
  const root = page.document.documentElement
  root.dataset.platform = 'web'
  const system = page.matchMedia('(prefers-color-scheme: dark)')
  let isPrinted = false
  paint = () => {
    const asked = theme.value === 'auto' ? wanted : theme.value
    // Paper is white.
    const isDark = !isPrinted && (asked === 'dark' || (asked !== 'light' && system.matches))
    root.classList.toggle('dark', isDark)
    root.classList.toggle('light', !isDark)
  }
  system.addEventListener('change', () => paint())
  for (const event of ['beforeprint', 'afterprint'] as const) {
    page.addEventListener(event, () => {
      isPrinted = event === 'beforeprint'
      paint()
    })
  }
  showTheme(chosen)
}

/** The page changes at once. */
export function showTheme(chosen: Theme): void {
  theme.value = chosen
  paint()
}

/** Changes at once, and is kept for every device; a choice that could not be kept is taken back. */
export async function chooseTheme(chosen: Theme): Promise<void> {
  const before = theme.value
  showTheme(chosen)
  try {
    await call(viewerApi.saveSettings, { body: { theme: chosen } })
  }
  catch (cause) {
    showTheme(before)
    throw cause
  }
}

/** Light or dark, as the host asks or else as the system prefers; follows the system while the page lives. */
export function followTheme(page: Window, wanted: unknown): void {
  const root = page.document.documentElement
  root.dataset.platform = 'web'
  const apply = (isDark: boolean): void => {
    root.classList.toggle('dark', isDark)
    root.classList.toggle('light', !isDark)
  }
  if (wanted === 'dark' || wanted === 'light') {
    apply(wanted === 'dark')
    return
  }
  const preference = page.matchMedia('(prefers-color-scheme: dark)')
  apply(preference.matches)
  preference.addEventListener('change', ({ matches }) => apply(matches))
}

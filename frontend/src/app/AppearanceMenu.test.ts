import { viewerApi } from '@comptoir/shared/portal/portal.contract'
import { fireEvent } from '@testing-library/vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../platform/testing/fake-api.ts'
import { renderInPortal } from '../platform/testing/render.ts'
import { followTheme } from '../platform/theme.ts'
import AppearanceMenu from './AppearanceMenu.vue'

const isDark = (): boolean => document.documentElement.classList.contains('dark')
let systemTurns = (_: boolean): void => undefined

describe('the choice of the appearance', () => {
  beforeEach(() => {
    const system = { matches: false, addEventListener: (_: string, turn: () => void) => {
      systemTurns = (matches) => {
        system.matches = matches
        turn()
      }
    } }
    vi.stubGlobal('matchMedia', () => system)
  })
  afterEach(() => vi.unstubAllGlobals())

  it('changes the page at once and is kept', async () => {
    const api = fakeApi().on(viewerApi.saveSettings, ({ body }) => body as { theme: 'dark' })
    followTheme(window, { chosen: 'auto', wanted: undefined })
    const { getByRole } = await renderInPortal(AppearanceMenu)
    await fireEvent.update(getByRole('combobox', { name: 'Apparence' }), 'dark')
    expect(isDark()).toBe(true)
    expect(api.sent.map(({ body }) => body)).toEqual([{ theme: 'dark' }])
  })

  it('is taken back when it could not be kept', async () => {
    fakeApi().fail(viewerApi.saveSettings, 'internal')
    followTheme(window, { chosen: 'light', wanted: 'dark' })
    const { getByRole, findAllByText } = await renderInPortal(AppearanceMenu)
    await fireEvent.update(getByRole('combobox'), 'dark')
    await findAllByText(/Une erreur/)
    expect(isDark()).toBe(false)
    expect((getByRole('combobox') as HTMLSelectElement).value).toBe('light')
  })

  it('left to itself follows the host, then the system', () => {
    followTheme(window, { chosen: 'auto', wanted: 'dark' })
    expect(isDark()).toBe(true)
    followTheme(window, { chosen: 'auto', wanted: undefined })
    expect(isDark()).toBe(false)
    systemTurns(true)
    expect(isDark()).toBe(true)
  })
})

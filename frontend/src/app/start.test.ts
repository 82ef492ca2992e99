import type { Boot } from '@comptoir/shared/portal/portal.contract'
import { findByRole, findByText, queryByText } from '@testing-library/vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { provideHost } from '../platform/host.ts'
import { closeSession } from '../platform/session.ts'
import { fakeApi } from '../platform/testing/fake-api.ts'
import { aSession } from '../platform/testing/render.ts'
import { start } from './start.ts'

const install = { isAdmin: true, isInstalled: false, done: [], scope: [], missingScope: [], vendorChoices: [], vendorRule: null }

function serve(boot: Partial<Boot> | null): void {
  const data = boot && JSON.stringify({ placement: 'install', options: {}, language: 'fr', session: null, first: null, ...boot })
  document.head.innerHTML = data ? `<script type="application/json" id="comptoir-boot">${data}</script>` : ''
  document.body.innerHTML = '<div id="app"><p>the server\'s picture</p></div>'
  document.documentElement.lang = boot?.language ?? 'fr'
}

describe('starting', () => {
  beforeEach(() => {
    fakeApi()
    location.hash = ''
    vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => null }))
  })
  afterEach(() => {
    closeSession()
    provideHost(null)
    document.body.innerHTML = ''
    vi.unstubAllGlobals()
  })

  it('puts the page in place of the server\'s picture, without asking for anything', async () => {
    serve({ session: aSession(), first: install })
    await start(window)
    expect(await findByRole(document.body, 'button', { name: 'Installer Comptoir' })).toBeTruthy()
    expect(queryByText(document.body, 'the server\'s picture')).toBeNull()
    expect(document.documentElement.classList.contains('dark')).toBe(true)
  })

  it('turns the page round and speaks English where the portal is Arabic', async () => {
    serve({ language: 'ar', session: aSession(), first: install, options: { theme: 'light' } })
    await start(window)
    expect(await findByRole(document.body, 'button', { name: 'Install Comptoir' })).toBeTruthy()
    expect([document.documentElement.dir, document.documentElement.lang]).toEqual(['rtl', 'en'])
    expect(document.documentElement.classList.contains('light')).toBe(true)
  })

  it('prefers the appearance that the viewer chose to what the host says', async () => {
    serve({ session: aSession({ settings: { theme: 'light' } }), first: install, options: { theme: 'dark' } })
    await start(window)
    expect(document.documentElement.classList.contains('light')).toBe(true)
  })

  it('tells whoever may not install, without a session', async () => {
    serve({ first: { ...install, isAdmin: false } })
    await start(window)
    expect(await findByText(document.body, 'Seul un administrateur peut installer Comptoir')).toBeTruthy()
  })

  it.each([['no data', null], ['no session and no host', {}]])('with %s sends the reader to the host', async (_, boot) => {
    serve(boot)
    await start(window)
    expect(await findByText(document.body, 'Ouvrez Comptoir depuis Bitrix24')).toBeTruthy()
  })

  it('shows an address that leads nowhere as such', async () => {
    serve({ placement: 'main', options: { to: '/nowhere' }, session: aSession() })
    await start(window)
    expect(await findByText(document.body, 'Page introuvable')).toBeTruthy()
  })
})

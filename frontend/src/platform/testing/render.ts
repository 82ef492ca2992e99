import type { Session } from '@comptoir/shared/portal/portal.contract'
import B24App from '@bitrix24/b24ui-nuxt/components/App.vue'
import { PiniaColada } from '@pinia/colada'
import { render, type RenderResult } from '@testing-library/vue'
import { createPinia } from 'pinia'
import { h, type Component } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import fr from '../../locales/fr.json'
import { loadKitLocale } from '../b24ui-locale.ts'
import { keepFirst } from '../boot.ts'
import { setFormats } from '../format/format.ts'
import { addErrorTexts, loadTexts } from '../i18n/i18n.ts'
import { commonGroups, type TextGroup } from '../i18n/text-groups.ts'
import { openSession } from '../session.ts'

export const aSession = (overrides: Partial<Session> = {}): Session => ({
  token: 'session-token',
  expiresAt: '2999-01-01T00:00:00Z',
  viewer: { userId: 1, name: 'Camille Roux', isAdmin: true, departmentIds: [1] },
  portal: { domain: 'portal.example', language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR' },
  settings: { theme: 'auto' },
  ...overrides,
})

/** Any page's texts: which of them a page names is held by app/page-texts.test.ts. */
const everyGroup = Object.keys(fr).filter((group): group is TextGroup => !commonGroups.some(common => common === group))

export interface RenderOptions {
  readonly props?: Record<string, unknown>
  readonly slots?: Record<string, () => unknown>
  readonly language?: string
  readonly path?: string
  readonly session?: Session
  /** Data that came with the page. */
  readonly first?: unknown
}

/** Renders a component as it stands in the app: texts, formats, session, queries, router and toasts. */
export async function renderInPortal(component: Component, options: RenderOptions = {}): Promise<RenderResult & { router: Router }> {
  const { props, slots, language = 'fr', path = '/', first = null } = options
  const session = options.session ?? aSession()
  const [locale] = await Promise.all([loadKitLocale(language), loadTexts(language, everyGroup), openSession(session, null)])
  await addErrorTexts()
  setFormats({ ...session.portal, language })
  keepFirst(first)
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:page(.*)*', component: { render: () => null } }] })
  await router.push(path)
  const result = render({ render: () => h(B24App, { locale }, () => h(component, props, slots)) }, {
    global: { plugins: [createPinia(), PiniaColada, router] },
  })
  return { ...result, router }
}

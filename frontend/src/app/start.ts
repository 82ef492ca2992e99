import { AppError } from '@comptoir/shared/errors'
import type { Boot } from '@comptoir/shared/portal/portal.contract'
import { createApp } from 'vue'
import { loadKitLocale } from '../platform/b24ui-locale.ts'
import { keepFirst, readBoot } from '../platform/boot.ts'
import { setFormats } from '../platform/format/format.ts'
import { followHeight } from '../platform/frame/auto-height.ts'
import { connectFrame, type Frame } from '../platform/frame/frame.ts'
import { followTouch } from '../platform/frame/last-touch.ts'
import { provideHost } from '../platform/host.ts'
import { addErrorTexts, loadTexts } from '../platform/i18n/i18n.ts'
import { directionOf } from '../platform/i18n/languages.ts'
import { installQueries } from '../platform/queries.ts'
import { dealSections, vendorSections } from '../platform/sections.ts'
import { openSession } from '../platform/session.ts'
import { followTheme, showTheme } from '../platform/theme.ts'
import App from './App.vue'
import { embeddedPath } from './pages.ts'
import { startPath } from './placements.ts'
import { makeRouter } from './router.ts'
import { ofDeals, ofVendors } from './sections.ts'

/** Takes the page over from the server's first picture once everything it needs is here. */
export async function start(page: Window): Promise<void> {
  const root = page.document.documentElement
  const boot = readBoot(page.document)
  const frame = connectFrame(page)
  const language = boot?.language ?? root.lang
  provideHost(frame)
  followTheme(page, { chosen: boot?.session?.settings.theme ?? 'auto', wanted: boot?.options.theme })

  const router = makeRouter(startPath(boot?.placement ?? 'main', boot?.options ?? {}))
  const reopen = (): Promise<void> => open(boot, frame)
  const opening = reopen().then(() => null, (cause: unknown) => cause)
  const [locale, textLanguage] = await Promise.all([loadKitLocale(language), loadTexts(language)])
  root.lang = textLanguage
  root.dir = directionOf(language)

  const failure = await opening
  const alone = boot && embeddedPath(boot.placement)
  const app = createApp(App, { locale, failure, reopen, alone })
  installQueries(app)
  app.use(router)
  app.provide(vendorSections, ofVendors)
  app.provide(dealSections, ofDeals)
  // The server's picture stays until the page's own code is here. A page that fails to load is
  // shown as a failure by the error boundary, not as a skeleton for ever.
  const missing = await router.isReady().then(() => null, () => new AppError('network.offline'))
  const content = page.document.querySelector<HTMLElement>('#app')
  if (!content)
    return
  if (missing)
    createApp(App, { locale, failure: missing, reopen, alone }).use(router).mount(content)
  else
    app.mount(content)
  void addErrorTexts().catch(() => null)
  if (frame) {
    followTouch(page)
    followHeight(frame, content)
    // The handshake runs beside the page: only the next token needs it, and the host wants its first run acknowledged.
    // A page that could not be opened leaves it to the next attempt, which would otherwise wait for this one.
    if (failure === null)
      void frame.init().catch(() => null)
  }
}

async function open(boot: Boot | null, frame: Frame | null): Promise<void> {
  if (!boot)
    throw new AppError('frame.outside')
  keepFirst(boot.first)
  if (boot.placement === 'install' && !boot.session && boot.first !== null) {
    // Somebody who may not install is told so, and gets no session.
    setFormats({ language: boot.language, timeZone: 'UTC', currency: 'EUR' })
    return
  }
  const session = await openSession(boot.session, frame, { isInstaller: boot.placement === 'install' })
  setFormats(session.portal)
  showTheme(session.settings.theme)
}

import { expect, test as base } from '@playwright/test'
import type { Demo } from '../demo/start.ts'
import { untilMirrored, withDemo } from './demo-worker.ts'
import { PortalScreens } from './portal-screens.ts'
import { watchTrouble, type Trouble } from './trouble.ts'

export { expect } from '@playwright/test'
export { sessionOf } from './demo-worker.ts'
export { plain, tile, type AppPage } from './portal-screens.ts'

interface Shared {
  /** One portal with Comptoir in it, for all files that a worker runs. */
  demo: Demo
}

interface Own {
  screens: PortalScreens
  /** Whatever goes wrong in the app's frames fails the scenario, unless it is expected. */
  trouble: Trouble
}

/** Person numbers of the stand-in. */
export const people = { administrator: 1, salesHead: 2, seller: 3 } as const

export const test = base.extend<Own, Shared>({
  demo: [async ({ browserName: _ }, use) => {
    await withDemo({ isFurnished: true, env: { LOG_LEVEL: process.env.DEMO_LOG ?? 'warn' } }, async (demo) => {
      await untilMirrored(demo)
      await use(demo)
    })
  }, { scope: 'worker', timeout: 300_000 }],
  trouble: [async ({ page, demo }, use) => {
    const trouble = watchTrouble(page, demo.appUrl)
    await use(trouble)
    demo.running.portal.faults.clear()
    expect(trouble.found(), 'errors in the frames of the app').toEqual([])
  }, { auto: true }],
  screens: ({ page, demo }, use) => use(new PortalScreens(page, demo)),
})

import type { Page } from '@playwright/test'
import { suppliedDeals } from '../demo/deal-orders.ts'
import { expect, test, type AppPage } from './stage.ts'
import type { PortalScreens } from './portal-screens.ts'

const pages: readonly [name: string, open: (screens: PortalScreens) => Promise<AppPage>, heading: RegExp][] = [
  ['deal tab', screens => screens.openDealTab(suppliedDeals(screens.portal)[0]!), /^Deal vendors|^Vendors/],
  ['company tab', screens => screens.openCompanyTab(screens.companyNamed('Fonderie Vasseur')), /Fonderie Vasseur/],
  ['analytics', screens => screens.openAnalytics(), /^Business analy/],
  ['directory', screens => screens.openDirectory(), /^Vendors/],
  ['home', screens => screens.openMain(), /^(Today|Aujourd’hui)/],
  ['catalogue', screens => screens.openMainTab(/^Process/, /^Catalogue/), /^(Action catalogue|Catalogue of actions|Action catalog)/],
]

test('every page speaks English, from right to left under an Arabic portal', async ({ screens }) => {
  test.slow()
  for (const [name, open, heading] of pages) {
    await screens.viewAs({ language: 'en' })
    const english = await open(screens)
    await expect.soft(english.app.getByRole('heading', { level: 1 }), name).toHaveText(heading)
    await expect.soft(english.app.locator('html'), name).toHaveAttribute('lang', 'en')
    await screens.viewAs({ language: 'ar' })
    const arabic = await open(screens)
    await expect.soft(arabic.app.locator('html'), name).toHaveAttribute('dir', 'rtl')
    await expect.soft(arabic.app.getByRole('heading', { level: 1 }), name).toHaveText(heading)
    await screens.expectNoScrollBars(arabic)
    await screens.expectAccessible(arabic)
  }
})

test('every page is readable in the dark', async ({ screens }) => {
  test.slow()
  await screens.viewAs({ theme: 'dark' })
  for (const [name, open] of pages) {
    const dark = await open(screens)
    await expect.soft(dark.app.getByRole('heading', { level: 1 }), name).toBeVisible()
    await expect.soft(dark.app.locator('html'), name).toHaveClass(/dark/)
    await screens.expectSound(dark)
  }
})

async function narrowTab(page: Page, screens: PortalScreens, path: string): Promise<AppPage> {
  await page.setViewportSize({ width: 400, height: 900 })
  await screens.visit(`${path}?IFRAME=Y`)
  await page.locator('[role=tab].is-app').click()
  return screens.appIn(['[role=tabpanel]:not([hidden]) .app-frame-box iframe'])
}

test('the tabs fit a slider 400 pixels wide', async ({ screens, page }) => {
  for (const path of [`/crm/deal/details/${suppliedDeals(screens.portal)[0]!}/`, `/crm/company/details/${screens.companyNamed('Fonderie Vasseur')}/`]) {
    const tab = await narrowTab(page, screens, path)
    await expect(tab.app.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await tab.frame.evaluate(() => innerWidth)).toBeLessThanOrEqual(400)
    await screens.expectSound(tab)
  }
})

test('every page of the navigation fits a slider 400 pixels wide, from right to left in the dark', async ({ screens, page }) => {
  test.slow()
  await page.setViewportSize({ width: 400, height: 900 })
  await screens.viewAs({ language: 'ar', theme: 'dark' })
  await screens.visit(`/marketplace/view/${screens.demo.app.clientId}/?IFRAME=Y`)
  const main = await screens.appIn(['.app-frame-box[data-eager] iframe'])
  await main.app.getByRole('navigation').getByRole('button', { expanded: false }).click()
  const links = await main.app.getByRole('navigation').getByRole('listitem').getByRole('link').evaluateAll(all => all.map(link => link.getAttribute('href') ?? ''))
  for (const path of new Set(links)) {
    await main.frame.evaluate((hash) => {
      location.hash = hash
    }, path)
    await expect(main.app.getByRole('heading', { level: 1 }), path).toBeVisible()
    await expect(main.app.locator('[aria-busy=true]'), path).toHaveCount(0)
    await test.step(path, () => screens.expectNoScrollBars(main, ['wide']))
  }
})

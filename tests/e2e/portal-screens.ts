import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Frame, type FrameLocator, type Locator, type Page } from '@playwright/test'
import type { Demo } from '../demo/start.ts'

/** A page of the app inside the portal. */
export interface AppPage {
  readonly app: FrameLocator
  readonly frame: Frame
  /** From the portal's page inwards, for tools that walk frames. */
  readonly path: readonly string[]
}

const tabBox = '[role=tabpanel]:not([hidden]) .app-frame-box'
const pageBox = '.app-frame-box[data-eager]'
const sliderBox = '.slider-app'

/** The stand-in's screens as a person walks through them; everything answers with the app's page that opens. */
export class PortalScreens {
  readonly page: Page
  readonly demo: Demo

  constructor(page: Page, demo: Demo) {
    this.page = page
    this.demo = demo
  }

  get portal() { return this.demo.running.portal }

  /** Number of a company of the portal by its name. */
  companyNamed(title: string): number {
    const companies = this.portal.crm.items(4)!
    for (let id = 1; id <= 500; id++) {
      if (companies.value(id, 'title') === title)
        return id
    }
    throw new Error(`The portal has no company « ${title} ».`)
  }

  async viewAs(choice: { userId?: number, language?: 'fr' | 'en' | 'ar', theme?: 'light' | 'dark' }): Promise<void> {
    const names = { userId: 'portal_user', language: 'portal_language', theme: 'portal_theme' } as const
    await this.page.context().addCookies(Object.entries(choice).map(([key, value]) => (
      { name: names[key as keyof typeof names], value: String(value), url: this.demo.running.url })))
  }

  async visit(path: string): Promise<void> {
    await this.page.goto(this.demo.running.url + path)
    await this.page.locator('html[data-ready=yes]').waitFor()
  }

  openDealTab(dealId: number): Promise<AppPage> {
    return this.openTab(`/crm/deal/details/${dealId}/`)
  }

  openCompanyTab(companyId: number): Promise<AppPage> {
    return this.openTab(`/crm/company/details/${companyId}/`)
  }

  private async openTab(path: string): Promise<AppPage> {
    await this.visit(path)
    await this.page.locator('[role=tab].is-app').click()
    return this.appIn([`${tabBox} iframe`])
  }

  async openAnalytics(): Promise<AppPage> {
    await this.visit('/crm/analytics/')
    await this.page.locator('.side-menu .sub a').click()
    return this.appIn([`${pageBox} iframe`])
  }

  async openDirectory(): Promise<AppPage> {
    const widget = this.portal.placements.find(({ code }) => code === 'LEFT_MENU')!
    await this.visit(`/marketplace/placement/${widget.id}/`)
    return this.appIn([`${pageBox} iframe`])
  }

  /** The app's main page: the catalogue of actions. */
  async openMain(): Promise<AppPage> {
    await this.visit(`/marketplace/view/${this.demo.app.clientId}/`)
    return this.appIn([`${pageBox} iframe`])
  }

  /** A page that is reached by the navigation of the main page: its group, where it is not the current one, then its name, perhaps under « Plus ». */
  async openMainTab(group: RegExp, name: RegExp): Promise<AppPage> {
    const main = await this.openMain()
    const navigation = main.app.getByRole('navigation')
    const groupLink = navigation.getByRole('link', { name: group })
    await groupLink.click()
    await expect(groupLink).toHaveAttribute('aria-current', 'true')
    const link = navigation.getByRole('link', { name })
    if (!await link.isVisible())
      await navigation.getByRole('button', { name: /^(Plus|More)$/ }).click()
    await link.click()
    return main
  }

  slider(): Promise<AppPage> {
    return this.appIn([`${sliderBox} iframe`])
  }

  /** The settings page of a step, in the designer's dialog. */
  settings(): Promise<AppPage> {
    return this.appIn(['.settings-frame iframe'])
  }

  /** Vue has taken the page over. */
  async appIn(path: readonly [string, ...string[]]): Promise<AppPage> {
    const [first, ...inner] = path
    const app = inner.reduce((outer, selector) => outer.frameLocator(selector), this.page.frameLocator(first))
    await app.locator('#app[data-v-app]').waitFor()
    const owner = inner.length === 0 ? this.page.locator(first) : this.page.frameLocator(first).locator(inner[0]!)
    const frame = await (await owner.elementHandle())?.contentFrame()
    if (!frame)
      throw new Error(`No page in ${path.join(' → ')}.`)
    return { app, frame, path }
  }

  /** The frame is as tall as the page in it, and nothing in it is wider. */
  async expectNoScrollBars({ frame }: AppPage, directions: readonly ('wide' | 'tall')[] = ['wide', 'tall']): Promise<void> {
    await expect.poll(async () => {
      const excess = await frame.evaluate(() => {
        const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.scrollingElement!
        return { wide: scrollWidth - clientWidth, tall: scrollHeight - clientHeight }
      })
      return directions.filter(direction => excess[direction] > 1).map(direction => `${excess[direction]} px too ${direction}`)
    }, { message: 'scroll bars in the frame' }).toEqual([])
  }

  async expectAccessible({ path }: AppPage): Promise<void> {
    const { violations } = await new AxeBuilder({ page: this.page })
      .include([...path, 'html'] as [string, string])
      // Stops at which the toast region hands the focus on; nobody stays on them.
      .exclude([...path, '[role=region] > span[aria-hidden=true]'] as [string, string])
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
      .analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, html }) => `${target.at(-1)} ${html.slice(0, 160)}`).join(' | ')}`)).toEqual([])
  }

  async expectSound(page: AppPage): Promise<void> {
    await this.expectNoScrollBars(page)
    await this.expectAccessible(page)
  }
}

/** A tile by its label: the box that holds label and number. */
export const tile = (app: FrameLocator | Locator, label: string): Locator =>
  app.locator('div, article').filter({ has: app.getByText(label, { exact: true }) }).filter({ has: app.locator('p.text-2xl') }).last()

/** Spaces of every width are one space: what a number says, not how it is set. */
export const plain = (text: string | null): string => (text ?? '').replace(/[\s\u00A0\u202F\u2009]+/g, ' ').trim()

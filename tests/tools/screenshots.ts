import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Locator, type Page } from '@playwright/test'
import { call } from '../demo/install.ts'
import { administratorId, sessionOf, untilMirrored, withDemo } from '../e2e/demo-worker.ts'
import { PortalScreens } from '../e2e/portal-screens.ts'
import type { Demo } from '../demo/start.ts'
import { startWorkflow } from '../portal/bizproc/engine.ts'
import { buildPage } from './build-page.ts'
import { chromiumFlags, ensureChromium } from './chromium.ts'

/** The pictures of the README and of the actions' instructions, taken from the demo: run it after a screen has changed. */
const root = join(import.meta.dirname, '../..')
const readme = join(root, 'shared/docs/pictures')
const instructions = join(root, 'frontend/src/features/actions/pictures')
const languages = ['fr', 'en'] as const
/** Its products were ordered from vendors. */
const dealId = 8_799
const companyId = 88
/** A plain ground: the portal's gradient would make every picture three times as heavy. */
const style = '.shell { background: #2f6fd6 !important }'

buildPage()
await mkdir(readme, { recursive: true })
await mkdir(instructions, { recursive: true })
await withDemo({ isFurnished: true }, async (demo) => {
  await untilMirrored(demo)
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumFlags] })
  try {
    for (const language of languages) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
      const screens = new PortalScreens(page, demo)
      await screens.viewAs({ language })
      await takeAll({ page, screens, language })
      await page.close()
    }
  }
  finally {
    await browser.close()
  }
})

interface Stage { readonly page: Page, readonly screens: PortalScreens, readonly language: 'fr' | 'en' }

async function takeAll(stage: Stage): Promise<void> {
  const { screens } = stage
  await screens.openDealTab(dealId)
  await take(stage, { readme: 'deal-tab', slots: ['vendor-deal'] })
  await screens.openCompanyTab(companyId)
  await take(stage, { readme: 'company-tab' })
  await screens.openDirectory()
  await take(stage, { readme: 'directory', slots: ['vendor-directory'] })
  await screens.openAnalytics()
  await take(stage, { readme: 'analytics', slots: ['analytics-dashboard'] })
  await screens.openMainTab(/^Process/, /^Catalogue/)
  await take(stage, { readme: 'catalogue' })
  await screens.openMain()
  await take(stage, { readme: 'home' })
  await takeImport(stage)
  await takeProcess(stage)
}

async function takeImport(stage: Stage): Promise<void> {
  const { screens } = stage
  const { app } = await screens.openDirectory()
  await app.getByRole('link', { name: /^Import/ }).or(app.getByRole('button', { name: /^Import/ })).first().click()
  await app.locator('input[type=file]').setInputFiles({
    name: 'achats.csv', mimeType: 'text/csv',
    buffer: Buffer.from('Date;Fournisseur;Montant TTC\r\n03/02/2026;Papeterie Colin;1 204,50\r\n31/02/2026;Papeterie Colin;88,00\r\n14/02/2026;Fonderie Vasseur;6 310,00\r\n'),
  })
  await app.getByRole('table').first().waitFor()
  await take(stage, { slots: ['vendor-import'] })
}

async function takeProcess(stage: Stage): Promise<void> {
  for (const [templateId, action] of [[1, 'analytics'], [2, 'vendor']] as const) {
    await stage.screens.visit(`/bizproc/templates/${templateId}/`)
    await take(stage, { slots: action === 'analytics' ? ['analytics-designer', 'analytics-condition'] : ['vendor-designer'] })
    await stage.page.locator('[data-edit-step]').first().click()
    const { app } = await stage.screens.settings()
    await app.getByRole('table').first().waitFor()
    await take(stage, { ...(action === 'analytics' && { readme: 'action-settings' }), slots: [`${action}-settings`] })
    await takeRun(stage, templateId, action)
  }
}

async function takeRun(stage: Stage, templateId: number, action: string): Promise<void> {
  const { portal, demo } = stage.screens
  const template = portal.bizproc.templates.get(templateId)
  if (!template)
    throw new Error(`The demo has no process ${templateId}.`)
  const [, entity, type] = template.documentType
  startWorkflow(portal, template, ['crm', entity, `${type}_${type === 'DEAL' ? dealId : companyId}`], { userId: administratorId })
  await untilAnswered(demo, action === 'vendor' ? 'vendor-management' : 'business-analytics')
  const { app } = await stage.screens.openMainTab(/^(Processus|Processes)/, /^(Exécutions|Runs)/)
  await app.getByRole('main').or(app.locator('body')).first().waitFor()
  await app.getByRole('button', { name: action === 'vendor' ? /^(Gestion des fournisseurs|Vendor management)/ : /^(Analyse commerciale|Business analytics)/ }).first().click()
  await take(stage, { slots: [`${action}-run`] })
}

async function untilAnswered(demo: Demo, actionId: string): Promise<void> {
  const session = await sessionOf(demo, administratorId)
  for (const deadline = Date.now() + 30_000; Date.now() < deadline;) {
    const { runs } = await call(demo.appUrl, session, 'GET', `/api/actions/runs?actionId=${actionId}`) as { runs: { state: string }[] }
    if (runs[0]?.state === 'answered')
      return
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  throw new Error('The action did not answer its process.')
}

async function take({ page, language }: Stage, { readme: name, slots = [] }: { readme?: string, slots?: readonly string[] }): Promise<void> {
  await settled(page.locator('body'))
  if (name && language === 'fr')
    await page.screenshot({ path: join(readme, `${name}.png`), style })
  for (const slot of slots)
    await page.screenshot({ path: join(instructions, `${slot}.${language}.png`), style })
}

/** Until the picture has stopped changing: charts draw themselves, frames grow. */
async function settled(body: Locator): Promise<void> {
  for (let before = '', tries = 0; tries < 20; tries++) {
    const now = (await body.screenshot()).toString('base64')
    if (now === before)
      return
    before = now
    await new Promise(resolve => setTimeout(resolve, 300))
  }
}

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { productionEnvironment, productionFlags } from '../../backend/bin/production.mjs'
import { registerApp } from '../portal/apps/lifecycle.ts'
import { peopleIds } from '../portal/data/people.ts'
import { startPortal, type RunningPortal } from '../portal/server.ts'
import type { App, Portal } from '../portal/state.ts'
import { furnishAccess } from './access.ts'
import { furnishAttributes } from './attributes.ts'
import { furnishBoards } from './boards.ts'
import { addSampleProcesses, importPurchases, untilVendors } from './company.ts'
import { setRules } from './decisions.ts'
import { furnishDealCosts } from './deal-costs.ts'
import { addDealProducts, furnishDealOrders } from './deal-orders.ts'
import { furnishScorecards } from './scorecards.ts'
import { takeOverSettings } from './settings.ts'
import { furnishSources } from './sources.ts'
import { saveScenario } from './scenarios.ts'
import { saveSegments } from './segments.ts'
import { setTargets } from './targets.ts'
import { setWatches } from './watches.ts'
import { installApp, openSession } from './install.ts'
import { furnishPayments } from './payments.ts'
import { addSupplierInvoices } from './portal-invoices.ts'
import { furnishPurchasing } from './purchasing.ts'
import { furnishQuotations } from './quotations.ts'
import { furnishRelationship } from './relationship.ts'
import { buildServer, serverProgram } from '../tools/build-server.ts'

const root = join(import.meta.dirname, '../..')

export interface DemoOptions {
  readonly portalPort: number
  readonly appPort: number
  /** Where Comptoir itself listens when something else stands before it. */
  readonly innerPort?: number
  readonly dataDir: string
  /** Forget what earlier demos stored. */
  readonly isFresh?: boolean
  readonly data?: string
  readonly isInstalled?: boolean
  /** Purchases of the company's suppliers and a ready process. */
  readonly isFurnished?: boolean
  /** Registers the app another way than by code, for instance by the portal's form. */
  readonly register?: (running: RunningPortal, appUrl: string) => Promise<App>
  /** Runs the sources, and again on every change. */
  readonly isWatched?: boolean
  readonly env?: Readonly<Record<string, string>>
}

export interface Demo {
  readonly running: RunningPortal
  readonly app: App
  readonly appUrl: string
  readonly comptoir: ChildProcess
  /** Ends the app the way a crash does, and starts it again on the same data. */
  restart(signal: NodeJS.Signals): Promise<void>
  stop(): Promise<void>
}

/** The stand-in and Comptoir on two origins, as in production; the app installed, the company loaded. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { portalPort, appPort, innerPort = appPort, dataDir } = options
  if (options.isFresh)
    await rm(dataDir, { recursive: true, force: true })
  const running = await startPortal({
    port: portalPort,
    data: options.data ?? 'auto',
    // One company for good: what was imported yesterday belongs to it today.
    memberId: 'c0ffee00c0ffee00c0ffee00c0ffee00',
  })
  const appUrl = `http://127.0.0.1:${appPort}`
  const app = options.register ? await options.register(running, appUrl) : registerComptoir(running.portal, appUrl)
  const environment = {
    ...productionEnvironment,
    ...process.env,
    LOG_LEVEL: 'warn',
    ...options.env,
    PUBLIC_URL: appUrl, CLIENT_ID: app.clientId, CLIENT_SECRET: app.clientSecret, OAUTH_SERVER: running.url,
    ALLOW_INSECURE_PORTALS: 'true', DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: String(innerPort),
  }
  const launch = () => startComptoir([...productionFlags, ...options.isWatched ? ['--watch', '--watch-preserve-output', join(root, 'backend/src/main.ts')] : [serverProgram]], environment)
  if (!options.isWatched)
    buildServer()
  let comptoir = await launch()
  const stop = async () => {
    await endProcess(comptoir, 'SIGTERM')
    await running.close()
  }
  try {
    if (options.isInstalled !== false) {
      if (options.isFurnished) {
        addDealProducts(running.portal)
        addSupplierInvoices(running.portal)
      }
      const session = await installApp(running.portal, app, appUrl)
      if (options.isFurnished) {
        await untilVendors(appUrl, session)
        await setRules(appUrl, session)
        await importPurchases(appUrl, session, new Date())
        await furnishPurchasing(appUrl, session, new Date())
        await furnishQuotations(appUrl, session, new Date())
        await furnishDealOrders({ appUrl, session, portal: running.portal, now: new Date() })
        await furnishDealCosts({ appUrl, session, portal: running.portal })
        const buyer = await openSession(running.portal, app, running.portal.users.get(peopleIds.buyer)!)
        await furnishPayments({ appUrl, admin: session, buyer }, new Date())
        await furnishRelationship(appUrl, session, new Date())
        await furnishAttributes(appUrl, session)
        await furnishScorecards(appUrl, session)
        const seller = await openSession(running.portal, app, running.portal.users.get(peopleIds.seller)!)
        await furnishAccess(appUrl, session, seller)
        await setWatches(appUrl, session, seller)
        await saveSegments(appUrl, session)
        await saveScenario(appUrl, session)
        await setTargets(appUrl, session, new Date())
        await furnishSources(appUrl, session, new Date())
        await furnishBoards(appUrl, session)
        await takeOverSettings(appUrl, session)
        addSampleProcesses(running.portal, app, session.viewer.userId)
      }
    }
  }
  catch (error) {
    await stop()
    throw error
  }
  return {
    running, app, appUrl, stop,
    get comptoir() { return comptoir },
    async restart(signal) {
      await endProcess(comptoir, signal)
      comptoir = await launch()
    },
  }
}

const registerComptoir = (portal: Portal, appUrl: string): App => registerApp(portal, {
  title: 'Comptoir',
  handlerUrl: `${appUrl}/p/main`,
  installerUrl: `${appUrl}/p/install`,
  scopes: ['crm', 'bizproc', 'placement', 'user_brief', 'im', 'task', 'department', 'catalog', 'disk', 'biconnector'],
  menuTitles: { fr: 'Comptoir', en: 'Comptoir' },
})

async function startComptoir(args: readonly string[], env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('listens on'))
        resolve()
      else
        process.stderr.write(chunk)
    })
    child.once('exit', code => reject(new Error(`Comptoir ended with code ${code} while it started.`)))
  })
  return child
}

async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null)
    return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { builtPages } from '@comptoir/backend/app-routes'
import { productionEnvironment } from '../../backend/bin/production.mjs'
import { startDemo, type Demo } from '../demo/start.ts'
import { buildPage } from '../tools/build-page.ts'
import { buildServer, serverProgram } from '../tools/build-server.ts'
import { freePort } from '../tools/free-port.ts'
import { stagePortal, type PortalStage } from './portal-stage.ts'

export interface ComptoirProcess extends PortalStage {
  readonly demo: Demo
  readonly url: string
  readonly dataDir: string
  close(): Promise<void>
}

/** Comptoir as a process of its own on its own database, so that it can be killed; not installed yet. */
export async function startProcess({ data }: { data: string }): Promise<ComptoirProcess> {
  if (!existsSync(join(builtPages, 'index.html')))
    buildPage()
  const dataDir = mkdtempSync(join(tmpdir(), 'comptoir-process-'))
  const demo = await startDemo({ portalPort: 0, appPort: await freePort(), dataDir, data, isInstalled: false, env: { LOG_LEVEL: 'silent' } })
  return {
    ...stagePortal(demo.running, demo.app, { url: demo.appUrl, isInstalled: false }),
    demo, dataDir,
    url: demo.appUrl,
    async close() {
      await demo.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export interface Ended {
  readonly code: number | null
  readonly text: string
}

/** Starts it with exactly this environment and waits until it has given up. */
export async function startInVain(env: Readonly<Record<string, string>>): Promise<Ended> {
  buildServer()
  const child = spawn(process.execPath, [serverProgram], { env: { ...productionEnvironment, PATH: process.env.PATH, ...env }, stdio: ['ignore', 'ignore', 'pipe'] })
  let text = ''
  child.stderr.on('data', (chunk: Buffer) => text += chunk.toString())
  const [code] = await once(child, 'close') as [number | null]
  return { code, text }
}

/** Whether any program still runs that belongs to the data folder. */
export const isInUse = (dataDir: string): boolean => spawnSync('pgrep', ['-f', dataDir]).status === 0

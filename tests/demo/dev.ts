import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { startDemo } from './start.ts'

/** The demo with watch: the server restarts on every change, and a change of a page shows at once. */
const root = join(import.meta.dirname, '../..')
const appPort = Number(process.env.APP_PORT ?? 4301)
const innerPort = await freePort()
const vite = spawn(process.execPath, [join(root, 'frontend/node_modules/vite/bin/vite.js'), '--host', '127.0.0.1', '--port', String(appPort), '--strictPort', '--logLevel', 'warn'], {
  cwd: join(root, 'frontend'), stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, APP_BEHIND: `http://127.0.0.1:${innerPort}` },
})
const demo = await startDemo({
  portalPort: Number(process.env.PORTAL_PORT ?? 4300),
  appPort,
  innerPort,
  dataDir: resolve(root, process.env.DATA_DIR ?? '.data/dev'),
  isFurnished: true,
  isWatched: true,
  env: { LOG_LEVEL: process.env.LOG_LEVEL ?? 'info' },
})
process.stdout.write(`ready ${demo.running.url}\n`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    vite.kill()
    void demo.stop().then(() => process.exit(0), () => process.exit(1))
  })
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  return typeof address === 'object' && address ? address.port : 0
}

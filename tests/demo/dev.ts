import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { startDemo } from './start.ts'

/** The demo with watch: the server restarts and the pages are built again on every change. */
const root = join(import.meta.dirname, '../..')
const vite = spawn(process.execPath, [join(root, 'frontend/node_modules/vite/bin/vite.js'), 'build', '--watch', '--logLevel', 'warn'], {
  cwd: join(root, 'frontend'), stdio: ['ignore', 'inherit', 'inherit'],
})
const demo = await startDemo({
  portalPort: Number(process.env.PORTAL_PORT ?? 4300),
  appPort: Number(process.env.APP_PORT ?? 4301),
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

import { join } from 'node:path'
import { buildOnce, root } from './build-once.ts'

/** What runs in production, in the demo and in every test that starts the server as a process. */
export const serverProgram = join(root, 'backend/dist/main.js')

/** Makes one file of the server when one of its sources has changed since the last time. */
export const buildServer = (): void => buildOnce({
  title: 'Building the server…',
  cwd: 'backend',
  args: ['--config', 'build/server.config.mjs'],
  sources: ['backend/{src,build}/**/*', 'shared/src/**/*.ts'],
})

if (import.meta.main)
  buildServer()

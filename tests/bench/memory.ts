import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDemo } from '../demo/start.ts'
import { freePort } from '../tools/free-port.ts'
import { descendantsOf } from './cpu-time.ts'
import type { Figure } from './figure.ts'

const calmSeconds = 30

/** What the app and its PostgreSQL hold half a minute after the demo company was read and its purchases imported. Linux only. */
export async function memoryFigures(): Promise<Figure[]> {
  if (process.platform !== 'linux')
    return []
  const dataDir = await mkdtemp(join(tmpdir(), 'comptoir-bench-'))
  const demo = await startDemo({ portalPort: await freePort(), appPort: await freePort(), dataDir, isFurnished: true })
  try {
    await new Promise(resolve => setTimeout(resolve, calmSeconds * 1000))
    const { pid } = demo.comptoir
    return [
      { figure: 'memory: app, idle, resident', value: resident(pid ?? 0), unit: 'MB', budget: 180, rule: 'most' },
      { figure: 'memory: its PostgreSQL, idle, proportional', value: proportional(descendantsOf(pid ?? 0)), unit: 'MB', budget: 120, rule: 'most' },
    ]
  }
  finally {
    await demo.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

const megabytes = (text: string, field: RegExp): number => Math.round(Number(field.exec(text)?.[1] ?? 0) / 1024)

const resident = (pid: number): number => megabytes(readFileSync(`/proc/${pid}/status`, 'utf8'), /VmRSS:\s+(\d+)/)

/** The server and its processes share most of their memory: each page counts once. */
const proportional = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => sum + megabytes(rollup(pid), /^Pss:\s+(\d+)/m), 0)

function rollup(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  }
  catch {
    // A worker of the database that has just ended.
    return ''
  }
}

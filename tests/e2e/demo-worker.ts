import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Session } from '@comptoir/shared/portal/portal.contract'
import type { SyncState } from '@comptoir/shared/mirror/mirror.contract'
import { call, openSession } from '../demo/install.ts'
import { startDemo, type Demo, type DemoOptions } from '../demo/start.ts'
import { freePort } from '../tools/free-port.ts'

export const administratorId = 1

/** A demo of one's own: free ports, an empty data folder, everything gone afterwards. */
export async function withDemo(options: Partial<DemoOptions>, use: (demo: Demo) => Promise<void>): Promise<void> {
  const dataDir = join(tmpdir(), `comptoir-journeys-${process.pid}-${Date.now()}`)
  const demo = await startDemo({ portalPort: await freePort(), appPort: await freePort(), dataDir, isFresh: true, ...options })
  try {
    await use(demo)
  }
  finally {
    await demo.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Until every list of the CRM has been read: numbers do not move under the journeys. */
export async function untilMirrored(demo: Demo): Promise<void> {
  const session = await sessionOf(demo, administratorId)
  for (const deadline = Date.now() + 60_000; ;) {
    const { status, entities } = await call(demo.appUrl, session, 'GET', '/api/sync') as SyncState
    if (status === 'idle' && entities.every(({ finishedAt }) => finishedAt !== null))
      return
    if (Date.now() > deadline)
      throw new Error(`The mirror is still "${status}" after a minute.`)
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}

/** What a person's own page would be given: the way to prepare and to check facts beside the screen. */
export const sessionOf = ({ running: { portal }, app }: Demo, userId: number): Promise<Session> => openSession(portal, app, portal.users.get(userId)!)

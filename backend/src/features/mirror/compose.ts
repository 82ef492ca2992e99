import type { FastifyBaseLogger } from 'fastify'
import type { Crm } from '../../platform/bitrix24/client.ts'
import { readSmartProcesses } from '../../platform/bitrix24/crm-types.ts'
import type { RequestLog } from '../../platform/bitrix24/request-log.postgres.ts'
import { createVerifiedViewers } from '../../platform/bitrix24/verified-viewers.postgres.ts'
import { queue, type Jobs } from '../../platform/jobs/jobs.ts'
import type { Database } from '../../platform/storage/database.ts'
import { addHints, hasHints } from './hints.postgres.ts'
import type { Mirror } from './mirror.ts'
import { kindOfEvent } from './mirrored-kinds.ts'
import { readCompanyNow, readDealNow } from './read-record.job.ts'
import { listSmartProcesses, type SmartPorts } from './smart-processes.ts'
import { chooseSmartTypes, isMirrored, readSmartTypes } from './smart-types.postgres.ts'
import { readDirectories, syncPortal } from './sync-portal.job.ts'
import { isRunDue } from './sync-schedule.ts'
import { installedPortals, readRun, readStates, saveRun, type InstalledPortal } from './sync-state.postgres.ts'
import { isUnfinished, syncView } from './sync-view.ts'

export interface MirrorParts {
  readonly db: Database
  readonly crm: Crm
  readonly jobs: Jobs
  readonly requestLog: RequestLog
  readonly log: FastifyBaseLogger
  readonly now: () => Date
  /** After each run: whoever builds on the mirrored records brings itself up to date. */
  readonly onRead?: (portalId: number) => Promise<void>
}

/**
 * One run per portal at a time, on whatever instance: the queue sees to it. A run mostly waits for its portal:
 * enough of them side by side that a few slow portals hold up nobody else.
 */
const syncQueue = queue<{ portalId: number }>({ name: 'mirror.sync', policy: 'exclusive', retries: 2, expireInSeconds: 12 * 3_600, concurrency: 8 })
const tickQueue = queue<{ at?: string }>({ name: 'mirror.tick', policy: 'exclusive', retries: 0 })
const purgeQueue = queue<{ at?: string }>({ name: 'request-log.purge', policy: 'exclusive' })

/** The host demands three days of request log; a fourth covers whoever asks about Friday on a Monday. */
export const logDays = 4
const hintDelayMs = 3_000
/** Events that come in during a run are followed by the same job; a portal that never rests is left to the next tick. */
const roundsInARow = 5

export function composeMirror(parts: MirrorParts): Mirror {
  const { db, crm, jobs, now } = parts
  const running = new Map<number, AbortController>()
  const wake = (portalId: number, startAfter?: Date) => jobs.send(syncQueue, { portalId }, { key: String(portalId), startAfter })

  const wakeSoon = createWakeSoon(parts, wake)
  workOnQueues(parts, running, wake)

  return {
    async resume() {
      await jobs.schedule(tickQueue, '* * * * *', {}, { timeZone: 'UTC', key: 'all' })
      await jobs.schedule(purgeQueue, '17 3 * * *', {}, { timeZone: 'UTC', key: 'all' })
      await tick(parts, wake)
    },
    async start(portalId) {
      await readStates(db, portalId)
      await wake(portalId)
    },
    async stop(portalId) {
      running.get(portalId)?.abort()
    },
    readDirectories: portalId => readDirectories({ db, crm, now }, portalId),
    async noteChange(portalId, event, entityId, entityTypeId) {
      const kind = kindOfEvent(event, entityTypeId)
      if (!kind || !await isMirrored(db, portalId, kind))
        return
      await addHints(db, portalId, kind, [entityId])
      await wakeSoon(portalId)
    },
    readDeal: (portalId, dealId) => readDealNow({ db, crm }, portalId, dealId),
    readCompany: (portalId, companyId) => readCompanyNow({ db, crm }, portalId, companyId),
    async state({ id, timeZone }) {
      const states = await readStates(db, id)
      const run = await readRun(db, id)
      const marks = run ?? { is_paused: false, check_requested_at: null, rebuild_requested_at: null, last_run_at: null, reconciled_at: null, waiting_until: null, error_code: null }
      return syncView(marks, Object.values(states), crm.limiterState(id), { timeZone, hasHints: await hasHints(db, id), smartTypes: await readSmartTypes(db, id), now: now() })
    },
    async runNow(portalId) {
      await saveRun(db, portalId, { check_requested_at: now(), waiting_until: null, is_paused: false })
      await wake(portalId)
    },
    pause: portalId => saveRun(db, portalId, { is_paused: true }),
    async unpause(portalId) {
      await saveRun(db, portalId, { is_paused: false })
      await wake(portalId)
    },
    async rebuild(portalId) {
      await saveRun(db, portalId, { rebuild_requested_at: now(), is_paused: false, waiting_until: null })
      await wake(portalId)
    },
    smartProcesses: portalId => listSmartProcesses(smartPorts(parts, portalId)),
    async chooseSmartProcesses(portalId, entityTypeIds, userId) {
      const ports = smartPorts(parts, portalId)
      const types = [...await ports.existing(), ...await ports.chosen()].filter(({ entityTypeId }) => entityTypeIds.includes(entityTypeId))
      await chooseSmartTypes(db, portalId, [...new Map(types.map(type => [type.entityTypeId, type])).values()], userId)
      // The first reading of what is new ends with both sides counted.
      await saveRun(db, portalId, { check_requested_at: now() })
      await wake(portalId)
      return listSmartProcesses(ports)
    },
  }
}

const smartPorts = ({ db, crm }: MirrorParts, portalId: number): SmartPorts => ({
  existing: () => readSmartProcesses(crm.for(portalId)),
  chosen: () => readSmartTypes(db, portalId),
})

type Wake = (portalId: number, startAfter?: Date) => Promise<boolean>

/** Ten thousand edits send ten thousand events at once: one waking is enough for all of them. */
function createWakeSoon({ db, now, log }: Pick<MirrorParts, 'db' | 'now' | 'log'>, wake: Wake): (portalId: number) => Promise<void> {
  const pending = new Set<number>()
  return async function wakeSoon(portalId) {
    if (pending.has(portalId))
      return
    pending.add(portalId)
    const isAccepted = await wake(portalId, new Date(now().getTime() + hintDelayMs)).catch(() => false)
    setTimeout(() => {
      pending.delete(portalId)
      // Refused means a run was under way. It may have passed the place where it looks for hints.
      if (!isAccepted)
        hasHints(db, portalId).then(isLeft => isLeft ? wakeSoon(portalId) : undefined).catch((error: unknown) => log.warn({ err: error }, 'waking the sync'))
    }, hintDelayMs).unref()
  }
}

function workOnQueues({ db, crm, jobs, requestLog, log, now, onRead }: MirrorParts, running: Map<number, AbortController>, wake: Wake): void {
  jobs.work(syncQueue, async ({ portalId }, { signal }) => {
    const portal = (await installedPortals(db)).find(candidate => candidate.portalId === portalId)
    if (!portal || (await readRun(db, portalId))?.is_paused)
      return
    const stop = new AbortController()
    running.set(portalId, stop)
    try {
      const order = { ...portal, signal: AbortSignal.any([signal, stop.signal]) }
      for (let round = 0; round < roundsInARow && (round === 0 || await hasNews(db, portalId)) && !order.signal.aborted; round++) {
        await syncPortal({ db, crm, now }, order)
        await onRead?.(portalId)
      }
    }
    finally {
      running.delete(portalId)
    }
  })
  jobs.work(tickQueue, () => tick({ db, now }, wake))
  jobs.work(purgeQueue, async () => {
    const requests = await requestLog.purge(new Date(now().getTime() - logDays * 86_400_000))
    await createVerifiedViewers(db).purge(now())
    log.info({ requests }, 'old entries of the request log are gone')
  })
}

/** Events that arrived during a run that went well; after one that did not, the next tick decides. */
async function hasNews(db: Database, portalId: number): Promise<boolean> {
  const run = await readRun(db, portalId)
  return run !== null && !run.is_paused && run.error_code === null && await hasHints(db, portalId)
}

/** Wakes the portals whose time has come. */
async function tick({ db, now }: Pick<MirrorParts, 'db' | 'now'>, wake: Wake): Promise<void> {
  for (const portal of await installedPortals(db)) {
    if (await isDue({ db, now }, portal))
      await wake(portal.portalId)
  }
}

async function isDue({ db, now }: Pick<MirrorParts, 'db' | 'now'>, { portalId, timeZone }: InstalledPortal): Promise<boolean> {
  const run = await readRun(db, portalId)
  if (!run)
    return true
  const states = Object.values(await readStates(db, portalId))
  return isRunDue({
    isPaused: run.is_paused,
    isUnfinished: isUnfinished(states),
    hasHints: await hasHints(db, portalId),
    lastRunAt: run.last_run_at,
    checkedAt: run.reconciled_at,
    isCheckRequested: run.check_requested_at !== null || run.rebuild_requested_at !== null,
    waitingUntil: run.waiting_until,
  }, timeZone, now())
}

import { fromKysely, PgBoss, type JobWithMetadata, type QueuePolicy } from 'pg-boss'
import type { FastifyBaseLogger } from 'fastify'
import type { Tx } from '../storage/database.ts'

/** A kind of work. Its data must be small and free of secrets: read what is needed again when the job runs. */
export interface Queue<Data extends object> {
  readonly name: string
  /** `exclusive`: at most one waiting or running job per key. */
  readonly policy?: Extract<QueuePolicy, 'standard' | 'exclusive' | 'short' | 'key_strict_fifo'>
  readonly retries?: number
  /** A run longer than this counts as dead. */
  readonly expireInSeconds?: number
  readonly concurrency?: number
  readonly _data?: Data
}

export const queue = <Data extends object>(definition: Omit<Queue<Data>, '_data'>): Queue<Data> => definition

export interface JobRun {
  readonly id: string
  /** Aborted when the app stops: stop at the next safe point, the job is handed back. */
  readonly signal: AbortSignal
  /** No further try follows when this one fails: the moment to tell whoever waits. */
  readonly isLastTry: boolean
}

export interface SendOptions {
  /** Enqueue inside the transaction that made the work: both happen or neither. */
  readonly tx?: Tx
  readonly key?: string
  readonly startAfter?: Date
}

export interface QueueHealth {
  readonly name: string
  readonly waiting: number
  readonly active: number
  readonly failed: number
}

export interface Jobs {
  /** False when an exclusive queue already holds a job of this key. */
  send<D extends object>(to: Queue<D>, data: D, options?: SendOptions): Promise<boolean>
  sendMany<D extends object>(to: Queue<D>, data: readonly D[], options: { tx: Tx }): Promise<void>
  work<D extends object>(on: Queue<D>, handler: (data: D, run: JobRun) => Promise<void>): void
  /** A repeating job, `cron` in the given time zone; `key` tells several apart. */
  schedule<D extends object>(on: Queue<D>, cron: string, data: D, options: { timeZone: string, key: string }): Promise<void>
  unschedule(on: Queue<never>, key: string): Promise<void>
  health(): Promise<readonly QueueHealth[]>
  /** Jobs that failed for good, newest first; of one portal when it is named. */
  deadLetters(limit: number, of?: { portalId: number }): Promise<readonly DeadLetter[]>
  /** Puts a job of this portal back into the queue it came from. False when it is not there, or its like already waits. */
  retryDeadLetter(portalId: number, id: string): Promise<boolean>
  /** `isSoleOwner`: no other app shares the database, so work that still counts as running was cut off and is tried again at once. */
  start(options?: { isSoleOwner?: boolean }): Promise<void>
  /** In-flight work gets `graceMs` to finish; what is still running is handed back. */
  stop(options?: { graceMs?: number }): Promise<void>
}

export interface DeadLetter {
  readonly id: string
  readonly queue: string
  readonly at: Date
  readonly data: unknown
  readonly reason: unknown
}

const deadLetterQueue = 'dead-letters'
const heartbeatSeconds = 10
/** Only new work announces itself: what waits for its time (a delayed job, another try) is found by looking. */
const polling = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 }

export function createJobs({ connectionString, log }: { connectionString: string, log: FastifyBaseLogger }): Jobs {
  const boss = new PgBoss({
    connectionString,
    application_name: 'comptoir jobs',
    max: 4,
    useListenNotify: true,
    superviseIntervalSeconds: heartbeatSeconds,
    monitorIntervalSeconds: heartbeatSeconds,
    reindex: false,
  })
  boss.on('error', error => log.error({ err: error }, 'job queue'))
  const workers = new Map<string, { on: Queue<object>, handler: (data: object, run: JobRun) => Promise<void> }>()
  const known = new Map<string, Promise<void>>()
  let isStarted = false

  function ensureQueue(on: Queue<object>): Promise<void> {
    const existing = known.get(on.name) ?? createQueue(boss, on)
    known.set(on.name, existing)
    return existing
  }

  async function listen(on: Queue<object>, handler: (data: object, run: JobRun) => Promise<void>): Promise<void> {
    await ensureQueue(on)
    await boss.work(on.name, { localConcurrency: on.concurrency ?? 2, ...polling, includeMetadata: true }, async ([job]: JobWithMetadata<object>[]) => {
      if (!job)
        return
      try {
        await handler(job.data, { id: job.id, signal: job.signal, isLastTry: job.retryCount >= job.retryLimit })
      }
      catch (error) {
        log.warn({ err: error, queue: on.name, job: job.id }, 'job failed, it will be tried again')
        throw error
      }
    })
  }

  return {
    async send(to, data, options = {}) {
      await ensureQueue(to)
      const id = await boss.send(to.name, data, {
        ...(options.key !== undefined && { singletonKey: options.key }),
        ...(options.startAfter && { startAfter: options.startAfter }),
        ...(options.tx && { db: fromKysely(options.tx) }),
      })
      return id !== null
    },
    async sendMany(to, data, { tx }) {
      await ensureQueue(to)
      if (data.length > 0)
        await boss.insert(to.name, data.map(one => ({ data: one })), { db: fromKysely(tx) })
    },
    work(on, handler) {
      workers.set(on.name, { on, handler: handler as (data: object, run: JobRun) => Promise<void> })
      if (isStarted)
        void listen(on, handler as (data: object, run: JobRun) => Promise<void>).catch((error: unknown) => log.error({ err: error }, 'job queue'))
    },
    async schedule(on, cron, data, { timeZone, key }) {
      await ensureQueue(on)
      await boss.schedule(on.name, cron, data, { tz: timeZone, key })
    },
    async unschedule(on, key) {
      await boss.unschedule(on.name, key)
    },
    async health() {
      const queues = await boss.getQueues()
      return queues.map(({ name, readyCount, activeCount, failedCount }) => ({ name, waiting: readyCount, active: activeCount, failed: failedCount }))
    },
    async deadLetters(limit, of) {
      const jobs = await boss.findJobs<{ }>(deadLetterQueue, of && { data: of })
      return jobs
        .filter(({ state }) => state === 'created')
        .sort((a, b) => b.createdOn.getTime() - a.createdOn.getTime())
        .slice(0, limit)
        .map(job => ({ id: job.id, queue: job.sourceName ?? job.name, at: job.createdOn, data: job.data, reason: job.output }))
    },
    async retryDeadLetter(portalId, id) {
      return await boss.redrive(deadLetterQueue, { ids: [id], data: { portalId } }) > 0
    },
    async start({ isSoleOwner = false } = {}) {
      await boss.start()
      await boss.createQueue(deadLetterQueue)
      if (isSoleOwner)
        await Promise.all([...workers.keys()].map(name => giveUp(boss, name)))
      isStarted = true
      await Promise.all([...workers.values()].map(({ on, handler }) => listen(on, handler)))
    },
    async stop({ graceMs = 10_000 } = {}) {
      isStarted = false
      await boss.stop({ graceful: true, timeout: graceMs })
    },
  }
}

/** The queue would find out by the missing heartbeat, too, but half a minute later. */
async function giveUp(boss: PgBoss, name: string): Promise<void> {
  if (await boss.getQueue(name) === null)
    return
  const cutOff = (await boss.findJobs(name)).filter(({ state }) => state === 'active').map(({ id }) => id)
  if (cutOff.length > 0)
    await boss.fail(name, cutOff, { reason: 'the process ended' })
}

async function createQueue(boss: PgBoss, on: Queue<object>): Promise<void> {
  const options = {
    retryLimit: on.retries ?? 5,
    retryDelay: 2,
    retryBackoff: true,
    expireInSeconds: on.expireInSeconds ?? 15 * 60,
    heartbeatSeconds,
    notify: true,
  }
  await boss.createQueue(on.name, { policy: on.policy ?? 'standard', deadLetter: deadLetterQueue, ...options })
  await boss.updateQueue(on.name, options)
}

import { AppError } from '@comptoir/shared/errors'
import { batchSize, type Command } from '../../platform/bitrix24/batch.ts'
import type { CrmClient } from '../../platform/bitrix24/client.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { Reading } from './reading.job.ts'
import { saveState } from './sync-state.postgres.ts'

export interface BatchRun {
  readonly db: Database
  readonly client: Pick<CrmClient, 'batch'>
  readonly portalId: number
  readonly signal?: AbortSignal
  /** Asked before each batch: somebody may have pressed pause. */
  readonly mayGoOn?: () => Promise<boolean>
}

/** A batch that worked this long is cut shorter: the host ends every request at 60 s. */
const slowMs = 25_000
const fastMs = 8_000
const fewest = 5

/**
 * Reads until nothing is left. True when it got there, false when it was told to stop. What the host refuses is added
 * to `dropped` and not asked for again.
 */
export async function readBatches(run: BatchRun, readings: readonly Reading[], dropped = new Set<Reading>()): Promise<boolean> {
  let slots = batchSize
  for (;;) {
    if (run.signal?.aborted || (run.mayGoOn && !await run.mayGoOn()))
      return false
    const planned = await plan(readings.filter(reading => !dropped.has(reading)), slots)
    const commands = planned.flatMap(part => part.commands)
    if (commands.length === 0)
      return finish(run, readings.filter(reading => reading.isDone && !dropped.has(reading)))
    const durationMs = await readOne(run, planned, commands, dropped)
    slots = durationMs > slowMs ? Math.max(fewest, Math.floor(slots / 2)) : durationMs < fastMs ? Math.min(batchSize, slots * 2) : slots
  }
}

async function finish({ db }: BatchRun, readings: readonly Reading[]): Promise<true> {
  await db.transaction().execute(async (tx) => {
    for (const reading of readings)
      await reading.finish?.(tx)
  })
  return true
}

interface Part {
  readonly reading: Reading
  readonly commands: readonly Command[]
}

async function plan(readings: readonly Reading[], slots: number): Promise<Part[]> {
  const parts: Part[] = []
  let free = slots
  for (const [index, reading] of readings.entries()) {
    const reserved = readings.slice(index + 1).filter(later => later.isUncounted && !later.isDone).length
    const commands = reading.isDone || free === 0 ? [] : await reading.commands(Math.max(1, free - reserved))
    free -= commands.length
    if (commands.length > 0)
      parts.push({ reading, commands })
  }
  return parts
}

/** One request, one transaction: rows and the place behind them are written together or not at all. */
async function readOne({ db, client, portalId, signal }: BatchRun, parts: readonly Part[], commands: readonly Command[], dropped: Set<Reading>): Promise<number> {
  const answer = await client.batch(commands, { signal, isRepeatable: true })
  const saves: ((tx: Tx) => Promise<void>)[] = []
  const faults: AppError[] = []
  for (const { reading } of parts) {
    try {
      saves.push(reading.take(answer))
    }
    catch (error) {
      if (!(error instanceof AppError))
        throw error
      dropped.add(reading)
      faults.push(error)
      saves.push(tx => saveState(tx, portalId, reading.entity, { status: 'failed', error_code: error.code }))
    }
  }
  await db.transaction().execute(async (tx) => {
    for (const save of saves)
      await save(tx)
  })
  // A missing right concerns one entity; a host that asks for patience or is away concerns the whole run.
  const shared = faults.find(({ code }) => code === 'crm.limit' || code === 'crm.unavailable')
  if (shared)
    throw shared
  return answer.durationMs
}

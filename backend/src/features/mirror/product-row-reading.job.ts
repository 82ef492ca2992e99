import type { BatchAnswer, Command } from '../../platform/bitrix24/batch.ts'
import { readProductRow, type ProductRowFact } from '../../platform/bitrix24/crm-facts.ts'
import { ownersPerCommand, productRowList } from '../../platform/bitrix24/crm-lists.ts'
import { createKeysetReading, type KeysetReading } from '../../platform/bitrix24/keyset.ts'
import type { Tx } from '../../platform/storage/database.ts'
import { replaceProductRows } from './deal-details.postgres.ts'
import type { Reading } from './reading.job.ts'

/** Which deals are to be looked at, and what is remembered once they were. */
export interface DealSource {
  next(limit: number): Promise<readonly number[]>
  done(tx: Tx, progress: { dealIds: readonly number[], rows: number }): Promise<void>
  finish(tx: Tx): Promise<void>
}

interface Chunk {
  readonly key: string
  readonly dealIds: readonly number[]
  readonly keyset: KeysetReading
  readonly rows: ProductRowFact[]
  /** Its only deal went away meanwhile. */
  isGone: boolean
}

/**
 * The host lists product rows only by their owners, so deals are asked about in chunks, each a chain of its own, as
 * long as the chunks before it suggest. A chunk is written when it is complete; a killed run reads at most the open
 * chunks again.
 */
export function productRowReading({ portalId, source, mayStart }: { portalId: number, source: DealSource, mayStart: () => boolean }): Reading {
  const open: Chunk[] = []
  let isSourceEmpty = false
  let opened = 0
  let seen = { deals: 1, rows: 1 }

  async function openChunk(): Promise<Chunk | null> {
    const dealIds = isSourceEmpty ? [] : await source.next(ownersPerCommand)
    isSourceEmpty ||= dealIds.length < ownersPerCommand
    if (dealIds.length === 0)
      return null
    const key = `rows${opened++}`
    const expected = Math.max(1, Math.ceil(dealIds.length * seen.rows / seen.deals))
    const chunk: Chunk = { key, dealIds, keyset: createKeysetReading(productRowList(key, dealIds), { expected, trustsCount: true }), rows: [], isGone: false }
    open.push(chunk)
    return chunk
  }

  return {
    entity: 'product_rows',
    finish: tx => source.finish(tx),
    get isDone() {
      return isSourceEmpty && open.length === 0
    },
    async commands(slots) {
      if (!mayStart())
        return []
      const commands: Command[] = []
      for (const { keyset } of open)
        commands.push(...keyset.commands(slots - commands.length))
      while (commands.length < slots) {
        const chunk = await openChunk()
        if (!chunk)
          break
        commands.push(...chunk.keyset.commands(slots - commands.length))
      }
      return commands
    },
    take(answer) {
      for (const chunk of open)
        readInto(chunk, answer)
      const complete: Chunk[] = []
      while (open[0] && isComplete(open[0]))
        complete.push(open.shift()!)
      const dealIds = complete.flatMap(chunk => chunk.dealIds)
      const rows = complete.flatMap(chunk => chunk.rows)
      if (dealIds.length > 0)
        seen = { deals: seen.deals + dealIds.length, rows: seen.rows + rows.length }
      return async (tx) => {
        await replaceProductRows(tx, portalId, dealIds, rows)
        await source.done(tx, { dealIds, rows: rows.length })
      }
    },
  }
}

const isComplete = ({ keyset, isGone }: Chunk) => isGone || keyset.isDone

function readInto(chunk: Chunk, answer: BatchAnswer): void {
  const { keyset, rows, key } = chunk
  const fault = answer.faults.get(`${key}_0`)
  if (fault?.kind === 'not_found')
    chunk.isGone = true
  else if (!isComplete(chunk) && (fault || answer.results.has(`${key}_0`)))
    rows.push(...keyset.take(answer).rows.map(readProductRow).filter(fact => fact !== null))
}

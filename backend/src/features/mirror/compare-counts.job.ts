import { batchSize, type BatchAnswer, type Command } from '../../platform/bitrix24/batch.ts'
import type { CrmClient } from '../../platform/bitrix24/client.ts'
import { rangeCount } from '../../platform/bitrix24/crm-lists.ts'
import { rowsOf, type KeysetList } from '../../platform/bitrix24/keyset.ts'
import { errorOfFault, faultOfSilence } from '../../platform/bitrix24/rest-fault.ts'
import type { Database } from '../../platform/storage/database.ts'
import { addHints } from './hints.postgres.ts'
import { idsInRange, splitRange } from './id-ranges.postgres.ts'
import { differingIds, judgeRange, type CountedRange } from './id-ranges.ts'
import type { MirroredList } from './mirror-tables.job.ts'

interface Comparison {
  readonly db: Database
  readonly client: Pick<CrmClient, 'batch'>
  readonly portalId: number
}

/** A million deals come down to pages in four rounds. Beyond it the portal changes faster than it can be compared. */
const maxRounds = 8

/**
 * Finds what events and watermarks missed, deletions above all. The portal counts ranges of ids; a range whose count
 * differs from ours is cut finer until it fits on one page and the ids themselves can be compared. What differs
 * becomes a hint, and following the hint settles it.
 */
export async function compareCounts(comparison: Comparison, table: MirroredList): Promise<void> {
  const { db, client, portalId } = comparison
  const { entity, list, stored } = table
  let ranges = await splitRange(db, portalId, stored, { above: 0, upTo: null }, batchSize)
  for (let round = 0; round < maxRounds && ranges.length > 0; round++) {
    const suspects: CountedRange[] = []
    for (let from = 0; from < ranges.length; from += batchSize) {
      const part = ranges.slice(from, from + batchSize)
      const commands = part.map((range, index) => rangeCount(list, `${entity}_range_${index}`, range))
      const answer = await client.batch(commands, { isRepeatable: true })
      for (const [index, range] of part.entries())
        suspects.push(...await settle(comparison, table, range, counted(answer, list, commands[index]!)))
    }
    const finer = Math.max(2, Math.floor(batchSize / Math.max(1, suspects.length)))
    ranges = (await Promise.all(suspects.map(range => splitRange(db, portalId, stored, range, finer)))).flat()
  }
}

/** Empty when the range is settled, else the range itself. */
async function settle({ db, portalId }: Comparison, { entity, stored }: MirroredList, range: CountedRange, count: { total: number, ids: number[] }): Promise<CountedRange[]> {
  const verdict = judgeRange(range, count)
  if (verdict.isEqual && !verdict.isListed)
    return []
  if (!verdict.isListed)
    return [range]
  await addHints(db, portalId, entity, differingIds(await idsInRange(db, portalId, stored, range), count.ids))
  return []
}

function counted(answer: BatchAnswer, list: KeysetList, { key, method }: Command): { total: number, ids: number[] } {
  const fault = answer.faults.get(key)
  const total = answer.totals.get(key)
  if (fault || total === undefined)
    throw errorOfFault(fault ?? faultOfSilence('unreadable', 200), { method })
  return { total, ids: (rowsOf(list, answer.results.get(key)) ?? []).map(row => Number(row[list.idField])) }
}

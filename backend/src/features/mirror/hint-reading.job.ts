import type { Command } from '../../platform/bitrix24/batch.ts'
import { itemsById } from '../../platform/bitrix24/crm-lists.ts'
import { rowsOf, type Row } from '../../platform/bitrix24/keyset.ts'
import { errorOfFault, faultOfSilence } from '../../platform/bitrix24/rest-fault.ts'
import type { Database } from '../../platform/storage/database.ts'
import { dropHints, readHints, type Hint } from './hints.postgres.ts'
import type { MirroredList } from './mirror-tables.job.ts'
import type { Reading } from './reading.job.ts'

const idsPerCommand = 50

/** Follows the events: reads the records they named. A record that is not answered is gone, or no longer ours to see. */
export function hintReading(table: MirroredList, { db, portalId }: { db: Database, portalId: number }): Reading {
  let chunks: { command: Command, hints: readonly Hint[] }[] = []
  let isDone = false

  return {
    entity: table.entity,
    get isDone() {
      return isDone
    },
    async commands(slots) {
      const hints = await readHints(db, portalId, table.entity, slots * idsPerCommand)
      isDone = hints.length === 0
      chunks = []
      for (let from = 0; from < hints.length; from += idsPerCommand) {
        const part = hints.slice(from, from + idsPerCommand)
        chunks.push({ hints: part, command: itemsById(table.list, `${table.entity}_hinted_${chunks.length}`, part.map(({ entityId }) => entityId)) })
      }
      return chunks.map(({ command }) => command)
    },
    take(answer) {
      const rows: Row[] = []
      for (const { command: { key, method } } of chunks) {
        const fault = answer.faults.get(key)
        const items = rowsOf(table.list, answer.results.get(key))
        if (fault || items === null)
          throw errorOfFault(fault ?? faultOfSilence('unreadable', 200), { method })
        rows.push(...items)
      }
      const present = new Set(rows.map(row => Number(row[table.list.idField])))
      const followed = chunks.flatMap(({ hints }) => hints)
      return async (tx) => {
        await table.save(tx, rows, { isNews: true })
        await table.remove(tx, followed.map(({ entityId }) => entityId).filter(id => !present.has(id)))
        await dropHints(tx, portalId, table.entity, followed)
      }
    },
  }
}

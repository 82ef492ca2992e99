import { setImmediate } from 'node:timers/promises'
import { dataRecords, planOf, type ImportSource } from '@comptoir/shared/imports/profile-file'
import type { FileProfile } from '@comptoir/shared/imports/profile'
import type { CsvRecord } from '@comptoir/shared/imports/csv-reader'
import { readRow } from '@comptoir/shared/imports/row'
import type { ReadRow } from './import-batch.ts'
import { withFixes, type LineFixes } from './line-fixes.ts'

/** What people changed of a range of lines; null when the import has none. */
export type FixLookup = ((fromLine: number, toLine: number) => Promise<ReadonlyMap<number, LineFixes>>) | null

export const batchRows = 2500

/** Rows read between two breaths: requests that come meanwhile wait a few milliseconds at most. */
const breathRows = 250

async function* inBatches(pieces: AsyncIterable<readonly CsvRecord[]>): AsyncGenerator<CsvRecord[]> {
  let pending: CsvRecord[] = []
  for await (const records of pieces) {
    pending = pending.concat(records)
    while (pending.length >= batchRows) {
      yield pending.slice(0, batchRows)
      pending = pending.slice(batchRows)
    }
  }
  if (pending.length > 0)
    yield pending
}

/** Asks for the next item while this one is worked on: the file is read while the database writes. */
async function* oneAhead<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = items.next()
  try {
    for (;;) {
      const { done, value } = await next
      if (done)
        return
      next = items.next()
      // Looked at when its turn comes; until then a failure must not end the process.
      next.catch(() => undefined)
      yield value
    }
  }
  finally {
    await next.catch(() => undefined)
    await items.return(undefined)
  }
}

/** The rows of a file in batches of one size, so that a run that goes on meets the same batches as the run before. */
export const readBatches = (source: ImportSource, profile: FileProfile, fixesOf: FixLookup): AsyncGenerator<ReadRow[]> =>
  oneAhead(readInTurn(source, profile, fixesOf))

async function* readInTurn(source: ImportSource, profile: FileProfile, fixesOf: FixLookup): AsyncGenerator<ReadRow[]> {
  const plan = planOf(profile)
  for await (const records of inBatches(dataRecords(source, profile))) {
    const fixes = await fixesOf?.(records[0]!.line, records.at(-1)!.line)
    const rows: ReadRow[] = []
    for (const { cells, line } of records) {
      const fixed = fixes?.get(line)
      rows.push({ cells, reading: readRow(fixed ? withFixes(cells, fixed) : cells, line, plan, fixed?.decision) })
      if (rows.length % breathRows === 0)
        await setImmediate()
    }
    yield rows
  }
}

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import type { FecLine, FecReading } from '@comptoir/shared/sources/fec-file'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { checkLedger } from './ledger-reading.ts'
import { finishRun, type RunPlace, type Settled } from './source-runs.postgres.ts'
import type { SourceRow } from './sources.postgres.ts'

export interface LedgerDelivery {
  readonly source: Pick<SourceRow, 'source_id'>
  readonly place: RunPlace
  readonly file: { readonly name: string, readonly bytes: Buffer }
  readonly currency: string
  readonly reading: FecReading
}

const batchSize = 2_000

/**
 * A file takes the place of what the source had for the period that it covers; the same file again changes nothing.
 * @throws AppError source.period_overlaps where it covers part of another one only, source.not_found
 */
export async function takeLedger(db: Database, { source: { source_id: sourceId }, place, file, currency, reading }: LedgerDelivery, now: Date): Promise<Settled> {
  const hash = createHash('sha256').update(file.bytes).digest()
  const check = checkLedger(reading, currency)
  const [from, to] = [check.from ?? '', check.to ?? '']
  const settled = { read: reading.read, refused: reading.refused, added: reading.lines.length, changed: 0, same: 0, removed: 0 }
  return db.transaction().execute(async (tx) => {
    const live = await tx.selectFrom('data_sources').select('source_id').where('portal_id', '=', place.portalId).where('source_id', '=', sourceId).where('removed_at', 'is', null).forUpdate().executeTakeFirst()
    if (!live)
      throw new AppError('source.not_found')
    const touched = await tx.selectFrom('ledger_files').select(['file_id', 'from_on', 'to_on', 'file_name', 'content_hash', 'line_count'])
      .where('portal_id', '=', place.portalId).where('source_id', '=', sourceId).where('from_on', '<=', to).where('to_on', '>=', from).execute()
    if (touched.some(known => known.content_hash.equals(hash))) {
      const same = { ...settled, added: 0, same: reading.lines.length }
      await finishRun(tx, place, same, now)
      return same
    }
    const partly = touched.find(known => known.from_on < from || known.to_on > to)
    if (partly)
      throw new AppError('source.period_overlaps', { details: { fileName: partly.file_name, from: partly.from_on, to: partly.to_on } })
    const replaced = touched.reduce((sum, { line_count: count }) => sum + count, 0)
    if (touched.length > 0)
      await tx.deleteFrom('ledger_files').where('portal_id', '=', place.portalId).where('file_id', 'in', touched.map(({ file_id }) => file_id)).execute()
    const { file_id: fileId } = await tx.insertInto('ledger_files').values({
      portal_id: place.portalId, source_id: sourceId, file_name: file.name, from_on: from, to_on: to, currency, line_count: reading.lines.length, entry_count: check.entries,
      debit_minor: check.debitMinor, credit_minor: check.creditMinor, has_opening: reading.lines.some(({ isOpening }) => isOpening), faults: JSON.stringify(reading.faults), content_hash: hash, loaded_at: now,
    }).returning('file_id').executeTakeFirstOrThrow()
    await storeLines(tx, { portalId: place.portalId, fileId }, reading.lines)
    const changed = Math.min(replaced, reading.lines.length)
    const outcome = { ...settled, added: reading.lines.length - changed, changed }
    await finishRun(tx, place, outcome, now)
    return outcome
  })
}

async function storeLines(tx: Tx, { portalId, fileId }: { portalId: number, fileId: string }, lines: readonly FecLine[]): Promise<void> {
  for (let at = 0; at < lines.length; at += batchSize) {
    await tx.insertInto('ledger_lines').values(lines.slice(at, at + batchSize).map(line => ({
      portal_id: portalId, file_id: fileId, line_no: line.lineNo, journal: line.journal, entry_number: line.entryNumber, entry_on: line.entryOn, account: line.account, account_name: line.accountName,
      auxiliary: line.auxiliary, auxiliary_name: line.auxiliaryName, reference: line.reference, text: line.text, debit_minor: line.debitMinor, credit_minor: line.creditMinor,
      lettering: line.lettering, is_opening: line.isOpening, is_invoice: line.isInvoice,
    }))).execute()
  }
  await sql`
    insert into ledger_months (portal_id, file_id, month, account, account_name, opening_minor, debit_minor, credit_minor, invoiced_debit_minor, invoiced_credit_minor)
    select portal_id, file_id, date_trunc('month', entry_on)::date, account, min(account_name), coalesce(sum(debit_minor - credit_minor) filter (where is_opening), 0),
      coalesce(sum(debit_minor) filter (where not is_opening), 0), coalesce(sum(credit_minor) filter (where not is_opening), 0),
      coalesce(sum(debit_minor) filter (where is_invoice), 0), coalesce(sum(credit_minor) filter (where is_invoice), 0)
    from ledger_lines where portal_id = ${portalId} and file_id = ${fileId} group by 1, 2, 3, 4`.execute(tx)
}

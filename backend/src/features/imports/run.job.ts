import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Outcome } from '@comptoir/shared/imports/import-file.schema'
import { KeyTable } from '@comptoir/shared/imports/key-table'
import { toMapping } from '@comptoir/shared/imports/mapping'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { linkCompanies } from './company-links.postgres.ts'
import { addCounts, noCounts } from './counts.ts'
import { BatchSettler, type ReadRow, type SettledBatch } from './import-batch.ts'
import { readDecisions } from './import-duplicates.postgres.ts'
import { storedFile } from './import-file.postgres.ts'
import { countFixes, countIssues, forgetIssues, readFixes, saveIssues } from './import-issues.postgres.ts'
import { findInvoicedLines, invoicedIssue } from './invoiced-lines.postgres.ts'
import { assertReady, type CarriedCounts, type ImportRecord } from './import-record.ts'
import { writeVendors, type WriteContext } from './import-writes.postgres.ts'
import { changeImport, rememberMapping } from './imports.postgres.ts'
import { findKnownVendors } from './known-vendors.postgres.ts'
import { recordPurchases } from './purchase-history.postgres.ts'
import { readBaseCurrency, readRates, refreshStatistics, toBase, writePurchases, type PurchaseLine, type Rates } from './purchase-writes.postgres.ts'
import { batchRows, readBatches } from './read-batches.ts'
import { SourceKeys } from './source-key.ts'

export interface RunDeps {
  readonly db: Database
  readonly now: () => Date
}

interface Run {
  readonly record: ImportRecord & { profile: NonNullable<ImportRecord['profile']> }
  readonly decisions: Awaited<ReturnType<typeof readDecisions>>
  readonly write: WriteContext
  readonly rates: Rates
  readonly baseCurrency: string
  readonly keys: SourceKeys
}

async function prepare(deps: RunDeps, record: ImportRecord): Promise<Run> {
  assertReady(record)
  const { db } = deps
  const { portalId, importId, profile } = record
  const baseCurrency = await readBaseCurrency(db, portalId)
  return {
    record,
    baseCurrency,
    rates: await readRates(db, portalId, baseCurrency),
    decisions: await readDecisions(db, record),
    keys: new SourceKeys(record.fingerprint),
    write: { portalId, importId, userId: record.createdBy, newStatus: profile.kind === 'purchases' ? 'active' : 'prospect', companies: linkCompanies(db, portalId), attributes: profile.attributes, met: new KeyTable() },
  }
}

/**
 * Writes the import batch by batch, each with its progress in one transaction. Killed at any moment, it goes on after
 * the last batch that was written; two runs at once do no harm, because each batch is settled by whoever gets it first.
 */
export async function runImport(deps: RunDeps, record: ImportRecord, signal: AbortSignal): Promise<void> {
  const { db } = deps
  const run = await prepare(deps, record)
  if (record.progressRows === 0)
    await forgetIssues(db, record)
  const fixes = await countFixes(db, record) > 0 ? (from: number, to: number) => readFixes(db, record, from, to) : null
  let counts = record.carried ?? noCounts
  let read = 0
  for await (const rows of readBatches(storedFile(db, record), run.record.profile, fixes)) {
    signal.throwIfAborted()
    const isSettled = read < record.progressRows
    read += rows.length
    // Settled rows are named again: it takes them to tell equal lines apart.
    const keys = run.keys.of(rows)
    if (isSettled)
      continue
    const next = await db.transaction().execute(tx => writeBatch(tx, run, { rows, keys }, counts))
    if (!next)
      return
    if (grewTenfold(counts.rows, next.rows))
      await refreshStatistics(db)
    counts = next
  }
  if (counts.rows > batchRows)
    await refreshStatistics(db)
  await finish(deps, run, counts)
}

/** At 2,500, 25,000, 250,000 rows: the database's own statistics lag by a minute, and look-ups planned without them cost ten times as much. */
const grewTenfold = (before: number, after: number): boolean =>
  Math.floor(Math.log10(before / 2500 + 0.01)) < Math.floor(Math.log10(after / 2500 + 0.01))

interface NamedRows {
  readonly rows: readonly ReadRow[]
  readonly keys: ReadonlyMap<number, string>
}

async function holdsTurn(tx: Tx, { record: { portalId, importId } }: Run, progressRows: number): Promise<boolean> {
  const row = await tx.selectFrom('imports').select(['state', 'progress_rows'])
    .where('portal_id', '=', portalId).where('import_id', '=', importId).forUpdate().executeTakeFirst()
  return row?.state === 'running' && row.progress_rows === progressRows
}

/** Null when the import was cancelled, or another run is ahead. */
async function writeBatch(tx: Tx, run: Run, { rows, keys }: NamedRows, counts: CarriedCounts): Promise<CarriedCounts | null> {
  const { record: { portalId, profile, options }, decisions, write } = run
  if (!await holdsTurn(tx, run, counts.rows))
    return null
  // One batch of a portal at a time: two files that bring the same newcomer make it once.
  await sql`select pg_advisory_xact_lock(hashtext('imports'), ${portalId})`.execute(tx)
  const incoming = rows.flatMap(({ reading }) => reading.usable?.vendor ?? [])
  const merges = [...decisions.values()].flatMap(decision => decision.kind === 'merge' ? [decision] : [])
  const known = await findKnownVendors(tx, portalId, incoming, {
    options,
    vendorIds: merges.flatMap(({ vendorId }) => vendorId ?? []),
    names: merges.flatMap(merge => merge.vendorId === null ? [merge.name] : []),
  })
  const batch = new BatchSettler(known, { profile, options, decisions, newId: randomUUID }).settle(rows)
  await writeVendors(tx, batch, write)
  const lines = purchaseLines(run, batch, keys)
  const invoiced = options.keepsInvoiced ? new Map<number, string>() : await findInvoicedLines(tx, portalId, lines)
  const purchasesCreated = await writePurchases(tx, lines.filter(({ row }) => !invoiced.has(row.line)), write)
  const issues = noted(batch, lines, invoiced)
  await saveIssues(tx, run.record, rows.map(({ cells, reading }) => ({ line: reading.line, cells, issues: issues.get(reading.line) ?? [] })))
  const next = addCounts(counts, { rows: rows.length, settled: batch.rows, issues, purchasesCreated })
  await changeImport(tx, run.record, { progress_rows: next.rows, carried: JSON.stringify(next) }, { states: ['running'] })
  return next
}

const purchaseLines = ({ rates, baseCurrency }: Run, { rows }: SettledBatch, keys: ReadonlyMap<number, string>): PurchaseLine[] =>
  rows.filter(row => row.purchase !== null).map(row => ({
    row,
    sourceKey: keys.get(row.line)!,
    amountBaseMinor: toBase(row.purchase!.amountMinor, row.purchase!.currency, baseCurrency, rates),
  }))

/** What only the write knows of a line: no rate, or an invoice that counts it. */
function noted(batch: SettledBatch, lines: readonly PurchaseLine[], invoiced: ReadonlyMap<number, string>): SettledBatch['issues'] {
  const unpriced = lines.filter(line => line.amountBaseMinor === null)
  if (unpriced.length === 0 && invoiced.size === 0)
    return batch.issues
  const issues = new Map(batch.issues)
  for (const [line, number] of invoiced)
    issues.set(line, [...issues.get(line) ?? [], invoicedIssue(number)])
  for (const { row } of unpriced)
    issues.set(row.line, [...issues.get(row.line) ?? [], { code: 'currency.no_rate', severity: 'warning', field: 'amount', column: null, value: row.purchase!.currency, details: {} }])
  return issues
}

async function finish({ db, now }: RunDeps, { record }: Run, counts: CarriedCounts): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const vendors = await tx.selectFrom('import_vendors').select(['outcome', sql<number>`count(*)`.as('count')])
      .where('portal_id', '=', record.portalId).where('import_id', '=', record.importId).groupBy('outcome').execute()
    const countOf = (outcome: string): number => vendors.find(row => row.outcome === outcome)?.count ?? 0
    const { notes, ...sums } = counts
    const result: Outcome = {
      ...sums, sums: { ...sums.sums }, vendorsCreated: countOf('created'), vendorsUpdated: countOf('updated'), vendorsUnchanged: countOf('unchanged'),
      issues: { ...await countIssues(tx, record), ...notes } as Outcome['issues'], duplicates: 0,
    }
    const isMine = await changeImport(tx, record, { state: 'done', result: JSON.stringify(result), finished_at: now(), error_code: null }, { states: ['running'], progressRows: counts.rows })
    if (!isMine)
      return
    if (counts.purchasesCreated > 0)
      await recordPurchases(tx, record, record.fileName, record.createdBy)
    if (record.profile.headerLine !== null)
      await rememberMapping(tx, record.portalId, record.profile.signature, toMapping(record.profile.columns) as Record<string, number>)
  })
}

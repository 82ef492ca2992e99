import { randomUUID } from 'node:crypto'
import type { Outcome } from '@comptoir/shared/imports/import-file.schema'
import { keyHash, KeyTable } from '@comptoir/shared/imports/key-table'
import { SeenVendors } from '@comptoir/shared/imports/vendor-identity'
import type { RowIssue } from '@comptoir/shared/imports/row-context'
import type { Database } from '../../platform/storage/database.ts'
import { inWords } from './change-words.ts'
import { addCounts, noCounts } from './counts.ts'
import { DuplicateFinder, type DuplicateProposal } from './duplicates.ts'
import { BatchSettler, type Decision, type ReadRow, type SettledBatch } from './import-batch.ts'
import { saveDiffs, forgetDiffs, type DiffRow } from './import-diffs.postgres.ts'
import { countDuplicates, findResembling, forgetUndecided, readDecisions, saveDuplicates } from './import-duplicates.postgres.ts'
import { storedFile } from './import-file.postgres.ts'
import { countFixes, countIssues, forgetIssues, readFixes, saveIssues } from './import-issues.postgres.ts'
import { findInvoicedLines, invoicedIssue } from './invoiced-lines.postgres.ts'
import { assertMapped, type ImportRecord } from './import-record.ts'
import { changeImport } from './imports.postgres.ts'
import { findKnownVendors } from './known-vendors.postgres.ts'
import { findKnownKeys, findSimilarPurchases, readBaseCurrency, readRates, toBase, type PurchaseLine, type Rates } from './purchase-writes.postgres.ts'
import { readBatches } from './read-batches.ts'
import { SourceKeys } from './source-key.ts'

export interface PreviewDeps {
  readonly db: Database
}

/** How many newcomers are compared by spelling: enough to look through, few enough to stay quick. */
const comparedBySpelling = 1000
/** A portal with very many vendors makes each comparison dear: then fewer are made. */
const spellingBudgetMs = 2000
const comparedAtOnce = 5

interface Preview {
  readonly record: ImportRecord & { profile: NonNullable<ImportRecord['profile']> }
  readonly decisions: ReadonlyMap<string, Decision>
  readonly rates: Rates
  readonly baseCurrency: string
  readonly seen: SeenVendors
  readonly known: KeyTable
  readonly keys: SourceKeys
  readonly finder: DuplicateFinder
  compared: number
  spellingMs: number
  updated: number
}

/** Tries every row against the vendors and purchases of the portal and keeps what it found; vendors and purchases are only read. */
export async function previewImport(deps: PreviewDeps, record: ImportRecord, signal: AbortSignal): Promise<void> {
  const { db } = deps
  assertMapped(record)
  const baseCurrency = await readBaseCurrency(db, record.portalId)
  const preview: Preview = {
    record, baseCurrency, rates: await readRates(db, record.portalId, baseCurrency), decisions: await readDecisions(db, record),
    seen: new SeenVendors(record.profile.keys), known: new KeyTable(), keys: new SourceKeys(record.fingerprint), finder: new DuplicateFinder(), compared: 0, spellingMs: 0, updated: 0,
  }
  await Promise.all([forgetIssues(db, record), forgetUndecided(db, record), forgetDiffs(db, record)])
  const fixes = await countFixes(db, record) > 0 ? (from: number, to: number) => readFixes(db, record, from, to) : null
  let counts = noCounts
  for await (const rows of readBatches(storedFile(db, record), record.profile, fixes)) {
    signal.throwIfAborted()
    const { batch, issues, created } = await tryBatch(db, preview, rows)
    counts = addCounts(counts, { rows: rows.length, settled: batch.rows, issues, purchasesCreated: created })
    await saveIssues(db, record, rows.map(({ cells, reading }) => ({ line: reading.line, cells, issues: issues.get(reading.line) ?? [] })))
    if (!await changeImport(db, record, { progress_rows: counts.rows }, { states: ['previewing'] }))
      return
  }
  const { all } = await countDuplicates(db, record)
  const { notes, ...sums } = counts
  const outcome: Outcome = {
    ...sums, sums: { ...sums.sums }, vendorsCreated: preview.seen.count, vendorsUpdated: preview.updated, vendorsUnchanged: preview.known.size - preview.updated,
    issues: { ...await countIssues(db, record), ...notes } as Outcome['issues'], duplicates: all,
  }
  await changeImport(db, record, { state: 'previewed', preview: JSON.stringify(outcome), is_preview_stale: false, error_code: null }, { states: ['previewing'] })
}

async function tryBatch(db: Database, preview: Preview, rows: readonly ReadRow[]): Promise<{ batch: SettledBatch, issues: ReadonlyMap<number, readonly RowIssue[]>, created: number }> {
  const { record: { portalId, profile, options }, decisions } = preview
  const incoming = rows.flatMap(({ reading }) => reading.usable?.vendor ?? [])
  const merged = [...decisions.values()].flatMap(decision => decision.kind === 'merge' && decision.vendorId !== null ? [decision.vendorId] : [])
  const names = [...decisions.values()].flatMap(decision => decision.kind === 'merge' && decision.vendorId === null ? [decision.name] : [])
  const known = await findKnownVendors(db, portalId, incoming, { options, vendorIds: merged, names })
  const before = known.map(vendor => ({ ...vendor }))
  const batch = new BatchSettler(known, { profile, options, decisions, newId: randomUUID }).settle(rows)
  await meetVendors(db, preview, batch, before)
  const keys = preview.keys.of(rows)
  const lines = batch.rows.filter(row => row.purchase !== null).map((row): PurchaseLine => ({
    row, sourceKey: keys.get(row.line)!, amountBaseMinor: toBase(row.purchase!.amountMinor, row.purchase!.currency, preview.baseCurrency, preview.rates),
  }))
  const here = await findKnownKeys(db, portalId, lines.map(line => line.sourceKey))
  const [similar, invoiced] = [await findSimilarPurchases(db, portalId, lines), await findInvoicedLines(db, portalId, lines)]
  const issues = new Map(batch.issues)
  const note = (line: number, code: 'currency.no_rate' | 'purchase.similar'): unknown =>
    issues.set(line, [...issues.get(line) ?? [], { code, severity: 'warning', field: 'amount', column: null, value: '', details: {} }])
  for (const { row, sourceKey, amountBaseMinor } of lines) {
    if (amountBaseMinor === null)
      note(row.line, 'currency.no_rate')
    const number = here.has(sourceKey) ? undefined : invoiced.get(row.line)
    if (number !== undefined)
      issues.set(row.line, [...issues.get(row.line) ?? [], invoicedIssue(number)])
    else if (similar.has(row.line) && !here.has(sourceKey))
      note(row.line, 'purchase.similar')
  }
  return { batch, issues, created: lines.filter(({ row, sourceKey }) => !here.has(sourceKey) && (options.keepsInvoiced || !invoiced.has(row.line))).length }
}

/** Counts each vendor once, however many lines and batches name it, and keeps the first differences and likenesses. */
async function meetVendors(db: Database, preview: Preview, batch: SettledBatch, known: Parameters<DuplicateFinder['propose']>[2]): Promise<void> {
  const { record } = preview
  const diffs: DiffRow[] = []
  const proposals: DuplicateProposal[] = []
  const unlike: { line: number, vendor: SettledBatch['created'][number] }[] = []
  for (const { vendor, isNew, line, changes } of batch.rows) {
    const key = keyHash(vendor.vendorId)
    if (isNew && preview.seen.meet(vendor.identity).isNew) {
      diffs.push({ line, outcome: 'created', vendorId: null, name: String(vendor.values.name), changes: [] })
      const proposal = preview.finder.propose(vendor, line, known)
      if (proposal)
        proposals.push(proposal)
      else if (preview.compared++ < comparedBySpelling && preview.spellingMs < spellingBudgetMs)
        unlike.push({ line, vendor })
    }
    else if (vendor.version !== null) {
      const state = preview.known.get(key)
      if (changes.length > 0 && state !== 2) {
        preview.updated++
        diffs.push({ line, outcome: 'updated', vendorId: vendor.vendorId, name: String(vendor.values.name), changes: changes.flatMap(change => inWords(change, record.profile.attributes)) })
      }
      preview.known.set(key, changes.length > 0 || state === 2 ? 2 : 1)
    }
  }
  await saveDiffs(db, record, diffs)
  for (let at = 0; at < unlike.length && preview.spellingMs < spellingBudgetMs; at += comparedAtOnce) {
    const startedAt = performance.now()
    proposals.push(...await findResembling(db, record.portalId, unlike.slice(at, at + comparedAtOnce)))
    preview.spellingMs += performance.now() - startedAt
  }
  await saveDuplicates(db, record, proposals)
}

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { AccountingFields, ExportChoice, ExportFile, ExportPreview, JournalPage, WrittenExport } from '@comptoir/shared/accounting/accounting.contract'
import { encodeText } from '@comptoir/shared/accounting/encode-text'
import { checkFec, fecColumns, fecFileName, fecRow, fiscalYearStart, validatedOn, writeFec, type WrittenFec } from '@comptoir/shared/accounting/fec'
import { writeJournal, type Journal, type JournalLine } from '@comptoir/shared/accounting/journal'
import type { FileEncoding, PresetMapping } from '@comptoir/shared/accounting/preset-mapping'
import { presetRows, writePreset } from '@comptoir/shared/accounting/preset-rows'
import { isShipped, presetNames } from '@comptoir/shared/accounting/presets'
import { AppError } from '@comptoir/shared/errors'
import { dayAt } from '@comptoir/shared/insights/calendar'
import { currencyExponent } from '@comptoir/shared/money'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import type { Caller, PortalRecord } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { readSettings } from './accounting-settings.postgres.ts'
import { readInvoiceRows, readInvoices, readPayments, type JournalPeriod } from './journal.postgres.ts'
import { readNames } from './people.postgres.ts'
import { findMapping, insistOnFitting } from './presets.postgres.ts'

type BookPortal = Pick<PortalRecord, 'id' | 'currency' | 'timeZone'>
const rowsPreviewed = 20

/** @throws AppError accounting.period_backwards */
async function readJournal(db: Database, portal: BookPortal, settings: AccountingFields, { from, to }: JournalPeriod): Promise<Journal> {
  if (from > to)
    throw new AppError('accounting.period_backwards', { details: { from, to } })
  const counted = { from: fiscalYearStart(from, settings.fiscalYearMonth), to }
  const [invoices, payments] = await Promise.all([readInvoices(db, portal.id, counted), readPayments(db, portal.id, counted)])
  return writeJournal({ invoices, payments, accounts: settings, baseCurrency: portal.currency, from })
}

interface Written {
  /** Null without the SIREN that the name of a FEC begins with. */
  readonly fileName: string | null
  readonly version: number | null
  readonly encoding: FileEncoding
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly text: string
}

async function write(db: Database, portal: BookPortal, settings: AccountingFields, choice: ExportChoice, journal: Journal, now: Date): Promise<Written> {
  if (choice.format === 'fec') {
    const earlier = await writtenFecs(db, portal)
    const today = dayAt(now, portal.timeZone)
    const writing = { exponentOf: currencyExponent, validOn: (line: JournalLine) => validatedOn(line, earlier, today) }
    return {
      fileName: fecFileName(settings.siren, choice.to), version: null, encoding: settings.fecEncoding, header: fecColumns,
      rows: journal.lines.map(line => fecRow(line, writing)), text: writeFec(journal.lines, settings.fecSeparator, writing),
    }
  }
  const { name, mapping, version } = await findMapping(db, portal.id, choice)
  const rows = await rowsOf(db, portal, settings, mapping, choice, journal)
  return {
    fileName: `${nameKey(name).replaceAll(' ', '-') || 'export'}-${choice.from}-${choice.to}.csv`, version, encoding: mapping.encoding,
    header: mapping.columns.map(({ header }) => header), rows, text: writePreset(mapping, rows),
  }
}

async function writtenFecs(db: Database, portal: BookPortal): Promise<WrittenFec[]> {
  const rows = await db.selectFrom('accounting_exports').select(['from_on', 'to_on', 'written_at']).where('portal_id', '=', portal.id).where('format', '=', 'fec').orderBy('written_at').execute()
  return rows.map(row => ({ from: row.from_on, to: row.to_on, writtenAt: row.written_at.toISOString(), writtenOn: dayAt(row.written_at, portal.timeZone) }))
}

async function rowsOf(db: Database, portal: BookPortal, settings: AccountingFields, mapping: PresetMapping, { from, to }: JournalPeriod, journal: Journal): Promise<string[][]> {
  const accountOf = ({ account, category }: { account: string | null, category: string | null }): string =>
    account ?? (category === null ? undefined : settings.categoryAccounts[category]) ?? settings.expenseAccount
  const invoices = mapping.rows === 'invoices' ? await readInvoiceRows(db, portal.id, { from, to }, accountOf) : []
  return presetRows(mapping, { lines: journal.lines, invoices, baseCurrency: portal.currency, exponentOf: currencyExponent })
}

const sumOf = (lines: readonly JournalLine[], side: 'debitMinor' | 'creditMinor'): number => lines.reduce((sum, line) => sum + line[side], 0)

export async function previewExport(db: Database, portal: BookPortal, choice: ExportChoice, now: Date): Promise<ExportPreview> {
  const { settings } = await readSettings(db, portal.id)
  const journal = await readJournal(db, portal, settings, choice)
  const { fileName, header, rows } = await write(db, portal, settings, choice, journal, now)
  const problems = checkFec(journal.lines, { siren: settings.siren, leftOut: journal.leftOut })
  return {
    fileName, header: [...header], rows: rows.slice(0, rowsPreviewed).map(row => [...row]), rowCount: rows.length, entryCount: journal.entryCount,
    debitMinor: sumOf(journal.lines, 'debitMinor'), creditMinor: sumOf(journal.lines, 'creditMinor'), currency: portal.currency,
    problems: problems.filter(({ code }) => choice.format === 'fec' || code !== 'no_siren').slice(0, 200),
  }
}

/** What a mapping that is still being written would make of the real journal. */
export async function previewMapping(db: Database, portal: BookPortal, { mapping, ...period }: JournalPeriod & { mapping: PresetMapping }): Promise<{ rows: string[][], rowCount: number }> {
  insistOnFitting(mapping)
  const { settings } = await readSettings(db, portal.id)
  const rows = await rowsOf(db, portal, settings, mapping, period, await readJournal(db, portal, settings, period))
  return { rows: rows.slice(0, rowsPreviewed), rowCount: rows.length }
}

/** @throws AppError accounting.siren_missing, accounting.not_sound: an unsound file is not written at all */
export async function writeExport(db: Database, { portal, viewer }: Caller, choice: ExportChoice, now: Date): Promise<ExportFile> {
  const { settings } = await readSettings(db, portal.id)
  const journal = await readJournal(db, portal, settings, choice)
  const problems = checkFec(journal.lines, { siren: settings.siren, leftOut: journal.leftOut }).filter(({ isBlocking, code }) => isBlocking && code !== 'no_siren')
  if (problems.length > 0)
    throw new AppError('accounting.not_sound', { details: { problems: problems.slice(0, 20), count: problems.length } })
  const { fileName, version, encoding, rows, text } = await write(db, portal, settings, choice, journal, now)
  if (fileName === null)
    throw new AppError('accounting.siren_missing')
  const bytes = Buffer.from(encodeText(text, encoding))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await db.insertInto('accounting_exports').values({
    portal_id: portal.id, format: choice.format, preset_version: version, from_on: choice.from, to_on: choice.to, file_name: fileName, sha256, row_count: rows.length, written_by: viewer.userId,
  }).execute()
  return { fileName, contentType: 'text/plain', base64: bytes.toString('base64'), sha256 }
}

export async function listExports(db: Database, portalId: number): Promise<WrittenExport[]> {
  const rows = await db.selectFrom('accounting_exports as e')
    .leftJoin('accounting_preset_versions as v', join => join.onRef('v.portal_id', '=', 'e.portal_id').on(sql<string>`v.preset_id::text`, '=', sql.ref('e.format')).onRef('v.version', '=', 'e.preset_version'))
    .selectAll('e').select('v.name').where('e.portal_id', '=', portalId).orderBy('written_at', 'desc').orderBy('export_id').limit(50).execute()
  const nameOf = await readNames(db, portalId, rows.map(row => row.written_by))
  return rows.map(row => ({
    exportId: row.export_id, format: row.format, name: isShipped(row.format) ? presetNames[row.format] : row.name, version: row.preset_version, from: row.from_on, to: row.to_on,
    fileName: row.file_name, sha256: row.sha256, rowCount: row.row_count, writtenAt: row.written_at.toISOString(), writtenBy: nameOf(row.written_by),
  }))
}

export interface JournalQuery extends JournalPeriod { readonly cursor?: string, readonly limit?: number }

/** Whole entries per page, by day and identity: an entry that is added later never shifts those that were read. */
export async function pullJournal(db: Database, portal: BookPortal, { from, to, cursor, limit = 200 }: JournalQuery): Promise<JournalPage> {
  const { settings } = await readSettings(db, portal.id)
  const { lines, leftOut } = await readJournal(db, portal, settings, { from, to })
  const keyOf = (line: JournalLine): string => `${line.entryOn} ${line.entryId}`
  const rest = cursor === undefined ? lines : lines.filter(line => keyOf(line) > cursor)
  const last = rest[limit - 1]
  const page = last && rest.length > limit ? rest.filter(line => keyOf(line) <= keyOf(last)) : rest
  return {
    lines: page.map(({ entryId, entryOn, journal, account, accountName, auxiliary, auxiliaryName, reference, referenceOn, text, debitMinor, creditMinor, lettering, foreignMinor, foreignCurrency }) =>
      ({ entryId, entryOn, journal, account, accountName, auxiliary, auxiliaryName, reference, referenceOn, text, debitMinor, creditMinor, lettering, foreignMinor, foreignCurrency })),
    currency: portal.currency,
    leftOut: cursor === undefined ? [...leftOut] : [],
    nextCursor: page.length < rest.length ? keyOf(page.at(-1)!) : null,
  }
}

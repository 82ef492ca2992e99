import { createHash } from 'node:crypto'
import type { AccountingFields, ExportChoice, ExportPreview, JournalPage } from '@comptoir/shared/accounting/accounting.contract'
import { checkFec, fecColumns, fecFileName, fecRow, writeFec } from '@comptoir/shared/accounting/fec'
import { writeJournal, type Journal, type JournalLine } from '@comptoir/shared/accounting/journal'
import { presetRows, presets, writePreset } from '@comptoir/shared/accounting/presets'
import { AppError } from '@comptoir/shared/errors'
import { currencyExponent } from '@comptoir/shared/money'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { readSettings } from './accounting-settings.postgres.ts'
import { readInvoiceRows, readInvoices, readPayments, type JournalPeriod } from './journal.postgres.ts'

type BookPortal = Pick<PortalRecord, 'id' | 'currency'>
const rowsPreviewed = 20

async function readJournal(db: Database, portal: BookPortal, settings: AccountingFields, period: JournalPeriod): Promise<Journal> {
  const [invoices, payments] = await Promise.all([readInvoices(db, portal.id, period), readPayments(db, portal.id, period)])
  return writeJournal({ invoices, payments, accounts: settings, baseCurrency: portal.currency })
}

interface Written {
  readonly fileName: string | null
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly text: string
}

async function write(db: Database, portal: BookPortal, settings: AccountingFields, { format, from, to }: ExportChoice, journal: Journal): Promise<Written> {
  if (format === 'fec') {
    return {
      fileName: fecFileName(settings.siren, to), header: fecColumns, rows: journal.lines.map(line => fecRow(line, currencyExponent)),
      text: writeFec(journal.lines, settings.fecSeparator, currencyExponent),
    }
  }
  const preset = presets[format]
  const accountOf = ({ account, category }: { account: string | null, category: string | null }): string =>
    account ?? (category === null ? undefined : settings.categoryAccounts[category]) ?? settings.expenseAccount
  const invoices = preset.rows === 'invoices' ? await readInvoiceRows(db, portal.id, { from, to }, accountOf) : []
  const rows = presetRows(preset, { lines: journal.lines, invoices })
  return { fileName: `${format}-${from}-${to}.csv`, header: preset.columns.map(({ header }) => header), rows, text: writePreset(preset, rows) }
}

const sumOf = (lines: readonly JournalLine[], side: 'debitMinor' | 'creditMinor'): number => lines.reduce((sum, line) => sum + line[side], 0)

export async function previewExport(db: Database, portal: BookPortal, choice: ExportChoice): Promise<ExportPreview> {
  const { settings } = await readSettings(db, portal.id)
  const journal = await readJournal(db, portal, settings, choice)
  const { fileName, header, rows } = await write(db, portal, settings, choice, journal)
  const problems = checkFec(journal.lines, { siren: settings.siren, leftOut: journal.leftOut })
  return {
    fileName, header: [...header], rows: rows.slice(0, rowsPreviewed).map(row => [...row]), rowCount: rows.length, entryCount: journal.entryCount,
    debitMinor: sumOf(journal.lines, 'debitMinor'), creditMinor: sumOf(journal.lines, 'creditMinor'), currency: portal.currency,
    problems: problems.filter(({ code }) => choice.format === 'fec' || code !== 'no_siren').slice(0, 200),
  }
}

/** @throws AppError accounting.siren_missing, accounting.not_sound: an unsound file is not written at all */
export async function writeExport(db: Database, portal: BookPortal, choice: ExportChoice): Promise<{ fileName: string, text: string, sha256: string }> {
  const { settings } = await readSettings(db, portal.id)
  const journal = await readJournal(db, portal, settings, choice)
  const problems = checkFec(journal.lines, { siren: settings.siren, leftOut: journal.leftOut }).filter(({ isBlocking, code }) => isBlocking && code !== 'no_siren')
  if (problems.length > 0)
    throw new AppError('accounting.not_sound', { details: { problems: problems.slice(0, 20), count: problems.length } })
  const { fileName, text } = await write(db, portal, settings, choice, journal)
  if (fileName === null)
    throw new AppError('accounting.siren_missing')
  return { fileName, text, sha256: createHash('sha256').update(text).digest('hex') }
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

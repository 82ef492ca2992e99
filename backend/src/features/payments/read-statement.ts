import { AppError } from '@comptoir/shared/errors'
import { EncodingScan } from '@comptoir/shared/imports/encoding'
import { isCfonb120, readCfonb120 } from '@comptoir/shared/payments/cfonb120'
import { readCsvStatement } from '@comptoir/shared/payments/csv-statement'
import { isMt940, readMt940 } from '@comptoir/shared/payments/mt940'
import { mostEntries, type Statement, type StatementFault, type StatementFormat, type StatementReading } from '@comptoir/shared/payments/statement'
import { isZip, readZip, ZipError, type ZippedFile } from '../../platform/archive/zip.ts'
import { xmlText } from '../../platform/xml/xml-text.ts'
import { readCamt053 } from './camt053.ts'

export interface FoundStatement {
  readonly fileName: string
  readonly format: StatementFormat
  readonly statement: Statement
}

const limits = { files: 60, bytes: 60 * 1024 * 1024 }

/** Every statement of a file, or of all files of an archive; one that cannot be read refuses the whole. @throws AppError payment.statement_unreadable */
export function readStatementFile({ name, bytes }: ZippedFile, currency: string): FoundStatement[] {
  if (!isZip(bytes))
    return readOne({ name, bytes }, currency)
  const files = unzipped(bytes, name).filter(file => !/(?:^|\/)(?:\.|__MACOSX\/)/.test(file.name))
  if (files.length === 0)
    throw unreadable(name, { reason: 'archive_empty', place: null })
  const found = files.flatMap(file => readOne(file, currency))
  if (found.reduce((sum, { statement }) => sum + statement.entries.length, 0) > mostEntries)
    throw unreadable(name, { reason: 'too_many_entries', place: null })
  return found
}

function unzipped(bytes: Buffer, name: string): ZippedFile[] {
  try {
    return readZip(bytes, limits)
  }
  catch (error) {
    if (error instanceof ZipError)
      throw unreadable(name, { reason: `archive_${error.fault}`, place: null })
    throw error
  }
}

const unreadable = (file: string, { reason, place }: { readonly reason: StatementFault, readonly place: number | null }): AppError =>
  new AppError('payment.statement_unreadable', { details: { reason, place, file } })

function readOne({ name, bytes }: ZippedFile, currency: string): FoundStatement[] {
  const { format, reading } = readingOf(bytes, currency)
  if (!reading.ok)
    throw unreadable(name, reading)
  return reading.statements.map(statement => ({ fileName: name, format, statement }))
}

function readingOf(bytes: Buffer, currency: string): { readonly format: StatementFormat, readonly reading: StatementReading } {
  const xml = xmlText(bytes)
  if (xml.trimStart().startsWith('<'))
    return { format: 'camt.053', reading: readCamt053(xml) }
  const scan = new EncodingScan()
  scan.push(bytes)
  const text = new TextDecoder(scan.result().encoding).decode(bytes)
  if (isCfonb120(text))
    return { format: 'cfonb120', reading: readCfonb120(text) }
  return isMt940(text) ? { format: 'mt940', reading: readMt940(text) } : { format: 'csv', reading: readCsvStatement(bytes, { currency }) }
}

import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { AppError } from '@comptoir/shared/errors'
import { dateOrders, type DateOrder } from '@comptoir/shared/imports/dates'
import { delimiters, type Delimiter } from '@comptoir/shared/imports/delimiter'
import { dryRun, type DryRun } from '@comptoir/shared/imports/dry-run'
import { encodings, type Encoding } from '@comptoir/shared/imports/encoding'
import type { DecimalMark } from '@comptoir/shared/imports/numbers'
import type { ImportOptions } from '@comptoir/shared/imports/options'
import { periodFromText } from '@comptoir/shared/imports/period'
import type { ImportSource } from '@comptoir/shared/imports/profile-file'
import { currencyExponent } from '@comptoir/shared/money'
import { isWorkbook, readWorkbook } from './platform/workbooks/read-workbook.ts'

const usage = `Usage: npm run -s import -- --dry-run [options] FILE…

Prints one JSON line a file: how it is written, what its columns mean, what an import would bring,
and every row that cannot be used by reason and line. Nothing is written anywhere.

  --encoding NAME      ${encodings.join(', ')}
  --delimiter SIGN     ; , | or tab
  --decimal SIGN       , or .
  --date-order ORDER   ${dateOrders.join(', ')}
  --header-line N      line of the header, 0 for a file without one
  --currency CODE      currency of a file that names none (EUR)
  --sheet NAME         sheet of a workbook (.xlsx); the first with rows when it is not given
  --period TEXT        period of rows without a day, as 2014-Q2 or 2014-04-01..2014-06-30; "none" refuses the proposal
`

class UsageError extends Error {}

function oneOf<T extends string>(name: string, value: string | undefined, allowed: readonly T[]): T | undefined {
  if (value !== undefined && !(allowed as readonly string[]).includes(value))
    throw new UsageError(`--${name} must be one of: ${allowed.join(' ')}`)
  return value as T | undefined
}

function readArguments(): { files: readonly string[], options: ImportOptions, sheet: string | null } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean' },
      'help': { type: 'boolean' },
      'encoding': { type: 'string' },
      'delimiter': { type: 'string' },
      'decimal': { type: 'string' },
      'date-order': { type: 'string' },
      'header-line': { type: 'string' },
      'currency': { type: 'string' },
      'period': { type: 'string' },
      'sheet': { type: 'string' },
    },
  })
  if (values.help || !values['dry-run'] || positionals.length === 0)
    throw new UsageError(values.help ? '' : 'The command line only tries files: give --dry-run and at least one file. Import them in the application.')
  const headerLine = values['header-line'] === undefined ? undefined : Number(values['header-line'])
  if (headerLine !== undefined && !(Number.isInteger(headerLine) && headerLine >= 0))
    throw new UsageError('--header-line must be a whole number')
  const period = values.period === undefined ? undefined : values.period === 'none' ? null : periodFromText(values.period.replace('..', ' '))
  if (period === null && values.period !== 'none')
    throw new UsageError('--period is not understood')
  const chosen = {
    encoding: oneOf<Encoding>('encoding', values.encoding, encodings),
    delimiter: oneOf<Delimiter>('delimiter', values.delimiter?.replace(/^(?:tab|\\t)$/, '\t'), delimiters),
    decimal: oneOf<DecimalMark>('decimal', values.decimal, [',', '.']),
    dateOrder: oneOf<DateOrder>('date-order', values['date-order'], dateOrders),
    headerLine,
    currency: values.currency,
    period,
  }
  const options = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined))
  return { files: positionals, options, sheet: values.sheet ?? null }
}

const toMajorExactly = (minor: number, currency: string): number => Number((minor / 10 ** currencyExponent(currency)).toFixed(currencyExponent(currency)))

function describe(file: string, { profile, summary, vendors }: DryRun, milliseconds: number): Record<string, unknown> {
  const sums = Object.fromEntries(Object.entries(summary.sums).map(([currency, minor]) => [currency, toMajorExactly(minor, currency)]))
  const issues = Object.entries(summary.issues)
  const ofSeverity = (severity: string): unknown => Object.fromEntries(issues
    .filter(([, issue]) => issue.severity === severity)
    .map(([code, { count, lines }]) => [code, { count, lines: severity === 'error' ? lines : lines.slice(0, 20) }]))
  return {
    file,
    encoding: profile.encoding,
    bom: profile.hasBom,
    delimiter: profile.delimiter,
    headerRow: profile.headerLine,
    headers: profile.headers,
    decimal: profile.decimal,
    dateOrder: profile.dateOrder,
    certainty: { encoding: profile.encodingCertainty, delimiter: profile.delimiterCertainty, decimal: profile.decimalCertainty, dateOrder: profile.dateOrderCertainty, currency: profile.currencyCertainty },
    kind: profile.kind,
    mapping: Object.fromEntries(profile.columns.map(({ field, column, source }) => [field, { column: column + 1, header: profile.headers[column] ?? null, source }])),
    keys: profile.keys,
    period: profile.period && { ...profile.period, needsConfirmation: profile.period.source !== 'chosen' },
    rows: summary.rows,
    usableRows: summary.usableRows,
    unusableRows: summary.rows - summary.usableRows,
    vendors,
    currency: profile.currency,
    spendSide: profile.spendSide,
    paymentJournals: profile.paymentJournals,
    sum: Object.keys(sums).length > 1 ? null : Object.values(sums)[0] ?? 0,
    sums,
    negativeRows: summary.negativeRows,
    firstDay: summary.firstDay,
    lastDay: summary.lastDay,
    errors: ofSeverity('error'),
    warnings: ofSeverity('warning'),
    milliseconds,
  }
}

interface Opened {
  readonly source: ImportSource
  /** What the answer says of a workbook; of a text file nothing. */
  readonly workbook: { readonly sheet?: string, readonly sheets?: readonly string[] }
}

async function openFile(file: string, sheet: string | null): Promise<Opened> {
  const name = basename(file)
  const handle = await open(file)
  const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0).finally(() => handle.close())
  if (!isWorkbook(buffer))
    return { source: { name, bytes: () => createReadStream(file, { highWaterMark: 262_144 }) }, workbook: {} }
  const read = await readWorkbook(await readFile(file), sheet)
  if (sheet !== null && read.sheet !== sheet)
    throw Object.assign(new Error('no such sheet'), { code: 'ENOSHEET' })
  return {
    source: { name, async* bytes() { yield Buffer.from(read.text) } },
    workbook: { sheet: read.sheet, sheets: read.sheets },
  }
}

async function tryFile(file: string, options: ImportOptions, sheet: string | null): Promise<boolean> {
  try {
    if (!(await stat(file)).isFile())
      throw Object.assign(new Error('not a file'), { code: 'ENOTFILE' })
    const started = performance.now()
    const { source, workbook } = await openFile(file, sheet)
    const result = await dryRun(source, { options, currency: options.currency ?? 'EUR' })
    process.stdout.write(`${JSON.stringify({ ...describe(file, result, Math.round(performance.now() - started)), ...workbook })}\n`)
    return true
  }
  catch (error) {
    const code = error instanceof AppError ? error.code : (error as NodeJS.ErrnoException).code
    if (code === undefined)
      throw error
    process.stdout.write(`${JSON.stringify({ file, error: 'file.unreadable', reason: code })}\n`)
    return false
  }
}

async function main(): Promise<number> {
  const { files, options, sheet } = readArguments()
  let failures = 0
  for (const file of files)
    failures += await tryFile(file, options, sheet) ? 0 : 1
  return failures > 0 ? 1 : 0
}

try {
  process.exitCode = await main()
}
catch (error) {
  const isUsage = error instanceof UsageError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')
  if (!isUsage)
    throw error
  process.stderr.write(`${(error as Error).message}\n\n${usage}`)
  process.exitCode = 2
}

import { fecColumns, isAccount } from '../accounting/fec.ts'
import { CsvReader, isBlankRecord } from '../imports/csv-reader.ts'
import { parseDate } from '../imports/dates.ts'
import { foldName } from './ad-cost.ts'
import { checkLines, type FecFileFault, type FecFileFaultCode } from './fec-check.ts'

/** One line of an entry; exactly as the file says, money in minor units of the books. */
export interface FecLine {
  readonly lineNo: number
  readonly journal: string
  readonly entryNumber: string
  readonly entryOn: string
  readonly account: string
  readonly accountName: string
  readonly auxiliary: string | null
  readonly auxiliaryName: string | null
  readonly reference: string
  readonly text: string
  readonly debitMinor: number
  readonly creditMinor: number
  readonly lettering: string | null
  /** Of an entry that carries balances over from the year before. */
  readonly isOpening: boolean
  /** A customer's or vendor's line of an invoice: its entry has an account of result. */
  readonly isInvoice: boolean
}

export interface FecReading {
  readonly lines: readonly FecLine[]
  readonly read: number
  readonly refused: number
  readonly faults: readonly FecFileFault[]
}

type Column = (typeof fecColumns)[number] | 'Montant' | 'Sens'
type Columns = ReadonlyMap<Column, number>

const needed: readonly Column[] = ['JournalCode', 'EcritureNum', 'EcritureDate', 'CompteNum']
const separators = ['\t', '|', ';'] as const

/** Columns by their names, in whatever order: null when it is no such file. Amount and side may stand for debit and credit. */
function columnsOf(header: string): { separator: string, columns: Columns, missing: Column[] } | null {
  const separator = separators.find(sign => header.split(sign).length >= 15)
  if (separator === undefined)
    return null
  const titles = header.replace(/^\uFEFF/, '').split(separator).map(title => title.replace(/["\s]/g, '').toLowerCase())
  const find = (column: Column): readonly [Column, number] => [column, titles.indexOf(column.toLowerCase())]
  const columns = new Map([...fecColumns, 'Montant' as const, 'Sens' as const].map(find).filter(([, at]) => at >= 0))
  const hasAmounts = (columns.has('Debit') && columns.has('Credit')) || (columns.has('Montant') && columns.has('Sens'))
  const missing = fecColumns.filter(column => !columns.has(column) && !(columns.has('Montant') && (column === 'Debit' || column === 'Credit')))
  return hasAmounts && needed.every(column => columns.has(column)) ? { separator, columns, missing } : null
}

/** "1234,5" to cents, digit by digit; null when it is no amount. An empty cell is zero. */
function fecAmount(cell: string, exponent: number): number | null {
  const plain = cell.replace(/[\s\u00A0\u202F]/g, '')
  if (plain === '')
    return 0
  const [, sign = '', whole = '', fraction = ''] = /^([+-]?)(\d*)(?:[.,](\d*))?$/.exec(plain) ?? [undefined, '', '']
  if (whole + fraction === '' || /[1-9]/.test(fraction.slice(exponent)))
    return null
  const minor = Number(whole + fraction.slice(0, exponent).padEnd(exponent, '0'))
  return Number.isSafeInteger(minor) ? (sign === '-' ? -minor || 0 : minor) : null
}

const openingJournal = /^(?:an|ran|ano|anouv|a nouv.*|ouv)$/
const isOpeningJournal = (code: string, name: string): boolean => openingJournal.test(foldName(code)) || /nouveau|ouverture/.test(foldName(name))

type Draft = Omit<FecLine, 'isInvoice'>

/** Null when the text has not the columns of a file of accounting entries. */
export function readFec(text: string, exponent: number): FecReading | null {
  const end = text.indexOf('\n')
  const layout = columnsOf(text.slice(0, end === -1 ? undefined : end).trimEnd())
  if (!layout)
    return null
  const reader = new CsvReader({ delimiter: layout.separator, newline: '\n' })
  const drafts: Draft[] = []
  const refused = new Map<FecFileFaultCode, string[]>()
  let read = 0
  for (const { line, cells } of [...reader.push(text), ...reader.end()]) {
    if (line === 1 || isBlankRecord(cells))
      continue
    read++
    const draft = lineOf(line, cells, layout.columns, exponent)
    if (typeof draft === 'string')
      refused.set(draft, [...refused.get(draft) ?? [], String(line)])
    else
      drafts.push(draft)
  }
  const lines = withInvoices(drafts)
  return {
    lines, read, refused: read - lines.length,
    faults: [
      ...layout.missing.length > 0 ? [{ code: 'column_missing' as const, count: layout.missing.length, examples: layout.missing.slice(0, 3) }] : [],
      ...[...refused].map(([code, found]) => ({ code, count: found.length, examples: found.slice(0, 3) })),
      ...checkLines(lines),
    ],
  }
}

function lineOf(lineNo: number, cells: readonly string[], columns: Columns, exponent: number): Draft | FecFileFaultCode {
  const cell = (column: Column): string => {
    const at = columns.get(column)
    return at === undefined ? '' : (cells[at] ?? '').trim().slice(0, 300)
  }
  const day = parseDate(cell('EcritureDate'), 'ymd')
  if (!day.ok)
    return 'bad_day'
  if (!isAccount(cell('CompteNum')))
    return 'bad_account'
  const amounts = columns.has('Montant') ? ofSide(fecAmount(cell('Montant'), exponent), cell('Sens')) : [fecAmount(cell('Debit'), exponent), fecAmount(cell('Credit'), exponent)]
  const [debitMinor = null, creditMinor = null] = amounts
  if (debitMinor === null || creditMinor === null)
    return 'bad_amount'
  return {
    lineNo, journal: cell('JournalCode'), entryNumber: cell('EcritureNum'), entryOn: day.day, account: cell('CompteNum'), accountName: cell('CompteLib'),
    auxiliary: cell('CompAuxNum') || null, auxiliaryName: cell('CompAuxLib') || null, reference: cell('PieceRef'), text: cell('EcritureLib'), debitMinor, creditMinor,
    lettering: cell('EcritureLet') || null, isOpening: isOpeningJournal(cell('JournalCode'), cell('JournalLib')),
  }
}

const ofSide = (minor: number | null, side: string): (number | null)[] =>
  /^(?:d|\+1)$/i.test(side) ? [minor, 0] : /^(?:c|-1)$/i.test(side) ? [0, minor] : [null, null]

export const entryKey = ({ journal, entryNumber, entryOn }: Pick<FecLine, 'journal' | 'entryNumber' | 'entryOn'>): string => `${journal}\n${entryNumber}\n${entryOn}`

/** A customer is invoiced where an entry has an account of income, a vendor where it has one of expense or of fixed assets. */
function withInvoices(drafts: readonly Draft[]): FecLine[] {
  const classes = new Map<string, Set<string>>()
  for (const draft of drafts) {
    const known = classes.get(entryKey(draft)) ?? new Set()
    classes.set(entryKey(draft), known.add(draft.account.charAt(0)))
  }
  return drafts.map((draft) => {
    const of = classes.get(entryKey(draft))
    const isInvoice = draft.account.startsWith('411') ? of?.has('7') : draft.account.startsWith('401') && (of?.has('6') || of?.has('2'))
    return { ...draft, isInvoice: !draft.isOpening && Boolean(isInvoice) }
  })
}

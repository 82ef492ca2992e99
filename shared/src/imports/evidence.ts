import { nameKey } from '../vendors/name-key.ts'
import { unwrapCell } from './cell-text.ts'
import { dateEvidence, parseMonth, type DateEvidence } from './dates.ts'
import type { ColumnMapping, ImportField } from './fields.ts'
import { keyHash, KeyTable } from './key-table.ts'
import { isSupplierAccount, JournalTallies, sideOfRow } from './ledger.ts'
import { decimalEvidence, parseAmount, type DecimalEvidence, type DecimalMark } from './numbers.ts'

/** What the whole of a file proves about its columns; collected row by row. */
export class FileEvidence {
  readonly decimals: Record<DecimalEvidence, number> = { comma: 0, dot: 0, open: 0, none: 0 }
  readonly dates: Record<DateEvidence, number> = { dmy: 0, mdy: 0, ymd: 0, open: 0, sure: 0, placeholder: 0, none: 0 }
  readonly currencies = new Map<string, number>()
  rows = 0
  openMark: DecimalMark | null = null
  /** Lines on suppliers' accounts, in a ledger. */
  supplierLines = 0
  readonly journals = new JournalTallies()
  #negative = 0
  readonly #mapping: ColumnMapping
  readonly #codeOfName = new KeyTable()
  readonly #nameOfCode = new KeyTable()
  readonly #namesOfSeveralCodes = new KeyTable()
  readonly #codesOfSeveralNames = new KeyTable()

  constructor(mapping: ColumnMapping) {
    this.#mapping = mapping
  }

  add(cells: readonly string[]): void {
    this.rows++
    const { amount, debit, credit, date, vendorName, vendorCode, account } = this.#mapping
    for (const column of [amount, debit, credit]) {
      if (column !== undefined)
        this.#addAmount(unwrapCell(cells[column] ?? ''))
    }
    if (date !== undefined && (cells[date] ?? '') !== '')
      this.#addDate(unwrapCell(cells[date]!))
    if (isSupplierAccount(cells[account ?? vendorCode ?? -1] ?? ''))
      this.supplierLines++
    this.#addToJournal(cells)
    if (vendorName !== undefined && vendorCode !== undefined)
      this.#addCode(nameKey(cells[vendorName] ?? ''), (cells[vendorCode] ?? '').trim())
  }

  get isUndated(): boolean {
    const { dmy, mdy, ymd, open, sure } = this.dates
    return dmy + mdy + ymd + open + sure === 0
  }

  get isMostlyNegative(): boolean {
    return this.#mapping.amount !== undefined && this.#negative * 2 > this.rows
  }

  /**
   * Codes are no key when more than one in two hundred stands for several names or, on purchases, shares its name with others.
   * In a list of vendors, two codes of one name are two firms of that name.
   */
  get isCodeUnreliable(): boolean {
    const { amount, debit, credit } = this.#mapping
    const isList = (amount ?? debit ?? credit) === undefined
    const doubtful = this.#codesOfSeveralNames.size + (isList ? 0 : this.#namesOfSeveralCodes.size)
    return doubtful > 0 && doubtful * 200 >= Math.min(this.#codeOfName.size, this.#nameOfCode.size)
  }

  #addDate(text: string): void {
    const evidence = dateEvidence(text)
    this.dates[evidence === 'none' && parseMonth(text) ? 'sure' : evidence]++
  }

  #addToJournal(cells: readonly string[]): void {
    const { journal, vendorName, vendorCode } = this.#mapping
    const cell = (field: ImportField): string => (cells[this.#mapping[field] ?? -1] ?? '').trim()
    if (journal === undefined || (cells[vendorName ?? vendorCode ?? -1] ?? '').trim() === '')
      return
    const side = sideOfRow({ debit: cell('debit'), credit: cell('credit'), side: cell('side') })
    if (side)
      this.journals.add(cell('journal'), side === 'credit')
  }

  #addAmount(text: string): void {
    const evidence = decimalEvidence(text)
    if (/^[^\d]*[-−–(]|[-−–]\s*[€£$]?\s*$/.test(text))
      this.#negative++
    this.decimals[evidence]++
    if (evidence === 'open')
      this.openMark ??= text.includes(',') ? ',' : '.'
    const currency = /[^\d\s.,()+-]/.test(text) ? parseAmount(text, ',', 2) : null
    if (currency?.ok && currency.currency !== null)
      this.currencies.set(currency.currency, (this.currencies.get(currency.currency) ?? 0) + 1)
  }

  #addCode(name: string, code: string): void {
    if (name === '' || code === '')
      return
    const [nameHash, codeHash] = [keyHash(name), keyHash(code)]
    this.#pair(this.#codeOfName, this.#namesOfSeveralCodes, nameHash, codeHash)
    this.#pair(this.#nameOfCode, this.#codesOfSeveralNames, codeHash, nameHash)
  }

  #pair(table: KeyTable, doubtful: KeyTable, key: number, value: number): void {
    const known = table.get(key)
    if (known === undefined)
      table.set(key, value)
    else if (known !== value)
      doubtful.set(key, 1)
  }
}

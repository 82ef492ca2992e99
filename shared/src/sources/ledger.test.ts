import { describe, expect, it } from 'vitest'
import { fecColumns } from '../accounting/fec.ts'
import { readFec } from './fec-file.ts'
import { countBack, daysOutstanding, marginOf, summarise, type LedgerMonth } from './ledger-measures.ts'

type Line = readonly [journal: string, number: string, day: string, account: string, debit: string, credit: string]
const line = ([journal, number, day, account, debit, credit]: Line, separator = '\t'): string =>
  [journal, journal === 'AN' ? 'A nouveaux' : 'Journal', number, day, account, 'Compte', '', '', `P${number}`, day, 'Libellé', debit, credit, '', '', day, '', ''].join(separator)
const fec = (lines: readonly Line[], separator = '\t'): string => [fecColumns.join(separator), ...lines.map(one => line(one, separator))].join('\r\n')

const books: readonly Line[] = [
  ['AN', '1', '20260101', '411000', '100,00', '0,00'], ['AN', '1', '20260101', '101000', '0,00', '100,00'],
  ['VE', '2', '20260110', '411000', '120,00', '0,00'], ['VE', '2', '20260110', '707000', '0,00', '100,00'], ['VE', '2', '20260110', '445710', '0,00', '20,00'],
  ['BQ', '3', '20260115', '512000', '50,00', '0,00'], ['BQ', '3', '20260115', '411000', '0,00', '50,00'],
  ['AC', '4', '20260120', '607000', '40,00', '0,00'], ['AC', '4', '20260120', '401000', '0,00', '40,00'],
]

describe('a file of accounting entries', () => {
  it.each(['\t', '|'])('is read to the cent, parted by %j', (separator) => {
    const reading = readFec(fec(books, separator), 2)
    expect(reading).toMatchObject({ read: 9, refused: 0, faults: [] })
    expect(reading?.lines[0]).toEqual({
      lineNo: 2, journal: 'AN', entryNumber: '1', entryOn: '2026-01-01', account: '411000', accountName: 'Compte', auxiliary: null, auxiliaryName: null, reference: 'P1', text: 'Libellé',
      debitMinor: 10_000, creditMinor: 0, lettering: null, isOpening: true, isInvoice: false,
    })
  })

  it('tells an invoice from a payment by the accounts of its entry', () => {
    expect(readFec(fec(books), 2)?.lines.filter(({ isInvoice }) => isInvoice).map(({ account, debitMinor, creditMinor }) => [account, debitMinor, creditMinor]))
      .toEqual([['411000', 12_000, 0], ['401000', 0, 4_000]])
  })

  it('is checked: balance, numbering, days, accounts, amounts', () => {
    const reading = readFec(fec([
      ['VE', '1', '20260110', '411000', '120,00', ''], ['VE', '1', '20260110', '707000', '', '119,99'], ['VE', '4', '20260110', '707000', '0', '0'],
      ['VE', '5', 'hier', '707000', '0', '0'], ['VE', '5', '20260110', 'XX', '0', '0'], ['VE', '5', '20260110', '707000', 'dix', '0'],
    ]), 2)
    expect(reading).toMatchObject({ read: 6, refused: 3 })
    expect(reading?.faults.map(({ code, count, examples }) => [code, count, examples[0] ?? null])).toEqual([
      ['bad_day', 1, '5'], ['bad_account', 1, '6'], ['bad_amount', 1, '7'], ['unbalanced', 1, 'VE 1 2026-01-10'], ['gap', 2, '2'], ['no_opening', 1, null],
    ])
  })

  it('may number its entries through each journal', () => {
    const twice = books.map(([journal, , ...rest]) => [journal, '1', ...rest] as const)
    expect(readFec(fec(twice), 2)?.faults).toEqual([])
  })

  it('may say amount and side instead of debit and credit', () => {
    const text = fec(books).replace('Debit\tCredit', 'Montant\tSens').replaceAll(/(\d+,\d\d)\t0,00/g, '$1\tD').replaceAll(/0,00\t(\d+,\d\d)/g, '$1\tC')
    expect(readFec(text, 2)).toMatchObject({ refused: 0, lines: readFec(fec(books), 2)!.lines.map(({ debitMinor, creditMinor }) => ({ debitMinor, creditMinor })), faults: [] })
  })

  it('is not any table', () => {
    expect(readFec('Jour;Campagne;Coût\n2026-01-01;A;5', 2)).toBeNull()
    expect(readFec('', 2)).toBeNull()
  })
})

describe('days outstanding', () => {
  it('are the balance over the flow, times the days: 4 M of 16 M in a year are 91.25', () => {
    expect(daysOutstanding(4_000_000, 16_000_000, 365)).toBe(91.25)
  })

  it('are unknown where nothing was sold', () => {
    expect(daysOutstanding(4_000_000, 0, 365)).toBeNull()
  })

  it('counted back take off the latest months first', () => {
    const months = [{ days: 31, flowMinor: 100 }, { days: 28, flowMinor: 100 }, { days: 31, flowMinor: 200 }]
    expect(countBack(250, months)).toBe(31 + 14)
    expect(countBack(100, months)).toBe(15.5)
    expect(countBack(0, months)).toBe(0)
    expect(countBack(1_000, months)).toBeNull()
  })

  it('counted back equal the average where sales are even and the balance stands still', () => {
    const even = Array.from({ length: 12 }, () => ({ days: 30, flowMinor: 100 }))
    expect(countBack(150, even)).toBe(daysOutstanding(150, 1_200, 360))
  })
})

describe('a period of the books', () => {
  const month = (day: string, change: Partial<LedgerMonth>): LedgerMonth => ({
    month: day, receivablesMinor: 0, payablesMinor: 0, salesInvoicedMinor: 0, purchasesInvoicedMinor: 0, revenueMinor: 0, purchasesMinor: 0, incomeMinor: 0, expensesMinor: 0, ...change,
  })

  it('averages the balances before and after it', () => {
    const months = [month('2026-01-01', { salesInvoicedMinor: 600, receivablesMinor: 900 }), month('2026-02-01', { salesInvoicedMinor: 600, receivablesMinor: 500, revenueMinor: 1_000, purchasesMinor: 400, incomeMinor: 1_100, expensesMinor: 700 })]
    expect(summarise(months, { receivablesMinor: 300, payablesMinor: 0 })).toMatchObject({ days: 59, dso: 400 / 1_200 * 59, dpo: null, margin: { grossMinor: 600, rate: 0.6 }, resultMinor: 400 })
  })

  it('has no margin rate where nothing was sold', () => {
    expect(marginOf({ revenueMinor: 0, purchasesMinor: 10 })).toEqual({ grossMinor: -10, rate: null })
  })
})

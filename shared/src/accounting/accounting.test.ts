import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../insights/calendar.ts'
import { checkFec, commaDecimal, fecColumns, fecFileName, fiscalYearStart, validatedOn, writeFec } from './fec.ts'
import { defaultAccounts, letterOf, writeJournal, type BookedInvoice, type BookedPayment } from './journal.ts'
import { encodeText } from './encode-text.ts'
import { mostColumns, strayColumns, type PresetMapping } from './preset-mapping.ts'
import { presetRows, writePreset, type PresetSource } from './preset-rows.ts'
import { presetIds, presetVersions, shippedMapping, shippedVersion } from './presets.ts'
import { isUnionVendor } from './reverse-charge.ts'
import { isFresh, readSignature } from '../http/signature.ts'

const vendor = { auxiliary: 'ROUX', name: 'Atelier Roux' }
const aLine = (netMinor: number, values: Partial<BookedInvoice['lines'][number]> = {}): BookedInvoice['lines'][number] => ({ netMinor, account: null, category: null, taxCategory: null, taxRate: null, ...values })
const invoice = (values: Partial<BookedInvoice> = {}): BookedInvoice => ({
  kind: 'invoice', invoiceId: 'i1', number: 'F-1', issuedOn: '2026-03-01', vendor, currency: 'EUR', taxMinor: 2000, totalMinor: 12_000,
  lines: [aLine(10_000)], factor: 1, isUnionVendor: false, changedAt: '2026-03-01T08:00:00.000Z', ...values,
})
const payment = (values: Partial<BookedPayment> = {}): BookedPayment => ({
  paymentId: 'p1', invoiceId: 'i1', reference: 'F-1', paidOn: '2026-03-30', issuedOn: '2026-03-01', vendor, currency: 'EUR', amountMinor: 12_000, factor: 1, changedAt: '2026-03-30T08:00:00.000Z', ...values,
})
const journal = (invoices: readonly BookedInvoice[], payments: readonly BookedPayment[] = []) => writeJournal({ invoices, payments, accounts: defaultAccounts, baseCurrency: 'EUR' })
const siren = '732829320'
const writing = { exponentOf: () => 2, validOn: () => '2026-04-01' }

describe('the purchase journal', () => {
  it('books an invoice and its payment, and letters them together', () => {
    const { lines, entryCount } = journal([invoice()], [payment()])
    expect(entryCount).toBe(2)
    expect(lines.map(line => [line.entryNumber, line.journal, line.account, line.auxiliary, line.debitMinor, line.creditMinor, line.lettering, line.letteredOn])).toEqual([
      [1, 'ACH', '607000', null, 10_000, 0, null, null], [1, 'ACH', '445660', null, 2000, 0, null, null], [1, 'ACH', '401000', 'ROUX', 0, 12_000, 'A', '2026-03-30'],
      [2, 'BQ', '401000', 'ROUX', 12_000, 0, 'A', '2026-03-30'], [2, 'BQ', '512000', null, 0, 12_000, null, null],
    ])
  })
  it('turns a credit note round, and letters nothing that is half paid', () => {
    expect(journal([invoice({ kind: 'credit_note' })]).lines.map(line => [line.debitMinor, line.creditMinor])).toEqual([[0, 10_000], [0, 2000], [12_000, 0]])
    expect(journal([invoice()], [payment({ amountMinor: 5000 })]).lines.every(line => line.lettering === null)).toBe(true)
  })
  it('books the tax that we owe in the vendor\'s place as due and as deductible, by the category of the line or the vendor\'s country', () => {
    const of = (values: Partial<BookedInvoice>) => journal([invoice({ taxMinor: 0, totalMinor: 10_000, ...values })]).lines.map(line => [line.account, line.debitMinor, line.creditMinor])
    const reversed = [['607000', 10_000, 0], ['445662', 2_000, 0], ['445200', 0, 2_000], ['401000', 0, 10_000]]
    expect(of({ lines: [aLine(10_000, { taxCategory: 'K', taxRate: 0 })] })).toEqual(reversed)
    expect(of({ isUnionVendor: true })).toEqual(reversed)
    expect(of({ lines: [aLine(9_999, { taxCategory: 'AE', taxRate: 5.5 }), aLine(1, { taxCategory: 'E' })] })).toEqual([['607000', 10_000, 0], ['445662', 550, 0], ['445200', 0, 550], ['401000', 0, 10_000]])
    expect(of({ kind: 'credit_note', isUnionVendor: true })).toEqual(reversed.map(([account, debit, credit]) => [account, credit, debit]))
    expect([of({}), of({ isUnionVendor: true, lines: [aLine(10_000, { taxCategory: 'E' })] })]).toEqual([[['607000', 10_000, 0], ['401000', 0, 10_000]], [['607000', 10_000, 0], ['401000', 0, 10_000]]])
    expect(['DE123456789', 'FR44732829320', 'CHE123456789', 'XI123', null].map(isUnionVendor)).toEqual([true, false, false, true, false])
  })
  it('takes the account of the line, then of its category, then the general one', () => {
    const lines = [aLine(1, { account: '606300', category: 'Transport' }), aLine(2, { category: 'Transport' }), aLine(3)]
    const { lines: written } = writeJournal({ invoices: [invoice({ lines, taxMinor: 0, totalMinor: 6 })], payments: [], accounts: { ...defaultAccounts, categoryAccounts: { Transport: '624100' } }, baseCurrency: 'EUR' })
    expect(written.map(line => [line.account, line.accountName])).toEqual([['606300', 'Achats'], ['624100', 'Transport'], ['607000', 'Achats'], ['401000', 'Fournisseurs']])
  })
  it('keeps foreign amounts beside the booked ones, and leaves out what has no rate', () => {
    const { lines, leftOut } = journal([invoice({ currency: 'USD', factor: 0.9 }), invoice({ invoiceId: 'i2', number: 'F-2', currency: 'GBP', factor: null })])
    expect(lines.at(-1)).toMatchObject({ creditMinor: 10_800, foreignMinor: 12_000, foreignCurrency: 'USD' })
    expect(leftOut).toEqual([{ reason: 'no_rate', reference: 'F-2', vendor: 'Atelier Roux' }])
  })
  it('is balanced, gapless and sound for any invoices and payments whose totals are their parts\'', () => {
    const anInvoice = fc.record({
      kind: fc.constantFrom('invoice', 'credit_note'), offset: fc.nat(300), nets: fc.array(fc.integer({ min: -5000, max: 50_000 }), { minLength: 1, maxLength: 5 }),
      tax: fc.nat(9000), currency: fc.constantFrom('EUR', 'USD'), factor: fc.double({ min: 0.01, max: 40, noNaN: true }), isPaid: fc.boolean(), isReverse: fc.boolean(), text: fc.string(),
    })
    fc.assert(fc.property(fc.array(anInvoice, { maxLength: 12 }), (drawn) => {
      const invoices = drawn.map(({ kind, offset, nets, tax, currency, factor, isReverse, text }, index) => invoice({
        kind, invoiceId: `i${index}`, number: `F-${index}`, issuedOn: addDays('2026-01-01', offset), currency, factor: currency === 'EUR' ? 1 : factor, taxMinor: tax,
        vendor: { auxiliary: `V${index}`, name: `N${text}` }, totalMinor: nets.reduce((sum, net) => sum + net, tax), lines: nets.map(netMinor => aLine(netMinor, { taxCategory: isReverse ? 'AE' : 'S' })),
      }))
      const payments = invoices.filter((_, index) => drawn[index]!.isPaid && invoices[index]!.currency === 'EUR').map(({ invoiceId, totalMinor, kind, vendor: of, number }) =>
        payment({ paymentId: invoiceId, invoiceId, reference: number, vendor: of, amountMinor: kind === 'credit_note' ? -totalMinor : totalMinor, paidOn: '2026-12-01' }))
      const { lines, leftOut } = journal(invoices, payments)
      expect(checkFec(lines, { siren, leftOut })).toEqual([])
      for (const row of writeFec(lines, 'tab', writing).split('\r\n').filter(row => row !== ''))
        expect(row.split('\t')).toHaveLength(18)
    }))
  })
})

describe('the FEC layout', () => {
  it('has eighteen columns, compact days, decimal commas and its name', () => {
    const text = writeFec(journal([invoice({ number: 'F|1\t2' })]).lines, 'pipe', writing)
    const [head, first, , last] = text.split('\r\n')
    expect(head).toBe(fecColumns.join('|'))
    expect(first).toBe('ACH|Achats|1|20260301|607000|Achats|||F 1 2|20260301|Atelier Roux F 1 2|100,00|0,00|||20260401||')
    expect(last).toContain('|ROUX|Atelier Roux|')
    expect(fecFileName('732 829 320', '2026-12-31')).toBe('732829320FEC20261231.txt')
    expect([commaDecimal(5), commaDecimal(-123_456), commaDecimal(7, 0), commaDecimal(7, 3)]).toEqual(['0,05', '-1234,56', '7', '0,007'])
  })
  it('names what is wrong, with its piece', () => {
    const { lines } = journal([invoice({ totalMinor: 12_001 }), invoice({ invoiceId: 'i2', number: 'F-2', issuedOn: '2026-13-01', lines: [aLine(10_000, { account: 'ABC' })] })])
    const codes = checkFec(lines, { siren: null, leftOut: [] }).map(({ code, reference }) => `${code} ${reference}`)
    expect(codes).toEqual(expect.arrayContaining(['no_siren null', 'unbalanced F-1', 'bad_account F-2', 'bad_day F-2']))
    expect(checkFec(lines.map(line => ({ ...line, entryNumber: line.entryNumber * 2 })), { siren, leftOut: [] }).map(({ code }) => code)).toContain('gap')
    expect(checkFec(lines.map(line => ({ ...line, lettering: 'A' })), { siren, leftOut: [] }).map(({ code }) => code)).toContain('bad_lettering')
  })
  it('goes on numbering where the file before it ended, and letters only what it holds', () => {
    const [january, march] = [invoice({ issuedOn: '2026-01-10', number: 'F-0', invoiceId: 'i0' }), invoice()]
    const { lines, entryCount } = writeJournal({ invoices: [january, march], payments: [payment({ invoiceId: 'i0' })], accounts: defaultAccounts, baseCurrency: 'EUR', from: '2026-02-01' })
    expect([entryCount, ...new Set(lines.map(line => line.entryNumber))]).toEqual([2, 2, 3])
    expect(checkFec(lines, { siren, leftOut: [] })).toEqual([])
    expect([fiscalYearStart('2026-03-31', 1), fiscalYearStart('2026-03-31', 7), fiscalYearStart('2026-07-01', 7)]).toEqual(['2026-01-01', '2025-07-01', '2026-07-01'])
  })
  it('calls an entry final on the day of the first file that held it as it is', () => {
    const entry = { entryOn: '2026-03-01', changedAt: '2026-03-05T10:00:00.000Z' }
    const file = (writtenOn: string, values: object = {}) => ({ from: '2026-01-01', to: '2026-03-31', writtenAt: `${writtenOn}T12:00:00.000Z`, writtenOn, ...values })
    expect(validatedOn(entry, [], '2026-04-10')).toBe('2026-04-10')
    expect(validatedOn(entry, [file('2026-03-02'), file('2026-04-01'), file('2026-04-02')], '2026-04-10')).toBe('2026-04-01')
    expect(validatedOn(entry, [file('2026-04-01', { to: '2026-02-28' })], '2026-04-10')).toBe('2026-04-10')
    expect(validatedOn({ ...entry, entryOn: '2026-05-01' }, [], '2026-04-10')).toBeNull()
  })
  it('counts letters like columns of a sheet', () => {
    expect([0, 25, 26, 701, 702].map(letterOf)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA'])
  })
})

describe('presets', () => {
  const { lines } = journal([invoice({ vendor: { auxiliary: 'X', name: '=cmd|"x"' } })])
  const invoices = [{ vendor: 'Roux, Fils', auxiliary: 'ROUX', category: null, reference: 'F-1', issuedOn: '2026-03-01', dueOn: '2026-03-31', text: 'Bois', account: '607000', netMinor: 10_000, taxMinor: 2000, totalMinor: 12_000, currency: 'EUR', exponent: 2 }]
  const source: PresetSource = { lines, invoices, baseCurrency: 'EUR', exponentOf: currency => currency === 'JPY' ? 0 : 2 }
  const file = (mapping: PresetMapping, of = source): string[] => writePreset(mapping, presetRows(mapping, of)).split('\r\n')
  const own = (values: Partial<PresetMapping>): PresetMapping => ({ ...shippedMapping('sage')!, ...values })
  const column = (values: Partial<PresetMapping['columns'][number]>): PresetMapping['columns'][number] => ({ header: 'H', field: 'text', text: '', dayFormat: null, length: null, ...values })

  it.each(presetIds.flatMap(id => presetVersions[id].map((mapping, at) => ({ id, at, mapping }))))('fill every column of $id', ({ mapping }) => {
    const rows = presetRows(mapping, source)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.every(row => row.length === mapping.columns.length)).toBe(true)
    expect(strayColumns(mapping)).toEqual([])
    expect(mapping.columns.length).toBeLessThanOrEqual(mostColumns)
  })
  it('write what each program expects', () => {
    expect(file(shippedMapping('sage')!)[3]).toBe('ACH;010326;401000;F-1;X;"\'=cmd|""x"" F-1";120,00;C')
    expect(file(shippedMapping('xero')!)[1]).toBe('"Roux, Fils",F-1,01/03/2026,31/03/2026,120.00,Bois,1,100.00,607000,Tax on Purchases,20.00,EUR')
    expect(file(shippedMapping('pennylane')!)[1]).toContain(';100,00;')
    expect([shippedVersion('xero'), shippedMapping('xero', 99)]).toEqual([1, null])
  })
  it('write days, amounts, fixed and shortened texts as their columns say', () => {
    const columns = [
      column({ field: 'entryOn', dayFormat: 'yyyymmdd' }), column({ field: 'referenceOn' }), column({ field: 'fixed', text: 'Achat' }), column({ field: 'accountName', length: 6 }),
      column({ field: 'balance', length: 2 }), column({ field: 'letteredOn' }), column({ field: 'foreignAmount' }),
    ]
    const foreign = { ...source, lines: journal([invoice({ currency: 'JPY', taxMinor: 0, totalMinor: 10_000, factor: 0.6 })]).lines }
    expect(file(own({ columns, delimiter: 'pipe', hasHeader: false, decimal: 'dot', dayFormat: 'dd/mm/yyyy' }), foreign))
      .toEqual(['20260301|01/03/2026|Achat|Achats|60.00||10000', '20260301|01/03/2026|Achat|Atelie|-60.00||10000', ''])
  })
  it('have no column for what their rows do not know', () => {
    expect(strayColumns(own({ rows: 'invoices' }))).toEqual([0, 1, 6, 7])
  })
  it('are written in the alphabet that the program reads', () => {
    expect([...encodeText('é€œ', 'windows-1252')]).toEqual([0xe9, 0x80, 0x9c])
    expect([...encodeText('é€’', 'iso-8859-15')]).toEqual([0xe9, 0xa4, 0x27])
    expect([...encodeText('ł漢', 'windows-1252')]).toEqual([63, 63])
    expect([...encodeText('é', 'utf-8-bom')]).toEqual([0xef, 0xbb, 0xbf, 0xc3, 0xa9])
  })
})

describe('signatures', () => {
  it('have a moment and an HMAC, and grow old', () => {
    const signature = readSignature(`t=1767225600,v1=${'ab'.repeat(32)}`)
    expect(signature).toEqual({ at: 1_767_225_600, mac: 'ab'.repeat(32) })
    expect([isFresh(signature!, new Date(1_767_225_700_000)), isFresh(signature!, new Date(1_767_226_000_000))]).toEqual([true, false])
    expect([undefined, '', 't=1', `t=x,v1=${'ab'.repeat(32)}`, `t=1,v1=${'AB'.repeat(32)}`].map(readSignature)).toEqual([null, null, null, null, null])
  })
})

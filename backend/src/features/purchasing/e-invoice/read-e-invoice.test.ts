import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkTotals } from '@comptoir/shared/purchasing/e-invoice'
import { ciiInvoice, pdfWith, ublCreditNote } from '../testing/e-invoice-files.ts'
import { invoiceOfDocument } from './invoice-of-document.ts'
import { readEInvoice } from './read-e-invoice.ts'

const nothingKnown = { orders: [], invoices: [] }
const read = (text: string) => readEInvoice(Buffer.from(text))

describe('an e-invoice', () => {
  it('is read from CII with its seller, lines, totals and account', async () => {
    const invoice = await read(ciiInvoice())
    expect(invoice).toMatchObject({
      syntax: 'cii', number: 'FA-2026-042', kind: 'invoice', issuedOn: '2026-03-12', dueOn: '2026-04-11', currency: 'EUR', orderReference: 'C-1',
      seller: { name: 'Visserie Morel', siren: '552032534', siret: '55203253400646', vatNumber: 'FR27552032534' },
      payment: { iban: 'FR7630006000011234567890189', reference: 'REF FA-2026-042' },
      lines: [{ itemCode: 'VIS-8', name: 'Vis M8 & écrou', quantity: 100, unit: 'H87', netMinor: 100_000, taxRate: 20 }],
      adjustments: [{ isCharge: false, amountMinor: 5_000, reason: 'Remise' }, { isCharge: true, amountMinor: 2_000 }],
      totals: { lineTotal: 100_000, allowances: 5_000, charges: 2_000, taxBasis: 97_000, tax: 19_400, grandTotal: 116_400, prepaid: 10_000, due: 106_400 },
    })
    expect(checkTotals(invoice)).toEqual([])
  })

  it('is read from UBL, credit notes too', async () => {
    const note = await read(ublCreditNote())
    expect(note).toMatchObject({
      syntax: 'ubl', kind: 'credit_note', number: 'AV-7', issuedOn: '2026-03-14', seller: { name: 'Visserie Morel SAS', siren: '552032534', vatNumber: 'FR27552032534' },
      payment: { iban: 'FR7630006000011234567890189' }, lines: [{ quantity: 10, netMinor: 10_000 }], totals: { grandTotal: 12_000 },
    })
    expect(checkTotals(note)).toEqual([])
  })

  it('is found in the PDF that carries it', async () => {
    expect(await readEInvoice(await pdfWith({ 'notes.txt': 'x', 'factur-x.xml': ciiInvoice() }))).toMatchObject({ number: 'FA-2026-042', totals: { grandTotal: 116_400 } })
    await expect(pdfWith({}).then(readEInvoice)).rejects.toMatchObject({ code: 'purchasing.file_unreadable' })
    await expect(read('%PDF-1.7 broken')).rejects.toMatchObject({ code: 'purchasing.file_unreadable', details: { element: 'PDF' } })
  })

  it('is found under any name, and no other file is taken for it', async () => {
    for (const name of ['ZUGFeRD-invoice.xml', 'xrechnung.xml', 'F-42.XML', 'C:\\out\\factur-x.xml'])
      expect(await readEInvoice(await pdfWith({ 'a-order.xml': '<Order/>', [name]: ciiInvoice() }))).toMatchObject({ number: 'FA-2026-042' })
  })

  it('is a credit note when it states less than nothing, and names what it credits', async () => {
    const negative = (text: string): string => text.replace(/Amount( currencyID="EUR")?>(\d)/g, 'Amount$1>-$2')
    for (const text of [negative(ublCreditNote()), ublCreditNote()])
      expect(invoiceOfDocument(await read(text), nothingKnown)).toMatchObject({ kind: 'credit_note', taxMinor: 2_000, lines: [{ netMinor: 10_000, quantity: 10 }] })
    const owed = await read(negative(ciiInvoice()))
    expect(checkTotals(owed)).toEqual([])
    expect(invoiceOfDocument(owed, nothingKnown)).toMatchObject({ kind: 'credit_note', dueMinor: 106_400, lines: [{ netMinor: 100_000 }, { netMinor: -5_000 }, { netMinor: 2_000 }] })
    const credit = await read(ublCreditNote().replace('<cac:AccountingSupplierParty>', '<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>fa 2026 42</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>$&'))
    expect(invoiceOfDocument(credit, { orders: [], invoices: [{ invoiceId: 'a', number: 'FA-2026-042' }, { invoiceId: 'b', number: 'FA-2026-043' }] })).toMatchObject({ creditedInvoiceId: 'a' })
  })

  it('counts freight as a charge, headings among the lines as nothing, and takes no local account number for an IBAN', async () => {
    const heading = ciiInvoice().replace('<ram:IncludedSupplyChainTradeLineItem>', '<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>0</ram:LineID><ram:LineStatusReasonCode>GROUP</ram:LineStatusReasonCode></ram:AssociatedDocumentLineDocument><ram:SpecifiedLineTradeSettlement><ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>1000.00</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>$&')
    const freight = heading.replace(/<ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>true.*?<\/ram:SpecifiedTradeAllowanceCharge>/s, '<ram:SpecifiedLogisticsServiceCharge><ram:Description>Port</ram:Description><ram:AppliedAmount>20.00</ram:AppliedAmount></ram:SpecifiedLogisticsServiceCharge>')
    const invoice = await read(freight.replace('FR7630006000011234567890189', '00012345678'))
    expect(checkTotals(invoice)).toEqual([])
    expect(invoice).toMatchObject({ lines: [{ name: 'Vis M8 & écrou' }], adjustments: [{ isCharge: false }, { isCharge: true, reason: 'Port', amountMinor: 2_000 }], payment: { iban: null } })
  })

  it('says which of its totals do not add up', async () => {
    expect(checkTotals(await read(ciiInvoice({ total: '1200.00', line: '990.00' })))).toEqual([
      { rule: 'BR-CO-10', statedMinor: 100_000, computedMinor: 99_000 },
      { rule: 'BR-CO-15', statedMinor: 120_000, computedMinor: 116_400 },
      { rule: 'BR-CO-16', statedMinor: 106_400, computedMinor: 110_000 },
    ])
  })

  it('says which element is wrong', async () => {
    const element = async (text: string) => read(text).then(() => 'read', (error: { code: string, details: { element?: string } }) => `${error.code} ${error.details.element ?? ''}`)
    expect(await element(ciiInvoice({ number: '' }))).toContain('ExchangedDocument/ID (BT-1)')
    expect(await element(ciiInvoice({ dueOn: '20260231' }))).toContain('DueDateDateTime/DateTimeString')
    expect(await element(ciiInvoice({ total: '1 164,00' }))).toContain('GrandTotalAmount')
    expect(await element(ciiInvoice().slice(0, 900))).toContain('XML, ')
    expect(await element('<html><body/></html>')).toBe('purchasing.file_unknown html')
    expect(await element('Fournisseur;Montant')).toBe('purchasing.file_unknown ')
  })

  it('expands no entities and reads no doctype', async () => {
    const bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x">]><Invoice><ID>&b;</ID></Invoice>'
    await expect(read(bomb)).rejects.toMatchObject({ code: 'purchasing.file_unreadable', details: { element: 'DOCTYPE' } })
    await expect(read(`<Invoice ${'a="1" '.repeat(5000)}/>`)).rejects.toMatchObject({ details: { element: 'DOCTYPE' } })
    await expect(readEInvoice(Buffer.alloc(6 * 1024 * 1024, '<a>'))).rejects.toMatchObject({ details: { element: 'XML > 5 MB' } })
  })
})

const folder = join(import.meta.dirname, '../../../../../../shared/data/en16931')

describe.skipIf(!existsSync(folder))('the published examples of EN 16931 (../shared/data/en16931, skipped where absent)', () => {
  it.each(globSync(`${folder}/**/*.{xml,pdf}`).sort().map(path => [basename(path), path] as const))('%s is read with the totals it states', async (_name, path) => {
    const bytes = readFileSync(path)
    const { totals, lines, kind, currency, syntax } = await readEInvoice(bytes)
    const text = bytes.toString('utf8')
    // Found by plain text, without the reader's paths.
    const names = syntax === 'cii' ? { grandTotal: 'GrandTotalAmount', due: 'DuePayableAmount', lineTotal: 'LineTotalAmount' } : { grandTotal: 'TaxInclusiveAmount', due: 'PayableAmount', lineTotal: 'LineExtensionAmount' }
    const summation = /<(?:\w+:)?(SpecifiedTradeSettlementHeaderMonetarySummation|LegalMonetaryTotal)>.*?<\/(?:\w+:)?\1>/s.exec(text)?.[0] ?? ''
    for (const [name, element] of Object.entries(names)) {
      const stated = new RegExp(`<(?:\\w+:)?${element}[^>]*>\\s*([-\\d.]+)`).exec(summation)?.[1]
      expect(totals[name as keyof typeof names], name).toBe(stated === undefined ? null : Math.round(Number(stated) * 100))
    }
    expect(currency).toMatch(/^[A-Z]{3}$/)
    expect(kind).toMatch(/invoice|credit_note/)
    expect(lines.length).toBeGreaterThan(0)
    expect(checkTotals(await readEInvoice(bytes))).toEqual([])
  })
})

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isBalanced, movedMinor, type Statement } from '@comptoir/shared/payments/statement'
import { xmlText } from '../../platform/xml/xml-text.ts'
import { readCamt053 } from './camt053.ts'
import { aStatementFile } from './testing/statement-files.ts'

const samples = join(import.meta.dirname, '../../../../../shared/data/iso20022/samples')

function statementsIn(xml: string): readonly Statement[] {
  const reading = readCamt053(xml)
  if (!reading.ok)
    throw new Error(reading.reason)
  return reading.statements
}

describe.skipIf(!existsSync(samples))('the public samples (skipped where ../shared/data is absent)', () => {
  const sample = (name: string): readonly Statement[] => statementsIn(readFileSync(join(samples, name), 'utf8'))
  it('reads two statements of one file, and both add up to their own balances', () => {
    const statements = sample('camt053.v2.multi.statement.xml')
    expect(statements.map(({ openingMinor, closingMinor, accountIban }) => [openingMinor, closingMinor, accountIban])).toEqual([[1815, 2700, 'NL26VAYB8060476890'], [2700, 2000, 'NL26VAYB8060476890']])
    expect(statements.map(isBalanced)).toEqual([true, true])
    expect(statements.map(({ entries }) => entries.map(entry => [entry.amountMinor, entry.endToEndId, entry.counterpartyName, entry.remittance]))).toEqual([
      [[885, '000000001', 'Company Name 1', 'Transaction Description 1']], [[-700, '000000002', 'Company Name 2', 'Transaction Description 2']],
    ])
  })
  it.each(['camt053.v2.minimal.xml', 'camt053.v4.xml'])('does not call %s balanced whose closing is in another currency', (name) => {
    const [statement] = sample(name)
    expect(statement).toMatchObject({ currency: 'EUR', openingMinor: 1815, closingMinor: null, warnings: ['balance_currency'] })
    expect([isBalanced(statement!), movedMinor(statement!.entries)]).toEqual([null, 885])
  })
})

describe('camt.053', () => {
  it.each(['02', '08'] as const)('takes batches apart and keeps directions, in version %s', (version) => {
    const [statement] = statementsIn(aStatementFile({ version, openingMinor: 100_000, entries: [
      { amountMinor: -30_000, parts: [{ amountMinor: -10_000, endToEndId: 'CPT-1-1', name: 'Alpha', iban: 'FR7630006000011234567890189' }, { amountMinor: -20_000, endToEndId: 'CPT-1-2', name: 'Beta & Cie' }] },
      { amountMinor: 10_000, isReversal: true, parts: [{ amountMinor: 10_000, endToEndId: 'CPT-1-1', name: 'Alpha' }] },
      { amountMinor: -1, parts: [] },
    ] }))
    expect(isBalanced(statement!)).toBe(true)
    expect(statement!.entries.map(entry => [entry.amountMinor, entry.endToEndId, entry.counterpartyName, entry.isReversal])).toEqual([
      [-10_000, 'CPT-1-1', 'Alpha', false], [-20_000, 'CPT-1-2', 'Beta & Cie', false], [10_000, 'CPT-1-1', 'Alpha', true], [-1, null, null, false],
    ])
    expect(statement!.entries[0]?.counterpartyIban).toBe('FR7630006000011234567890189')
  })
  it('keeps a batch whole, and says so, when its parts do not add up', () => {
    const [statement] = statementsIn(aStatementFile({ version: '02', openingMinor: 0, entries: [{ amountMinor: -300, parts: [{ amountMinor: -100, endToEndId: 'a' }, { amountMinor: -100, endToEndId: 'b' }] }] }))
    expect(statement).toMatchObject({ warnings: ['batch_not_itemised'], entries: [{ amountMinor: -300, endToEndId: null }] })
  })
  it('leaves out what is not booked yet', () => {
    const xml = aStatementFile({ version: '02', openingMinor: 0, entries: [{ amountMinor: -300, parts: [] }] }).replace('<Sts>BOOK</Sts>', '<Sts>PDNG</Sts>')
    expect(statementsIn(xml)[0]).toMatchObject({ warnings: ['pending_left_out'], entries: [] })
  })
  it('reads letters as its file writes them: by its encoding, by number, under any prefix', () => {
    const xml = aStatementFile({ version: '02', openingMinor: 0, entries: [{ amountMinor: -300, parts: [{ amountMinor: -300, endToEndId: 'A', name: 'Société Élan' }] }] })
    const nameIn = (bytes: Uint8Array) => statementsIn(xmlText(bytes))[0]!.entries[0]!.counterpartyName
    expect(nameIn(Buffer.from(xml.replace('UTF-8', 'ISO-8859-1'), 'latin1'))).toBe('Société Élan')
    expect(nameIn(Buffer.from(`\ufeff${xml.replace('UTF-8', 'UTF-16')}`, 'utf16le'))).toBe('Société Élan')
    expect(nameIn(Buffer.from(xml.replace('Société', 'Soci&#233;t&#xE9;')))).toBe('Société Élan')
    expect(nameIn(Buffer.from(xml.replace(/<(\/?)(?=[A-Z])/g, '<$1ns2:').replace('xmlns=', 'xmlns:ns2=')))).toBe('Société Élan')
  })
  it.each([
    ['an entity bomb', '<!DOCTYPE x [<!ENTITY a "aaaa">]><Document/>', 'unsafe_xml'], ['broken XML', '<Document><', 'not_a_statement'],
    ['another document', '<Document><CstmrCdtTrfInitn/></Document>', 'not_a_statement'], ['no XML at all', 'Date;Montant', 'not_a_statement'],
  ])('refuses %s', (_what, xml, reason) => {
    expect(readCamt053(xml)).toEqual({ ok: false, reason, place: null })
  })
  it('says which entry has an amount that cannot be', () => {
    const xml = aStatementFile({ version: '02', openingMinor: 5, entries: [{ amountMinor: -1234, parts: [] }] }).replace('>12.34<', '>12.345<')
    expect(readCamt053(xml)).toEqual({ ok: false, reason: 'bad_amount', place: 1 })
  })
})

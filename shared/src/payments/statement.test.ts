import { describe, expect, it } from 'vitest'
import { readCsvStatement } from './csv-statement.ts'
import { entryKeys, isBalanced, movedMinor, type Statement } from './statement.ts'

const read = (text: string): Statement => {
  const reading = readCsvStatement(new TextEncoder().encode(text), { currency: 'EUR' })
  if (!reading.ok)
    throw new Error(reading.reason)
  return reading.statements[0]!
}

describe('CSV statements', () => {
  it('reads debit and credit columns below a preamble, as French banks write them', () => {
    const statement = read('Compte courant;FR76 3000 6000 0112 3456 7890 189\r\nSolde au 31/03/2026;1 234,56 €\r\n\r\nDate;Date de valeur;Libellé;Débit euros;Crédit euros\r\n02/04/2026;03/04/2026;VIR SEPA PAPETERIE;1 200,50;\r\n13/04/2026;13/04/2026;"VIR DE ""CLIENT""";;-0,00\r\n15/04/2026;;REMISE;;2 000,00\r\nTotal;;;1 200,50;2 000,00\r\n')
    expect(statement).toMatchObject({ accountIban: 'FR7630006000011234567890189', fromOn: '2026-04-02', toOn: '2026-04-15', warnings: ['balance_missing'] })
    expect(statement.entries.map(({ bookedOn, valueOn, amountMinor, remittance }) => [bookedOn, valueOn, amountMinor, remittance])).toEqual([
      ['2026-04-02', '2026-04-03', -120_050, 'VIR SEPA PAPETERIE'], ['2026-04-13', '2026-04-13', 0, 'VIR DE "CLIENT"'], ['2026-04-15', null, 200_000, 'REMISE'],
    ])
    expect(isBalanced(statement)).toBeNull()
  })
  it('reads one signed amount, debits with a minus in their own column, and windows-1252', () => {
    expect(read('date,description,amount,currency\n2026-04-02,Card,-12.34,EUR\n2026-04-03,In,1,USD\n').entries.map(entry => [entry.amountMinor, entry.currency])).toEqual([[-1234, 'EUR'], [100, 'USD']])
    expect(read('Date;Libellé;Débit;Crédit\n02/04/2026;x;-5,00;\n').entries[0]?.amountMinor).toBe(-500)
    const ansi = Uint8Array.from([...'Date;Libell\u00e9;D\u00e9bit;Cr\u00e9dit\n02/04/2026;\u00e9t\u00e9;1,00;\n'].map(sign => sign.charCodeAt(0)))
    expect(readCsvStatement(ansi, { currency: 'EUR' })).toMatchObject({ ok: true, statements: [{ entries: [{ remittance: 'été', amountMinor: -100 }] }] })
  })
  it.each([
    ['a;b\n1;2\n', 'no_columns', null], ['Date;Montant\nTotal;3,00\n', 'no_entries', null],
    ['Date;Montant\n02/04/2026;douze\n', 'bad_amount', 2], ['Date;Débit;Crédit\n02/04/2026;;\n', 'bad_amount', 2],
  ])('says what is wrong with %j', (text, reason, place) => {
    expect(readCsvStatement(new TextEncoder().encode(text), { currency: 'EUR' })).toEqual({ ok: false, reason, place })
  })
})

describe('entries', () => {
  const head = 'Date;Libellé;Montant\n'
  const early = read(`${head}01/04/2026;A;-1,00\n02/04/2026;B;-2,00\n02/04/2026;B;-2,00\n`)
  const late = read(`${head}02/04/2026;B;-2,00\n02/04/2026;B;-2,00\n03/04/2026;C;-3,00\n`)
  it('keep their identity in an export that overlaps, and twins stay two', () => {
    const all = [...entryKeys(early), ...entryKeys(late)]
    expect([all.length, new Set(all).size]).toEqual([6, 4])
    expect(movedMinor(early.entries)).toBe(-500)
  })
  it('are balanced only when opening and bookings make the closing, in one currency', () => {
    expect(isBalanced({ ...early, openingMinor: 1000, closingMinor: 500 })).toBe(true)
    expect(isBalanced({ ...early, openingMinor: 1000, closingMinor: 501 })).toBe(false)
    expect(isBalanced({ ...early, currency: 'USD', openingMinor: 1000, closingMinor: 500 })).toBe(false)
  })
})

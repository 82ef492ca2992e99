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
  it('knows from a column or a letter which way the money went', () => {
    const amounts = (text: string): number[] => read(text).entries.map(entry => entry.amountMinor)
    expect(amounts('Date;Libellé;Montant;Sens\n31/03/2026;A;12,34;D\n31/03/2026;B;12,34;C\n31/03/2026;C;-5,00;Débit\n')).toEqual([-1234, 1234, -500])
    expect(amounts('Date;Libellé;Montant\n31/03/2026;A;12,34 D\n31/03/2026;B;12,34 CR\n31/03/2026;C;1,00 €\n')).toEqual([-1234, 1234, 100])
  })
  it.each([
    ['a statement of La Banque Postale', 'Numéro Compte   :;1234567A020\nSolde (EUROS)   :;1234,56\n\nDate;Libellé;Montant(EUROS);Montant(FRANCS)\n31/03/2026;VIREMENT ROUX;-12,34;-80,94\n', [-1234, 'EUR', null, 'VIREMENT ROUX']],
    ['a statement of Caisse d’Épargne', 'Date de comptabilisation;Libelle simplifie;Libelle operation;Reference;Informations complementaires;Debit;Credit;Date de valeur\n01/04/2026;ROUX;VIR ROUX;1ABC;F-1;-12,34;;01/04/2026\n', [-1234, 'EUR', null, 'ROUX VIR ROUX 1ABC F-1']],
    ['a statement of Qonto', 'Transaction ID;Settlement date (UTC);Total amount (incl. VAT);Counterparty name;Reference\nabc;2026-03-31 10:00:00;-12.34;ROUX;F-1\n', [-1234, 'EUR', 'ROUX', 'abc F-1']],
    ['a statement of Revolut', 'Date completed (UTC),ID,Description,Payment currency,Amount,Beneficiary IBAN\n2026-03-31,xyz,To Roux,usd,-10.00,DE89370400440532013000\n', [-1000, 'USD', null, 'xyz To Roux']],
    ['an English statement', 'Date,Description,Money Out,Money In,Balance\n31/03/2026,Roux,12.34,,100.00\n', [-1234, 'EUR', null, 'Roux']],
    ['amounts without decimals', 'Date;Libellé;Montant;Devise\n31/03/2026;A;-1 000;JPY\n', [-1000, 'JPY', null, 'A']],
  ])('reads %s', (_name, text, [amountMinor, currency, counterpartyName, remittance]) => {
    expect(read(text).entries).toMatchObject([{ bookedOn: expect.stringMatching(/^2026-0[34]-(?:31|01)$/), amountMinor, currency, counterpartyName, remittance }])
  })
  it.each([
    ['Date;Montant;Sens\n31/03/2026;12,34;X\n', 'bad_amount', 2],
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

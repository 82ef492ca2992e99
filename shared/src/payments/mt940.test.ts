import { describe, expect, it } from 'vitest'
import { isMt940, readMt940 } from './mt940.ts'
import { isBalanced, type Statement } from './statement.ts'

const file = [
  ':20:STARTUMS', ':25:FR7630006000011234567890189', ':28C:42/1', ':60F:C260331EUR1000,',
  ':61:2604020402D123,45NTRFNONREF//BANK-1', ':86:166?00VIR SEPA?20EREF+CPT1-00001-L1?21SVWZ+FACTURE F-1?31DE89370400440532013000?32ATELIER', '?33 ROUX',
  ':61:2612310102C10,00NTRFCLIENT-7//BANK-2', ':86:/EREF/NOTPROVIDED/ORDP//NAME/CLIENT SA/REMI/USTD//COMMANDE 7/',
  ':61:260403RC5,5NMSCNONREF', ':86:ANNULATION', 'SUR DEUX LIGNES',
  ':62F:C260403EUR881,05', '-',
].join('\r\n')

const read = (text: string): Statement => {
  const reading = readMt940(text)
  if (!reading.ok)
    throw new Error(`${reading.reason} ${reading.place}`)
  return reading.statements[0]!
}
const faultOf = (text: string): unknown => {
  const reading = readMt940(text)
  return reading.ok ? null : [reading.reason, reading.place]
}

describe('statements of MT940', () => {
  it('are known by their tags, with or without the envelope of SWIFT', () => {
    expect([isMt940(file), isMt940(`{1:F01BANKFRPPXXXX}{2:I940}{4:\n${file}`), isMt940('Date;Montant\n')]).toEqual([true, true, false])
  })
  it('give balances that add up, days around the turn of the year, and both manners of words', () => {
    const statement = read(file)
    expect(statement).toMatchObject({ accountIban: 'FR7630006000011234567890189', bankReference: 'STARTUMS 42/1', openingMinor: 100_000, closingMinor: 88_105, fromOn: '2026-03-31', toOn: '2026-04-03' })
    expect(statement.entries).toEqual([
      { bookedOn: '2026-04-02', valueOn: '2026-04-02', amountMinor: -12_345, currency: 'EUR', endToEndId: 'CPT1-00001-L1', counterpartyName: 'ATELIER ROUX', counterpartyIban: 'DE89370400440532013000', remittance: 'FACTURE F-1', bankReference: 'BANK-1', isReversal: false },
      { bookedOn: '2027-01-02', valueOn: '2026-12-31', amountMinor: 1000, currency: 'EUR', endToEndId: 'CLIENT-7', counterpartyName: 'CLIENT SA', counterpartyIban: null, remittance: 'COMMANDE 7/', bankReference: 'BANK-2', isReversal: false },
      { bookedOn: '2026-04-03', valueOn: '2026-04-03', amountMinor: -550, currency: 'EUR', endToEndId: null, counterpartyName: null, counterpartyIban: null, remittance: 'ANNULATION SUR DEUX LIGNES', bankReference: null, isReversal: true },
    ])
    expect(isBalanced(statement)).toBe(true)
  })
  it('are refused where they are cut off or unreadable', () => {
    expect(faultOf(file.replace(/:62F:.*/, ''))).toEqual(['incomplete', 1])
    expect(faultOf(file.replace('D123,45', 'D123.45'))).toEqual(['bad_amount', 5])
    expect(faultOf(file.replace(':61:2604020402', ':61:2613400402'))).toEqual(['bad_day', 5])
  })
})

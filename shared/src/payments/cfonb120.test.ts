import { describe, expect, it } from 'vitest'
import { isCfonb120, readCfonb120 } from './cfonb120.ts'
import { isBalanced, type Statement } from './statement.ts'

const account = { bank: '30006', branch: '00001', number: '12345678901' }
/** A record of 120 signs: what it has in common with the others, then its own part from sign 35 on. */
const record = (code: string, rest: string, { bank, branch, number } = account): string =>
  `${code}${bank}    ${branch}EUR2 ${number}B1${rest}`.padEnd(120)
const balance = (code: string, day: string, amount: string): string => record(code, `${day}${' '.repeat(50)}${amount}`)
const booking = (day: string, label: string, amount: string, reference = ''): string => record('04', `${day}  ${day}${label.padEnd(32)} 0000000  ${amount}${reference}`)
const addition = (kind: string, text: string): string => record('05', `020426     ${kind}${text}`)

const file = [
  balance('01', '310326', '0000001000000{'),
  booking('020426', 'VIR SEPA ATELIER ROUX', '0000000012345J', 'REF0001'),
  addition('NBE', 'ATELIER ROUX SARL'), addition('RCN', `${'CPT1-00001-L1'.padEnd(35)}FOURNITURES`), addition('LCC', 'FACTURE F-2026-1'), addition('IBE', 'FR7630006000011234567890189'),
  booking('030426', 'VIR SEPA CLIENT', '0000000000100{'),
  addition('NPY', 'CLIENT SA'), addition('RCN', 'NOTPROVIDED'),
  balance('07', '030426', '0000000987754I'),
].join('\r\n')

const read = (text: string): readonly Statement[] => {
  const reading = readCfonb120(text)
  if (!reading.ok)
    throw new Error(`${reading.reason} ${reading.place}`)
  return reading.statements
}
const faultOf = (text: string): unknown => {
  const reading = readCfonb120(text)
  return reading.ok ? null : [reading.reason, reading.place]
}

describe('statements of CFONB 120', () => {
  it('are known by their first record', () => {
    expect([isCfonb120(file), isCfonb120('Date;Libellé;Montant\n'), isCfonb120(':20:X\n')]).toEqual([true, false, false])
  })
  it('give the account as IBAN, balances that add up, and who was paid under which identification', () => {
    const [statement] = read(file)
    expect(statement).toMatchObject({ accountIban: 'FR7630006000011234567890189', currency: 'EUR', openingMinor: 10_000_000, closingMinor: 9_877_549, fromOn: '2026-03-31', toOn: '2026-04-03' })
    expect(statement!.entries).toMatchObject([
      { bookedOn: '2026-04-02', valueOn: '2026-04-02', amountMinor: -123_451, endToEndId: 'CPT1-00001-L1', counterpartyName: 'ATELIER ROUX SARL', counterpartyIban: 'FR7630006000011234567890189', remittance: 'VIR SEPA ATELIER ROUX FACTURE F-2026-1 REF0001', isReversal: false },
      { bookedOn: '2026-04-03', amountMinor: 1000, endToEndId: null, counterpartyName: 'CLIENT SA' },
    ])
    expect(isBalanced(statement!)).toBe(true)
  })
  it('are read with several accounts, without line ends, and with trailing blanks cut', () => {
    expect(read(file.replaceAll('\r\n', ''))).toEqual(read(file))
    expect(read(file.split('\r\n').map(line => line.trimEnd()).join('\n'))).toEqual(read(file))
    expect(read(`${file}\n\n${file}`)).toHaveLength(2)
  })
  it('make an IBAN of an account with letters', () => {
    const postal = { bank: '20041', branch: '01005', number: '0500013M026' }
    const empty = [record('01', `310326${' '.repeat(50)}0000000000000{`, postal), record('07', `310326${' '.repeat(50)}0000000000000{`, postal)].join('\n')
    expect(read(empty)[0]).toMatchObject({ accountIban: 'FR1420041010050500013M02606', entries: [] })
  })
  it('are refused where they are cut off or do not say what they move', () => {
    const lines = file.split('\r\n')
    expect(faultOf(lines.slice(0, -1).join('\n'))).toEqual(['incomplete', 1])
    expect(faultOf(lines.slice(1).join('\n'))).toEqual(['incomplete', 1])
    expect(faultOf(file.replace('12345J', '123456'))).toEqual(['bad_amount', 2])
    expect(faultOf(file.replace(/020426 {2}020426/, '320426  020426'))).toEqual(['bad_day', 2])
  })
})

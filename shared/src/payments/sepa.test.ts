import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusalsOf, type Transfer, type TransferOrder } from './credit-transfer.ts'
import { decimalOf, writePain } from './pain-file.ts'
import { countryCode, structuredAddress } from './postal-address.ts'
import { sepaReference, sepaText } from './sepa-text.ts'

const transfer = (values: Partial<Transfer> = {}): Transfer => ({
  endToEndId: 'CPT-1-1', executionOn: '2026-04-02', amountMinor: 12_345, currency: 'EUR', remittance: 'Facture n° 12',
  creditor: { name: 'Société Générale d’Électricité', iban: 'FR76 3000 6000 0112 3456 7890 189', bic: null, address: null }, ...values,
})
const order = (transfers: readonly Transfer[], values: Partial<TransferOrder> = {}): TransferOrder => ({
  messageId: 'CPT-1', createdAt: new Date('2026-04-01T08:00:00Z'), transfers,
  debtor: { name: 'Comptoir SAS', iban: 'DE89370400440532013000', bic: null, address: null }, ...values,
})
const creditor = (iban: string): Transfer => transfer({ creditor: { ...transfer().creditor, iban } })

describe('SEPA text', () => {
  it.each([
    ['Société Générale d’Électricité', 'Societe Generale d\'Electricite'], ['Œuvre & Cie', 'OEuvre + Cie'], ['Straße 5€', 'Strasse 5EUR'],
    ['Łódź', 'Lodz'], ['Газпром', 'Gazprom'], ['Αθήνα', 'Athina'], ['a\n b\t c', 'a b c'], ['//x//y/', 'x/y'], ['<script>', '.script.'],
  ])('writes %s as %s', (text, expected) => {
    expect(sepaText(text, 70)).toBe(expected)
  })
  it('leaves nothing that a bank refuses, and nothing too long', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 140 }), (text, length) => {
      const clean = sepaText(text, length)
      expect(clean).toMatch(/^[a-zA-Z0-9/\-?:().,'+ ]*$/)
      expect(clean.length).toBeLessThanOrEqual(length)
      expect(clean).not.toMatch(/^\/|\/$|\/\//)
    }))
  })
  it('makes references of plain signs', () => {
    expect(sepaReference('Réf. n° 12 / é')).toBe('Ref.-n.-12-/-e')
  })
})

describe('structured addresses', () => {
  it.each([
    ['12 bis, rue de la Paix', { building: '12 bis', street: 'rue de la Paix' }],
    ['Musterstraße 7a', { building: '7a', street: 'Musterstraße' }],
    ['ZI des Prés', { building: null, street: 'ZI des Prés' }],
    ['3-5 quai Voltaire\nBâtiment C', { building: '3-5', street: 'quai Voltaire' }],
  ])('takes %j apart', (address, expected) => {
    expect(structuredAddress({ address, postalCode: '75002', city: 'Paris', country: 'France' })).toEqual({ ...expected, postalCode: '75002', town: 'Paris', country: 'FR' })
  })
  it('is none without a town or a known country, never a free line', () => {
    expect(structuredAddress({ address: '1 rue X', postalCode: null, city: null, country: 'FR' })).toBeNull()
    expect(structuredAddress({ address: '1 rue X', postalCode: null, city: 'Paris', country: 'Syldavie' })).toBeNull()
  })
  it.each([['France', 'FR'], ['Suisse', 'CH'], ['germany', 'DE'], ['UK', 'GB'], ['de', 'DE'], ['ZZ', null], ['', null]])('knows the country %j', (text, code) => {
    expect(countryCode(text)).toBe(code)
  })
})

describe('a credit transfer order', () => {
  it('is refused transfer by transfer, with every reason', () => {
    const refused = refusalsOf(order([
      creditor('FR7630006000011234567890188'), creditor('US12345'), creditor('TR330006100519786457841326'), transfer({ currency: 'USD', endToEndId: 'b' }),
      transfer({ amountMinor: 0, endToEndId: 'c' }), transfer({ amountMinor: 100_000_000_000, endToEndId: 'd' }), transfer({ endToEndId: 'x'.repeat(36) }),
      transfer({ endToEndId: 'e', creditor: { ...transfer().creditor, name: '!!!' } }),
    ]))
    expect(refused.map(({ index, reasons }) => [index, reasons])).toEqual([
      [0, ['iban_invalid']], [1, ['iban_invalid', 'reference_twice']], [2, ['iban_outside_sepa', 'reference_twice']], [3, ['currency_not_eur']],
      [4, ['amount_not_positive']], [5, ['amount_too_large']], [6, ['reference_invalid']], [7, ['name_missing']],
    ])
  })
  it.each([
    'CH9300762011623852957', 'GB29NWBK60161331926819', 'MC5811222000010123456789030', 'NO9386011117947', 'IS140159260076545510730339', 'LI21088100002324013AA', 'SM86U0322509800000000270100', 'AD1200012030200359100100', 'VA59001123000012345678',
  ])('reaches %s: the SEPA zone is not the EU', (iban) => {
    expect(refusalsOf(order([creditor(iban)]))).toEqual([])
  })
  it('is refused when it is empty', () => {
    expect(writePain(order([]), '001.001.09')).toEqual({ ok: false, refused: [{ index: null, reasons: ['nothing_to_transfer'] }] })
  })
  it('states counts and control sums from cents, by day', () => {
    const file = writePain(order([transfer({ endToEndId: 'a', amountMinor: 10 }), transfer({ endToEndId: 'b', amountMinor: 20, executionOn: '2026-04-01' }), transfer({ endToEndId: 'c', amountMinor: 99_999_999_999 })]), '001.001.09')
    expect(file).toMatchObject({ ok: true, transferCount: 3, controlSumMinor: 100_000_000_029 })
    const xml = file.ok ? file.xml : ''
    expect([...xml.matchAll(/<CtrlSum>([^<]*)/g)].map(match => match[1])).toEqual(['1000000000.29', '0.20', '1000000000.09'])
    expect([...xml.matchAll(/<Dt>([^<]*)/g)].map(match => match[1])).toEqual(['2026-04-01', '2026-04-02'])
    expect(xml).not.toContain('AdrLine')
  })
  it('writes cents exactly', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 99_999_999_999 }), minor => decimalOf(minor).replace('.', '') === String(minor).padStart(3, '0')))
  })
})

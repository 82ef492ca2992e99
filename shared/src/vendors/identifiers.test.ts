import fc from 'fast-check'
import { stdnum } from 'stdnum'
import { describe, expect, it } from 'vitest'
import { checkBic, checkIban, checkSiren, checkSiret, checkVatNumber, frenchVatKey } from './identifiers.ts'

describe('checkSiren', () => {
  it('accepts a number however its digits are grouped', () => {
    expect(checkSiren(' 732\u00a0829\u202f320 ')).toEqual({ ok: true, value: '732829320' })
  })
  it('names the last digit that would be right', () => {
    expect(checkSiren('732829321')).toEqual({ ok: false, reason: 'checksum', details: { expected: 0 } })
  })
  it('tells a wrong length from wrong characters', () => {
    expect(checkSiren('73282932')).toMatchObject({ reason: 'length', details: { expected: 9, found: 8 } })
    expect(checkSiren('73282932O')).toMatchObject({ reason: 'characters' })
  })
  it('agrees with an independent validator on any nine digits', () => {
    fc.assert(fc.property(fc.stringMatching(/^\d{9}$/), digits =>
      checkSiren(digits).ok === stdnum['FR']!['siren']!.validate(digits).isValid))
  })
})

describe('checkSiret', () => {
  it('accepts the establishments of La Poste that fail Luhn', () => {
    expect(checkSiret('356 000 000 00048').ok).toBe(true)
    expect(checkSiret('35600000049837').ok).toBe(true)
  })
  it('agrees with an independent validator on numbers of real companies', () => {
    fc.assert(fc.property(fc.stringMatching(/^732829320\d{5}$/), digits =>
      checkSiret(digits).ok === stdnum['FR']!['siret']!.validate(digits).isValid))
  })
})

describe('checkVatNumber', () => {
  it('says which key was expected', () => {
    expect(checkVatNumber('FR 45 732829320')).toEqual({ ok: false, reason: 'key', details: { expected: '44' } })
    expect(checkVatNumber('fr44732829320')).toEqual({ ok: true, value: 'FR44732829320' })
    expect(frenchVatKey('732829320')).toBe('44')
  })
  it('blames the SIREN when the SIREN is wrong', () => {
    expect(checkVatNumber('FR44732829321')).toMatchObject({ reason: 'siren' })
  })
  it('checks other countries by shape and refuses unknown ones', () => {
    expect(checkVatNumber('DE 136 695 976').ok).toBe(true)
    expect(checkVatNumber('BE 0428.759.497').ok).toBe(true)
    expect(checkVatNumber('DE13669597')).toMatchObject({ reason: 'shape', details: { country: 'DE' } })
    expect(checkVatNumber('ZZ123')).toMatchObject({ reason: 'country' })
  })
})

describe('checkIban', () => {
  it('accepts an IBAN with blanks', () => {
    expect(checkIban('FR14 2004 1010 0505 0001 3M02 606')).toEqual({ ok: true, value: 'FR1420041010050500013M02606' })
  })
  it('tells length, checksum and country apart', () => {
    expect(checkIban('FR14 2004 1010 0505 0001 3M02 60')).toMatchObject({ reason: 'length', details: { expected: 27, found: 26 } })
    expect(checkIban('FR15 2004 1010 0505 0001 3M02 606')).toMatchObject({ reason: 'checksum' })
    expect(checkIban('QQ15 2004')).toMatchObject({ reason: 'country' })
    expect(checkIban('12345')).toMatchObject({ reason: 'characters' })
  })
})

describe('checkBic', () => {
  it('accepts eight or eleven characters of a known country', () => {
    expect(checkBic('bnpafrpp')).toEqual({ ok: true, value: 'BNPAFRPP' })
    expect(checkBic('BNPAFRPPXXX').ok).toBe(true)
    expect(checkBic('BNPAFRP')).toMatchObject({ reason: 'length' })
    expect(checkBic('BNPAQQPP')).toMatchObject({ reason: 'shape' })
  })
})

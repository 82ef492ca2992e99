import { describe, expect, it } from 'vitest'
import { changedFields, faultsOf, identifierFault, tidyPatch } from './vendor-edit.ts'

describe('an edit of a vendor', () => {
  it('stores what was typed without blanks and grouping, and nothing as null', () => {
    expect(tidyPatch({ name: '  Papeterie Morel ', siren: '732 829 320', city: '   ', paymentTermDays: 30, notes: null }))
      .toEqual({ name: 'Papeterie Morel', siren: '732829320', city: null, paymentTermDays: 30, notes: null })
  })

  it('leaves fields that the patch does not name alone', () => {
    expect(tidyPatch({ city: 'Lyon' })).toEqual({ city: 'Lyon' })
  })

  it('names the identifier that is wrong and what was expected', () => {
    expect(faultsOf({ siren: '732829321', vatNumber: 'FR45732829320' })).toEqual([
      { field: 'siren', reason: 'checksum', details: { expected: 0 } },
      { field: 'vatNumber', reason: 'key', details: { expected: '44' } },
    ])
  })

  it('refuses a SIRET that belongs to another SIREN, whichever of the two is being changed', () => {
    expect(faultsOf({ siret: '552 100 554 00013' }, { siren: '732829320' })).toEqual([{ field: 'siret', reason: 'siren', details: {} }])
    expect(faultsOf({ siren: '732829320' }, { siret: '55210055400013' })).toHaveLength(1)
    expect(faultsOf({ city: 'Lyon' }, { siren: '732829320', siret: '55210055400013' })).toEqual([])
  })

  it('accepts a tax number from a country whose rule is not known', () => {
    expect(identifierFault('vatNumber', 'US 12-3456789')).toBeNull()
  })

  it('has nothing to say about an identifier that is empty', () => {
    expect(faultsOf({ siren: null, iban: '', bic: ' ' })).toEqual([])
  })

  it('tells which fields really change', () => {
    expect(changedFields({ name: 'A', city: null, siren: '732829320' }, { name: 'A', city: 'Lyon', siren: null, code: null })).toEqual(['siren', 'city'])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyHash, KeyTable } from './key-table.ts'
import { foldName, identityOf, SeenVendors, sirenOf, VendorIndex, type VendorIdentity } from './vendor-identity.ts'

const vendor = (values: Partial<Parameters<typeof identityOf>[0]>): VendorIdentity =>
  identityOf({ name: null, code: null, siren: null, siret: null, vatNumber: null, iban: null, ...values })

describe('an identity', () => {
  it('folds case and blanks of a name and nothing else, unless asked', () => {
    expect(foldName('  ACME\u00a0 Ltd ')).toBe('acme ltd')
    expect(vendor({ name: 'ACME Ltd' }).name).not.toBe(vendor({ name: 'ACME' }).name)
    expect(identityOf({ name: 'ACME Ltd.', code: null, siren: null, siret: null, vatNumber: null, iban: null }, { mergeSameKey: true }).name).toBe('acme')
  })
  it('finds the SIREN inside a SIRET or a French VAT number', () => {
    expect(sirenOf({ siren: null, siret: '73282932000074', vatNumber: null })).toBe('732829320')
    expect(sirenOf({ siren: null, siret: null, vatNumber: 'FR44732829320' })).toBe('732829320')
    expect(sirenOf({ siren: null, siret: null, vatNumber: 'DE136695976' })).toBeNull()
  })
})

describe('VendorIndex and SeenVendors', () => {
  it('take the strongest key first and let it overrule a weaker one', () => {
    const index = new VendorIndex<{ id: number, identity: VendorIdentity }>(['siren', 'code', 'name'])
    index.add({ id: 1, identity: vendor({ name: 'Martin', siren: '1', code: 'A' }) })
    index.add({ id: 2, identity: vendor({ name: 'Martin', siren: '2' }) })
    expect(index.find(vendor({ name: 'Durand', siren: '2' }))).toMatchObject({ vendor: { id: 2 }, by: 'siren' })
    expect(index.find(vendor({ name: 'Martin', siren: '3' }))).toBeNull()
    expect(index.find(vendor({ name: 'Martin' }))).toMatchObject({ vendor: { id: 1 }, by: 'name' })
    expect(index.find(vendor({ name: 'Autre', code: 'A' }))).toMatchObject({ vendor: { id: 1 }, by: 'code' })
  })
  it('count the same newcomers', () => {
    const cell = fc.constantFrom(null, 'a', 'b', 'c')
    fc.assert(fc.property(fc.array(fc.record({ name: fc.constantFrom('x', 'y', 'z'), siren: cell }), { maxLength: 30 }), (rows) => {
      const keys = ['siren', 'name'] as const
      const index = new VendorIndex<{ identity: VendorIdentity }>(keys)
      const seen = new SeenVendors(keys)
      for (const row of rows) {
        const identity = vendor(row)
        const isNew = index.find(identity) === null
        if (isNew) {
          index.add({ identity })
          expect(seen.meet(identity).isNew).toBe(true)
        }
      }
    }))
  })
})

describe('KeyTable', () => {
  it('keeps every value while it grows', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.integer(), { maxKeys: 3000 }), (entries) => {
      const table = new KeyTable()
      for (const [key, value] of Object.entries(entries))
        table.set(keyHash(key), value)
      expect(table.size).toBe(Object.keys(entries).length)
      for (const [key, value] of Object.entries(entries))
        expect(table.get(keyHash(key))).toBe(value)
    }), { numRuns: 20 })
  })
  it('counts from nought', () => {
    const table = new KeyTable()
    expect([table.count(0), table.count(0), table.count(1)]).toEqual([0, 1, 0])
    expect(table.get(7)).toBeUndefined()
  })
})

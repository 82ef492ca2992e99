import { describe, expect, it } from 'vitest'
import type { IncomingPurchase, IncomingVendor } from '@comptoir/shared/imports/row-context'
import { DuplicateFinder } from './duplicates.ts'
import { assertCan, canUndo } from './import-record.ts'
import { identityOfValues, valuesOf, type KnownVendor, type VendorValues } from './known-vendor.ts'
import { mergeVendor, type MergeRules } from './merge-vendor.ts'
import { SourceKeys } from './source-key.ts'
import { conflictOfRemoval, restorationOf } from './undo.ts'

const incoming = (values: Partial<IncomingVendor> = {}): IncomingVendor => ({
  name: null, code: null, siren: null, siret: null, vatNumber: null, iban: null, bic: null, email: null, phone: null, website: null,
  address: null, postalCode: null, city: null, country: null, category: null, paymentTermDays: null, notes: null, tags: null, supplies: null, attributes: null, ...values,
})
const values = (given: Partial<IncomingVendor>): VendorValues => valuesOf(incoming(given))
const known = (given: Partial<IncomingVendor>, version: number | null = 1): KnownVendor =>
  ({ vendorId: `id of ${given.name}`, version, identity: identityOfValues(values(given), {}), values: values(given) })

describe('a merge', () => {
  const rules: MergeRules = { updates: 'replace', blankErases: false, mapped: new Set(['vendorName', 'email', 'city', 'iban']), isFoundByName: false }
  const old = values({ name: 'Martin SA', email: 'a@x.fr', city: 'Lyon', iban: 'FR1' })
  it('replaces what differs and keeps what is blank', () => {
    expect(mergeVendor(old, values({ name: 'Martin', email: 'b@x.fr' }), rules).changes).toEqual([
      { field: 'name', old: 'Martin SA', new: 'Martin' }, { field: 'email', old: 'a@x.fr', new: 'b@x.fr' },
    ])
  })
  it('fills blanks only, or nothing, when told so', () => {
    expect(mergeVendor(old, values({ email: 'b@x.fr', phone: '1' }), { ...rules, updates: 'fill' }).changes).toEqual([{ field: 'phone', old: null, new: '1' }])
    expect(mergeVendor(old, values({ phone: '1' }), { ...rules, updates: 'none' }).changes).toEqual([])
  })
  it('erases by a blank cell of a mapped column when asked, but neither name nor bank details', () => {
    expect(mergeVendor(old, values({}), { ...rules, blankErases: true }).changes.map(({ field }) => field)).toEqual(['email', 'city'])
  })
  it('never replaces an IBAN and says that it differs', () => {
    expect(mergeVendor(old, values({ iban: 'FR2' }), rules)).toEqual({ changes: [], keepsBankDetails: true })
  })
  it('leaves the name alone when the name told who it is, or differs by case only', () => {
    expect(mergeVendor(old, values({ name: 'MARTIN  sa' }), rules).changes).toEqual([])
    expect(mergeVendor(old, values({ name: 'Martin' }), { ...rules, isFoundByName: true }).changes).toEqual([])
  })
})

describe('the names of purchases', () => {
  const purchase = (given: Partial<IncomingPurchase> = {}): IncomingPurchase =>
    ({ day: '2026-01-05', isPeriodGuess: false, amountMinor: 100, currency: 'EUR', reference: 'F1', label: null, category: null, department: null, ...given })
  const key = (file: string, given: Partial<IncomingPurchase> = {}, name = 'Martin'): string => new SourceKeys(file).next(incoming({ name }), purchase(given))
  it('are the same for the same line of any file, if it has a reference and a day', () => {
    expect(key('one')).toBe(key('two', { category: 'other', label: 'other' }))
    expect(key('one', {}, 'MARTIN ')).toBe(key('one'))
    expect(key('one', { reference: null })).not.toBe(key('two', { reference: null }))
    expect(key('one', { isPeriodGuess: true, day: '2026-03-31' })).toBe(key('one', { isPeriodGuess: true, day: '2026-06-30' }))
    expect(key('one', { isPeriodGuess: true })).not.toBe(key('two', { isPeriodGuess: true }))
  })
  it.each([{ day: '2026-01-06' }, { amountMinor: -100 }, { currency: 'GBP' }, { reference: 'F2' }])('differ with %j', (given) => {
    expect(key('one', given)).not.toBe(key('one'))
  })
  it('number equal lines of one file', () => {
    const keys = new SourceKeys('one')
    const [first, second, third] = [1, 2, 3].map(() => keys.next(incoming({ name: 'Martin' }), purchase()))
    expect([second, third]).toEqual([`${first}#1`, `${first}#2`])
  })
})

describe('a possible duplicate', () => {
  it('is proposed by the surest sign, never against a differing SIREN', () => {
    const finder = new DuplicateFinder()
    const there = [known({ name: 'Martin SA', siren: '732829320' }), known({ name: 'Autre', iban: 'FR1' })]
    expect(finder.propose(known({ name: 'MARTIN SARL' }, null), 2, there)).toMatchObject({ reason: 'same_key', vendorId: 'id of Martin SA' })
    expect(finder.propose(known({ name: 'Martin SAS', siren: '552100554' }, null), 3, there)).toMatchObject({ reason: 'same_key', vendorId: null, otherKey: 'martin sarl' })
    expect(finder.propose(known({ name: 'Nouveau', iban: 'FR1' }, null), 4, there)).toMatchObject({ reason: 'iban', vendorId: 'id of Autre' })
    expect(finder.propose(known({ name: 'Seul' }, null), 5, there)).toBeNull()
    expect(finder.propose(known({ name: 'SEUL Ltd' }, null), 6, there)).toMatchObject({ otherKey: 'seul' })
  })
})

describe('an undo', () => {
  const now = values({ name: 'Martin', city: 'Nice', email: 'b@x.fr' }) as Record<keyof VendorValues, string | number | null>
  it('gives fields their old value unless somebody wrote them since', () => {
    expect(restorationOf({ oldValues: { city: 'Lyon', email: null }, newValues: { city: 'Nice', email: 'b@x.fr' }, values: now })).toEqual({ values: { city: 'Lyon', email: null }, conflict: null })
    expect(restorationOf({ oldValues: { city: 'Lyon', email: null }, newValues: { city: 'Nice', email: 'c@x.fr' }, values: now })).toEqual({ values: { city: 'Lyon' }, conflict: 'partly_changed' })
    expect(restorationOf({ oldValues: { city: 'Lyon' }, newValues: { city: 'Metz' }, values: now })).toEqual({ values: {}, conflict: 'changed' })
  })
  it('removes only what nobody touched or uses', () => {
    expect([[false, false], [true, true], [false, true]].map(([isTouched, isUsed]) => conflictOfRemoval({ isTouched: isTouched!, isUsed: isUsed! }))).toEqual([null, 'changed', 'used'])
  })
})

describe('the steps of an import', () => {
  it('follow one another', () => {
    expect(() => assertCan('start', { state: 'analysed' })).toThrow('import.busy')
    expect(() => assertCan('start', { state: 'cancelled' })).not.toThrow()
    expect(canUndo({ state: 'done', startedAt: new Date(0), errorCode: null })).toBe(true)
    expect(canUndo({ state: 'cancelled', startedAt: null, errorCode: null })).toBe(false)
    expect(canUndo({ state: 'undoing', startedAt: new Date(0), errorCode: null })).toBe(false)
    expect(canUndo({ state: 'undoing', startedAt: new Date(0), errorCode: 'internal' })).toBe(true)
  })
})

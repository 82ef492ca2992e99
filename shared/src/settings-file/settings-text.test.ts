import { describe, expect, it } from 'vitest'
import { differences } from './differences.ts'
import { readSettings, writeSettings } from './settings-text.ts'

const home = { currency: 'EUR' }
const file = (sections: object, values: object = {}) => JSON.stringify({ format: 'comptoir-settings', formatVersion: 1, portal: 'a.example', currency: 'EUR', sections, ...values })
const faultsOf = (sections: object) => readSettings(file(sections), home).faults.map(({ path, kind }) => `${path.join('.')} ${kind}`)

describe('the file of the configuration', () => {
  it('is the same text for the same settings, in whatever order they were', () => {
    const settings = { portal: 'a.example', currency: 'EUR', sections: { tolerance: { quantityPercent: 1, amountMinor: 500, pricePercent: 2 } } }
    const turned = { currency: 'EUR', sections: { tolerance: { amountMinor: 500, pricePercent: 2, quantityPercent: 1 } }, portal: 'a.example' }
    expect(writeSettings(settings)).toBe(writeSettings(turned))
    expect(readSettings(`\uFEFF${writeSettings(settings)}`, home)).toMatchObject({ ...settings, faults: [] })
  })

  it('says what is missing, what is misspelt and what is not allowed, and where', () => {
    expect(faultsOf({ tolerance: { pricePercent: 2, quantityPercent: 1 } })).toEqual(['tolerance.amountMinor missing'])
    expect(faultsOf({ tolerance: { pricePercent: 101, quantityPercent: 1, amountMinor: 1 } })).toEqual(['tolerance.pricePercent invalid'])
    expect(faultsOf({ tolerance: { pricePercent: 1, quantityPercent: 1, amountMinor: 1, amoutMinor: 2 } })).toEqual(['tolerance.amoutMinor unknown'])
    expect(faultsOf({ targets: { '2026-13-01': 1 } })).toEqual(['targets.2026-13-01 unknown'])
    expect(faultsOf({ targets: { '2026-01-01': 1e300 } })).toEqual(['targets.2026-01-01 invalid'])
    expect(faultsOf({ interestRates: { '2026-02-31': 1, '2026-02-28': 1, 'soon': 1 } })).toEqual(['interestRates.2026-02-31 invalid', 'interestRates.soon unknown'])
    expect(faultsOf({ presets: { ' ': {} }, notices: { quietFrom: '20:00', quietUntil: '08:00', defaultDigest: 'off', kinds: { nosuch: { isOn: true, steps: null, channels: [] } } } })).toEqual(['presets.  unknown', 'notices.kinds.nosuch unknown'])
    expect(faultsOf({ toleranz: {}, targets: [] })).toEqual(['toleranz unknown', 'targets invalid'])
    expect(faultsOf(JSON.parse('{"targets":{"__proto__":{"polluted":1}}}') as object)).toEqual(['targets.__proto__ unknown'])
  })

  it('takes a sound section beside one that is not', () => {
    const { sections, faults } = readSettings(file({ targets: { '2026-01-01': 5 }, tolerance: 3 }), home)
    expect(sections).toEqual({ targets: { '2026-01-01': 5 } })
    expect(faults).toHaveLength(1)
  })

  it('does not take amounts of another currency for its own', () => {
    expect(readSettings(file({ targets: { '2026-01-01': 5 } }, { currency: 'USD' }), home)).toMatchObject({ sections: {}, faults: [{ path: ['targets'], kind: 'currency' }] })
  })

  it.each(['', '[]', '{}', 'null', '{"format":"comptoir-settings"}', file({}, { format: 'other' }), file({}, { sections: [] }), file({}, { formatVersion: '1' }), file({ attributes: { 'a\0b': {} } }), file({ attributes: { '\ud800': {} } })])('refuses what is no such file: %s', (text) => {
    expect(() => readSettings(text, home)).toThrow(expect.objectContaining({ code: 'settings_file.unreadable' }) as Error)
  })

  it('says so when the file is of a newer format', () => {
    expect(() => readSettings(file({}, { formatVersion: 2 }), home)).toThrow(expect.objectContaining({ code: 'settings_file.newer' }) as Error)
  })
})

describe('differences', () => {
  it('are told name by name, lists as a whole, and equal things not at all', () => {
    expect(differences({ a: { x: 1, y: [1, 2] }, b: 1 }, { a: { y: [2, 1], x: 1 }, c: null })).toEqual([
      { path: ['a', 'y'], before: [1, 2], after: [2, 1] }, { path: ['b'], before: 1 }, { path: ['c'], after: null },
    ])
    expect(differences([{ a: 1, b: 2 }], [{ b: 2, a: 1 }])).toEqual([])
    expect(differences({}, { constructor: 1 })).toEqual([{ path: ['constructor'], after: 1 }])
  })
})

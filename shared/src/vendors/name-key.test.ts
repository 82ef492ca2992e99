import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameKey } from './name-key.ts'

describe('nameKey', () => {
  it.each([
    ['DUPONT & FILS SARL', 'Dupont et Fils'],
    ['S.A.R.L. Dupont et fils', 'dupont  ET  fils'],
    ['Sté Générale d’Électricité', 'Société generale d\'electricite'],
    ['CAPITA BUSINESS SERVICES LIMITED', 'Capita Business Services Ltd.'],
    ['Müller GmbH & Co. KG', 'MULLER'],
    ['L\'Oréal S.A.', 'LOREAL'],
    ['Etablissements Œuvrard', 'Ets OEUVRARD'],
  ])('gives %s and %s the same key', (one, other) => {
    expect(nameKey(one)).toBe(nameKey(other))
  })
  it.each([
    ['Meon Marketing LLP', 'Meon Ltd'],
    ['CgMs Lltd.', 'CgMs'],
    ['TOPS', 'TOPS (JNW Fitness Limited)'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other))
  })
  it('keeps a name that is nothing but legal forms', () => {
    expect(nameKey('SA')).toBe('sa')
  })
  it('is empty for punctuation alone', () => {
    expect(nameKey(' -- ')).toBe('')
  })
  it('drops short legal forms only where a legal form stands', () => {
    expect(nameKey('AB Conseil')).toBe('ab conseil')
    expect(nameKey('Volvo AB')).toBe('volvo')
    expect(nameKey('SA Martin')).toBe('martin')
  })
  it('does not depend on letter case or blanks', () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-z .&]{0,30}$/), name =>
      nameKey(name.toUpperCase()) === nameKey(`  ${name}  `)))
  })
})

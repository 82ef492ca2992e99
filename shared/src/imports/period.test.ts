import { describe, expect, it } from 'vitest'
import { periodFromText } from './period.ts'

describe('periodFromText', () => {
  it.each([
    ['expenditure-over-500-apr-jun-2014.csv', '2014-04-01', '2014-06-30'],
    ['achats T2 2014', '2014-04-01', '2014-06-30'],
    ['2014-Q2.csv', '2014-04-01', '2014-06-30'],
    ['3T2024', '2024-07-01', '2024-09-30'],
    ['Avril-Juin_2014.csv', '2014-04-01', '2014-06-30'],
    ['dépenses 2e trimestre 2014', '2014-04-01', '2014-06-30'],
    ['Premier trimestre 2026', '2026-01-01', '2026-03-31'],
    ['premier semestre 2024', '2024-01-01', '2024-06-30'],
    ['S2 2025', '2025-07-01', '2025-12-31'],
    ['Période du 01/04/2014 au 30/06/2014', '2014-04-01', '2014-06-30'],
    ['20140401-20140630', '2014-04-01', '2014-06-30'],
    ['nov-jan-2015', '2014-11-01', '2015-01-31'],
    ['février 2024', '2024-02-01', '2024-02-29'],
    ['achats_202604', '2026-04-01', '2026-04-30'],
    ['exercice 2025', '2025-01-01', '2025-12-31'],
  ])('finds the period of %s', (text, from, to) => {
    expect(periodFromText(text)).toEqual({ from, to })
  })
  it.each(['fournisseurs.csv', 'export-500', '30/06'])('finds none in %s', (text) => {
    expect(periodFromText(text)).toBeNull()
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import { setFormats } from '../format/format.ts'
import { loadTexts } from '../i18n/i18n.ts'
import { recordWords } from './record-words.ts'

beforeAll(async () => {
  setFormats({ language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR' })
  await loadTexts('fr', ['recordHistory'])
})
const plain = (text: string): string => text.replace(/[\u00A0\u202F]/g, ' ')

describe('a document in the history', () => {
  it('says which parts changed, in words, and of many lines only those that differ', () => {
    expect(plain(recordWords({
      field: 'order',
      oldValue: { number: 'CF-1', status: 'draft', orderedOn: '2026-03-01', lines: ['Vis · 2', 'Écrou · 4'] },
      newValue: { number: 'CF-1', status: 'confirmed', orderedOn: '2026-03-01', lines: ['Vis · 3', 'Écrou · 4'] },
    }))).toBe('Commande CF-1 : état brouillon → confirmée ; lignes Vis · 2 → Vis · 3')
    expect(plain(recordWords({ field: 'payable', oldValue: { reference: 'F-1', currency: 'EUR', amountMinor: 1250, paidOn: null }, newValue: { reference: 'F-1', currency: 'EUR', amountMinor: 500, paidOn: '2026-03-02' } })))
      .toBe('Échéance F-1 : montant 12,50 € → 5,00 € ; payée le — → 02/03/2026')
  })

  it('says that it came or went, and no more to whoever sees the name alone', () => {
    expect(plain(recordWords({ field: 'invoice', oldValue: null, newValue: { number: 'F-9', totalMinor: 5 } }))).toBe('Facture F-9 : ajout')
    expect(plain(recordWords({ field: 'tolerance', oldValue: { pricePercent: 3 }, newValue: null }))).toBe('Tolérance : suppression')
    expect(plain(recordWords({ field: 'order', oldValue: { number: 'CF-1' }, newValue: { number: 'CF-1' } }))).toBe('Commande CF-1 : modification')
  })
})

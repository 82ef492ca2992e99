import { describe, expect, it } from 'vitest'
import { cellText, likelySheet, sheetText } from './sheet-text.ts'

describe('a cell of a workbook', () => {
  it.each<[unknown, string]>([
    [new Date('2026-03-05T00:00:00Z'), '2026-03-05'], [new Date('2026-03-05T14:30:00Z'), '2026-03-05 14:30:00'], [new Date(Number.NaN), ''],
    [1234.5, '1234.5'], [1234567, '1234567'], [1.234, '1.2340'], [0.1 + 0.2, '0.3'], [-12.75, '-12.75'], [732829320, '732829320'], [1e21, '1000000000000000000000'],
    ['00123', '00123'], ['two\r\nlines', 'two lines'], [null, ''], [undefined, ''], [true, 'true'],
  ])('%j is written %s', (value, text) => {
    expect(cellText(value)).toBe(text)
  })
})

describe('a sheet', () => {
  it('is written line by line, with what would split a cell in quotes', () => {
    expect(sheetText([['Nom', 'Montant'], ['Morel; "Fils"', 12.5], [null, null]])).toBe('Nom;Montant\r\n"Morel; ""Fils""";12.5\r\n;\r\n')
  })

  it('is the first that holds rows under a title', () => {
    const sheets = [{ name: 'Couverture', data: [['Achats 2026']] }, { name: 'Achats', data: [['Nom'], ['Morel']] }]
    expect(likelySheet(sheets)?.name).toBe('Achats')
    expect(likelySheet(sheets.slice(0, 1))?.name).toBe('Couverture')
  })

  it('is rather one with titles of ours than a page of notes before it', () => {
    const notes = { name: 'Lisez-moi', data: [['Note'], ['Version 2'], ['À jour']] }
    const data = { name: 'Dépenses', data: [['Dépenses 2024'], ['Fournisseur', 'Date facture', 'Montant HT'], ['Morel', '', 5]] }
    expect(likelySheet([notes, data, { ...data, name: 'Copie' }])?.name).toBe('Dépenses')
  })
})

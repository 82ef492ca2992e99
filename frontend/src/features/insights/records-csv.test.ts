import { describe, expect, it } from 'vitest'
import { dialectOf, writeCsv } from './records-csv.ts'

const french = dialectOf('fr')

describe('exported records', () => {
  it('are written as French spreadsheets read them', () => {
    expect(french).toEqual({ decimal: ',', separator: ';' })
    expect(writeCsv([['Intitulé', 'Montant'], ['Rhône; lot 2', 1234.5], ['dit « l’"Atelier" »', null]], french))
      .toBe('\uFEFFIntitulé;Montant\r\n"Rhône; lot 2";1234,5\r\n"dit « l’""Atelier"" »";\r\n')
  })

  it('never hold a formula, and keep negative numbers numbers', () => {
    for (const text of ['=1+1', '+33 1', '-2', '@sum', '\t=1', ' =1', '＝1'])
      expect(writeCsv([[text]], dialectOf('en'))).toContain(`'${text}`)
    expect(writeCsv([[-2.5]], french)).toBe('\uFEFF-2,5\r\n')
  })
})

import { expect, it } from 'vitest'
import { writeCsv } from './csv-writer.ts'

it('writes what Excel opens by itself', () => {
  expect(writeCsv([['Ligne', 'Valeur'], ['2', 'a;b "c"\nd']])).toBe('\ufeffLigne;Valeur\r\n2;"a;b ""c""\nd"\r\n')
})

it('lets no cell become a formula, and leaves figures alone', () => {
  expect(writeCsv([['=1+1', '@SUM(A1)', '+cmd', '-2+3', '\t=1', '-12,50', '+33 1 23', '- 5']])).toBe('\ufeff\'=1+1;\'@SUM(A1);\'+cmd;\'-2+3;\'\t=1;-12,50;+33 1 23;- 5\r\n')
})

import { expect, it } from 'vitest'
import { guessDelimiter } from './delimiter.ts'

it.each([
  ['a;b\n1,5;2,5\n3,5;4,5\n', ';'],
  ['a,b,c\n"x;y",2,3\n', ','],
  ['a\tb\n1,0\t2,0\n', '\t'],
  ['a|b|c\n1|2|3\n', '|'],
  ['Titre\n\nDate;Montant;Nom\n1;2,5;x\n', ';'],
  ['seul\nun\ndeux\n', ','],
  ['', ','],
  ['montant HT;TVA;montant TTC\n12,50;2,50;15,00\n1,00;0,20;1,20\n', ';'],
])('finds the delimiter of %j', (text, delimiter) => {
  expect(guessDelimiter(text)).toMatchObject({ delimiter, hasSepLine: false })
})

it('obeys the line that Excel writes for itself', () => {
  expect(guessDelimiter('sep=|\r\na;b|c\r\n')).toEqual({ delimiter: '|', newline: '\n', hasSepLine: true, isLineQuoted: false })
})

it('knows the line ends of old Macs', () => {
  expect(guessDelimiter('a;b\r1;2\r')).toMatchObject({ delimiter: ';', newline: '\r' })
})

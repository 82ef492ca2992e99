import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CsvReader, type CsvShape } from './csv-reader.ts'

const read = (text: string, shape: Partial<CsvShape> = {}, pieceLength = text.length + 1): (readonly [number, ...string[]])[] => {
  const reader = new CsvReader({ delimiter: ',', newline: '\n', ...shape })
  const records = []
  for (let at = 0; at < text.length; at += pieceLength)
    records.push(...reader.push(text.slice(at, at + pieceLength)))
  return [...records, ...reader.end()].map(({ line, cells }) => [line, ...cells] as const)
}

describe('CsvReader', () => {
  it('keeps delimiters, quotes and line ends inside quotes and counts the lines they take', () => {
    expect(read('a,b\r\n"x, ""y""\nz",2\r\n3,4')).toEqual([[1, 'a', 'b'], [2, 'x, "y"\nz', '2'], [4, '3', '4']])
  })
  it('reads empty cells and blank lines', () => {
    expect(read('a,,\n\n"",b\n')).toEqual([[1, 'a', '', ''], [2, ''], [3, '', 'b']])
  })
  it('takes a quote inside a cell as it stands', () => {
    expect(read('N"HOOD,1\n"N"HOOD SCHEME",2\n5" pipe,3')).toEqual([[1, 'N"HOOD', '1'], [2, 'N"HOOD SCHEME', '2'], [3, '5" pipe', '3']])
  })
  it('loses one cell, not the file, to a quote that nobody closed', () => {
    const lines = Array.from({ length: 6000 }, (_, index) => `row ${index},value`).join('\n')
    const records = read(`"broken,1\n${lines}`, {}, 8192)
    expect(records).toHaveLength(6001)
    expect(records[0]).toEqual([1, '"broken', '1'])
    expect(records.at(-1)).toEqual([6001, 'row 5999', 'value'])
  })
  it('cuts a file without line ends into pieces instead of holding it whole', () => {
    const records = read(`${'x'.repeat(3_000_000)}\nlast`, {}, 65_536)
    expect(records.map(([line, cell]) => [line, cell!.length])).toEqual([[1, 1_048_576], [1, 1_048_576], [1, 902_848], [2, 4]])
  })
  it('reads the line ends of old Macs', () => {
    expect(read('a;b\r1;2\r', { delimiter: ';', newline: '\r' })).toEqual([[1, 'a', 'b'], [2, '1', '2']])
  })
  it('gives back what was written, wherever the pieces are cut', () => {
    const cell = fc.string({ maxLength: 8, unit: fc.constantFrom('a', 'é', '"', ',', '\n', '\r\n', ' ', '1') })
    fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 9 }), (rows, pieceLength) => {
      const text = rows.map(cells => cells.map(value => `"${value.replaceAll('"', '""')}"`).join(',')).join('\r\n')
      expect(read(text, {}, pieceLength).map(([, ...cells]) => cells)).toEqual(rows)
    }))
  })
})

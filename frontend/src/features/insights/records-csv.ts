/** A cell that a spreadsheet would run as a formula is made text by an apostrophe in front. */
const isFormula = /^[\t\r ]*[=+\-@＝＋－＠]/

export type CsvCell = string | number | null

function writeCell(cell: CsvCell, { decimal, separator }: CsvDialect): string {
  if (cell === null)
    return ''
  if (typeof cell === 'number')
    return String(cell).replace('.', decimal)
  const safe = isFormula.test(cell) ? `'${cell}` : cell
  return safe.includes(separator) || /["\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export interface CsvDialect {
  readonly decimal: '.' | ','
  readonly separator: ',' | ';'
}

/** Where a comma is the decimal mark, spreadsheets expect semicolons between cells. */
export function dialectOf(locale: string): CsvDialect {
  const isComma = new Intl.NumberFormat(locale).formatToParts(1.5).some(({ type, value }) => type === 'decimal' && value === ',')
  return isComma ? { decimal: ',', separator: ';' } : { decimal: '.', separator: ',' }
}

/** With a byte order mark: without it a spreadsheet reads accents as rubbish. */
export const writeCsv = (rows: readonly (readonly CsvCell[])[], dialect: CsvDialect): string =>
  `\uFEFF${rows.map(row => row.map(cell => writeCell(cell, dialect)).join(dialect.separator)).join('\r\n')}\r\n`

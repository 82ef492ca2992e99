const startsFormula = /^[=+\-@\t\r]/
const isFigure = /^[+-]?[\d\s.,\u00a0\u202f]+$/

/** A spreadsheet runs a cell that starts like a formula; an apostrophe before it makes it text. Plain figures stay figures. */
const harmless = (text: string): string => startsFormula.test(text) && !isFigure.test(text) ? `'${text}` : text

const quoted = (text: string): string => /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/** Rows as a file that Excel opens by itself in every language: byte order mark, semicolons, CRLF. */
export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows.map(cells => cells.map(cell => quoted(harmless(cell))).join(';')).join('\r\n')}\r\n`

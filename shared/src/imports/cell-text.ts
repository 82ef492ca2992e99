const wrapped = /^=\s*"(.*)"$|^'(?=[\d+\-(])(.*)$/s

/** What a spreadsheet means by a cell: ="00123" and '00123 are the text 00123. */
export const unwrapCell = (cell: string): string => {
  const start = cell.charCodeAt(0)
  const found = start === 0x3d || start === 0x27 ? wrapped.exec(cell.trim()) : null
  return found?.[1]?.replaceAll('""', '"') ?? found?.[2] ?? cell
}

/** A formula that failed or a column too narrow to print: no text anybody wrote. */
export const isSheetError = (cell: string): boolean => /^#(?:N\/A|N\/D|REF!|VALEUR!|VALUE!|DIV\/0!|NOM\?|NAME\?|NUL!|NULL!|NOMBRE!|NUM!|#+)/.test(cell)

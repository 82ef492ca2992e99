import { checkBic, checkIban, checkSiren, checkSiret, checkVatNumber } from '../vendors/identifiers.ts'
import { isSheetError, unwrapCell } from './cell-text.ts'
import { dateEvidence, parseMonth } from './dates.ts'
import { isSupplierAccount, sideOf } from './ledger.ts'
import { parseAmount } from './numbers.ts'

/** What a column's cells look like, as shares of its filled cells. */
export interface ColumnContent {
  readonly filled: number
  readonly distinct: number
  readonly number: number
  readonly date: number
  readonly siren: number
  readonly siret: number
  readonly vatNumber: number
  readonly iban: number
  readonly bic: number
  readonly email: number
  readonly phone: number
  readonly website: number
  readonly text: number
  /** Days counted since 1900, as spreadsheets keep them; a sum of money may look the same. */
  readonly serialDay: number
  readonly month: number
  /** Debit or credit, as a word or a letter. */
  readonly side: number
  /** A supplier's account in a French ledger. */
  readonly supplierAccount: number
  /** One word with a digit in it: F001, 20018504. */
  readonly code: number
}

type Look = Exclude<keyof ColumnContent, 'filled' | 'distinct'>

export const emailShape = /^[^\s@,;]+@[^\s@,;]+\.[a-z]{2,}$/i
export const phoneShape = /^(?:\+|00)?[\d ().\-/]{9,20}$/
export const websiteShape = /^(?:https?:\/\/|www\.)\S+\.\S{2,}$/i

const looks: Readonly<Record<Look, (cell: string) => boolean>> = {
  number: (cell) => {
    const reading = parseAmount(cell, ',', 2)
    return reading.ok || reading.reason === 'scientific'
  },
  date: cell => cell.length >= 6 && dateEvidence(cell) !== 'none',
  siren: cell => /^[\d\s]{9,13}$/.test(cell) && checkSiren(cell).ok,
  siret: cell => /^[\d\s]{14,20}$/.test(cell) && checkSiret(cell).ok,
  vatNumber: cell => /^[A-Z]{2}/i.test(cell) && cell.length <= 20 && checkVatNumber(cell).ok,
  iban: cell => /^[A-Z]{2}\d/i.test(cell) && checkIban(cell).ok,
  bic: cell => /^[A-Z]{6}[A-Z\d]{2}(?:[A-Z\d]{3})?$/.test(cell) && checkBic(cell).ok,
  email: cell => emailShape.test(cell),
  phone: cell => phoneShape.test(cell) && /^(?:\+|0)/.test(cell) && cell.replace(/\D/g, '').length >= 9,
  website: cell => websiteShape.test(cell),
  text: cell => /\p{L}{2}/u.test(cell),
  serialDay: cell => /^\d{5}(?:[.,]\d+)?$/.test(cell) && Number(cell.slice(0, 5)) > 32_874 && Number(cell.slice(0, 5)) < 54_789,
  month: cell => parseMonth(cell) !== null,
  side: cell => sideOf(cell) !== null,
  supplierAccount: isSupplierAccount,
  code: cell => /^\S*\d\S*$/.test(cell),
}

/** Reads a column's sample. An empty column looks like nothing. */
export function sniffColumn(cells: readonly string[]): ColumnContent {
  const filled = cells.map(cell => unwrapCell(cell.slice(0, 300)).trim()).filter(cell => cell !== '' && !isSheetError(cell))
  const shares = Object.fromEntries(Object.entries(looks).map(([look, test]) =>
    [look, filled.length === 0 ? 0 : filled.filter(test).length / filled.length])) as Record<Look, number>
  return { filled: filled.length, distinct: new Set(filled).size, ...shares }
}

import { AppError } from '@comptoir/shared/errors'
import { currencyExponent } from '@comptoir/shared/money'
import { entryKey, readFec, type FecReading } from '@comptoir/shared/sources/fec-file'
import type { LedgerCheck } from '@comptoir/shared/sources/source.contract'
import { decodeBytes } from './read-table.ts'

/** @throws AppError source.unreadable, source.not_fec, source.no_rows */
export async function openFec(bytes: Buffer, currency: string): Promise<FecReading> {
  const reading = readFec(await decodeBytes(bytes), currencyExponent(currency))
  if (!reading)
    throw new AppError('source.not_fec')
  if (reading.lines.length === 0)
    throw new AppError('source.no_rows')
  return reading
}

export function checkLedger({ lines, read, refused, faults }: FecReading, currency: string): LedgerCheck {
  let [debitMinor, creditMinor, revenueMinor, expensesMinor] = [0, 0, 0, 0]
  for (const line of lines) {
    debitMinor += line.debitMinor
    creditMinor += line.creditMinor
    revenueMinor += line.account.startsWith('70') ? line.creditMinor - line.debitMinor : 0
    expensesMinor += line.account.startsWith('6') ? line.debitMinor - line.creditMinor : 0
  }
  return { currency, read, refused, entries: new Set(lines.map(entryKey)).size, ...spanOf(lines), debitMinor, creditMinor, revenueMinor, expensesMinor, faults: faults.map(fault => ({ ...fault })) }
}

export function spanOf(lines: FecReading['lines']): { from: string, to: string } {
  let [from, to] = [lines[0]?.entryOn ?? '', '']
  for (const { entryOn } of lines) {
    if (entryOn < from)
      from = entryOn
    if (entryOn > to)
      to = entryOn
  }
  return { from, to }
}

import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import { addDays, addMonths, dayAt, startOfMonth, type Day } from '@comptoir/shared/insights/calendar'
import { resolvePeriod, type DayRange } from '@comptoir/shared/insights/period'
import type { Books, FinanceQuery, FinanceReport, LedgerGroup, LedgerLines } from '@comptoir/shared/sources/finance.contract'
import { marginOf, summarise } from '@comptoir/shared/sources/ledger-measures'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { chainMonths, type MonthSums } from './ledger-months.ts'
import { readOwnPayables } from './own-payables.postgres.ts'

export type FinanceReader = Pick<Caller, 'portal' | 'viewer'>

/** @throws AppError request.invalid for a period that is none, source.not_found */
export async function readFinance(db: Database, reader: FinanceReader, query: FinanceQuery, now: Date): Promise<FinanceReport> {
  const { portal } = reader
  const range = resolvePeriod(query, { now, timeZone: portal.timeZone })
  const sources = await db.selectFrom('data_sources').select(['source_id as sourceId', 'name']).where('portal_id', '=', portal.id).where('dataset', '=', 'ledger').where('removed_at', 'is', null)
    .orderBy(sql`lower(name)`).orderBy('source_id').execute()
  if (query.sourceId !== undefined && !sources.some(({ sourceId }) => sourceId === query.sourceId))
    throw new AppError('source.not_found')
  const sourceId = query.sourceId ?? sources[0]?.sourceId ?? null
  const today = dayAt(now, portal.timeZone)
  return {
    from: range.from, to: range.to === null ? null : addDays(range.to, -1), sources, sourceId,
    books: sourceId === null ? null : await readBooks(db, portal.id, { sourceId, range, today }),
    own: await readOwnPayables(db, reader, range, today),
  }
}

async function readBooks(db: Database, portalId: number, { sourceId, range, today }: { sourceId: string, range: DayRange, today: Day }): Promise<Books | null> {
  const files = await db.selectFrom('ledger_files').selectAll().where('portal_id', '=', portalId).where('source_id', '=', sourceId).orderBy('from_on').execute()
  const last = files.at(-1)
  if (!last)
    return null
  const { months: all, before, hasUnknownOpening } = chainMonths(
    files.map(file => ({ fileId: file.file_id, from: file.from_on, to: file.to_on, hasOpening: file.has_opening })),
    await readMonthSums(db, portalId, files.map(({ file_id }) => file_id)),
  )
  const months = all.filter(({ month }) => (range.from === null || month >= range.from) && (range.to === null || addMonths(month, 1) <= range.to))
  const summary = summarise(months, before.get(months[0]?.month ?? '') ?? { receivablesMinor: 0, payablesMinor: 0 })
  const known = new Set(months.map(({ month }) => month))
  return {
    currency: last.currency,
    months: months.map((month) => {
      const { grossMinor, rate } = marginOf(month)
      return { ...month, marginMinor: grossMinor, marginRate: rate }
    }),
    days: summary.days, dso: summary.dso, dsoCountBack: summary.dsoCountBack, dpo: summary.dpo, dpoCountBack: summary.dpoCountBack,
    revenueMinor: summary.revenueMinor, marginMinor: summary.margin.grossMinor, marginRate: summary.margin.rate, resultMinor: summary.resultMinor,
    missingMonths: monthsOf(range, today).filter(month => !known.has(month)), hasUnknownOpening,
    files: files.map(file => ({ fileName: file.file_name, from: file.from_on, to: file.to_on, lines: file.line_count, entries: file.entry_count, faults: file.faults as Books['files'][number]['faults'] })),
  }
}

/** Months of a bound period that are over. */
function monthsOf({ from, to }: DayRange, today: Day): Day[] {
  const months: Day[] = []
  const end = to === null || to > startOfMonth(today) ? startOfMonth(today) : to
  for (let month = from === null ? end : startOfMonth(from); month < end; month = addMonths(month, 1))
    months.push(month)
  return months
}

async function readMonthSums(db: Database, portalId: number, fileIds: readonly string[]): Promise<MonthSums[]> {
  const { rows } = await sql<MonthSums>`
    select file_id as "fileId", month,
      coalesce(sum(opening_minor) filter (where account like '411%'), 0)::bigint as "receivablesOpening", coalesce(sum(debit_minor - credit_minor) filter (where account like '411%'), 0)::bigint as "receivablesMoved",
      coalesce(sum(-opening_minor) filter (where account like '401%'), 0)::bigint as "payablesOpening", coalesce(sum(credit_minor - debit_minor) filter (where account like '401%'), 0)::bigint as "payablesMoved",
      coalesce(sum(invoiced_debit_minor - invoiced_credit_minor) filter (where account like '411%'), 0)::bigint as "salesInvoicedMinor",
      coalesce(sum(invoiced_credit_minor - invoiced_debit_minor) filter (where account like '401%'), 0)::bigint as "purchasesInvoicedMinor",
      coalesce(sum(credit_minor - debit_minor) filter (where account like '70%'), 0)::bigint as "revenueMinor", coalesce(sum(debit_minor - credit_minor) filter (where account like '60%'), 0)::bigint as "purchasesMinor",
      coalesce(sum(credit_minor - debit_minor) filter (where account like '7%'), 0)::bigint as "incomeMinor", coalesce(sum(debit_minor - credit_minor) filter (where account like '6%'), 0)::bigint as "expensesMinor"
    from ledger_months where portal_id = ${portalId} and file_id = any(${[...fileIds]}::uuid[]) group by file_id, month order by month`.execute(db)
  return rows
}

const accounts: Readonly<Record<LedgerGroup, string>> = { revenue: '70%', purchases: '60%', receivables: '411%', payables: '401%' }
const linesShown = 200

/** @throws AppError source.not_found */
export async function readLedgerLines(db: Database, portalId: number, { sourceId, month, group }: { sourceId: string, month: string, group: LedgerGroup }): Promise<LedgerLines> {
  const source = await db.selectFrom('data_sources').select('source_id').where('portal_id', '=', portalId).where('source_id', '=', sourceId).where('dataset', '=', 'ledger').where('removed_at', 'is', null).executeTakeFirst()
  if (!source)
    throw new AppError('source.not_found')
  const lines = db.selectFrom('ledger_lines as l').innerJoin('ledger_files as f', join => join.onRef('f.portal_id', '=', 'l.portal_id').onRef('f.file_id', '=', 'l.file_id'))
    .where('l.portal_id', '=', portalId).where('f.source_id', '=', sourceId).where('l.entry_on', '>=', startOfMonth(month)).where('l.entry_on', '<', addMonths(startOfMonth(month), 1))
    .where('l.account', 'like', accounts[group]).where('l.is_opening', '=', false)
  const [rows, { total, balance }] = await Promise.all([
    lines.select(['l.journal', 'l.entry_number as entryNumber', 'l.entry_on as entryOn', 'l.account', 'l.account_name as accountName', 'l.auxiliary_name as auxiliaryName', 'l.reference', 'l.text',
      'l.debit_minor as debitMinor', 'l.credit_minor as creditMinor', 'l.lettering']).orderBy('l.entry_on').orderBy('l.line_no').limit(linesShown).execute(),
    lines.select([sql<number>`count(*)::int`.as('total'), sql<number | null>`sum(l.debit_minor - l.credit_minor)::bigint`.as('balance')]).executeTakeFirstOrThrow(),
  ])
  return { total, lines: rows, balanceMinor: balance }
}

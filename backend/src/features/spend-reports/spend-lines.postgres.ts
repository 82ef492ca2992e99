import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import { addMonths } from '@comptoir/shared/insights/calendar'
import type { SpendLines, SpendLinesQuery } from '@comptoir/shared/spend-reports/spend-report.contract'
import type { Database } from '../../platform/storage/database.ts'
import { categoryOf, chosenPurchases, daysOf, departmentOf, sums, toTotal, type Reader } from './chosen-purchases.postgres.ts'

const pageSize = 50

/** The purchases behind a figure, with the sum of all of them: it equals the figure. */
export async function readSpendLines(db: Database, reader: Reader, query: SpendLinesQuery, now: Date): Promise<SpendLines> {
  const { month } = query
  const days = daysOf(query, reader, now)
  const chosen = chosenPurchases(db, reader, query, days)
    .$if(month !== undefined, part => part.where('p.spent_on', '>=', `${month}-01`).where('p.spent_on', '<', addMonths(`${month}-01`, 1)))
  const after = query.cursor === undefined ? null : readCursor(query.cursor)
  const [rows, total] = await Promise.all([
    chosen.select([
      'p.purchase_id', 'p.vendor_id', 'vendors.name', 'p.spent_on', 'p.amount_minor', 'p.currency', 'p.amount_base_minor', 'p.reference', 'p.label',
      categoryOf.as('category'), departmentOf.as('department'),
    ])
      .$if(after !== null, part => part.where(sql<boolean>`(p.spent_on, p.purchase_id) < (${after!.day}::date, ${after!.id}::uuid)`))
      .orderBy('p.spent_on', 'desc').orderBy('p.purchase_id', 'desc').limit(pageSize + 1).execute(),
    chosen.select([...sums]).executeTakeFirstOrThrow(),
  ])
  const last = rows.length > pageSize ? rows[pageSize - 1] : undefined
  return {
    lines: rows.slice(0, pageSize).map(row => ({
      purchaseId: row.purchase_id, vendorId: row.vendor_id, vendor: row.name, spentOn: row.spent_on,
      amountMinor: row.amount_minor, currency: row.currency, baseMinor: row.amount_base_minor,
      reference: row.reference, label: row.label, category: row.category || null, department: row.department || null,
    })),
    total: toTotal(total),
    nextCursor: last ? `${last.spent_on}/${last.purchase_id}` : null,
  }
}

function readCursor(text: string): { day: string, id: string } {
  const found = /^(\d{4}-\d{2}-\d{2})\/([0-9a-f-]{36})$/.exec(text)
  if (!found?.[1] || !found[2])
    throw new AppError('request.invalid', { details: { reason: 'cursor' } })
  return { day: found[1], id: found[2] }
}

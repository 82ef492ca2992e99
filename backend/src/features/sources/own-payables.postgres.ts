import { sql } from 'kysely'
import { addDays, daysBetween, type Day } from '@comptoir/shared/insights/calendar'
import type { DayRange } from '@comptoir/shared/insights/period'
import type { OwnPayables } from '@comptoir/shared/sources/finance.contract'
import { daysOutstanding } from '@comptoir/shared/sources/ledger-measures'
import { visibleVendors, type Onlooker } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'

/**
 * What Comptoir itself knows of debts: open and overdue today; DPO over the part of the period that has passed, from what
 * was owed before it and at its end. A payable counts from its invoice until somebody said that it was paid. Credit notes
 * lessen what is open; of what is late they stand apart, as in the ageing of the payments.
 */
export async function readOwnPayables(db: Database, onlooker: Onlooker & { readonly portal: { readonly id: number, readonly currency: string } }, { from, to }: DayRange, today: Day): Promise<OwnPayables> {
  const end = to === null || to > addDays(today, 1) ? addDays(today, 1) : to
  const vendors = visibleVendors(db, onlooker, { group: 'prices' }).select('vendors.vendor_id')
  const owedAt = (day: Day) => sql`p.issued_on < ${day} and (p.paid_on is null or p.paid_on >= ${day})`
  const { rows: [row] } = await sql<{ open: number, debts: number, overdue: number, before: number, after: number, invoiced: number, unrated: number, first: Day | null }>`
    select coalesce(sum(amount_base_minor) filter (where status <> 'paid'), 0)::bigint as open,
      coalesce(sum(amount_base_minor) filter (where status <> 'paid' and amount_base_minor > 0), 0)::bigint as debts,
      coalesce(sum(amount_base_minor) filter (where status <> 'paid' and amount_base_minor > 0 and due_on < ${today}), 0)::bigint as overdue,
      coalesce(sum(amount_base_minor) filter (where ${from === null ? sql`false` : owedAt(from)}), 0)::bigint as before, coalesce(sum(amount_base_minor) filter (where ${owedAt(end)}), 0)::bigint as after,
      coalesce(sum(amount_base_minor) filter (where p.issued_on < ${end} and ${from === null ? sql`true` : sql`p.issued_on >= ${from}`}), 0)::bigint as invoiced,
      (count(*) filter (where amount_base_minor is null))::int as unrated, min(p.issued_on) as first
    from payables p
    where p.portal_id = ${onlooker.portal.id} and p.status <> 'cancelled' and p.vendor_id in (${vendors})`.execute(db)
  const { open = 0, debts = 0, overdue = 0, before = 0, after = 0, invoiced = 0, unrated = 0, first = null } = row ?? {}
  const start = from ?? first
  return {
    currency: onlooker.portal.currency, openMinor: open, overdueMinor: overdue, overdueShare: debts > 0 ? overdue / debts : null, invoicedMinor: invoiced, withoutRate: unrated,
    dpo: start === null || start >= end ? null : daysOutstanding((before + after) / 2, invoiced, daysBetween(start, end)),
  }
}

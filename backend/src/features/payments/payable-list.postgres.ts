import { sql, type SelectQueryBuilder } from 'kysely'
import { addDays, dayAt } from '@comptoir/shared/insights/calendar'
import { ageing, type AgeingBucket, type AgeingLine } from '@comptoir/shared/payments/ageing'
import type { PayableFilter, PayablePage } from '@comptoir/shared/payments/payments.contract'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import { visibleVendors, type Onlooker } from '../../platform/access/vendor-gate.postgres.ts'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { Schema } from '../../platform/storage/schema.ts'
import { readPayables, toPayable } from './payable-row.postgres.ts'
import { accessOf, treasuryRole } from './treasury.postgres.ts'

const defaultLimit = 50

const statusesOf = {
  due: ['open'], open: ['open', 'in_run'], sent: ['sent'], paid: ['paid'], all: ['open', 'in_run', 'sent', 'paid', 'cancelled'],
} as const

/** Payables of the vendors whose amounts the onlooker may read. */
export const visiblePayables = (db: Database, onlooker: Onlooker) =>
  db.selectFrom('payables').innerJoin(
    visibleVendors(db, onlooker, { group: 'prices' }).select(['vendors.vendor_id as seen_id', 'vendors.name_key as seen_key']).as('seen'),
    join => join.onRef('seen.seen_id', '=', 'payables.vendor_id'),
  ).where('payables.portal_id', '=', onlooker.portal.id)

export async function listPayables(db: Database, caller: Caller, filter: PayableFilter, now: Date): Promise<PayablePage> {
  const today = dayAt(now, caller.portal.timeZone)
  const searched = searchedPayables(db, caller, filter)
  const view = filter.view ?? 'open'
  const [from, to] = daysOf(filter.bucket, today)
  const chosen = searched
    .where('payables.status', 'in', statusesOf[view])
    .$if(view === 'due', query => query.where('payables.due_on', '<=', filter.dueBefore ?? today))
    .$if(filter.bucket !== undefined, query => query.where('payables.amount_minor', filter.bucket === 'credits' ? '<' : '>=', 0))
    .$if(from !== null, query => query.where('payables.due_on', '>=', from!))
    .$if(to !== null, query => query.where('payables.due_on', '<=', to!))
  const newestFirst = view === 'paid' || view === 'all'
  const page = chosen.select(['payables.portal_id', 'payables.payable_id'])
    // Credit notes have no day of their own to be late on: what is owed comes first.
    .$if(!newestFirst, query => query.orderBy(sql`payables.amount_minor < 0`))
    .orderBy('payables.due_on', newestFirst ? 'desc' : 'asc').orderBy('payables.payable_id')
    .offset(filter.offset ?? 0).limit(filter.limit ?? defaultLimit)
  const [rows, counted, aged, role] = await Promise.all([
    readPayables(db, sql`(${page})`, newestFirst ? sql`order by p.due_on desc, p.payable_id` : sql`order by p.amount_minor < 0, p.due_on, p.payable_id`),
    chosen.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow(),
    readAgeing(searched, today),
    treasuryRole(db, caller),
  ])
  return {
    payables: rows.map(row => toPayable(row, today)),
    total: counted.total,
    today,
    currency: caller.portal.currency,
    ageing: aged,
    access: accessOf(role),
  }
}

/** Of everything unpaid among these, however many are shown. */
export async function readAgeing<O>(payables: SelectQueryBuilder<Schema, 'payables', O>, today: string): Promise<AgeingLine[]> {
  const days = await payables.where('payables.status', 'in', ['open', 'in_run', 'sent']).clearSelect()
    .select(['payables.due_on as dueOn', sql<boolean>`payables.amount_minor < 0`.as('isCredit'), sql<number>`coalesce(sum(payables.amount_base_minor), 0)::bigint`.as('amountMinor'),
      sql<number>`count(*)::int`.as('count'), sql<number>`count(*) filter (where payables.amount_base_minor is null)::int`.as('unpricedCount')])
    .groupBy(['payables.due_on', sql`payables.amount_minor < 0`]).execute()
  return ageing(days, today)
}

function searchedPayables(db: Database, onlooker: Onlooker, { search }: PayableFilter) {
  const query = visiblePayables(db, onlooker)
  const text = search?.trim() ?? ''
  if (text === '')
    return query
  const like = (part: string): string => `%${part.replaceAll(/[\\%_]/g, sign => `\\${sign}`)}%`
  const key = nameKey(text)
  return query.where(eb => eb.or([
    eb('payables.reference', 'ilike', like(text)),
    ...key === '' ? [] : [eb('seen.seen_key', 'like', like(key))],
  ]))
}

/** The due days of a bucket, both included; the same borders as `bucketOf`. */
export function daysOf(bucket: AgeingBucket | undefined, today: string): [from: string | null, to: string | null] {
  switch (bucket) {
    case undefined:
    case 'credits': return [null, null]
    case 'not_due': return [today, null]
    case 'days_1_30': return [addDays(today, -30), addDays(today, -1)]
    case 'days_31_60': return [addDays(today, -60), addDays(today, -31)]
    case 'days_61_90': return [addDays(today, -90), addDays(today, -61)]
    case 'days_over_90': return [null, addDays(today, -91)]
  }
}

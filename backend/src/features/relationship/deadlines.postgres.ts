import { sql } from 'kysely'
import { dayAt } from '@comptoir/shared/insights/calendar'
import type { Deadline, DeadlineFilter, DeadlineList } from '@comptoir/shared/relationship/deadline.contract'
import { mayDo } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { Onlooker } from './contracts.postgres.ts'
import { readPeople } from './people.postgres.ts'

const most = 1_000

/** Payments stand behind the right to amounts, everything else behind the right to documents. */
const seen = (db: Database, onlooker: Onlooker) => db.selectFrom('vendor_deadlines as d')
  .innerJoin('vendors', join => join.onRef('vendors.portal_id', '=', 'd.portal_id').onRef('vendors.vendor_id', '=', 'd.vendor_id'))
  .where('d.portal_id', '=', onlooker.portal.id)
  .where(eb => eb.or([
    eb.and([eb('d.kind', '<>', 'payment.due'), mayDo(onlooker, { group: 'documents' })]),
    eb.and([eb('d.kind', '=', 'payment.due'), mayDo(onlooker, { group: 'prices' })]),
  ]))

/** Ends of contracts, notice days and documents between the days, both included; payments have a list of their own. */
export async function countDeadlines(db: Database, onlooker: Onlooker, { from, to }: { readonly from: string, readonly to: string }): Promise<number> {
  const { count } = await seen(db, onlooker).where('d.kind', '<>', 'payment.due').where('d.due_on', '>=', from).where('d.due_on', '<=', to)
    .select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow()
  return count
}

/** What lies ahead, and what was missed, by day. */
export async function listDeadlines(db: Database, onlooker: Onlooker, filter: DeadlineFilter, now: Date): Promise<DeadlineList> {
  const { from, to, kinds, owner, vendorId } = filter
  const wide = seen(db, onlooker)
    .$if(from !== undefined, query => query.where('d.due_on', '>=', from ?? ''))
    .$if(to !== undefined, query => query.where('d.due_on', '<=', to ?? ''))
    .$if(kinds !== undefined && kinds.length > 0, query => query.where('d.kind', 'in', kinds ?? []))
    .$if(vendorId !== undefined, query => query.where('d.vendor_id', '=', vendorId ?? ''))
  const [rows, owners] = await Promise.all([
    wide
      .$if(owner !== undefined, query => owner === 0 ? query.where('d.owner_user_id', 'is', null) : query.where('d.owner_user_id', '=', owner ?? 0))
      .leftJoin('payables as p', join => join.onRef('p.portal_id', '=', 'd.portal_id').onRef('p.payable_id', '=', 'd.subject_id').on('d.kind', '=', 'payment.due'))
      .select(['d.kind', 'd.subject_id', 'd.vendor_id', 'd.due_on', 'd.owner_user_id', 'd.is_mandatory', 'd.title',
        'vendors.name', 'vendors.status', 'vendors.company_id', 'p.amount_minor', 'p.currency'])
      .orderBy('d.due_on').orderBy('vendors.name').orderBy('d.kind').orderBy('d.subject_id').limit(most + 1).execute(),
    wide.select(sql<number>`d.owner_user_id`.as('user_id')).where('d.owner_user_id', 'is not', null).distinct().execute(),
  ])
  const people = await readPeople(db, onlooker.portal.id, owners.map(row => row.user_id))
  const deadlines = rows.slice(0, most).map((row): Deadline => ({
    kind: row.kind, subjectId: row.subject_id, vendorId: row.vendor_id, vendorName: row.name, vendorStatus: row.status, companyId: row.company_id,
    dueOn: row.due_on, title: row.title, isMandatory: row.is_mandatory, owner: people(row.owner_user_id),
    amount: row.amount_minor === null || row.currency === null ? null : { minor: row.amount_minor, currency: row.currency },
  }))
  return {
    today: dayAt(now, onlooker.portal.timeZone),
    deadlines,
    owners: owners.flatMap(({ user_id }) => people(user_id) ?? []).toSorted((a, b) => a.name.localeCompare(b.name)),
    isCut: rows.length > most,
  }
}

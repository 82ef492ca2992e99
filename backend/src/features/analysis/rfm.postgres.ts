import { sql } from 'kysely'
import type { Rfm, RfmQuery } from '@comptoir/shared/analysis/analysis.contract'
import { rfmOf, rfmSegments } from '@comptoir/shared/analysis/rfm'
import { dayAt } from '@comptoir/shared/insights/calendar'
import type { Database } from '../../platform/storage/database.ts'
import { askedDeals, dayOf, type Reader } from './asked-deals.postgres.ts'

const defaultLimit = 100

interface Row { readonly company_id: number, readonly name: string | null, readonly last_on: string, readonly recency: number, readonly frequency: number, readonly monetary: number }

/** Every company with a won deal; deals without an amount in the portal's currency count for frequency alone. */
export async function readRfm(db: Database, reader: Reader, query: RfmQuery, now: Date): Promise<Rfm> {
  const asOf = dayAt(now, reader.portal.timeZone)
  const { rows } = await sql<Row>`
    select d.company_id, max(c.title) as name, max(${dayOf(sql`d.closed_at`, reader)})::text as last_on,
      (${asOf}::date - max(${dayOf(sql`d.closed_at`, reader)}))::int as recency, count(*)::int as frequency,
      coalesce(sum(d.amount_base_minor), 0)::bigint as monetary
    from crm_deals d left join crm_companies c on c.portal_id = d.portal_id and c.company_id = d.company_id
    where ${askedDeals(reader, query)} and d.semantics = 'S' and d.closed_at <= ${now} and d.company_id > 0
    group by d.company_id order by monetary desc, d.company_id`.execute(db)
  const scores = rfmOf(rows.map(({ recency, frequency, monetary }) => ({ recencyDays: recency, frequency, monetaryMinor: monetary })))
  const customers = rows.map((row, at) => {
    const score = scores[at]!
    return {
      companyId: row.company_id, name: row.name, recencyDays: row.recency, lastOn: row.last_on, frequency: row.frequency, monetaryMinor: row.monetary,
      recency: score.recency, frequencyScore: score.frequency, monetary: score.monetary, segment: score.segment,
    }
  })
  return {
    asOf,
    currency: reader.portal.currency,
    segments: rfmSegments.map((segment) => {
      const members = customers.filter(customer => customer.segment === segment)
      return { segment, customers: members.length, monetaryMinor: members.reduce((sum, { monetaryMinor }) => sum + monetaryMinor, 0) }
    }),
    customers: customers.filter(({ segment }) => query.segment === undefined || segment === query.segment).slice(0, query.limit ?? defaultLimit),
  }
}

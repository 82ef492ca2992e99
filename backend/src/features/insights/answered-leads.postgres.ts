import { sql, type RawBuilder } from 'kysely'
import type { Ask } from './ask.ts'
import { isMomentIn, type Split } from './closed-deals.postgres.ts'
import { byMoment } from './deal-source.postgres.ts'
import type { Narrowed, RecordSource } from './record-page.postgres.ts'
import { isAboutPeople } from './rights.postgres.ts'

/** Where the CRM does not say which way, what was done for a lead counts as an answer. */
const OUTGOING = 2

/** Leads of the period with the hours until they were first written to or called. One that was approached before it was a lead did not wait. */
export function answeredLeadSource(ask: Ask, { leftOut }: Narrowed): RecordSource {
  return {
    entity: 'lead',
    rank: byMoment(sql`l.created_at`),
    id: sql`l.lead_id`,
    idType: 'integer',
    worth: sql`a.hours`,
    isFavourable: sql`false`,
    from: sql`crm_leads l cross join lateral (
      select min(greatest(0, extract(epoch from a.created_at - l.created_at) / 3600.0))::float8 as hours from crm_activities a
      where a.portal_id = l.portal_id and a.owner_type_id = 1 and a.owner_id = l.lead_id and coalesce(a.direction, ${sql.lit(OUTGOING)}) = ${sql.lit(OUTGOING)} and a.is_completed) a`,
    where: sql`l.portal_id = ${ask.portalId} and ${isMomentIn(ask.range, ask.timeZone, sql`l.created_at`)} and ${isAboutPeople(ask, sql`l.assigned_by_id`)}
      and a.hours is ${leftOut === 'unanswered' ? sql`null` : sql`not null`}`,
    key: split => keyOf(split, ask),
  }
}

export const leadCreatedOn = ({ timeZone }: Ask, lead: RawBuilder<unknown>): RawBuilder<string> => sql`(${lead}.created_at at time zone ${timeZone})::date`

function keyOf(split: Split, ask: Ask): RawBuilder<string | null> {
  if (split.kind === 'time')
    return sql`date_trunc(${sql.lit(split.bucket)}, ${leadCreatedOn(ask, sql`l`)})::date::text`
  return split.kind === 'responsible' ? sql`coalesce(l.assigned_by_id, 0)::text` : sql`null::text`
}

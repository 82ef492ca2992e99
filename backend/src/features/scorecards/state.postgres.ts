import { sql } from 'kysely'
import { startOfMonth, type Day } from '@comptoir/shared/insights/calendar'
import type { RequirementInput } from '@comptoir/shared/scorecards/scorecard-input.schema'
import type { StandingOrNone } from '@comptoir/shared/scorecards/standing'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { PortalState } from './portal-input.ts'

type Scored = Pick<PortalRecord, 'id' | 'timeZone'>

/** Documents asked for and handed in, open suspicions, and the standing of the month before: as of a day. */
export async function readState(db: Database, portal: Scored, asOf: Day): Promise<PortalState> {
  const [requirements, previous, fraudAlerts] = await Promise.all([
    readRequirements(db, portal, asOf), readPrevious(db, portal.id, asOf), readFraudAlerts(db, portal, asOf),
  ])
  return { requirements, previous, fraudAlerts }
}

interface RequirementRow extends RequirementInput { readonly vendor_id: string }

async function readRequirements(db: Database, { id, timeZone }: Scored, asOf: Day): Promise<PortalState['requirements']> {
  const { rows } = await sql<RequirementRow>`
    select q.vendor_id, coalesce(q.title, q.kind) as type, q.weight::float8 as weight, q.is_mandatory as mandatory,
      coalesce(d.documents, '[]') as documents
    from vendor_requirements(${id}, ${asOf}::date) q
    left join lateral (
      select json_agg(json_build_object('from', c.valid_from, 'to', c.valid_to,
        'verified', coalesce((c.verified_at at time zone ${timeZone}::text)::date <= ${asOf}::date, false)) order by c.valid_to nulls last, c.document_id) as documents
      from compliance_documents c where c.portal_id = ${id} and c.vendor_id = q.vendor_id and c.kind = q.kind
    ) d on true
    where q.applies order by q.vendor_id, q.position, q.kind`.execute(db)
  const byVendor = new Map<string, RequirementInput[]>()
  for (const { vendor_id, ...requirement } of rows) {
    const known = byVendor.get(vendor_id)
    if (known)
      known.push(requirement)
    else
      byVendor.set(vendor_id, [requirement])
  }
  return byVendor
}

async function readPrevious(db: Database, portalId: number, asOf: Day): Promise<PortalState['previous']> {
  const { rows } = await sql<{ vendor_id: string, standing: StandingOrNone }>`
    select distinct on (vendor_id) vendor_id, standing from scorecard_snapshots
    where portal_id = ${portalId} and month < ${startOfMonth(asOf)}::date order by vendor_id, month desc`.execute(db)
  return new Map(rows.map(({ vendor_id, standing }) => [vendor_id, standing]))
}

async function readFraudAlerts(db: Database, { id, timeZone }: Scored, asOf: Day): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ vendor_id: string }>`
    select vendor_id from vendor_fraud_alerts where portal_id = ${id}
      and (opened_at at time zone ${timeZone}::text)::date <= ${asOf}::date
      and (closed_at is null or (closed_at at time zone ${timeZone}::text)::date > ${asOf}::date)`.execute(db)
  return new Set(rows.map(({ vendor_id }) => vendor_id))
}

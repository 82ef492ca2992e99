import { sql } from 'kysely'
import { fieldGroups } from '@comptoir/shared/access/rights'
import { dealOnlooker } from '../../platform/access/deal-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { Reader } from './schedules.postgres.ts'

/** What a reader may count, in words that are kept beside a report: of whose deals, and of which vendors what. */
export async function rightsOf(db: Database, { portal, viewer }: Reader): Promise<string[]> {
  const { scope } = dealOnlooker(portal, viewer)
  const deals = { all: ['deals:all'], own: [], department: viewer.departmentIds.map(id => `deals:${id}`) }[scope]
  if (viewer.isAdmin)
    return [...deals, ...fieldGroups.map(group => `${group}:all`)]
  const { rows } = await sql<{ right: string }>`
    select distinct field_group || ':' || coalesce('group ' || g.vendor_group, g.vendor_id::text, 'all') as right
    from vendor_grants_of(${portal.id}, ${viewer.userId}) g, unnest(g.field_groups) as field_group`.execute(db)
  return [...deals, ...rows.map(({ right }) => right)]
}

/** Whether something that was allowed then is not any more. */
export function isNarrower(then: readonly string[], now: readonly string[]): boolean {
  const held = new Set(now)
  return then.some(right => !held.has(right) && !held.has(right.replace(/:.*/s, ':all')))
}

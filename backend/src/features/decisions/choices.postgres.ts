import { sql } from 'kysely'
import type { DecisionChoices } from '@comptoir/shared/decisions/decision.contract'
import { visibleVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'

const deal = 2
const mostVendors = 1_000

/** People, stages of deals, pipelines and vendors that a rule can name. */
export async function readRuleChoices(db: Database, caller: Pick<Caller, 'portal' | 'viewer'>): Promise<Pick<DecisionChoices, 'people' | 'stages' | 'pipelines' | 'vendors'>> {
  const portalId = caller.portal.id
  const [people, stages, pipelines, vendors] = await Promise.all([
    db.selectFrom('crm_users').select(['user_id', sql<string>`trim(name || ' ' || last_name)`.as('name')]).where('portal_id', '=', portalId).where('is_active', '=', true).orderBy('name').execute(),
    db.selectFrom('crm_stages').select(['stage_id', 'name', 'category_id']).where('portal_id', '=', portalId).where('entity_type_id', '=', deal).orderBy('category_id').orderBy('sort').execute(),
    db.selectFrom('crm_categories').select(['category_id', 'name']).where('portal_id', '=', portalId).where('entity_type_id', '=', deal).orderBy('sort').execute(),
    visibleVendors(db, caller).select(['vendors.vendor_id', 'vendors.name']).orderBy('vendors.name_key').limit(mostVendors).execute(),
  ])
  const pipelineNames = new Map(pipelines.map(row => [row.category_id, row.name]))
  const nameOf = (row: (typeof stages)[number]): string => pipelines.length > 1 ? `${pipelineNames.get(row.category_id) ?? ''} › ${row.name}` : row.name
  return {
    people: people.map(row => ({ id: String(row.user_id), name: row.name })),
    stages: stages.map(row => ({ id: row.stage_id, name: nameOf(row) })),
    pipelines: pipelines.map(row => ({ id: String(row.category_id), name: row.name })),
    vendors: vendors.map(row => ({ id: row.vendor_id, name: row.name })),
  }
}

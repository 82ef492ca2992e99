import type { ActionDocument } from '@comptoir/shared/actions/action.contract'
import { toMajor } from '@comptoir/shared/money'
import type { Database } from '../../platform/storage/database.ts'

const deal = 2
const company = 4

/** Fields of a mirrored record by the host's names, for trying out expressions. */
export async function readRecordFields(db: Database, portalId: number, { entityTypeId, entityId }: ActionDocument): Promise<Map<string, string>> {
  const fields = entityTypeId === deal
    ? await dealFields(db, portalId, entityId)
    : entityTypeId === company ? await companyFields(db, portalId, entityId) : {}
  return new Map(Object.entries(fields).flatMap(([name, value]) => value === null || value === undefined ? [] : [[name, String(value)]]))
}

async function dealFields(db: Database, portalId: number, dealId: number): Promise<Record<string, string | number | null>> {
  const row = await db.selectFrom('crm_deals').selectAll().where('portal_id', '=', portalId).where('deal_id', '=', dealId).executeTakeFirst()
  if (!row)
    return {}
  return {
    ID: row.deal_id,
    TITLE: row.title,
    OPPORTUNITY: row.amount_minor === null ? null : toMajor(row.amount_minor, row.currency),
    CURRENCY_ID: row.currency,
    STAGE_ID: row.stage_id,
    CATEGORY_ID: row.category_id,
    COMPANY_ID: row.company_id,
    ASSIGNED_BY_ID: row.assigned_by_id,
    BEGINDATE: row.begins_on,
    CLOSEDATE: row.closes_on,
  }
}

async function companyFields(db: Database, portalId: number, companyId: number): Promise<Record<string, string | number | null>> {
  const row = await db.selectFrom('crm_companies').selectAll().where('portal_id', '=', portalId).where('company_id', '=', companyId).executeTakeFirst()
  return row ? { ID: row.company_id, TITLE: row.title, COMPANY_TYPE: row.type_id, ASSIGNED_BY_ID: row.assigned_by_id } : {}
}

export async function readDealCompany(db: Database, portalId: number, dealId: number): Promise<number | null | undefined> {
  const row = await db.selectFrom('crm_deals').select('company_id').where('portal_id', '=', portalId).where('deal_id', '=', dealId).executeTakeFirst()
  return row?.company_id
}

export interface RecordChoice { readonly entityTypeId: number, readonly entityId: number, readonly title: string }

/** Records to try an action on: the newest, or those whose title or number matches. */
export async function findRecords(db: Database, portalId: number, entityTypeId: number, search: string): Promise<RecordChoice[]> {
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`
  const number = /^\d{1,9}$/.test(search) ? Number(search) : -1
  if (entityTypeId === deal) {
    const rows = await db.selectFrom('crm_deals').select(['deal_id', 'title']).where('portal_id', '=', portalId)
      .$if(search !== '', query => query.where(eb => eb.or([eb('title', 'ilike', pattern), eb('deal_id', '=', number)])))
      .orderBy('deal_id', 'desc').limit(20).execute()
    return rows.map(row => ({ entityTypeId, entityId: row.deal_id, title: row.title }))
  }
  if (entityTypeId === company) {
    const rows = await db.selectFrom('crm_companies').select(['company_id', 'title']).where('portal_id', '=', portalId)
      .$if(search !== '', query => query.where(eb => eb.or([eb('title', 'ilike', pattern), eb('company_id', '=', number)])))
      .orderBy('company_id', 'desc').limit(20).execute()
    return rows.map(row => ({ entityTypeId, entityId: row.company_id, title: row.title }))
  }
  return []
}

export async function readChoices(db: Database, portalId: number): Promise<{ pipelines: { id: string, name: string }[], people: { id: string, name: string }[] }> {
  const pipelines = await db.selectFrom('crm_categories').select(['category_id', 'name'])
    .where('portal_id', '=', portalId).where('entity_type_id', '=', deal).orderBy('sort').execute()
  const people = await db.selectFrom('crm_users').select(['user_id', 'name', 'last_name'])
    .where('portal_id', '=', portalId).where('is_active', '=', true).where('is_employee', '=', true).orderBy('last_name').orderBy('name').execute()
  return {
    pipelines: pipelines.map(row => ({ id: String(row.category_id), name: row.name })),
    people: people.map(row => ({ id: String(row.user_id), name: `${row.name} ${row.last_name}`.trim() })),
  }
}

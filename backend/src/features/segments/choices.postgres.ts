import { sql, type RawBuilder } from 'kysely'
import type { FieldId } from '@comptoir/shared/segments/fields'
import type { ChoiceName, SegmentChoice } from '@comptoir/shared/segments/segment.contract'
import { plainText } from '@comptoir/shared/segments/plain-text'
import { conditionsOf, type Rule } from '@comptoir/shared/segments/rule'
import { dealOnlooker, isVisible } from '../../platform/access/deal-gate.postgres.ts'
import { visibleVendors } from '../../platform/access/vendor-gate.postgres.ts'
import { folded } from '../../platform/segments/sql-condition.postgres.ts'
import { attributeValues } from '../../platform/segments/vendor-fields.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { Reader } from './visible-segments.postgres.ts'

const DEALS = 2
const shownAtMost = 100

type Source = (db: Database, reader: Reader) => RawBuilder<unknown>

/** Value, name and group of everything that a condition on a field can choose; where there is none the page knows the choices itself. */
const sources: Readonly<Partial<Record<FieldId, Source>>> = {
  pipeline: (_db, { portal }) => sql`
    select category_id::text as value, name, null::text as "group", sort from crm_categories where portal_id = ${portal.id} and entity_type_id = ${DEALS}`,
  stage: (_db, { portal }) => sql`
    select s.stage_id as value, s.name, c.name as "group", coalesce(c.sort, 0) * 10000 + s.sort as sort
    from crm_stages s left join crm_categories c on c.portal_id = s.portal_id and c.entity_type_id = s.entity_type_id and c.category_id = s.category_id
    where s.portal_id = ${portal.id} and s.entity_type_id = ${DEALS}`,
  source: (_db, { portal }) => statuses(portal.id, 'SOURCE'),
  company_type: (_db, { portal }) => statuses(portal.id, 'COMPANY_TYPE'),
  currency: (_db, { portal }) => sql`
    select currency as value, currency as name, null::text as "group", (not is_base)::int as sort from crm_currencies where portal_id = ${portal.id}`,
  responsible: (_db, { portal, viewer }) => sql`
    select u.user_id::text as value, trim(u.name || ' ' || u.last_name) as name, null::text as "group", (not u.is_active)::int as sort
    from crm_users u where u.portal_id = ${portal.id} and ${isVisible(dealOnlooker(portal, viewer), sql`u.user_id`)}`,
  department: (_db, { portal }) => sql`
    select department_id::text as value, name, null::text as "group", 0 as sort from crm_departments where portal_id = ${portal.id}`,
  company: (_db, reader) => sql`
    select c.company_id::text as value, c.title as name, null::text as "group", 0 as sort from crm_companies c
    where c.portal_id = ${reader.portal.id} and exists (select from crm_deals d where d.portal_id = c.portal_id and d.company_id = c.company_id and ${isSeen(reader)})`,
  product: (_db, reader) => sql`
    select distinct r.product_name as value, r.product_name as name, null::text as "group", 0 as sort from crm_product_rows r
      join crm_deals d on d.portal_id = r.portal_id and d.deal_id = r.deal_id
    where r.portal_id = ${reader.portal.id} and r.product_name <> '' and ${isSeen(reader)}`,
  utm_source: dealValues('utm_source'),
  utm_medium: dealValues('utm_medium'),
  utm_campaign: dealValues('utm_campaign'),
  vendor_category: vendorValues('vendors.category'),
  vendor_country: vendorValues('vendors.country'),
  vendor_tag: vendorWords('tags'),
  vendor_supply: vendorWords('supplies'),
  vendor_attribute: (db, reader) => sql`
    select distinct own.value, own.label || ${reader.portal.language === 'fr' ? '\u00A0: ' : ': '} || case when own.kind <> 'yesNo' then own.text when own.text = 'true' then ${yes(reader)} else ${no(reader)} end as name, own.label as "group", 0 as sort
    from (${visibleVendors(db, reader).select(['vendors.portal_id', 'vendors.vendor_id', 'vendors.category', 'vendors.attributes', 'vendors.created_by', 'vendors.import_id'])}) vendors cross join lateral (${attributeValues(reader)}) own`,
}

const yes = ({ portal }: Reader): string => portal.language === 'fr' ? 'oui' : 'yes'
const no = ({ portal }: Reader): string => portal.language === 'fr' ? 'non' : 'no'

function dealValues(column: 'utm_source' | 'utm_medium' | 'utm_campaign'): Source {
  return (_db, reader) => sql`
    select distinct ${sql.ref(column)} as value, ${sql.ref(column)} as name, null::text as "group", 0 as sort from crm_deals d
    where d.portal_id = ${reader.portal.id} and ${sql.ref(column)} <> '' and ${isSeen(reader)}`
}

function vendorValues(column: 'vendors.category' | 'vendors.country'): Source {
  return (db, reader) => sql`
    select distinct value, value as name, null::text as "group", 0 as sort from (${visibleVendors(db, reader).select(`${column} as value`)}) own where value <> ''`
}

function vendorWords(column: 'tags' | 'supplies'): Source {
  return (db, reader) => sql`
    select distinct word as value, word as name, null::text as "group", 0 as sort from (${visibleVendors(db, reader).select(`vendors.${column} as words`)}) own cross join unnest(own.words) word`
}

const isSeen = ({ portal, viewer }: Reader): RawBuilder<boolean> => isVisible(dealOnlooker(portal, viewer), sql`d.assigned_by_id`)

const statuses = (portalId: number, directory: string): RawBuilder<unknown> =>
  sql`select status_id as value, name, null::text as "group", sort from crm_statuses where portal_id = ${portalId} and directory = ${directory}`

/** What a person can choose from, in the CRM's order; the first hundred that fit what was typed. */
export async function readChoices(db: Database, reader: Reader, field: FieldId, search = ''): Promise<SegmentChoice[]> {
  const source = sources[field]?.(db, reader)
  if (!source)
    return []
  const { rows } = await sql<SegmentChoice>`
    select value, name, "group" from (${source}) choices where strpos(${folded(sql`name`)}, ${plainText(search.trim())}) > 0 order by sort, name, value limit ${shownAtMost}`.execute(db)
  return rows
}

/** Fields whose values are not their names. */
const named: readonly FieldId[] = ['pipeline', 'stage', 'source', 'company_type', 'responsible', 'department', 'company', 'vendor_attribute']

/** Names of everything that these rules choose. A name that the reader would not be shown is left out: its id stands for it. */
export async function readNames(db: Database, reader: Reader, rules: readonly Rule[]): Promise<Map<FieldId, readonly ChoiceName[]>> {
  const asked = Map.groupBy(rules.flatMap(conditionsOf).filter(({ field }) => named.includes(field)), ({ field }) => field)
  const read = await Promise.all([...asked].map(async ([field, conditions]): Promise<[FieldId, ChoiceName[]]> => {
    const values = [...new Set(conditions.flatMap(condition => condition.values.map(String)))]
    const { rows } = await sql<{ value: string, name: string, group: string | null }>`
      select value, name, "group" from (${sources[field]?.(db, reader) ?? sql``}) choices where value = any(${values}::text[])`.execute(db)
    return [field, rows.map(({ value, name }) => ({ field, value, name }))]
  }))
  return new Map(read)
}

export const namesIn = (rule: Rule, known: ReadonlyMap<FieldId, readonly ChoiceName[]>): ChoiceName[] => {
  const chosen = new Set(conditionsOf(rule).flatMap(({ field, values }) => values.map(value => `${field}/${value}`)))
  return [...known.values()].flat().filter(({ field, value }) => chosen.has(`${field}/${value}`))
}

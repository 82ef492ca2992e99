import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '../../platform/storage/database.ts'
import { belongs, type StoredIds } from './id-ranges.postgres.ts'

/** How a kind of record is written: its columns, each with the key of the fact and the type that is read from it. */
export interface RecordStore extends StoredIds {
  readonly columns: Readonly<Record<string, readonly [key: string, type: string]>>
  /** Moves through stages and is worth money: meaning and base amount are ours to find out. */
  readonly stagesOf?: number
  /** The column whose day gives the rate, else the day of creation. Without it a record is worth what it would be today. */
  readonly ratedOn?: string
}

type RecordFact = object & { readonly id: number }

/** One statement for a whole page. Untouched where nothing differs. */
export async function saveRecords(tx: Tx, portalId: number, store: RecordStore, facts: readonly RecordFact[]): Promise<void> {
  if (facts.length === 0)
    return
  const shared = store.entityTypeId === undefined ? sql`` : sql`entity_type_id, `
  const plain = Object.entries(store.columns)
  const found = store.stagesOf === undefined ? [] : staged(store)
  const names = [...plain.map(([name]) => name), ...found.map(([name]) => name)]
  const fields = [...plain.map(([, field]) => field), ...(found.length > 0 ? stagedFields : [])]
  const listed = (write: (name: string) => RawBuilder<unknown>) => sql.join(names.map(write))
  await sql`
    insert into ${sql.table(store.table)} as d (portal_id, ${shared}${sql.ref(store.id)}, ${listed(name => sql.ref(name))})
    select ${portalId}, ${store.entityTypeId === undefined ? sql`` : sql`${store.entityTypeId}::int, `}f.id, ${sql.join([...plain.map(([, [key]]) => sql.ref(`f.${key}`)), ...found.map(([, value]) => value)])}
    from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) as f (id int, ${sql.join(fields.map(([key, type]) => sql`${sql.ref(key)} ${sql.raw(type)}`))})
    ${store.stagesOf === undefined ? sql`` : meaning(portalId, store.stagesOf)}
    order by f.id
    on conflict (portal_id, ${shared}${sql.ref(store.id)}) do update set
      ${listed(name => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`)}, synced_at = now()
    where (${listed(name => sql.ref(`d.${name}`))}) is distinct from (${listed(name => sql.ref(`excluded.${name}`))})
  `.execute(tx)
}

const staged = (store: RecordStore): readonly (readonly [name: string, value: RawBuilder<unknown>])[] => [
  ['semantics', sql`m.semantics`],
  ['amount_minor', sql`f."amountMinor"`],
  ['currency', sql`m.currency`],
  ['amount_base_minor', sql`crm_base_amount(p.portal_id, f."amountMinor", m.currency, ${ratedDay(store)})`],
]

const ratedDay = ({ ratedOn, columns }: RecordStore): RawBuilder<unknown> => ratedOn === undefined
  ? sql`null`
  : sql`coalesce(${sql.ref(`f.${columns[ratedOn]![0]}`)}, (f."createdAt" at time zone p.time_zone)::date)`

const stagedFields = [['semantics', 'text'], ['amountMinor', 'bigint'], ['currency', 'text']] as const

const meaning = (portalId: number, entityTypeId: number) => sql`
    join portals p on p.portal_id = ${portalId}
    left join crm_stages s on s.portal_id = ${portalId} and s.entity_type_id = ${entityTypeId} and s.stage_id = f."stageId"
    cross join lateral (select coalesce(s.semantics, f.semantics) as semantics, coalesce(f.currency, p.currency) as currency) m`

export async function deleteRecords(tx: Tx, portalId: number, stored: StoredIds, ids: readonly number[]): Promise<void> {
  if (ids.length > 0)
    await sql`delete from ${sql.table(stored.table)} where ${belongs(stored, portalId)} and ${sql.ref(stored.id)} = any(${ids}::int[])`.execute(tx)
}

/** Tables whose meaning and base amount follow the directories. Without `stagesOf` each row names its own type. */
export interface StagedTable extends Pick<RecordStore, 'stagesOf' | 'ratedOn'> {
  readonly table: StoredIds['table']
}

/** After a stage changed its meaning. */
export async function refreshRecordMeanings(tx: Tx, portalId: number, { table, stagesOf }: StagedTable): Promise<void> {
  await sql`
    update ${sql.table(table)} d set semantics = s.semantics
    from crm_stages s
    where d.portal_id = ${portalId} and s.portal_id = d.portal_id and s.entity_type_id = ${stagesOf ?? sql.ref('d.entity_type_id')}
      and s.stage_id = d.stage_id and s.semantics <> d.semantics
  `.execute(tx)
}

/** After the CRM changed a rate. The history of rates sees to what has a day of its own. */
export async function refreshRecordAmounts(tx: Tx, portalId: number, { table, ratedOn }: StagedTable): Promise<void> {
  if (ratedOn !== undefined)
    return
  await sql`
    update ${sql.table(table)} d set amount_base_minor = round(d.amount_minor * f.factor)::bigint
    from (
      select x.currency, c.minor_factor as factor
      from (select distinct currency from ${sql.table(table)} where portal_id = ${portalId}) x
      left join crm_currencies c on c.portal_id = ${portalId} and c.currency = x.currency
    ) f
    where d.portal_id = ${portalId} and d.currency = f.currency and d.amount_base_minor is distinct from round(d.amount_minor * f.factor)::bigint
  `.execute(tx)
}

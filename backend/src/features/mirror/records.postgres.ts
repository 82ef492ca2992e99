import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '../../platform/storage/database.ts'
import type { StoredIds } from './id-ranges.postgres.ts'

/** How a kind of record is written: its columns, each with the key of the fact and the type that is read from it. */
export interface RecordStore extends StoredIds {
  readonly columns: Readonly<Record<string, readonly [key: string, type: string]>>
  /** Moves through stages and is worth money: meaning and base amount are ours to find out. */
  readonly stagesOf?: number
}

type RecordFact = object & { readonly id: number }

/** One statement for a whole page. Untouched where nothing differs. */
export async function saveRecords(tx: Tx, portalId: number, store: RecordStore, facts: readonly RecordFact[]): Promise<void> {
  if (facts.length === 0)
    return
  const plain = Object.entries(store.columns)
  const found = store.stagesOf === undefined ? [] : staged
  const names = [...plain.map(([name]) => name), ...found.map(([name]) => name)]
  const fields = [...plain.map(([, field]) => field), ...(found.length > 0 ? stagedFields : [])]
  const listed = (write: (name: string) => RawBuilder<unknown>) => sql.join(names.map(write))
  await sql`
    insert into ${sql.table(store.table)} as d (portal_id, ${sql.ref(store.id)}, ${listed(name => sql.ref(name))})
    select ${portalId}, f.id, ${sql.join([...plain.map(([, [key]]) => sql.ref(`f.${key}`)), ...found.map(([, value]) => value)])}
    from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) as f (id int, ${sql.join(fields.map(([key, type]) => sql`${sql.ref(key)} ${sql.raw(type)}`))})
    ${store.stagesOf === undefined ? sql`` : meaning(portalId, store.stagesOf)}
    order by f.id
    on conflict (portal_id, ${sql.ref(store.id)}) do update set
      ${listed(name => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`)}, synced_at = now()
    where (${listed(name => sql.ref(`d.${name}`))}) is distinct from (${listed(name => sql.ref(`excluded.${name}`))})
  `.execute(tx)
}

const staged: readonly (readonly [name: string, value: RawBuilder<unknown>])[] = [
  ['semantics', sql`m.semantics`],
  ['amount_minor', sql`f."amountMinor"`],
  ['currency', sql`m.currency`],
  ['amount_base_minor', sql`round(f."amountMinor" * c.minor_factor)::bigint`],
]
const stagedFields = [['semantics', 'text'], ['amountMinor', 'bigint'], ['currency', 'text']] as const

const meaning = (portalId: number, entityTypeId: number) => sql`
    join portals p on p.portal_id = ${portalId}
    left join crm_stages s on s.portal_id = ${portalId} and s.entity_type_id = ${entityTypeId} and s.stage_id = f."stageId"
    cross join lateral (select coalesce(s.semantics, f.semantics) as semantics, coalesce(f.currency, p.currency) as currency) m
    left join crm_currencies c on c.portal_id = ${portalId} and c.currency = m.currency`

export async function deleteRecords(tx: Tx, portalId: number, { table, id }: StoredIds, ids: readonly number[]): Promise<void> {
  if (ids.length > 0)
    await sql`delete from ${sql.table(table)} where portal_id = ${portalId} and ${sql.ref(id)} = any(${ids}::int[])`.execute(tx)
}

/** After a stage changed its meaning. */
export async function refreshRecordMeanings(tx: Tx, portalId: number, { table, stagesOf }: RecordStore): Promise<void> {
  await sql`
    update ${sql.table(table)} d set semantics = s.semantics
    from crm_stages s
    where d.portal_id = ${portalId} and s.portal_id = d.portal_id and s.entity_type_id = ${stagesOf} and s.stage_id = d.stage_id
      and s.semantics <> d.semantics
  `.execute(tx)
}

/** After a rate changed. */
export async function refreshRecordAmounts(tx: Tx, portalId: number, { table, id }: RecordStore): Promise<void> {
  await sql`
    update ${sql.table(table)} d set amount_base_minor = f.amount
    from (
      select x.${sql.ref(id)} as id, round(x.amount_minor * c.minor_factor)::bigint as amount
      from ${sql.table(table)} x left join crm_currencies c on c.portal_id = x.portal_id and c.currency = x.currency
      where x.portal_id = ${portalId}
    ) f
    where d.portal_id = ${portalId} and d.${sql.ref(id)} = f.id and d.amount_base_minor is distinct from f.amount
  `.execute(tx)
}

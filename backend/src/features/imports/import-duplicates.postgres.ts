import { sql, type Selectable } from 'kysely'
import type { DuplicateDecision } from '@comptoir/shared/imports/import.contract'
import { foldName } from '@comptoir/shared/imports/vendor-identity'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import type { Database } from '../../platform/storage/database.ts'
import type { ImportTables } from '../../platform/storage/tables/imports.ts'
import type { VendorTables } from '../../platform/storage/tables/vendors.ts'
import type { DuplicateProposal } from './duplicates.ts'
import type { Decision } from './import-batch.ts'
import type { ImportRecord } from './import-record.ts'
import { toKnownVendor } from './known-vendors.postgres.ts'
import type { KnownVendor } from './known-vendor.ts'

type Key = Pick<ImportRecord, 'portalId' | 'importId'>
export type DuplicateRow = Selectable<ImportTables['import_duplicates']>

/** Decisions survive a new dry run; proposals that nobody decided are made anew. */
export async function forgetUndecided(db: Database, { portalId, importId }: Key): Promise<void> {
  await db.deleteFrom('import_duplicates').where('portal_id', '=', portalId).where('import_id', '=', importId).where('decision', 'is', null).execute()
}

export async function saveDuplicates(db: Database, { portalId, importId }: Key, proposals: readonly DuplicateProposal[]): Promise<void> {
  if (proposals.length === 0)
    return
  const records = proposals.map(({ incomingKey, line, incoming, reason, score, vendorId, otherKey, candidate }) =>
    ({ incoming_key: incomingKey, line, incoming, reason, score, vendor_id: vendorId, other_key: otherKey, candidate }))
  await sql`
    insert into import_duplicates (portal_id, import_id, incoming_key, line, incoming, reason, score, vendor_id, other_key, candidate)
    select ${portalId}, ${importId}, r.* from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r(
      incoming_key text, line integer, incoming jsonb, reason text, score real, vendor_id uuid, other_key text, candidate jsonb)
    on conflict do nothing`.execute(db)
}

const listedDuplicates = 2000

export const readDuplicates = (db: Database, { portalId, importId }: Key): Promise<DuplicateRow[]> =>
  db.selectFrom('import_duplicates').selectAll().where('portal_id', '=', portalId).where('import_id', '=', importId)
    .orderBy(sql`decision is not null`).orderBy('score', 'desc').orderBy('line').limit(listedDuplicates).execute()

export async function countDuplicates(db: Database, { portalId, importId }: Key): Promise<{ all: number, undecided: number }> {
  return db.selectFrom('import_duplicates')
    .select([sql<number>`count(*)`.as('all'), sql<number>`count(*) filter (where decision is null)`.as('undecided')])
    .where('portal_id', '=', portalId).where('import_id', '=', importId).executeTakeFirstOrThrow()
}

export async function decideDuplicates(db: Database, { portalId, importId }: Key, keys: readonly string[], decision: DuplicateDecision, userId: number): Promise<void> {
  await db.updateTable('import_duplicates').set({ decision, decided_by: userId })
    .where('portal_id', '=', portalId).where('import_id', '=', importId).where('incoming_key', 'in', keys.map(key => key.replaceAll('\u0000', ''))).execute()
}

export async function readDecisions(db: Database, { portalId, importId }: Key): Promise<Map<string, Decision>> {
  const rows = await db.selectFrom('import_duplicates').select(['incoming_key', 'vendor_id', 'candidate', 'decision'])
    .where('portal_id', '=', portalId).where('import_id', '=', importId).where('decision', 'is not', null).execute()
  return new Map(rows.map(({ incoming_key: key, vendor_id: vendorId, candidate, decision }): [string, Decision] => {
    if (decision !== 'merge')
      return [key, { kind: decision as 'new' | 'skip' }]
    return [key, vendorId === null ? { kind: 'merge', vendorId, name: (candidate as { name: string }).name } : { kind: 'merge', vendorId }]
  }))
}

/** Spelled almost alike: letter groups in common, from 0 to 1. */
const likeness = 0.7

/** Domains that say nothing of the firm. */
const publicDomains = ['gmail.com', 'orange.fr', 'wanadoo.fr', 'free.fr', 'sfr.fr', 'laposte.net', 'outlook.com', 'outlook.fr', 'hotmail.com', 'hotmail.fr', 'yahoo.com', 'yahoo.fr', 'icloud.com', 'live.fr']

/** Vendors whose name is spelled almost like a newcomer's, or who write from the same domain. */
export async function findResembling(db: Database, portalId: number, newcomers: readonly { line: number, vendor: KnownVendor }[]): Promise<DuplicateProposal[]> {
  if (newcomers.length === 0)
    return []
  const wanted = newcomers.map(({ vendor }, place) =>
    ({ place, key: nameKey(String(vendor.values.name)), domain: /@(.+)$/.exec(String(vendor.values.email ?? ''))?.[1]?.toLowerCase() ?? null }))
  type Found = Selectable<VendorTables['vendors']> & { place: number, score: number, reason: 'domain' | 'similar' }
  const { rows } = await db.transaction().execute(async (tx) => {
    await sql`select set_config('pg_trgm.similarity_threshold', ${String(likeness)}, true)`.execute(tx)
    return sql<Found>`
      select distinct on (w.place) w.place, found.score, found.reason, (found.v).* from
        jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(place integer, key text, domain text)
        cross join lateral (
          (select v, 0.8::real as score, 'domain' as reason from vendors v
            where w.domain is not null and w.domain <> all(${publicDomains}::text[])
              and v.portal_id = ${portalId} and v.email is not null and lower(split_part(v.email, '@', 2)) = w.domain limit 1)
          union all
          (select v, similarity(v.name_key, w.key), 'similar' from vendors v
            where v.portal_id = ${portalId} and v.name_key % w.key order by similarity(v.name_key, w.key) desc limit 1)
        ) as found
      order by w.place, found.score desc`.execute(tx)
  })
  return rows.map((row) => {
    const { line, vendor } = newcomers[row.place]!
    const candidate = toKnownVendor(row, {})
    return {
      incomingKey: foldName(String(vendor.values.name)), line, incoming: vendor.values, reason: row.reason, score: row.score,
      vendorId: candidate.vendorId, otherKey: null, candidate: candidate.values,
    }
  })
}

import { sql, type RawBuilder } from 'kysely'
import { retentionKinds, type RetentionKind } from '@comptoir/shared/personal-data/inventory'
import type { RetentionPeriods, RetentionPreview } from '@comptoir/shared/personal-data/personal-data.contract'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { logErasure } from './erasures.postgres.ts'

interface Due { readonly portalId: number, readonly months: number, readonly now: Date }

interface Retention {
  readonly count: (due: Due) => RawBuilder<{ count: number }>
  /** Answers how much it was. */
  readonly erase: (tx: Tx, due: Due, reason: string) => Promise<number>
}

const before = ({ months, now }: Due): RawBuilder<Date> => sql`(${now}::timestamptz - make_interval(months => ${months}))`
const affected = async (statement: RawBuilder<unknown>, tx: Tx): Promise<number> => Number((await statement.execute(tx)).numAffectedRows ?? 0)

/** Since the relationship ended; a vendor that came back is no longer in it. */
const formerContacts = (due: Due): RawBuilder<boolean> => sql`portal_id = ${due.portalId} and status = 'terminated' and (email is not null or phone is not null)
  and coalesce((select max(c.at) from vendor_changes c where c.portal_id = vendors.portal_id and c.vendor_id = vendors.vendor_id and c.field = 'status'), updated_at) < ${before(due)}`

const oldContactLines = (due: Due): RawBuilder<boolean> => sql`portal_id = ${due.portalId} and field in ('email', 'phone', 'accountHolder') and at < ${before(due)}
  and (old_value <> '"••••"' or new_value <> '"••••"')`

const oldImports = (due: Due): RawBuilder<unknown> => sql`select import_id from imports
  where portal_id = ${due.portalId} and state in ('done', 'undone', 'cancelled', 'failed') and coalesce(finished_at, updated_at) < ${before(due)}`

const rowTables = ['import_issues', 'import_fixes', 'import_diffs', 'import_duplicates'] as const

const retentions: Readonly<Record<RetentionKind, Retention>> = {
  vendorContacts: {
    count: due => sql`select coalesce(sum((email is not null)::int + (phone is not null)::int), 0)::int as count from vendors where ${formerContacts(due)}`,
    erase: (tx, due, reason) => affected(sql`with former as (select vendor_id, email, phone from vendors where ${formerContacts(due)} for update), emptied as (
        update vendors v set email = null, phone = null, version = version + 1, updated_at = ${due.now}
        from former f where v.portal_id = ${due.portalId} and v.vendor_id = f.vendor_id returning v.vendor_id
      ) insert into vendor_changes (portal_id, vendor_id, field, old_value, reason, origin, at)
        select ${due.portalId}, f.vendor_id, field, '"••••"', ${reason}, 'rule', ${due.now}
        from former f join emptied using (vendor_id), lateral (values ('email', f.email), ('phone', f.phone)) as fields (field, value) where value is not null`, tx),
  },
  contactHistory: {
    count: due => sql`select count(*)::int as count from vendor_changes where ${oldContactLines(due)}`,
    async erase(tx, due) {
      await sql`select set_config('comptoir.erasing', 'on', true)`.execute(tx)
      const count = await affected(sql`update vendor_changes set old_value = case when old_value is null then null else '"••••"'::jsonb end,
        new_value = case when new_value is null then null else '"••••"'::jsonb end where ${oldContactLines(due)}`, tx)
      await sql`select set_config('comptoir.erasing', 'off', true)`.execute(tx)
      return count
    },
  },
  importRows: {
    count: due => sql`select (${sql.join(rowTables.map(table => sql`(select count(*) from ${sql.table(table)} where portal_id = ${due.portalId} and import_id in (${oldImports(due)}))`), sql` + `)})::int as count`,
    async erase(tx, due) {
      let count = 0
      for (const table of rowTables)
        count += await affected(sql`delete from ${sql.table(table)} where portal_id = ${due.portalId} and import_id in (${oldImports(due)})`, tx)
      return count
    },
  },
}

export async function readPeriods(db: Database, portalId: number): Promise<RetentionPeriods> {
  const rows = await db.selectFrom('retention_periods').select(['kind', 'months']).where('portal_id', '=', portalId).execute()
  const months = (kind: RetentionKind): number | null => rows.find(row => row.kind === kind)?.months ?? null
  return { vendorContacts: months('vendorContacts'), contactHistory: months('contactHistory'), importRows: months('importRows') }
}

export async function savePeriods(db: Database, portalId: number, periods: RetentionPeriods, { userId, now }: { readonly userId: number, readonly now: Date }): Promise<void> {
  const chosen = retentionKinds.flatMap((kind) => {
    const months = periods[kind]
    return months === null ? [] : [{ portal_id: portalId, kind, months, updated_at: now, updated_by: userId }]
  })
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('retention_periods').where('portal_id', '=', portalId).execute()
    if (chosen.length > 0)
      await tx.insertInto('retention_periods').values(chosen).execute()
  })
}

export async function previewRetention(db: Database, portalId: number, periods: RetentionPeriods, now: Date): Promise<RetentionPreview> {
  const counts: RetentionPreview = { vendorContacts: 0, contactHistory: 0, importRows: 0 }
  for (const kind of retentionKinds) {
    const months = periods[kind]
    if (months !== null)
      counts[kind] = (await retentions[kind].count({ portalId, months, now }).execute(db)).rows[0]?.count ?? 0
  }
  return counts
}

/** Doing it again erases nothing more. */
export const applyRetention = (db: Database, portalId: number, reason: string, now: Date): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const periods = await readPeriods(tx, portalId)
    const counts = new Map<RetentionKind, number>()
    for (const kind of retentionKinds) {
      const months = periods[kind]
      const count = months === null ? 0 : await retentions[kind].erase(tx, { portalId, months, now }, reason)
      if (count > 0)
        counts.set(kind, count)
    }
    if (counts.size > 0)
      await logErasure(tx, { portalId, reason: 'retention', counts, at: now, by: null })
  })

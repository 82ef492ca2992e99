import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import type { SettingsVersion } from '@comptoir/shared/settings-file/settings-file.contract'
import type { SettingsFile } from '@comptoir/shared/settings-file/settings-text'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { changesOf, type Configuration } from './configuration.ts'

const shown = 50

export async function listVersions(db: Database, portalId: number): Promise<SettingsVersion[]> {
  const rows = await db.selectFrom('settings_versions as v')
    .leftJoin('crm_users as u', join => join.onRef('u.portal_id', '=', 'v.portal_id').onRef('u.user_id', '=', 'v.created_by'))
    .select(['v.version', 'v.origin', 'v.file_name', 'v.restored_from', 'v.changes', 'v.created_at', 'v.created_by', sql<string>`trim(concat(u.name, ' ', u.last_name))`.as('name')])
    .where('v.portal_id', '=', portalId).orderBy('v.version', 'desc').limit(shown).execute()
  return rows.map(row => ({
    version: row.version, origin: row.origin, fileName: row.file_name, restoredFrom: row.restored_from, changes: row.changes as SettingsVersion['changes'],
    createdAt: row.created_at.toISOString(), createdBy: row.created_by === null ? null : { userId: row.created_by, name: row.name || `#${row.created_by}` },
  }))
}

/** @throws AppError settings_file.version_not_found */
export async function findVersion(db: Database, portalId: number, version: number): Promise<{ settings: SettingsFile, createdAt: Date }> {
  const row = await db.selectFrom('settings_versions').select(['settings', 'created_at']).where('portal_id', '=', portalId).where('version', '=', version).executeTakeFirst()
  if (!row)
    throw new AppError('settings_file.version_not_found', { details: { version } })
  return { settings: row.settings as SettingsFile, createdAt: row.created_at }
}

/** One change of a portal's configuration at a time. */
export async function lockConfiguration(tx: Tx, portalId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('settings_versions'), ${portalId})`.execute(tx)
}

type Made = Pick<SettingsVersion, 'origin' | 'fileName' | 'restoredFrom'> & { readonly by: number | null, readonly at: Date }

export const noticed = (at: Date): Made => ({ origin: 'noticed', fileName: null, restoredFrom: null, by: null, at })

/** Keeps the configuration if it is another than the last one kept; the caller holds the lock. */
export async function keepVersion(tx: Tx, portalId: number, configuration: Configuration, { origin, fileName, restoredFrom, by, at }: Made): Promise<void> {
  const last = await tx.selectFrom('settings_versions').select(['version', 'settings']).where('portal_id', '=', portalId).orderBy('version', 'desc').limit(1).executeTakeFirst()
  const changes = last ? changesOf((last.settings as SettingsFile).sections, configuration.sections) : []
  if (last && changes.length === 0)
    return
  await tx.insertInto('settings_versions').values({
    portal_id: portalId, version: (last?.version ?? 0) + 1, origin, file_name: fileName, restored_from: restoredFrom,
    settings: JSON.stringify(configuration), changes: JSON.stringify(changes), created_at: at, created_by: by,
  }).execute()
}

import { sql } from 'kysely'
import type { AccountingPreset, PresetVersion } from '@comptoir/shared/accounting/preset.contract'
import { strayColumns, type PresetMapping } from '@comptoir/shared/accounting/preset-mapping'
import { isShipped, presetIds, presetNames, presetVersions, shippedMapping, shippedVersion } from '@comptoir/shared/accounting/presets'
import { AppError } from '@comptoir/shared/errors'
import type { Caller } from '../../platform/http/caller.ts'
import { inTransaction, type Database, type Tx } from '../../platform/storage/database.ts'
import { readNames } from './people.postgres.ts'

const mostPresets = 50

/** Shipped ones first, then a portal's own by their names. */
export async function listPresets(db: Database, portalId: number): Promise<AccountingPreset[]> {
  const rows = await db.selectFrom('accounting_presets').selectAll().where('portal_id', '=', portalId).where('deleted_at', 'is', null)
    .orderBy(sql`lower(name)`).orderBy('preset_id').execute()
  const nameOf = await readNames(db, portalId, rows.map(row => row.updated_by))
  return [
    ...presetIds.map((id): AccountingPreset => ({
      presetId: id, name: presetNames[id], isShipped: true, version: shippedVersion(id), mapping: shippedMapping(id)!, updatedAt: null, updatedBy: null,
    })),
    ...rows.map((row): AccountingPreset => ({
      presetId: row.preset_id, name: row.name, isShipped: false, version: row.version, mapping: row.mapping as PresetMapping,
      updatedAt: row.updated_at.toISOString(), updatedBy: nameOf(row.updated_by),
    })),
  ]
}

async function readPreset(db: Database, portalId: number, presetId: string): Promise<AccountingPreset> {
  const preset = (await listPresets(db, portalId)).find(one => one.presetId === presetId)
  if (!preset)
    throw new AppError('accounting.preset_not_found', { details: { presetId } })
  return preset
}

export interface FoundMapping { readonly name: string, readonly mapping: PresetMapping, readonly version: number }

/** @throws AppError accounting.preset_not_found also for a version that never was. A removed preset writes no file, but its versions can be read. */
export async function findMapping(db: Database, portalId: number, { format, version }: { format: string, version?: number }): Promise<FoundMapping> {
  if (isShipped(format)) {
    const mapping = shippedMapping(format, version)
    if (!mapping)
      throw new AppError('accounting.preset_not_found', { details: { presetId: format, version } })
    return { name: presetNames[format], mapping, version: version ?? shippedVersion(format) }
  }
  const row = await db.selectFrom('accounting_presets as p')
    .innerJoin('accounting_preset_versions as v', join => join.onRef('v.portal_id', '=', 'p.portal_id').onRef('v.preset_id', '=', 'p.preset_id'))
    .select(['v.name', 'v.mapping', 'v.version'])
    .where('p.portal_id', '=', portalId).where('p.preset_id', '=', format).where('p.deleted_at', 'is', null)
    .where('v.version', '=', version ?? sql.ref<number>('p.version')).executeTakeFirst()
  if (!row)
    throw new AppError('accounting.preset_not_found', { details: { presetId: format, version } })
  return { name: row.name, mapping: row.mapping as PresetMapping, version: row.version }
}

export interface PresetContent { readonly name: string, readonly mapping: PresetMapping }

/** @throws AppError accounting.preset_invalid: a column whose source this kind of row does not have */
export function insistOnFitting(mapping: PresetMapping): void {
  const [column] = strayColumns(mapping)
  if (column !== undefined)
    throw new AppError('accounting.preset_invalid', { details: { column: column + 1, header: mapping.columns[column]?.header, field: mapping.columns[column]?.field } })
}

export async function createPreset(db: Database, { portal, viewer }: Caller, { name, mapping, copiedFrom }: PresetContent & { copiedFrom: string | null }): Promise<AccountingPreset> {
  insistOnFitting(mapping)
  const presetId = await inTransaction(db, async (tx) => {
    const { count } = await tx.selectFrom('accounting_presets').select(sql<number>`count(*)::int`.as('count'))
      .where('portal_id', '=', portal.id).where('deleted_at', 'is', null).executeTakeFirstOrThrow()
    if (count >= mostPresets)
      throw new AppError('accounting.preset_too_many', { details: { most: mostPresets } })
    const { preset_id } = await tx.insertInto('accounting_presets')
      .values({ portal_id: portal.id, name: name.trim(), mapping: JSON.stringify(mapping), copied_from: copiedFrom, updated_by: viewer.userId })
      .returning('preset_id').executeTakeFirstOrThrow()
    await keepVersion(tx, { portal, viewer }, preset_id, { version: 1, name: name.trim(), mapping, restoredFrom: null })
    return preset_id
  })
  return readPreset(db, portal.id, presetId)
}

interface NextVersion extends PresetContent { readonly version: number, readonly restoredFrom: number | null }

async function keepVersion(tx: Tx, { portal, viewer }: Pick<Caller, 'portal' | 'viewer'>, presetId: string, { version, name, mapping, restoredFrom }: NextVersion): Promise<void> {
  await tx.insertInto('accounting_preset_versions').values({
    portal_id: portal.id, preset_id: presetId, version, name, mapping: JSON.stringify(mapping), restored_from: restoredFrom, created_by: viewer.userId,
  }).execute()
}

/** @throws AppError accounting.preset_not_found, accounting.preset_invalid, accounting.changed_meanwhile */
export async function savePreset(db: Database, caller: Caller, presetId: string, { version, name, mapping }: PresetContent & { version: number }): Promise<AccountingPreset> {
  insistOnFitting(mapping)
  return change(db, caller, presetId, version, () => Promise.resolve({ name: name.trim(), mapping, restoredFrom: null }))
}

/** @throws AppError accounting.preset_not_found, accounting.changed_meanwhile */
export async function restorePreset(db: Database, caller: Caller, presetId: string, { version, restored }: { version: number, restored: number }): Promise<AccountingPreset> {
  return change(db, caller, presetId, version, async (tx) => {
    const { name, mapping } = await findMapping(tx, caller.portal.id, { format: presetId, version: restored })
    return { name, mapping, restoredFrom: restored }
  })
}

async function change(db: Database, caller: Caller, presetId: string, version: number, to: (tx: Tx) => Promise<Omit<NextVersion, 'version'>>): Promise<AccountingPreset> {
  await inTransaction(db, async (tx) => {
    const row = await tx.selectFrom('accounting_presets').select('version').where('portal_id', '=', caller.portal.id).where('preset_id', '=', presetId)
      .where('deleted_at', 'is', null).forUpdate().executeTakeFirst()
    if (!row)
      throw new AppError('accounting.preset_not_found', { details: { presetId } })
    if (row.version !== version)
      throw new AppError('accounting.changed_meanwhile', { details: { version: row.version } })
    const next = { ...await to(tx), version: version + 1 }
    await keepVersion(tx, caller, presetId, next)
    await tx.updateTable('accounting_presets')
      .set({ name: next.name, mapping: JSON.stringify(next.mapping), version: next.version, updated_at: sql<Date>`now()`, updated_by: caller.viewer.userId })
      .where('portal_id', '=', caller.portal.id).where('preset_id', '=', presetId).execute()
  })
  return readPreset(db, caller.portal.id, presetId)
}

export async function removePreset(db: Database, { portal, viewer }: Caller, presetId: string): Promise<void> {
  const gone = await db.updateTable('accounting_presets').set({ deleted_at: sql<Date>`now()`, updated_by: viewer.userId })
    .where('portal_id', '=', portal.id).where('preset_id', '=', presetId).where('deleted_at', 'is', null).returning('preset_id').executeTakeFirst()
  if (!gone)
    throw new AppError('accounting.preset_not_found', { details: { presetId } })
}

/** Also of a preset that was removed: the files that it wrote stay explained. */
export async function listVersions(db: Database, portalId: number, presetId: string): Promise<PresetVersion[]> {
  if (isShipped(presetId))
    return presetVersions[presetId].map((mapping, at) => ({ version: at + 1, name: presetNames[presetId], mapping, restoredFrom: null, createdAt: null, createdBy: null })).reverse()
  const rows = /^[0-9a-f-]{36}$/.test(presetId)
    ? await db.selectFrom('accounting_preset_versions').selectAll().where('portal_id', '=', portalId).where('preset_id', '=', presetId).orderBy('version', 'desc').limit(200).execute()
    : []
  if (rows.length === 0)
    throw new AppError('accounting.preset_not_found', { details: { presetId } })
  const nameOf = await readNames(db, portalId, rows.map(row => row.created_by))
  return rows.map(row => ({
    version: row.version, name: row.name, mapping: row.mapping as PresetMapping, restoredFrom: row.restored_from, createdAt: row.created_at.toISOString(), createdBy: nameOf(row.created_by),
  }))
}

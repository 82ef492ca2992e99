import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import { tidyWords } from '@comptoir/shared/attributes/attribute'
import type { AttributeDefinition, AttributePatch, NewAttribute } from '@comptoir/shared/attributes/attribute.contract'
import { inTransaction, type Database, type Tx } from '../../platform/storage/database.ts'

export interface Editor {
  readonly portal: { readonly id: number }
  readonly viewer: { readonly userId: number }
}

const maxAttributes = 50

export async function listDefinitions(db: Database, portalId: number): Promise<AttributeDefinition[]> {
  const rows = await db.selectFrom('vendor_attributes').selectAll()
    .select(sql<number>`(select count(*)::int from vendors v where v.portal_id = vendor_attributes.portal_id and v.attributes ? vendor_attributes.attribute_id::text)`.as('used_by'))
    .where('portal_id', '=', portalId).orderBy('position').orderBy('label').execute()
  return rows.map(row => ({
    attributeId: row.attribute_id, kind: row.kind, label: row.label, options: row.options, group: row.field_group,
    requiredFrom: row.required_from, isArchived: row.is_archived, version: row.version, usedBy: row.used_by,
  }))
}

/** @throws AppError attribute.label_taken, attribute.options_required, attribute.too_many */
export async function addDefinition(db: Database, { portal, viewer }: Editor, { kind, group, requiredFrom, ...typed }: NewAttribute, now: Date): Promise<void> {
  const options = checkedOptions(kind, typed.options)
  await refusingTaken(() => inTransaction(db, async (tx) => {
    const { count, last } = await tx.selectFrom('vendor_attributes').where('portal_id', '=', portal.id)
      .select(eb => [eb.fn.countAll<number>().as('count'), eb.fn.max('position').as('last')]).executeTakeFirstOrThrow()
    if (count >= maxAttributes)
      throw new AppError('attribute.too_many', { details: { max: maxAttributes } })
    await tx.insertInto('vendor_attributes').values({
      portal_id: portal.id, label: typed.label.trim(), kind, options, field_group: group, required_from: requiredFrom,
      position: (last ?? 0) + 1, updated_at: now, updated_by: viewer.userId,
    }).execute()
  }))
}

/** @throws AppError attribute.not_found, attribute.label_taken, attribute.options_required, attribute.changed_meanwhile */
export async function changeDefinition(
  db: Database, { portal, viewer }: Editor, { attributeId, version }: { attributeId: string, version: number }, patch: AttributePatch, now: Date,
): Promise<void> {
  await refusingTaken(() => inTransaction(db, async (tx) => {
    const stored = await findForUpdate(tx, portal.id, attributeId)
    if (stored.version !== version)
      throw new AppError('attribute.changed_meanwhile')
    await tx.updateTable('vendor_attributes').set({
      ...patch.label !== undefined && { label: patch.label.trim() },
      ...patch.options !== undefined && { options: checkedOptions(stored.kind, patch.options) },
      ...patch.group !== undefined && { field_group: patch.group },
      ...patch.requiredFrom !== undefined && { required_from: patch.requiredFrom },
      ...patch.isArchived !== undefined && { is_archived: patch.isArchived },
      version: stored.version + 1, updated_at: now, updated_by: viewer.userId,
    }).where('portal_id', '=', portal.id).where('attribute_id', '=', attributeId).execute()
  }))
}

/** Attributes that are not named keep their place behind those that are. */
export async function orderDefinitions(db: Database, { portal }: Editor, attributeIds: readonly string[]): Promise<void> {
  await sql`update vendor_attributes a set position = coalesce(array_position(${[...attributeIds]}::uuid[], a.attribute_id), ${attributeIds.length} + a.position)
    where a.portal_id = ${portal.id}`.execute(db)
}

async function findForUpdate(tx: Tx, portalId: number, attributeId: string) {
  const stored = await tx.selectFrom('vendor_attributes').selectAll()
    .where('portal_id', '=', portalId).where('attribute_id', '=', attributeId).forUpdate().executeTakeFirst()
  if (!stored)
    throw new AppError('attribute.not_found', { details: { attributeId } })
  return stored
}

function checkedOptions(kind: AttributeDefinition['kind'], options: readonly string[]): string[] {
  if (kind !== 'choice' && kind !== 'choices')
    return []
  const tidy = tidyWords(options)
  if (tidy.length === 0)
    throw new AppError('attribute.options_required')
  return tidy
}

async function refusingTaken(write: () => Promise<void>): Promise<void> {
  try {
    await write()
  }
  catch (error) {
    if ((error as { code?: string }).code === '23505')
      throw new AppError('attribute.label_taken', { cause: error })
    throw error
  }
}

import { sql } from 'kysely'
import { satisfies, type VendorRights } from '@comptoir/shared/access/rights'
import { isRequiredIn, tidyValue, tidyWords, valueFault, type AttributeValue } from '@comptoir/shared/attributes/attribute'
import type { AttributeDefinition, VendorAttributes } from '@comptoir/shared/attributes/attribute.contract'
import { AppError } from '@comptoir/shared/errors'
import { requireVendor, visibleVendors, type Onlooker } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { VendorStatusColumn } from '../../platform/storage/tables/vendors.ts'
import { listDefinitions } from './definitions.postgres.ts'

interface StoredVendor {
  readonly version: number
  readonly status: VendorStatusColumn
  readonly tags: readonly string[]
  readonly supplies: readonly string[]
  readonly attributes: Readonly<Record<string, unknown>>
}

const columns = ['vendors.version', 'vendors.status', 'vendors.tags', 'vendors.supplies', 'vendors.attributes'] as const

/** @throws AppError vendor.not_found */
export async function readVendorAttributes(db: Database, onlooker: Onlooker, vendorId: string): Promise<VendorAttributes> {
  const rights = await requireVendor(db, onlooker, vendorId)
  const [vendor, definitions] = await Promise.all([
    visibleVendors(db, onlooker).select(columns).where('vendors.vendor_id', '=', vendorId).executeTakeFirstOrThrow(),
    listDefinitions(db, onlooker.portal.id),
  ])
  return {
    version: vendor.version,
    tags: [...vendor.tags],
    supplies: [...vendor.supplies],
    attributes: definitions.filter(one => !one.isArchived && satisfies(rights, { group: one.group })).map(one => ({
      attributeId: one.attributeId, label: one.label, kind: one.kind, options: one.options,
      value: valueOf(vendor, one.attributeId) as string | null,
      isRequired: isRequiredIn(one, vendor.status),
      mayEdit: satisfies(rights, { group: one.group, role: 'editor' }),
    })),
    mayEdit: satisfies(rights, { group: 'identity', role: 'editor' }),
  }
}

const valueOf = (vendor: StoredVendor, attributeId: string): AttributeValue => (vendor.attributes[attributeId] ?? null) as AttributeValue

export interface AttributeEdit {
  readonly version: number
  readonly tags?: readonly string[]
  readonly supplies?: readonly string[]
  readonly values?: Readonly<Record<string, AttributeValue>>
}

interface ChangeLine { readonly field: string, readonly from: string | null, readonly to: string | null }

/** @throws AppError vendor.not_found, vendor.forbidden, vendor.changed_meanwhile, attribute.not_found, attribute.value_invalid, attribute.required */
export async function saveVendorAttributes(db: Database, onlooker: Onlooker, vendorId: string, edit: AttributeEdit, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const rights = await requireVendor(tx, onlooker, vendorId, { role: 'editor' })
    if (edit.tags ?? edit.supplies)
      await requireVendor(tx, onlooker, vendorId, { group: 'identity', role: 'editor' })
    const vendor = await visibleVendors(tx, onlooker).select(columns).where('vendors.vendor_id', '=', vendorId).forUpdate().executeTakeFirstOrThrow()
    if (vendor.version !== edit.version)
      throw new AppError('vendor.changed_meanwhile', { details: { vendorId } })
    const values = checkedValues(await listDefinitions(tx, onlooker.portal.id), vendor, rights, edit.values ?? {})
    const tags = tidyWords(edit.tags ?? vendor.tags)
    const supplies = tidyWords(edit.supplies ?? vendor.supplies)
    const lines = [...wordLine('tags', vendor.tags, tags), ...wordLine('supplies', vendor.supplies, supplies), ...values.lines]
    if (lines.length === 0)
      return
    await tx.updateTable('vendors').set({
      tags, supplies, attributes: JSON.stringify(values.kept) as never, version: sql<number>`version + 1`, updated_at: now, updated_by: onlooker.viewer.userId,
    }).where('portal_id', '=', onlooker.portal.id).where('vendor_id', '=', vendorId).execute()
    await recordLines(tx, onlooker, vendorId, lines, now)
  })
}

function checkedValues(definitions: readonly AttributeDefinition[], vendor: StoredVendor, rights: VendorRights, edited: Readonly<Record<string, AttributeValue>>) {
  const kept: Record<string, unknown> = { ...vendor.attributes }
  const lines: ChangeLine[] = []
  for (const [attributeId, typed] of Object.entries(edited)) {
    const definition = definitions.find(one => one.attributeId === attributeId && !one.isArchived && satisfies(rights, { group: one.group }))
    if (!definition)
      throw new AppError('attribute.not_found', { details: { attributeId } })
    if (!satisfies(rights, { group: definition.group, role: 'editor' }))
      throw new AppError('vendor.forbidden', { details: { group: definition.group, role: 'editor' } })
    const [before, value] = [valueOf(vendor, attributeId), tidyValue(typed)]
    if (written(before) === written(value))
      continue
    const fault = valueFault(definition, value)
    if (fault)
      throw new AppError('attribute.value_invalid', { details: { attributeId, label: definition.label, reason: fault } })
    if (value === null && isRequiredIn(definition, vendor.status))
      throw new AppError('attribute.required', { details: { attributeId, label: definition.label } })
    if (value === null)
      delete kept[attributeId]
    else
      kept[attributeId] = value
    lines.push({ field: `attribute:${definition.group}:${definition.label}`, from: written(before), to: written(value) })
  }
  return { kept, lines }
}

/** As the history keeps it: plain text. */
function written(value: AttributeValue): string | null {
  if (value === null)
    return null
  return Array.isArray(value) ? value.join(', ') : String(value)
}

const wordLine = (field: string, before: readonly string[], after: readonly string[]): ChangeLine[] =>
  before.join('\n') === after.join('\n') ? [] : [{ field, from: before.join(', ') || null, to: after.join(', ') || null }]

async function recordLines(tx: Tx, { portal, viewer }: Onlooker, vendorId: string, lines: readonly ChangeLine[], now: Date): Promise<void> {
  await tx.insertInto('vendor_changes').values(lines.map(({ field, from, to }) => ({
    portal_id: portal.id, vendor_id: vendorId, field,
    old_value: from === null ? null : JSON.stringify(from), new_value: to === null ? null : JSON.stringify(to),
    reason: null, origin: 'person' as const, at: now, by_user_id: viewer.userId,
  }))).execute()
}

const mostWords = 100

/** Words of vendors that the onlooker may see. */
export async function wordsInUse(db: Database, onlooker: Onlooker, column: 'tags' | 'supplies'): Promise<{ word: string, vendorCount: number }[]> {
  const words = visibleVendors(db, onlooker).select(sql<string>`unnest(vendors.${sql.ref(column)})`.as('word'))
  return db.selectFrom(words.as('words')).select(eb => ['word', eb.fn.countAll<number>().as('vendorCount')])
    .groupBy('word').orderBy('vendorCount', 'desc').orderBy('word').limit(mostWords).execute()
}

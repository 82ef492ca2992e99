import type { AttributeDefinition, NewAttribute } from '@comptoir/shared/attributes/attribute.contract'
import { AppError } from '@comptoir/shared/errors'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { addDefinition, changeDefinition, listDefinitions, orderDefinitions, type Editor } from './definitions.postgres.ts'

/** What is asked of vendors, by its name; what is archived is not asked. */
export type NamedAttributes = Record<string, Omit<NewAttribute, 'label'> & { position: number }>

export async function namedAttributes(db: Database, portalId: number): Promise<NamedAttributes> {
  const live = (await listDefinitions(db, portalId)).filter(({ isArchived }) => !isArchived)
  return Object.fromEntries(live.map(({ label, kind, options, group, requiredFrom }, at) => [label, { kind, options, group, requiredFrom, position: at + 1 }]))
}

/** Whatever is not named is archived and keeps its values; an archived one of the same name comes back with them. */
export async function writeNamedAttributes(tx: Tx, editor: Editor, wanted: NamedAttributes, now: Date): Promise<void> {
  const stored = await listDefinitions(tx, editor.portal.id)
  const named = new Map(stored.map(one => [one.label.toLowerCase(), one]))
  const kept = new Set<string>()
  for (const [label, { position: _, ...fields }] of Object.entries(wanted)) {
    const one = named.get(label.toLowerCase())
    if (!one)
      await addDefinition(tx, editor, { label, ...fields }, now)
    else
      await change(tx, editor, one, { label, ...fields }, now)
    kept.add(label.toLowerCase())
  }
  for (const { attributeId, version, label, isArchived } of stored) {
    if (!isArchived && !kept.has(label.toLowerCase()))
      await changeDefinition(tx, editor, { attributeId, version }, { isArchived: true }, now)
  }
  const ids = new Map((await listDefinitions(tx, editor.portal.id)).map(({ label, attributeId }) => [label.toLowerCase(), attributeId]))
  await orderDefinitions(tx, editor, Object.keys(wanted).sort((a, b) => wanted[a]!.position - wanted[b]!.position).map(label => ids.get(label.toLowerCase())!))
}

/** @throws AppError settings_file.kind_differs: the values on file are of the old kind */
async function change(tx: Tx, editor: Editor, { attributeId, version, kind: storedKind }: AttributeDefinition, { kind, ...fields }: NewAttribute, now: Date): Promise<void> {
  if (kind !== storedKind)
    throw new AppError('settings_file.kind_differs', { details: { label: fields.label } })
  await changeDefinition(tx, editor, { attributeId, version }, { ...fields, isArchived: false }, now)
}

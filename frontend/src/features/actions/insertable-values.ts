import { innerText, lowerKeys, mapOf, valuesOf } from './loose-values.ts'

export type InsertableGroup = 'document' | 'parameter' | 'variable' | 'constant' | 'globalVariable' | 'globalConstant' | 'step'

/** A value of the workflow that may stand in a setting. */
export interface Insertable {
  /** What is put into the field: `{=Document:TITLE}`. */
  readonly expression: string
  readonly label: string
  readonly group: InsertableGroup
  /** The step that returns it, for values of other steps. */
  readonly step: string | null
}

const sources: readonly (readonly [group: InsertableGroup, source: string, key: string])[] = [
  ['parameter', 'Template', 'parameters'],
  ['variable', 'Variable', 'variables'],
  ['constant', 'Constant', 'constants'],
  ['globalVariable', 'GlobalVar', 'global_variables'],
  ['globalConstant', 'GlobalConst', 'global_constants'],
]

export function readInsertables(options: Readonly<Record<string, unknown>>): readonly Insertable[] {
  const template = lowerKeys(options.template)
  return [
    ...named('document', 'Document', options.document_fields),
    ...sources.flatMap(([group, source, key]) => named(group, source, template[key])),
    ...valuesOf(template.return_activities).flatMap(returnedBy),
  ]
}

const named = (group: InsertableGroup, source: string, properties: unknown): Insertable[] =>
  Object.entries(mapOf(properties)).map(([id, property]) =>
    ({ expression: `{=${source}:${id}}`, label: innerText(property, 'Name') || id, group, step: null }))

function returnedBy(activity: unknown): Insertable[] {
  const { Id, ID, Return, RETURN } = mapOf(activity)
  const name = String(Id ?? ID ?? '')
  const step = innerText(activity, 'Title') || name
  return valuesOf(Return ?? RETURN).flatMap((value): Insertable[] => {
    const id = innerText(value, 'Id')
    return name && id ? [{ expression: `{=${name}:${id}}`, label: innerText(value, 'Name') || id, group: 'step', step }] : []
  })
}

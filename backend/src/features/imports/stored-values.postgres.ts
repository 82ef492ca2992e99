import { sql, type RawBuilder } from 'kysely'
import type { WritableField } from './known-vendor.ts'

/** The texts that stand for a vendor's words and attributes in an import, and what the column keeps of them. */
export function storedValue(field: WritableField, text: RawBuilder<unknown>): RawBuilder<unknown> {
  if (field === 'attributes')
    return sql`coalesce(${text}::jsonb, '{}')`
  return field === 'tags' || field === 'supplies' ? sql`string_to_array(coalesce(${text}, ''), E'\\n')` : text
}

/** The other way: what the column keeps, as the text an import compares and restores. */
export function keptText(field: WritableField, column: RawBuilder<unknown>): RawBuilder<unknown> {
  if (field === 'attributes')
    return sql`${column}::text`
  return field === 'tags' || field === 'supplies' ? sql`nullif(array_to_string(${column}, E'\\n'), '')` : column
}

import { fieldsOf, kindOfField, mostColumns, type PresetColumn, type PresetField, type PresetMapping, type PresetRowKind } from '@comptoir/shared/accounting/preset-mapping'
import type { AccountingPreset } from '@comptoir/shared/accounting/preset.contract'
import { t } from '../../platform/i18n/i18n.ts'

export interface PresetDraft { name: string, mapping: PresetMapping }

export const draftOf = ({ name, mapping }: Pick<AccountingPreset, 'name' | 'mapping'>): PresetDraft =>
  ({ name, mapping: { ...mapping, columns: mapping.columns.map(column => ({ ...column })) } })

const emptyColumn = (): PresetColumn => ({ header: '', field: 'fixed', text: '', dayFormat: null, length: null })

export function addColumn({ columns }: PresetMapping): void {
  if (columns.length < mostColumns)
    columns.push(emptyColumn())
}

export function moveColumn({ columns }: PresetMapping, from: number, by: 1 | -1): void {
  const [moved] = columns.splice(from, 1)
  if (moved)
    columns.splice(from + by, 0, moved)
}

export function removeColumn({ columns }: PresetMapping, at: number): void {
  columns.splice(at, 1)
}

/** Columns keep what the other kind of row has, too; what it has not becomes a fixed text that says nothing. */
export function changeRows(mapping: PresetMapping, rows: PresetRowKind): void {
  mapping.rows = rows
  for (const column of mapping.columns) {
    if (column.field !== 'fixed' && kindOfField(rows, column.field) === null)
      Object.assign(column, emptyColumn(), { header: column.header })
  }
}

/** What a column no longer is takes its form with it. */
export function changeField(column: PresetColumn, rows: PresetRowKind, field: PresetField): void {
  column.field = field
  if (kindOfField(rows, field) !== 'day')
    column.dayFormat = null
  if (field !== 'fixed' && kindOfField(rows, field) !== 'text')
    column.length = null
}

export const fieldChoices = (rows: PresetRowKind): { value: PresetField, label: string }[] =>
  fieldsOf(rows).map(value => ({ value, label: t(`accounting.presets.fields.${value}`) }))

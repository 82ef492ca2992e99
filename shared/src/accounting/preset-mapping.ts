import { Type, type Static } from 'typebox'
import { NullableInteger } from '../http/nullable.ts'

/** A row of the file is a line of an entry, or a line of an invoice for programs that write their own entries. */
export const presetRowKinds = ['entries', 'invoices'] as const
export type PresetRowKind = (typeof presetRowKinds)[number]

export const dayFormats = ['dd/mm/yyyy', 'mm/dd/yyyy', 'yyyy-mm-dd', 'yyyymmdd', 'ddmmyyyy', 'ddmmyy'] as const
export type DayFormat = (typeof dayFormats)[number]
export const delimiters = ['semicolon', 'comma', 'tab', 'pipe'] as const
export type Delimiter = (typeof delimiters)[number]
export const decimalMarks = ['comma', 'dot'] as const
export const fileEncodings = ['utf-8', 'utf-8-bom', 'windows-1252', 'iso-8859-15'] as const
export type FileEncoding = (typeof fileEncodings)[number]

type FieldKind = 'text' | 'day' | 'amount'

/** What a column can hold, by kind of row. */
export const presetFields = {
  entries: {
    journal: 'text', journalName: 'text', entryNumber: 'text', entryOn: 'day', account: 'text', accountName: 'text', thirdParty: 'text', auxiliary: 'text', vendor: 'text',
    reference: 'text', referenceOn: 'day', text: 'text', debit: 'amount', credit: 'amount', amount: 'amount', direction: 'text', balance: 'amount',
    lettering: 'text', letteredOn: 'day', currency: 'text', foreignAmount: 'amount', foreignCurrency: 'text',
  },
  invoices: {
    vendor: 'text', auxiliary: 'text', reference: 'text', issuedOn: 'day', dueOn: 'day', text: 'text', account: 'text', category: 'text', quantity: 'text',
    net: 'amount', tax: 'amount', gross: 'amount', total: 'amount', currency: 'text',
  },
} as const satisfies Record<PresetRowKind, Record<string, FieldKind>>
type AnyField = { [Kind in PresetRowKind]: keyof (typeof presetFields)[Kind] }[PresetRowKind]
export type EntryField = keyof typeof presetFields.entries
export type InvoiceField = keyof typeof presetFields.invoices
export type PresetField = AnyField | 'fixed'

export const fieldsOf = (rows: PresetRowKind): PresetField[] => [...Object.keys(presetFields[rows]) as AnyField[], 'fixed']
export const kindOfField = (rows: PresetRowKind, field: PresetField): FieldKind | null =>
  (presetFields[rows] as Partial<Record<PresetField, FieldKind>>)[field] ?? null

const everyField = [...new Set([...fieldsOf('entries'), ...fieldsOf('invoices')])]

export const PresetColumn = Type.Object({
  header: Type.String({ maxLength: 80 }),
  field: Type.Enum(everyField),
  /** What a column of fixed text says. */
  text: Type.String({ maxLength: 200 }),
  /** Another form of this day than the file's own. */
  dayFormat: Type.Unsafe<DayFormat | null>({ enum: [...dayFormats, null] }),
  /** The program takes no longer texts: the rest is cut off. */
  length: NullableInteger({ minimum: 1, maximum: 500 }),
})
export type PresetColumn = Static<typeof PresetColumn>

export const mostColumns = 60

/** How a file is written for one accounting program. */
export const PresetMapping = Type.Object({
  rows: Type.Enum([...presetRowKinds]),
  delimiter: Type.Enum([...delimiters]),
  decimal: Type.Enum([...decimalMarks]),
  dayFormat: Type.Enum([...dayFormats]),
  encoding: Type.Enum([...fileEncodings]),
  hasHeader: Type.Boolean(),
  columns: Type.Array(PresetColumn, { minItems: 1, maxItems: mostColumns }),
})
export type PresetMapping = Static<typeof PresetMapping>

/** Columns that this kind of row has nothing for. */
export const strayColumns = ({ rows, columns }: PresetMapping): number[] =>
  columns.flatMap(({ field }, at) => field === 'fixed' || kindOfField(rows, field) !== null ? [] : [at])

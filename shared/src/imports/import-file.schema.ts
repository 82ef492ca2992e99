import { Type, type Static } from 'typebox'
import { attributeKinds } from '../attributes/attribute.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { dateOrders } from './dates.ts'
import { delimiters } from './delimiter.ts'
import { encodings } from './encoding.ts'
import { importFields, vendorKeys, type ColumnMapping, type ImportField } from './fields.ts'
import { vendorUpdates } from './options.ts'

const EncodingSchema = Type.Enum([...encodings])
const DelimiterSchema = Type.Enum([...delimiters])
const DateOrderSchema = Type.Enum([...dateOrders])
const Decimal = Type.Enum([',', '.'])
const Side = Type.Enum(['debit', 'credit'])
const Certainty = Type.Enum(['detected', 'chosen', 'assumed'])
const Keys = Type.Array(Type.Enum([...vendorKeys]), { minItems: 1, maxItems: 5, uniqueItems: true })
const Updates = Type.Enum([...vendorUpdates])
export const FieldSchema = Type.Unsafe<ImportField>({ type: 'string', pattern: `^(?:${importFields.join('|')}|attribute:[0-9a-f-]{36})$` })
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

const MappingSchema = Type.Unsafe<ColumnMapping>({ type: 'object', propertyNames: FieldSchema, additionalProperties: { type: 'integer', minimum: 0, maximum: 500 } })

/** Null takes a choice back; what is absent stays as it was. */
export const OptionsPatch = Type.Partial(Type.Object({
  encoding: EncodingSchema,
  delimiter: DelimiterSchema,
  headerLine: Type.Integer({ minimum: 0, maximum: 1000 }),
  decimal: Decimal,
  dateOrder: DateOrderSchema,
  mapping: MappingSchema,
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  spendSide: Side,
  reversesSign: Type.Boolean(),
  keepsPayments: Type.Boolean(),
  period: Type.Object({ from: Day, to: Day }),
  /** Rows without a day become errors instead of taking the proposed period. */
  refusesPeriod: Type.Boolean(),
  isPeriodConfirmed: Type.Boolean(),
  keys: Keys,
  updates: Updates,
  blankErases: Type.Boolean(),
  mergeSameKey: Type.Boolean(),
  keepsInvoiced: Type.Boolean(),
}), { additionalProperties: false })
export type OptionsPatch = Static<typeof OptionsPatch>

export const Profile = Type.Object({
  encoding: EncodingSchema,
  encodingCertainty: Certainty,
  hasBom: Type.Boolean(),
  brokenBytes: Type.Integer(),
  delimiter: DelimiterSchema,
  newline: Type.Enum(['\n', '\r']),
  isLineQuoted: Type.Boolean(),
  delimiterCertainty: Certainty,
  headerLine: NullableInteger(),
  dataAfterLine: Type.Integer(),
  headers: Type.Array(Type.String()),
  headingColumn: NullableInteger(),
  preamble: Type.Array(Type.String()),
  columnCount: Type.Integer(),
  signature: Type.String(),
  columns: Type.Array(Type.Object({
    field: FieldSchema,
    column: Type.Integer(),
    source: Type.Enum(['header', 'fuzzy', 'content', 'remembered', 'chosen']),
  })),
  attributes: Type.Array(Type.Object({
    attributeId: Type.String(),
    label: Type.String(),
    kind: Type.Enum([...attributeKinds]),
    options: Type.Array(Type.String()),
    group: Type.String(),
  })),
  kind: Type.Enum(['vendors', 'purchases']),
  decimal: Decimal,
  decimalCertainty: Certainty,
  dateOrder: DateOrderSchema,
  dateOrderCertainty: Certainty,
  currency: Type.String(),
  currencyCertainty: Certainty,
  spendSide: Side,
  reversesSign: Type.Boolean(),
  isMostlyNegative: Type.Boolean(),
  isLedger: Type.Boolean(),
  paymentJournals: Type.Array(Type.String()),
  keepsPayments: Type.Boolean(),
  keys: Type.Array(Type.Enum([...vendorKeys])),
  isCodeUnreliable: Type.Boolean(),
  updates: Updates,
  isUndated: Type.Boolean(),
  period: Type.Union([Type.Null(), Type.Object({ from: Day, to: Day, source: Type.Enum(['name', 'preamble', 'chosen']) })]),
  rows: Type.Integer(),
})

const IssueCounts = Type.Record(Type.String(), Type.Object({
  severity: Type.Enum(['error', 'warning']),
  count: Type.Integer(),
  lines: Type.Array(Type.Integer()),
}))

/** What a dry run counts, and what the run itself counted. */
export const Outcome = Type.Object({
  rows: Type.Integer(),
  usableRows: Type.Integer(),
  vendorsCreated: Type.Integer(),
  vendorsUpdated: Type.Integer(),
  vendorsUnchanged: Type.Integer(),
  purchasesCreated: Type.Integer(),
  /** Rows whose purchase is here already, from an earlier import of the same line. */
  purchasesKnown: Type.Integer(),
  /** By currency, in minor units: every usable row, those known already included. */
  sums: Type.Record(Type.String(), Type.Integer()),
  negativeRows: Type.Integer(),
  firstDay: NullableText(),
  lastDay: NullableText(),
  issues: IssueCounts,
  /** Newcomers that resemble a vendor we know; 0 after the run. */
  duplicates: Type.Integer(),
})
export type Outcome = Static<typeof Outcome>

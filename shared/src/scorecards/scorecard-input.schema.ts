import { Type, type Static } from 'typebox'
import { NullableNumber, NullableText } from '../http/nullable.ts'
import { SettingsChangeSchema } from './settings.schema.ts'
import { standings } from './standing.ts'

/** Systems number their records or name them; both are told apart by how they are written. */
const Id = Type.Unsafe<string | number>({ type: ['string', 'number'] })
const Day = Type.String({ format: 'date' })
const NullableDay = Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'date' })
const Moment = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}([T ]([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d+)?)?(Z|[+-]\\d{2}:?\\d{2})?)?$' })
const NullableMoment = Type.Unsafe<string | null>({ ...Moment, type: ['string', 'null'] })
const Currency = Type.Optional(NullableText({ minLength: 1 }))

const Requirement = Type.Object({
  type: Type.String(),
  weight: Type.Optional(NullableNumber({ minimum: 0 })),
  mandatory: Type.Optional(Type.Boolean()),
  documents: Type.Optional(Type.Array(Type.Object({
    from: Type.Optional(NullableDay),
    to: Type.Optional(NullableDay),
    /** Whether somebody checked it, or the day somebody did. */
    verified: Type.Unsafe<boolean | string | null>({ type: ['boolean', 'string', 'null'], format: 'date' }),
  }))),
})

const Request = Type.Object({
  sent: Moment,
  answered: Type.Optional(NullableMoment),
  slaHours: Type.Optional(NullableNumber({ minimum: 0 })),
})

const Supplier = Type.Object({
  id: Id,
  category: Type.Optional(NullableText()),
  previous: Type.Optional(Type.Unsafe<(typeof standings)[number] | 'N/A' | null>({ enum: [...standings, 'N/A', null] })),
  fraudAlert: Type.Optional(Type.Boolean()),
  requirements: Type.Optional(Type.Array(Requirement)),
  requests: Type.Optional(Type.Array(Request)),
})

const Order = Type.Object({
  line: Id,
  supplier: Id,
  item: Type.Unsafe<string | number | null>({ type: ['string', 'number', 'null'] }),
  ordered: Day,
  quantity: Type.Number(),
  /** For one piece. Null where the order names none. */
  price: NullableNumber(),
  currency: Currency,
  promised: Type.Optional(NullableDay),
  promises: Type.Optional(Type.Array(Day)),
  requested: Type.Optional(NullableDay),
  cancelled: Type.Optional(Type.Boolean()),
})

export const ScorecardInput = Type.Object({
  asOf: Day,
  from: Type.Optional(NullableDay),
  currency: Currency,
  rates: Type.Optional(Type.Record(Type.String(), Type.Array(Type.Tuple([Day, Type.Number({ exclusiveMinimum: 0 })])))),
  settings: Type.Optional(SettingsChangeSchema),
  suppliers: Type.Array(Supplier),
  orders: Type.Array(Order),
  contracts: Type.Optional(Type.Array(Type.Object({
    supplier: Id, item: Id, price: Type.Number(), currency: Currency, from: Type.Optional(NullableDay), to: Type.Optional(NullableDay),
  }))),
  receipts: Type.Array(Type.Object({
    line: Type.Unsafe<string | number | null>({ type: ['string', 'number', 'null'] }),
    /** For goods that arrived without a line. */
    supplier: Type.Optional(Id),
    on: Day,
    /** Negative where goods went back. */
    quantity: Type.Number(),
    rejected: Type.Optional(NullableNumber({ minimum: 0 })),
  })),
  invoices: Type.Array(Type.Object({
    id: Id,
    supplier: Id,
    on: Day,
    currency: Currency,
    credit: Type.Optional(Type.Boolean()),
    lines: Type.Array(Type.Object({ line: Type.Unsafe<string | number | null>({ type: ['string', 'number', 'null'] }), quantity: Type.Number(), amount: Type.Number() })),
  })),
})
export type ScorecardInput = Static<typeof ScorecardInput>
export type OrderLine = ScorecardInput['orders'][number]
export type Receipt = ScorecardInput['receipts'][number]
export type Invoice = ScorecardInput['invoices'][number]
export type SupplierInput = ScorecardInput['suppliers'][number]
export type VendorRequest = NonNullable<SupplierInput['requests']>[number]
export type RequirementInput = NonNullable<SupplierInput['requirements']>[number]
export type ContractPrice = NonNullable<ScorecardInput['contracts']>[number]

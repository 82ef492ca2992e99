import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { Day, VendorId, VendorStatusSchema } from '../vendors/vendor-fields.ts'
import { ageingBuckets } from './ageing.ts'
import { guardCodes } from './payment-guards.ts'
import { legalLimits, termKinds } from './payment-terms.ts'

export const payableStatuses = ['open', 'in_run', 'sent', 'paid', 'cancelled'] as const
export type PayableStatus = (typeof payableStatuses)[number]
export const PayableStatusSchema = Type.Enum([...payableStatuses])

export const PayableId = Type.String({ format: 'uuid' })

export const GuardSchema = Type.Object({
  code: Type.Enum([...guardCodes]),
  isBlocking: Type.Boolean(),
  /** Reference and status of the payable that this one may be the second of. */
  twin: NullableText(),
})

export const Payable = Type.Object({
  payableId: PayableId,
  vendorId: VendorId,
  vendorName: Type.String(),
  vendorStatus: VendorStatusSchema,
  invoiceId: NullableText(),
  reference: Type.String(),
  installmentNo: Type.Integer(),
  installmentCount: Type.Integer(),
  issuedOn: Type.String(),
  dueOn: Type.String(),
  legalDueOn: NullableText(),
  /** Days that the due day lies beyond the law's last one. */
  daysOverLegal: Type.Integer(),
  daysLate: Type.Integer(),
  amountMinor: Type.Integer(),
  currency: Type.String(),
  amountBaseMinor: NullableInteger(),
  status: PayableStatusSchema,
  paidOn: NullableText(),
  paidBy: Type.Union([Type.Null(), Type.Enum(['statement', 'person'])]),
  /** The run it is in, while it is in one. */
  paymentRunId: NullableText(),
  runNumber: NullableInteger(),
  note: NullableText(),
  guards: Type.Array(GuardSchema),
  version: Type.Integer(),
})
export type Payable = Static<typeof Payable>

export const AgeingLineSchema = Type.Object({
  bucket: Type.Enum([...ageingBuckets]),
  amountMinor: Type.Integer(),
  count: Type.Integer(),
  unpricedCount: Type.Integer(),
})

export const PaymentAccess = Type.Object({
  canPrepare: Type.Boolean(),
  canApprove: Type.Boolean(),
  isAdmin: Type.Boolean(),
})
export type PaymentAccess = Static<typeof PaymentAccess>

export const payableViews = ['due', 'open', 'sent', 'paid', 'all'] as const

export const PayableFilter = Type.Object({
  view: Type.Optional(Type.Enum([...payableViews])),
  bucket: Type.Optional(Type.Enum([...ageingBuckets])),
  search: Type.Optional(Type.String({ maxLength: 200 })),
  /** With `view=due`: what falls due up to this day. */
  dueBefore: Type.Optional(Day),
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
})
export type PayableFilter = Static<typeof PayableFilter>

export const PayablePage = Type.Object({
  payables: Type.Array(Payable),
  total: Type.Integer(),
  today: Type.String(),
  /** The portal's base currency: ageing is in it. */
  currency: Type.String(),
  /** Everything unpaid under the same search, whatever the view. */
  ageing: Type.Array(AgeingLineSchema),
  access: PaymentAccess,
})
export type PayablePage = Static<typeof PayablePage>

export const TermSchema = Type.Object({
  kind: Type.Enum([...termKinds]),
  days: Type.Integer({ minimum: 0, maximum: 365 }),
  monthDay: NullableInteger({ minimum: 1, maximum: 31 }),
})

export const TermCheckSchema = Type.Object({
  verdict: Type.Enum(['lawful', 'sometimes', 'unlawful']),
  limit: Type.Enum([...legalLimits]),
  example: Type.Union([Type.Null(), Type.Object({
    issuedOn: Type.String(), dueOn: Type.String(), legalDueOn: Type.String(), daysOver: Type.Integer(),
  })]),
})

export const LateLine = Type.Object({
  payableId: PayableId,
  reference: Type.String(),
  dueOn: Type.String(),
  until: Type.String(),
  daysLate: Type.Integer(),
  amountMinor: Type.Integer(),
  currency: Type.String(),
  /** Null where the portal has no rate for these days. */
  interestMinor: NullableInteger(),
})

export const VendorPayments = Type.Object({
  payables: Type.Array(Payable),
  history: Type.Array(Payable),
  ageing: Type.Array(AgeingLineSchema),
  currency: Type.String(),
  today: Type.String(),
  term: Type.Union([Type.Null(), TermSchema]),
  isPeriodic: Type.Boolean(),
  /** Where the term comes from; the law's own where nobody agreed one. */
  termSource: Type.Enum(['terms', 'vendor', 'law']),
  termCheck: Type.Union([Type.Null(), TermCheckSchema]),
  late: Type.Object({
    lines: Type.Array(LateLine),
    /** Null as soon as one line has no rate, or currencies differ. */
    interestMinor: NullableInteger(),
    interestCurrency: NullableText(),
    feeMinor: Type.Integer(),
    hasRates: Type.Boolean(),
  }),
  canEdit: Type.Boolean(),
})
export type VendorPayments = Static<typeof VendorPayments>

export const NewPayable = Type.Object({
  vendorId: VendorId,
  reference: Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' }),
  issuedOn: Day,
  /** Absent: by the vendor's term. */
  dueOn: Type.Optional(Type.Union([Type.Null(), Day])),
  amountMinor: Type.Integer({ minimum: 1, maximum: 1_000_000_000_000 }),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  count: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
  everyMonths: Type.Optional(Type.Integer({ minimum: 1, maximum: 12 })),
  note: Type.Optional(NullableText({ maxLength: 1000 })),
})
export type NewPayable = Static<typeof NewPayable>

export const Rate = Type.Object({ validFrom: Day, percent: Type.Number({ minimum: 0, maximum: 100 }) })

export const DebtorAccount = Type.Object({
  accountId: Type.String({ format: 'uuid' }),
  name: Type.String(),
  /** Masked for everybody but administrators. */
  iban: Type.String(),
  bic: NullableText(),
  painVersion: Type.Enum(['001.001.03', '001.001.09']),
  street: NullableText(),
  building: NullableText(),
  postalCode: NullableText(),
  town: NullableText(),
  country: NullableText(),
  isActive: Type.Boolean(),
  version: Type.Integer(),
})
export type DebtorAccount = Static<typeof DebtorAccount>

export const DebtorAccountFields = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 70, pattern: '\\S' }),
  iban: Type.String({ maxLength: 60 }),
  bic: NullableText({ maxLength: 20 }),
  painVersion: Type.Enum(['001.001.03', '001.001.09']),
  street: NullableText({ maxLength: 70 }),
  building: NullableText({ maxLength: 16 }),
  postalCode: NullableText({ maxLength: 16 }),
  town: NullableText({ maxLength: 35 }),
  country: NullableText({ maxLength: 60 }),
  isActive: Type.Boolean(),
})
export type DebtorAccountFields = Static<typeof DebtorAccountFields>

export const PaymentSettings = Type.Object({ accounts: Type.Array(DebtorAccount), rates: Type.Array(Rate) })
export type PaymentSettings = Static<typeof PaymentSettings>

const vendor = Type.Object({ vendorId: VendorId })
const payable = Type.Object({ payableId: PayableId })
const version = Type.Integer({ minimum: 1 })

export const paymentApi = {
  payables: endpoint({
    method: 'GET', path: '/api/payments/payables', summary: 'What is owed, by due day, with what speaks against paying it',
    query: PayableFilter, reply: PayablePage, errors: [],
  }),
  vendor: endpoint({
    method: 'GET', path: '/api/vendors/:vendorId/payments', summary: 'A vendor\'s payables, term, delay and history',
    params: vendor, reply: VendorPayments, errors: ['vendor.not_found', 'vendor.forbidden'],
  }),
  saveTerm: endpoint({
    method: 'PUT', path: '/api/vendors/:vendorId/payment-term', summary: 'Agree a payment term with a vendor; null leaves it to the law',
    params: vendor, body: Type.Object({ term: Type.Union([Type.Null(), TermSchema]), isPeriodic: Type.Boolean() }), reply: VendorPayments,
    errors: ['vendor.not_found', 'vendor.forbidden'],
  }),
  addPayable: endpoint({
    method: 'POST', path: '/api/payments/payables', isOnceAClick: true, summary: 'Enter what is owed by hand, in one sum or in instalments',
    body: NewPayable, reply: Type.Object({ payableIds: Type.Array(PayableId) }), errors: ['vendor.not_found', 'vendor.forbidden'],
  }),
  splitPayable: endpoint({
    method: 'POST', path: '/api/payments/payables/:payableId/instalments', summary: 'Split what is open into instalments',
    params: payable,
    body: Type.Object({ version, count: Type.Integer({ minimum: 2, maximum: 60 }), firstDueOn: Day, everyMonths: Type.Integer({ minimum: 1, maximum: 12 }) }),
    reply: Type.Object({ payableIds: Type.Array(PayableId) }),
    errors: ['payment.payable_not_found', 'vendor.forbidden', 'payment.changed_meanwhile', 'payment.not_open'],
  }),
  changePayable: endpoint({
    method: 'PATCH', path: '/api/payments/payables/:payableId', summary: 'Move a due day, note something, or take back what was entered',
    params: payable,
    body: Type.Object({ version, dueOn: Type.Optional(Day), note: Type.Optional(NullableText({ maxLength: 1000 })), isCancelled: Type.Optional(Type.Boolean()) }),
    reply: Payable, errors: ['payment.payable_not_found', 'vendor.forbidden', 'payment.changed_meanwhile', 'payment.not_open'],
  }),
  settlePayable: endpoint({
    method: 'POST', path: '/api/payments/payables/:payableId/settlement', summary: 'State that something was paid by other means; null takes it back',
    params: payable, body: Type.Object({ version, paidOn: Type.Union([Type.Null(), Day]), note: NullableText({ maxLength: 1000 }) }),
    reply: Payable, errors: ['payment.payable_not_found', 'vendor.forbidden', 'payment.changed_meanwhile', 'payment.not_open'],
  }),
  settings: endpoint({
    method: 'GET', path: '/api/payments/settings', summary: 'Accounts that payments leave from, and the rates of late interest', access: 'admin',
    reply: PaymentSettings, errors: [],
  }),
  addAccount: endpoint({
    method: 'POST', path: '/api/payments/accounts', summary: 'Add an account that payments leave from', access: 'admin',
    body: DebtorAccountFields, reply: PaymentSettings, errors: ['payment.iban_invalid', 'payment.account_taken'],
  }),
  changeAccount: endpoint({
    method: 'PUT', path: '/api/payments/accounts/:accountId', summary: 'Change an account that payments leave from', access: 'admin',
    params: Type.Object({ accountId: Type.String({ format: 'uuid' }) }), body: Type.Object({ version, fields: DebtorAccountFields }),
    reply: PaymentSettings, errors: ['payment.iban_invalid', 'payment.account_taken', 'payment.account_unknown', 'payment.changed_meanwhile'],
  }),
  saveRates: endpoint({
    method: 'PUT', path: '/api/payments/rates', summary: 'The yearly rates of late interest, by the day they begin', access: 'admin',
    body: Type.Object({ rates: Type.Array(Rate, { maxItems: 200 }) }), reply: PaymentSettings, errors: [],
  }),
}

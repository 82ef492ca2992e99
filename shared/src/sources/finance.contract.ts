import { Type, type Static } from 'typebox'
import { DocumentFormatSchema, DocumentReply } from '../documents/document.contract.ts'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableNumber, NullableText } from '../http/nullable.ts'
import { periodKinds } from '../insights/period.ts'
import { fecFileFaultCodes } from './fec-check.ts'

export const LedgerFault = Type.Object({ code: Type.Enum([...fecFileFaultCodes]), count: Type.Integer(), examples: Type.Array(Type.String()) })

const FinanceQuery = Type.Object({
  period: Type.Enum([...periodKinds]),
  from: Type.Optional(Type.String({ format: 'date' })),
  to: Type.Optional(Type.String({ format: 'date' })),
  /** Whose books, where there are several. */
  sourceId: Type.Optional(Type.String({ format: 'uuid' })),
})
export type FinanceQuery = Static<typeof FinanceQuery>

const Month = Type.Object({
  month: Type.String(), receivablesMinor: Type.Integer(), payablesMinor: Type.Integer(), salesInvoicedMinor: Type.Integer(), purchasesInvoicedMinor: Type.Integer(),
  revenueMinor: Type.Integer(), purchasesMinor: Type.Integer(), incomeMinor: Type.Integer(), expensesMinor: Type.Integer(), marginMinor: Type.Integer(), marginRate: NullableNumber(),
})
export type FinanceMonth = Static<typeof Month>

const Books = Type.Object({
  currency: Type.String(),
  /** Whole months of the period that the files cover. */
  months: Type.Array(Month),
  days: Type.Integer(),
  dso: NullableNumber(), dsoCountBack: NullableNumber(), dpo: NullableNumber(), dpoCountBack: NullableNumber(),
  revenueMinor: Type.Integer(), marginMinor: Type.Integer(), marginRate: NullableNumber(), resultMinor: Type.Integer(),
  /** Months of the period that no file covers. */
  missingMonths: Type.Array(Type.String()),
  /** Balances before the first file are not known: they count as nothing. */
  hasUnknownOpening: Type.Boolean(),
  files: Type.Array(Type.Object({ fileName: Type.String(), from: Type.String(), to: Type.String(), lines: Type.Integer(), entries: Type.Integer(), faults: Type.Array(LedgerFault) })),
})
export type Books = Static<typeof Books>

/** What Comptoir itself knows: debts to vendors. Of customers' invoices it knows nothing. */
const OwnPayables = Type.Object({
  currency: Type.String(),
  openMinor: Type.Integer(),
  overdueMinor: Type.Integer(),
  overdueShare: NullableNumber(),
  dpo: NullableNumber(),
  invoicedMinor: Type.Integer(),
  /** Debts in a currency without rate: in none of the sums. */
  withoutRate: Type.Integer(),
})
export type OwnPayables = Static<typeof OwnPayables>

export const FinanceReport = Type.Object({
  from: NullableText(),
  to: NullableText(),
  sources: Type.Array(Type.Object({ sourceId: Type.String(), name: Type.String() })),
  sourceId: NullableText(),
  books: Type.Union([Books, Type.Null()]),
  own: OwnPayables,
})
export type FinanceReport = Static<typeof FinanceReport>

export const ledgerGroups = ['revenue', 'purchases', 'receivables', 'payables'] as const
export type LedgerGroup = (typeof ledgerGroups)[number]

export const LedgerLines = Type.Object({
  total: Type.Integer(),
  lines: Type.Array(Type.Object({
    journal: Type.String(), entryNumber: Type.String(), entryOn: Type.String(), account: Type.String(), accountName: Type.String(), auxiliaryName: NullableText(), reference: Type.String(), text: Type.String(),
    debitMinor: Type.Integer(), creditMinor: Type.Integer(), lettering: NullableText(),
  })),
  balanceMinor: NullableInteger(),
})
export type LedgerLines = Static<typeof LedgerLines>

const access = 'admin'

export const financeApi = {
  report: endpoint({ method: 'GET', path: '/api/finance', access, summary: 'Payment delays and margin by month, from the books and from our own debts', query: FinanceQuery, reply: FinanceReport, errors: ['request.invalid', 'source.not_found'] }),
  lines: endpoint({
    method: 'GET', path: '/api/finance/lines', access, summary: 'The entries behind a month', reply: LedgerLines, errors: ['source.not_found'],
    query: Type.Object({ sourceId: Type.String({ format: 'uuid' }), month: Type.String({ format: 'date' }), group: Type.Enum([...ledgerGroups]) }),
  }),
  export: endpoint({
    method: 'GET', path: '/api/finance/export', access, query: Type.Object({ ...FinanceQuery.properties, format: DocumentFormatSchema, language: Type.Enum(['fr', 'en']) }), reply: DocumentReply,
    errors: ['request.invalid', 'source.not_found'],
  }),
}

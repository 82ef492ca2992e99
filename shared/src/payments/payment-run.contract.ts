import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { Day, MaybePerson, VendorId } from '../vendors/vendor-fields.ts'
import { runStatuses } from './payment-run.ts'
import { GuardSchema, PayableId, PaymentAccess } from './payments.contract.ts'
import { statementFaults, statementWarnings } from './statement.ts'

const RunId = Type.String({ format: 'uuid' })
const TransactionId = Type.String({ format: 'uuid' })

export const RunSummary = Type.Object({
  paymentRunId: RunId,
  number: Type.Integer(),
  status: Type.Enum([...runStatuses]),
  accountName: Type.String(),
  executionOn: Type.String(),
  itemCount: Type.Integer(),
  confirmedCount: Type.Integer(),
  totalMinor: Type.Integer(),
  currency: Type.String(),
  createdBy: MaybePerson,
  createdAt: Type.String(),
  approvedBy: MaybePerson,
})
export type RunSummary = Static<typeof RunSummary>

export const RunItem = Type.Object({
  itemId: Type.String(),
  payableId: PayableId,
  vendorId: VendorId,
  vendorName: Type.String(),
  reference: Type.String(),
  dueOn: Type.String(),
  executionOn: Type.String(),
  amountMinor: Type.Integer(),
  currency: Type.String(),
  /** Of the approval once there is one, else what the vendor has now. */
  creditorIban: NullableText(),
  /** Whose account it is; the vendor's own name where no other holder is known. */
  creditorName: Type.String(),
  endToEndId: NullableText(),
  status: Type.Enum(['waiting', 'sent', 'confirmed', 'returned', 'released']),
  /** Of the one transfer that invoices and credit notes of the vendor make together; null where the line goes alone. */
  transferMinor: NullableInteger(),
  isLead: Type.Boolean(),
  guards: Type.Array(GuardSchema),
})
export type RunItem = Static<typeof RunItem>

export const Run = Type.Object({
  ...RunSummary.properties,
  accountIban: Type.String(),
  painVersion: Type.String(),
  items: Type.Array(RunItem),
  approvedAt: NullableText(),
  exportedAt: NullableText(),
  exportedBy: MaybePerson,
  cancelledAt: NullableText(),
  cancelReason: NullableText(),
  messageId: NullableText(),
  fileName: NullableText(),
  fileSha256: NullableText(),
  note: NullableText(),
  /** The caller had a hand in it and cannot approve it. */
  isOwn: Type.Boolean(),
  version: Type.Integer(),
  access: PaymentAccess,
})
export type Run = Static<typeof Run>

export const Runs = Type.Object({
  runs: Type.Array(RunSummary),
  accounts: Type.Array(Type.Object({ accountId: Type.String(), name: Type.String(), iban: Type.String() })),
  access: PaymentAccess,
})
export type Runs = Static<typeof Runs>

export const BankTransaction = Type.Object({
  transactionId: TransactionId,
  bookedOn: Type.String(),
  amountMinor: Type.Integer(),
  currency: Type.String(),
  counterpartyName: NullableText(),
  counterpartyIban: NullableText(),
  remittance: NullableText(),
  endToEndId: NullableText(),
  isReversal: Type.Boolean(),
  /** The file with a booking alike in all that the bank wrote: this may be the same one once more, so it settles nothing by itself. */
  twinFile: NullableText(),
  status: Type.Enum(['unmatched', 'matched', 'ignored']),
  matches: Type.Array(Type.Object({ payableId: PayableId, reference: Type.String(), vendorName: Type.String(), rule: Type.Enum(['end_to_end', 'amount', 'person', 'return']), amountMinor: Type.Integer(), isPart: Type.Boolean() })),
  suggestions: Type.Array(Type.Object({ payableId: PayableId, reference: Type.String(), vendorName: Type.String(), amountMinor: Type.Integer(), currency: Type.String(), dueOn: Type.String() })),
})
export type BankTransaction = Static<typeof BankTransaction>

export const BankStatement = Type.Object({
  statementId: Type.String(),
  fileName: Type.String(),
  accountIban: NullableText(),
  fromOn: NullableText(),
  toOn: NullableText(),
  currency: Type.String(),
  openingMinor: NullableInteger(),
  closingMinor: NullableInteger(),
  /** Null where the statement names no balances. */
  isBalanced: Type.Unsafe<boolean | null>({ type: ['boolean', 'null'] }),
  entryCount: Type.Integer(),
  unmatchedCount: Type.Integer(),
  importedAt: Type.String(),
})
export type BankStatement = Static<typeof BankStatement>

export const StatementsView = Type.Object({
  statements: Type.Array(BankStatement),
  transactions: Type.Array(BankTransaction),
  unmatchedCount: Type.Integer(),
})
export type StatementsView = Static<typeof StatementsView>

export const StatementImport = Type.Object({
  statements: Type.Integer(),
  /** Statements and entries that were there already: nothing changed by them. */
  knownStatements: Type.Integer(),
  entries: Type.Integer(),
  knownEntries: Type.Integer(),
  matched: Type.Integer(),
  /** Bookings that an earlier statement seems to have brought: a person decides. */
  doubles: Type.Integer(),
  unbalanced: Type.Integer(),
  warnings: Type.Array(Type.Enum([...statementWarnings])),
})
export type StatementImport = Static<typeof StatementImport>

/** Details of `payment.statement_unreadable`. */
export const StatementProblem = Type.Object({ reason: Type.Enum([...statementFaults]), place: NullableInteger(), file: Type.String() })
export type StatementProblem = Static<typeof StatementProblem>

const run = Type.Object({ paymentRunId: RunId })
const transaction = Type.Object({ transactionId: TransactionId })
const body = Type.Object({ version: Type.Integer({ minimum: 1 }) })
const moves = ['payment.not_allowed', 'payment.run_not_found', 'payment.changed_meanwhile', 'payment.run_moved'] as const
const decisions = ['payment.not_allowed', 'payment.transaction_not_found', 'payment.run_moved'] as const

export const paymentRunApi = {
  list: endpoint({
    method: 'GET', path: '/api/payments/runs', summary: 'Payment runs, newest first', reply: Runs, errors: ['payment.not_allowed'],
  }),
  get: endpoint({
    method: 'GET', path: '/api/payments/runs/:paymentRunId', summary: 'A payment run with its lines and what speaks against each',
    params: run, reply: Run, errors: ['payment.not_allowed', 'payment.run_not_found'],
  }),
  create: endpoint({
    method: 'POST', path: '/api/payments/runs', summary: 'Prepare a payment run of payables',
    body: Type.Object({
      accountId: Type.String({ format: 'uuid' }), executionOn: Day, payableIds: Type.Array(PayableId, { minItems: 1, maxItems: 1000 }), note: NullableText({ maxLength: 500 }),
    }),
    reply: Run, errors: ['payment.not_allowed', 'payment.account_unknown', 'payment.payable_not_found', 'payment.in_other_run', 'payment.blocked'],
  }),
  removeItem: endpoint({
    method: 'POST', path: '/api/payments/runs/:paymentRunId/removals', summary: 'Take lines out of a draft',
    params: run, body: Type.Object({ version: Type.Integer({ minimum: 1 }), payableIds: Type.Array(PayableId, { minItems: 1, maxItems: 1000 }) }),
    reply: Run, errors: moves,
  }),
  approve: endpoint({
    method: 'POST', path: '/api/payments/runs/:paymentRunId/approval', summary: 'Approve a run as the second person',
    params: run, body, reply: Run, errors: [...moves, 'payment.own_run', 'payment.blocked'],
  }),
  export: endpoint({
    method: 'POST', path: '/api/payments/runs/:paymentRunId/export', summary: 'Write the bank file of an approved run, once',
    params: run, body, reply: Run, errors: [...moves, 'payment.blocked', 'payment.refused'],
  }),
  cancel: endpoint({
    method: 'POST', path: '/api/payments/runs/:paymentRunId/cancellation', summary: 'Cancel a run that the bank has not booked; its payables are open again',
    params: run, body: Type.Object({ version: Type.Integer({ minimum: 1 }), reason: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }) }),
    reply: Run, errors: moves,
  }),
  file: endpoint({
    method: 'GET', path: '/api/payments/runs/:paymentRunId/file', summary: 'The bank file as it was written',
    params: run, reply: Type.Object({ fileName: Type.String(), sha256: Type.String(), text: Type.String() }),
    errors: ['payment.not_allowed', 'payment.run_not_found', 'payment.run_moved'],
  }),
  statements: endpoint({
    method: 'GET', path: '/api/payments/statements', summary: 'Imported statements and the bookings that wait for a decision',
    query: Type.Object({ status: Type.Optional(Type.Enum(['unmatched', 'matched', 'ignored'])), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }),
    reply: StatementsView, errors: ['payment.not_allowed'],
  }),
  importStatement: endpoint({
    method: 'POST', path: '/api/payments/statements', summary: 'Read bank statements (camt.053, CFONB 120, MT940, CSV, or a zip of them); the same one again changes nothing',
    body: Type.Object({ fileName: Type.String({ minLength: 1, maxLength: 200 }), base64: Type.String({ maxLength: 14_000_000 }), accountId: Type.Optional(Type.String({ format: 'uuid' })) }),
    reply: StatementImport, errors: ['payment.not_allowed', 'payment.statement_unreadable', 'payment.account_unknown'], bodyLimit: 15_000_000,
  }),
  match: endpoint({
    method: 'POST', path: '/api/payments/transactions/:transactionId/match', summary: 'Say which payables a booking paid, and how much of each; together they are the booking to the cent',
    params: transaction,
    body: Type.Object({ allocations: Type.Array(Type.Object({ payableId: PayableId, amountMinor: Type.Integer() }), { minItems: 1, maxItems: 200 }) }),
    reply: BankTransaction,
    errors: [...decisions, 'payment.payable_not_found', 'payment.not_open', 'payment.match_differs'],
  }),
  ignore: endpoint({
    method: 'POST', path: '/api/payments/transactions/:transactionId/ignore', summary: 'Set a booking aside: it pays none of our payables',
    params: transaction, reply: BankTransaction, errors: decisions,
  }),
  undo: endpoint({
    method: 'POST', path: '/api/payments/transactions/:transactionId/undo', summary: 'Take a match or a decision back',
    params: transaction, reply: BankTransaction, errors: decisions,
  }),
}

import { sql } from 'kysely'
import type { RecordParts } from '@comptoir/shared/access/record-change'
import type { RunStatus } from '@comptoir/shared/payments/payment-run'
import { recordHistory } from '../../platform/history/record-history.postgres.ts'
import type { Tx } from '../../platform/storage/database.ts'

interface PayableFacts {
  readonly reference: string
  readonly installment_no: number
  readonly due_on: string
  readonly amount_minor: number
  readonly currency: string
  readonly status: string
  readonly paid_on: string | null
  readonly note: string | null
}

export const payableParts = (row: PayableFacts): RecordParts => ({
  reference: row.reference, installmentNo: row.installment_no, dueOn: row.due_on, amountMinor: row.amount_minor, currency: row.currency, status: row.status, paidOn: row.paid_on, note: row.note,
})

interface Author {
  readonly portalId: number
  /** Null: a statement said so. */
  readonly by: number | null
  readonly at?: Date
}

const facts = ['payable_id', 'vendor_id', 'reference', 'installment_no', 'due_on', 'amount_minor', 'currency', 'status', 'paid_on', 'note'] as const

const readFacts = (tx: Tx, portalId: number, payableIds: readonly string[]) => payableIds.length === 0
  ? Promise.resolve([])
  : tx.selectFrom('payables').select(facts).where('portal_id', '=', portalId).where('payable_id', 'in', [...payableIds]).execute()

/** Does something to payables and writes down what that changed in each; those that are answered are new. */
export async function recordingPayables(tx: Tx, { portalId, by, at }: Author, payableIds: readonly string[], work: () => Promise<readonly string[] | void>): Promise<void> {
  const before = new Map((await readFacts(tx, portalId, payableIds)).map(row => [row.payable_id, row]))
  const added = await work() ?? []
  const after = await readFacts(tx, portalId, [...new Set([...payableIds, ...added])])
  await recordHistory(tx, after.map((row) => {
    const old = before.get(row.payable_id)
    return { portalId, vendorId: row.vendor_id, field: 'payable' as const, from: old ? payableParts(old) : null, to: payableParts(row), by, origin: by === null ? 'import' as const : 'person' as const, at }
  }))
}

/** A payment run moved: one line for each vendor that is paid by it. */
export async function recordRun(tx: Tx, { portalId, by, at }: Author & { readonly by: number }, { runId, number, from, to, reason }: { runId: string, number: number, from: RunStatus | null, to: RunStatus, reason?: string }): Promise<void> {
  const { rows } = await sql<{ vendor_id: string, amount: number, currency: string }>`
    select vendor_id, sum(amount_minor)::bigint as amount, min(currency) as currency from payment_run_items
    where portal_id = ${portalId} and run_id = ${runId} group by vendor_id`.execute(tx)
  await recordHistory(tx, rows.map(({ vendor_id: vendorId, amount, currency }) => {
    const parts = { number: String(number), amountMinor: amount, currency }
    return { portalId, vendorId, field: 'payment' as const, from: from && { ...parts, status: from }, to: { ...parts, status: to }, by, reason, at }
  }))
}

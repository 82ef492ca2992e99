import { sql, type RawBuilder } from 'kysely'
import { daysBetween } from '@comptoir/shared/insights/calendar'
import { guardsOf, matchDoubtOf, type Guard, type MatchDoubt } from '@comptoir/shared/payments/payment-guards'
import type { Payable, PayableStatus } from '@comptoir/shared/payments/payments.contract'
import type { InvoiceMatch } from '@comptoir/shared/purchasing/three-way-match'
import type { VendorStatus } from '@comptoir/shared/vendors/vendor-status'
import { matchInvoices } from '../../platform/purchasing/invoice-matches.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'

export interface PayableRow extends StoredRow {
  readonly match_doubt: MatchDoubt | null
}

interface StoredRow {
  readonly portal_id: number
  readonly payable_id: string
  readonly vendor_id: string
  readonly vendor_name: string
  readonly vendor_key: string
  readonly vendor_status: VendorStatus
  readonly invoice_id: string | null
  readonly reference: string
  readonly installment_no: number
  readonly installment_count: number
  readonly issued_on: string
  readonly due_on: string
  readonly legal_due_on: string | null
  readonly amount_minor: number
  readonly currency: string
  readonly amount_base_minor: number | null
  readonly status: PayableStatus
  readonly paid_on: string | null
  readonly paid_by: 'statement' | 'person' | null
  readonly note: string | null
  readonly version: number
  readonly run_id: string | null
  readonly run_number: number | null
  readonly iban: string | null
  readonly bic: string | null
  readonly account_holder: string | null
  readonly address: string | null
  readonly postal_code: string | null
  readonly city: string | null
  readonly country: string | null
  readonly is_iban_approved: boolean
  readonly is_iban_pending: boolean
  readonly invoice_iban: string | null
  readonly invoice_status: string | null
  readonly is_match_accepted: boolean
  readonly payment_reference: string | null
  readonly is_held: boolean
  readonly is_blocked_by_score: boolean
  readonly paid_twin: string | null
  readonly similar_twin: string | null
}

const plain = (column: string): RawBuilder<string> => sql`lower(regexp_replace(${sql.ref(column)}, '[^[:alnum:]]', '', 'g'))`

/**
 * Payables with everything that their guards ask about. `chosen` is a relation (portal_id, payable_id) whose vendors the
 * caller may see; `order` and `page` come after.
 */
export async function readPayables(db: Database, chosen: RawBuilder<unknown>, rest: RawBuilder<unknown> = sql`order by p.due_on, p.payable_id`): Promise<PayableRow[]> {
  const { rows } = await sql<StoredRow>`
    select p.portal_id, p.payable_id, p.vendor_id, v.name as vendor_name, v.name_key as vendor_key, v.status as vendor_status, p.invoice_id, p.reference, p.installment_no,
      (select count(*)::int from payables s where s.portal_id = p.portal_id and s.vendor_id = p.vendor_id and s.status <> 'cancelled'
        and s.reference = p.reference and s.issued_on = p.issued_on and s.invoice_id is not distinct from p.invoice_id) as installment_count,
      p.issued_on, p.due_on, p.legal_due_on, p.amount_minor, p.currency, p.amount_base_minor, p.status, p.paid_on, p.paid_by, p.note, p.version,
      r.run_id, r.number as run_number, v.iban, v.bic, v.account_holder, v.address, v.postal_code, v.city, v.country,
      v.iban_approved_at is not null as is_iban_approved,
      exists (select from vendor_change_proposals c where c.portal_id = v.portal_id and c.vendor_id = v.vendor_id and c.kind = 'bank' and c.status = 'waiting') as is_iban_pending,
      i.iban as invoice_iban, i.status as invoice_status, i.match_accepted_at is not null as is_match_accepted, i.payment_reference,
      exists (select from vendor_holds h where h.portal_id = v.portal_id and h.vendor_id = v.vendor_id and h.effect = 'payments' and h.lifted_at is null) as is_held,
      standing_blocks_payments(v.portal_id, v.vendor_id) as is_blocked_by_score,
      paid.reference as paid_twin, similar_one.reference as similar_twin
    from ${chosen} chosen
    join payables p using (portal_id, payable_id)
    join vendors v on v.portal_id = p.portal_id and v.vendor_id = p.vendor_id
    left join vendor_invoices i on i.portal_id = p.portal_id and i.invoice_id = p.invoice_id
    left join payment_run_items t on t.portal_id = p.portal_id and t.payable_id = p.payable_id and t.is_live
    left join payment_runs r on r.portal_id = t.portal_id and r.run_id = t.run_id
    left join lateral (
      select d.reference from payables d
      where p.status in ('open', 'in_run') and d.portal_id = p.portal_id and d.vendor_id = p.vendor_id and d.payable_id <> p.payable_id
        and d.status in ('in_run', 'sent', 'paid') and d.currency = p.currency
        and (d.invoice_id is distinct from p.invoice_id or (p.invoice_id is null and d.installment_no = p.installment_no))
        and ${plain('d.reference')} = ${plain('p.reference')} limit 1
    ) paid on true
    left join lateral (
      select d.reference from payables d
      where p.status in ('open', 'in_run') and d.portal_id = p.portal_id and d.vendor_id = p.vendor_id and d.payable_id <> p.payable_id
        and d.status <> 'cancelled' and d.currency = p.currency and d.amount_minor = p.amount_minor
        and d.issued_on between p.issued_on - 7 and p.issued_on + 7
        and not (d.invoice_id is not distinct from p.invoice_id and d.reference = p.reference and d.installment_no <> p.installment_no) limit 1
    ) similar_one on true
    ${rest}`.execute(db)
  return withMatches(db, rows)
}

/** Only what may still be paid is compared with its order and receipts. */
async function withMatches(db: Database, rows: readonly StoredRow[]): Promise<PayableRow[]> {
  const asked = rows.flatMap(({ status, is_match_accepted: isAccepted, invoice_id: id }) => id !== null && !isAccepted && (status === 'open' || status === 'in_run') ? [id] : [])
  const portal = asked.length === 0
    ? undefined
    : await db.selectFrom('portals').select(['portal_id as id', 'currency']).where('portal_id', '=', rows[0]!.portal_id).executeTakeFirst()
  const matches = portal ? await matchInvoices(db, portal, [...new Set(asked)]) : new Map<string, InvoiceMatch>()
  return rows.map((row) => {
    const match = row.invoice_id === null ? undefined : matches.get(row.invoice_id)
    return { ...row, match_doubt: match ? matchDoubtOf(match) : null }
  })
}

export const guardsOfRow = (row: PayableRow, { isInRun = false, approvedIban = null }: { isInRun?: boolean, approvedIban?: string | null } = {}): Guard[] => guardsOf({
  isOpen: row.status === 'open' || (isInRun && row.status === 'in_run'),
  amountMinor: row.amount_minor,
  currency: row.currency,
  vendorStatus: row.vendor_status,
  iban: row.iban,
  bic: row.bic,
  isIbanApproved: row.is_iban_approved,
  isIbanPending: row.is_iban_pending,
  approvedIban,
  invoiceIban: row.invoice_iban,
  vendorName: row.vendor_name,
  accountHolder: row.account_holder,
  invoiceStatus: row.invoice_status,
  matchDoubt: row.match_doubt,
  isHeld: row.is_held,
  isBlockedByScore: row.is_blocked_by_score,
  paidTwin: row.paid_twin,
  similarTwin: row.similar_twin,
})

export const unpaidStatuses = ['open', 'in_run', 'sent'] as const
export const isUnpaid = (status: PayableStatus): boolean => (unpaidStatuses as readonly string[]).includes(status)

export function toPayable(row: PayableRow, today: string): Payable {
  const until = row.paid_on ?? today
  return {
    payableId: row.payable_id,
    vendorId: row.vendor_id,
    vendorName: row.vendor_name,
    vendorStatus: row.vendor_status,
    invoiceId: row.invoice_id,
    reference: row.reference,
    installmentNo: row.installment_no,
    installmentCount: Math.max(1, row.installment_count),
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    legalDueOn: row.legal_due_on,
    daysOverLegal: row.legal_due_on === null ? 0 : Math.max(0, daysBetween(row.legal_due_on, row.due_on)),
    // A credit note is owed to us: we are not late with it.
    daysLate: row.status === 'cancelled' || row.amount_minor < 0 ? 0 : Math.max(0, daysBetween(row.due_on, until)),
    amountMinor: row.amount_minor,
    currency: row.currency,
    amountBaseMinor: row.amount_base_minor,
    status: row.status,
    paidOn: row.paid_on,
    paidBy: row.paid_by,
    paymentRunId: row.run_id,
    runNumber: row.run_number,
    note: row.note,
    // Nothing is left to stop once a payable is on its way, paid or given up.
    guards: row.status === 'open' ? guardsOfRow(row) : [],
    version: row.version,
  }
}

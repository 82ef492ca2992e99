import { sql } from 'kysely'
import { dayAt } from '@comptoir/shared/insights/calendar'
import { lateInterest, recoveryFee, type DatedRate } from '@comptoir/shared/payments/late-interest'
import { checkTerm, type PaymentTerm } from '@comptoir/shared/payments/payment-terms'
import type { Payable, VendorPayments } from '@comptoir/shared/payments/payments.contract'
import { satisfies } from '@comptoir/shared/access/rights'
import { requireVendor } from '../../platform/access/vendor-gate.postgres.ts'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { readAgeing } from './payable-list.postgres.ts'
import { isUnpaid, readPayables, toPayable } from './payable-row.postgres.ts'

const historyShown = 30
const unpaidShown = 200
const lateCounted = 1000

export async function readVendorPayments(db: Database, caller: Caller, vendorId: string, now: Date): Promise<VendorPayments> {
  const rights = await requireVendor(db, caller, vendorId, { group: 'prices' })
  const { portal } = caller
  const today = dayAt(now, portal.timeZone)
  const of = (condition: ReturnType<typeof sql>, limit: number) => readPayables(db, sql`(
    select portal_id, payable_id from payables where portal_id = ${portal.id} and vendor_id = ${vendorId} and ${condition} limit ${limit})`)
  const [unpaid, past, paidLate, term, rates, ageing] = await Promise.all([
    of(sql`status in ('open', 'in_run', 'sent') order by amount_minor < 0, due_on, payable_id`, unpaidShown),
    of(sql`status in ('paid', 'cancelled') order by coalesce(paid_on, due_on) desc, payable_id`, historyShown),
    of(sql`status = 'paid' and paid_on > due_on and amount_minor > 0 order by paid_on desc, payable_id`, lateCounted),
    readTermOf(db, portal.id, vendorId),
    readRates(db, portal.id),
    readAgeing(db.selectFrom('payables').where('portal_id', '=', portal.id).where('vendor_id', '=', vendorId), today),
  ])
  const payables = unpaid.map(row => toPayable(row, today))
  const history = past.map(row => toPayable(row, today)).sort((a, b) => (a.paidOn ?? a.dueOn) < (b.paidOn ?? b.dueOn) ? 1 : -1)
  return {
    payables,
    history,
    ageing,
    currency: portal.currency,
    today,
    ...term,
    termCheck: term.term && checkTerm(term.term, term),
    late: lateOf([...payables, ...paidLate.map(row => toPayable(row, today)).reverse()], rates, today),
    canEdit: satisfies(rights, { group: 'prices', role: 'editor' }),
  }
}

async function readTermOf(db: Database, portalId: number, vendorId: string): Promise<Pick<VendorPayments, 'term' | 'isPeriodic' | 'termSource'>> {
  const row = await db.selectFrom('vendors').leftJoin('payment_terms', join => join
    .onRef('payment_terms.portal_id', '=', 'vendors.portal_id').onRef('payment_terms.vendor_id', '=', 'vendors.vendor_id'))
    .where('vendors.portal_id', '=', portalId).where('vendors.vendor_id', '=', vendorId)
    .select(['vendors.payment_term_days', 'payment_terms.kind', 'payment_terms.days', 'payment_terms.month_day', 'payment_terms.is_periodic'])
    .executeTakeFirstOrThrow()
  if (row.kind !== null && row.days !== null)
    return { term: { kind: row.kind, days: row.days, monthDay: row.month_day }, isPeriodic: row.is_periodic ?? false, termSource: 'terms' }
  const term: PaymentTerm | null = row.payment_term_days === null ? null : { kind: 'net', days: row.payment_term_days, monthDay: null }
  return { term, isPeriodic: false, termSource: term ? 'vendor' : 'law' }
}

export async function readRates(db: Database, portalId: number): Promise<DatedRate[]> {
  const rows = await db.selectFrom('late_interest_rates').select(['valid_from', 'percent']).where('portal_id', '=', portalId).orderBy('valid_from').execute()
  return rows.map(row => ({ validFrom: row.valid_from, percent: Number(row.percent) }))
}

/** Interest is not added up over currencies; the fee is in euros by law, once per invoice however many instalments are late. */
function lateOf(payables: readonly Payable[], rates: readonly DatedRate[], today: string): VendorPayments['late'] {
  const late = payables.filter(payable => payable.status !== 'cancelled' && payable.amountMinor > 0 && payable.daysLate > 0)
  const lines = late.map((payable) => {
    const until = isUnpaid(payable.status) ? today : payable.paidOn ?? today
    const { interestMinor, daysLate } = lateInterest({ amountMinor: payable.amountMinor, dueOn: payable.dueOn, until }, rates)
    return {
      payableId: payable.payableId, reference: payable.reference, dueOn: payable.dueOn, until, daysLate,
      amountMinor: payable.amountMinor, currency: payable.currency, interestMinor,
    }
  })
  const currencies = new Set(lines.map(line => line.currency))
  const isKnown = currencies.size === 1 && lines.every(line => line.interestMinor !== null)
  return {
    lines,
    interestMinor: lines.length === 0 ? 0 : isKnown ? lines.reduce((sum, line) => sum + (line.interestMinor ?? 0), 0) : null,
    interestCurrency: currencies.size === 1 ? [...currencies][0]! : null,
    feeMinor: new Set(late.map(payable => payable.invoiceId ?? payable.reference)).size * recoveryFee.minor,
    hasRates: rates.length > 0,
  }
}

import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import { dayAt } from '@comptoir/shared/insights/calendar'
import { planInstalments } from '@comptoir/shared/payments/instalments'
import type { NewPayable, Payable } from '@comptoir/shared/payments/payments.contract'
import { dueDate, legalDueDate, legalLimitOf, type PaymentTerm } from '@comptoir/shared/payments/payment-terms'
import { requireVendor } from '../../platform/access/vendor-gate.postgres.ts'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { recordHistory } from '../../platform/history/record-history.postgres.ts'
import { recordingPayables } from './payable-history.postgres.ts'
import { baseShareOf, nextInstalment } from './part-payment.postgres.ts'
import { readPayables, toPayable } from './payable-row.postgres.ts'

export interface PaymentDeps {
  readonly db: Database
  readonly now: () => Date
}

const editing = { group: 'prices', role: 'editor' } as const

export async function agreedTerm(db: Database, portalId: number, vendorId: string): Promise<{ term: PaymentTerm | null, isPeriodic: boolean }> {
  const row = await db.selectFrom('payment_terms').selectAll().where('portal_id', '=', portalId).where('vendor_id', '=', vendorId).executeTakeFirst()
  if (row)
    return { term: { kind: row.kind, days: row.days, monthDay: row.month_day }, isPeriodic: row.is_periodic }
  const vendor = await db.selectFrom('vendors').select('payment_term_days').where('portal_id', '=', portalId).where('vendor_id', '=', vendorId).executeTakeFirst()
  const days = vendor?.payment_term_days ?? null
  return { term: days === null ? null : { kind: 'net', days, monthDay: null }, isPeriodic: false }
}

/** An amount in the portal's currency by the rate of a day; null without one. */
const inBase = (portalId: number, amountMinor: number, currency: string, day: string) => sql<number | null>`(
  select round(${amountMinor}::bigint * coalesce(exchange_rate_on(${portalId}, ${currency}, ${day}::date),
      (select c.rate from crm_currencies c where c.portal_id = ${portalId} and c.currency = ${currency}))
    * power(10::numeric, currency_exponent(p.currency) - currency_exponent(${currency})))::bigint
  from portals p where p.portal_id = ${portalId})`

const authorOf = ({ portal, viewer }: Caller, at: Date) => ({ portalId: portal.id, by: viewer.userId, at })

export async function addPayables({ db, now }: PaymentDeps, caller: Caller, entered: NewPayable): Promise<{ payableIds: string[] }> {
  const { vendorId, reference, issuedOn, amountMinor, currency } = entered
  await requireVendor(db, caller, vendorId, editing)
  const { term, isPeriodic } = await agreedTerm(db, caller.portal.id, vendorId)
  const plan = planInstalments(amountMinor, {
    count: entered.count ?? 1, firstDueOn: entered.dueOn ?? dueDate(term, { issuedOn }), every: { months: entered.everyMonths ?? 1 },
  }).filter(part => part.amountMinor !== 0)
  return db.transaction().execute(async (tx) => {
    const rows = await tx.insertInto('payables').values(plan.map(part => ({
      portal_id: caller.portal.id, vendor_id: vendorId, reference: reference.trim(), installment_no: part.installmentNo, issued_on: issuedOn,
      due_on: part.dueOn, legal_due_on: legalDueDate(legalLimitOf(term, isPeriodic), { issuedOn }), amount_minor: part.amountMinor, currency,
      amount_base_minor: inBase(caller.portal.id, part.amountMinor, currency, issuedOn), note: entered.note ?? null, created_by: caller.viewer.userId,
    }))).returning('payable_id').execute()
    const payableIds = rows.map(row => row.payable_id)
    await recordingPayables(tx, authorOf(caller, now()), [], async () => payableIds)
    return { payableIds }
  })
}

type Locked = Awaited<ReturnType<typeof lockPayable>>

/** @throws AppError payment.payable_not_found, vendor.forbidden, payment.changed_meanwhile */
async function lockPayable(tx: Tx, caller: Caller, payableId: string, version: number) {
  const row = await tx.selectFrom('payables').selectAll().where('portal_id', '=', caller.portal.id).where('payable_id', '=', payableId).forUpdate().executeTakeFirst()
  if (!row)
    throw new AppError('payment.payable_not_found', { details: { payableId } })
  try {
    await requireVendor(tx, caller, row.vendor_id, editing)
  }
  catch (error) {
    // A payable of a vendor that one may not know of is not there.
    throw error instanceof AppError && error.code === 'vendor.not_found' ? new AppError('payment.payable_not_found', { details: { payableId } }) : error
  }
  if (row.version !== version)
    throw new AppError('payment.changed_meanwhile')
  return row
}

function requireOpen({ status }: Locked): void {
  if (status !== 'open')
    throw new AppError('payment.not_open', { details: { status } })
}

export async function splitPayable({ db, now }: PaymentDeps, caller: Caller, payableId: string, plan: { version: number, count: number, firstDueOn: string, everyMonths: number }): Promise<{ payableIds: string[] }> {
  return db.transaction().execute(async (tx) => {
    const row = await lockPayable(tx, caller, payableId, plan.version)
    requireOpen(row)
    const parts = planInstalments(row.amount_minor, { count: plan.count, firstDueOn: plan.firstDueOn, every: { months: plan.everyMonths } })
    if (parts.some(part => part.amountMinor === 0))
      throw new AppError('request.invalid', { details: { reason: 'instalments' } })
    let payableIds: string[] = []
    await recordingPayables(tx, authorOf(caller, now()), [payableId], async () => payableIds = await cutInto(tx, row, parts, authorOf(caller, now())))
    return { payableIds }
  })
}

interface Part { readonly amountMinor: number, readonly dueOn: string }

/** The payable becomes its first part; the others are new, and all of them together are what it was. */
async function cutInto(tx: Tx, row: Locked, [first, ...others]: readonly Part[], { by, at }: { readonly by: number | null, readonly at: Date }): Promise<string[]> {
  const next = await nextInstalment(tx, row)
  const firstBase = baseShareOf(row, first!.amountMinor)
  await tx.updateTable('payables').set({
    amount_minor: first!.amountMinor, due_on: first!.dueOn, amount_base_minor: firstBase, version: row.version + 1, updated_at: at, updated_by: by,
  }).where('portal_id', '=', row.portal_id).where('payable_id', '=', row.payable_id).execute()
  let baseLeft = row.amount_base_minor === null || firstBase === null ? null : row.amount_base_minor - firstBase
  const added = await tx.insertInto('payables').values(others.map((part, index) => {
    const base = baseLeft === null ? null : index === others.length - 1 ? baseLeft : baseShareOf(row, part.amountMinor)
    baseLeft = baseLeft === null || base === null ? null : baseLeft - base
    return {
      portal_id: row.portal_id, vendor_id: row.vendor_id, invoice_id: row.invoice_id, reference: row.reference,
      installment_no: next + index, issued_on: row.issued_on, due_on: part.dueOn, legal_due_on: row.legal_due_on,
      amount_minor: part.amountMinor, currency: row.currency, amount_base_minor: base, origin: row.origin, created_by: by,
    }
  })).returning('payable_id').execute()
  return [row.payable_id, ...added.map(part => part.payable_id)]
}

export interface PayableChange {
  readonly version: number
  readonly dueOn?: string
  readonly note?: string | null
  readonly isCancelled?: boolean
}

export async function changePayable(deps: PaymentDeps, caller: Caller, payableId: string, { version, ...change }: PayableChange): Promise<Payable> {
  await writePayable(deps, caller, payableId, version, (row) => {
    const isReopened = change.isCancelled === false && row.status === 'cancelled'
    if (!isReopened && (change.dueOn !== undefined || change.isCancelled !== undefined))
      requireOpen(row)
    return {
      ...change.dueOn !== undefined && { due_on: change.dueOn },
      ...change.note !== undefined && { note: change.note },
      ...change.isCancelled !== undefined && { status: change.isCancelled ? 'cancelled' as const : 'open' as const },
    }
  })
  return readPayable(deps, caller, payableId)
}

/** Paid by cheque, card or direct debit: a person says so, and may take it back. What a statement says stays with the statement. */
export async function settlePayable(deps: PaymentDeps, caller: Caller, payableId: string, { version, paidOn, note }: { version: number, paidOn: string | null, note: string | null }): Promise<Payable> {
  const latest = dayAt(deps.now(), caller.portal.timeZone)
  if (paidOn !== null && paidOn > latest)
    throw new AppError('request.invalid', { details: { reason: 'future', paidOn } })
  await writePayable(deps, caller, payableId, version, (row) => {
    if (paidOn !== null)
      requireOpen(row)
    else if (row.status !== 'paid' || row.paid_by !== 'person')
      throw new AppError('payment.not_open', { details: { status: row.status } })
    return {
      status: paidOn === null ? 'open' as const : 'paid' as const, paid_on: paidOn, paid_by: paidOn === null ? null : 'person' as const,
      ...note !== null && { note },
    }
  })
  return readPayable(deps, caller, payableId)
}

async function writePayable({ db, now }: PaymentDeps, caller: Caller, payableId: string, version: number, change: (row: Locked) => Record<string, unknown>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const row = await lockPayable(tx, caller, payableId, version)
    const values = change(row)
    await recordingPayables(tx, authorOf(caller, now()), [payableId], async () => void await tx.updateTable('payables').set({ ...values, version: row.version + 1, updated_at: now(), updated_by: caller.viewer.userId })
      .where('portal_id', '=', caller.portal.id).where('payable_id', '=', payableId).execute())
  })
}

async function readPayable({ db, now }: PaymentDeps, caller: Caller, payableId: string): Promise<Payable> {
  const [row] = await readPayables(db, sql`(select ${caller.portal.id}::integer as portal_id, ${payableId}::uuid as payable_id)`)
  return toPayable(row!, dayAt(now(), caller.portal.timeZone))
}

/** The open payables that nobody has touched follow the new term: the invoices themselves are written again. */
export async function saveTerm({ db, now }: PaymentDeps, caller: Caller, vendorId: string, { term, isPeriodic }: { term: PaymentTerm | null, isPeriodic: boolean }): Promise<void> {
  await requireVendor(db, caller, vendorId, editing)
  const key = { portal_id: caller.portal.id, vendor_id: vendorId }
  await db.transaction().execute(async (tx) => {
    const before = await tx.selectFrom('payment_terms').selectAll().where('portal_id', '=', key.portal_id).where('vendor_id', '=', vendorId).executeTakeFirst()
    await recordHistory(tx, [{
      portalId: key.portal_id, vendorId, field: 'paymentTerm', by: caller.viewer.userId, at: now(),
      from: before ? { kind: before.kind, days: before.days, monthDay: before.month_day, isPeriodic: before.is_periodic } : null,
      to: term && { kind: term.kind, days: term.days, monthDay: term.monthDay, isPeriodic },
    }])
    if (term === null) {
      await tx.deleteFrom('payment_terms').where('portal_id', '=', key.portal_id).where('vendor_id', '=', vendorId).execute()
    }
    else {
      const values = { kind: term.kind, days: term.days, month_day: term.monthDay, is_periodic: isPeriodic, updated_at: now(), updated_by: caller.viewer.userId }
      await tx.insertInto('payment_terms').values({ ...key, ...values })
        .onConflict(conflict => conflict.columns(['portal_id', 'vendor_id']).doUpdateSet({ ...values, version: sql<number>`payment_terms.version + 1` })).execute()
    }
    await sql`select payables_keep_invoices(array_agg(portal_id), array_agg(invoice_id)) from (
      select distinct portal_id, invoice_id from payables
      where portal_id = ${key.portal_id} and vendor_id = ${vendorId} and status = 'open' and invoice_id is not null) o having count(*) > 0`.execute(tx)
  })
}

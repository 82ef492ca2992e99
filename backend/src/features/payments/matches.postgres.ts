import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import { findMatch, suggestMatches, type MatchablePayable, type MatchableTransaction } from '@comptoir/shared/payments/match-transactions'
import { statusByItems } from '@comptoir/shared/payments/payment-run'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { PaymentTables } from '../../platform/storage/tables/payments.ts'
import { payPart, rejoinRest } from './part-payment.postgres.ts'
import { recordingPayables } from './payable-history.postgres.ts'

type Transaction = Pick<PaymentTables['bank_transactions'], 'booked_on' | 'amount_minor' | 'currency' | 'end_to_end_id' | 'counterparty_iban' | 'counterparty_name' | 'remittance'>

export const toMatchable = (row: Transaction): MatchableTransaction => ({
  bookedOn: row.booked_on,
  amountMinor: row.amount_minor,
  currency: row.currency,
  reference: row.end_to_end_id,
  counterpartyIban: row.counterparty_iban,
  counterpartyKey: row.counterparty_name === null ? null : nameKey(row.counterparty_name),
  remittance: row.remittance,
})

export interface Candidate extends MatchablePayable {
  readonly vendorName: string
  readonly dueOn: string
}

/** Everything that a booking could pay: what is open and what is on its way. */
export async function readCandidates(db: Database, portalId: number): Promise<Candidate[]> {
  const rows = await db.selectFrom('payables as p')
    .innerJoin('vendors as v', join => join.onRef('v.portal_id', '=', 'p.portal_id').onRef('v.vendor_id', '=', 'p.vendor_id'))
    .leftJoin('payment_run_items as i', join => join.onRef('i.portal_id', '=', 'p.portal_id').onRef('i.payable_id', '=', 'p.payable_id').on('i.is_live', '=', true).on('i.status', '=', 'sent'))
    .leftJoin('payment_run_items as lead', join => join.onRef('lead.portal_id', '=', 'i.portal_id').onRef('lead.item_id', '=', 'i.lead_item_id'))
    .leftJoin('payment_runs as r', join => join.onRef('r.portal_id', '=', 'i.portal_id').onRef('r.run_id', '=', 'i.run_id'))
    .where('p.portal_id', '=', portalId).where('p.status', 'in', ['open', 'sent'])
    .select(['p.payable_id', 'p.reference', 'p.issued_on', 'p.due_on', 'p.amount_minor', 'p.currency', 'v.name', 'v.name_key', 'v.iban', sql<string | null>`coalesce(i.end_to_end_id, lead.end_to_end_id)`.as('end_to_end_id'), 'r.message_id'])
    .orderBy('p.due_on').execute()
  return rows.map(row => ({
    payableId: row.payable_id, reference: row.reference, issuedOn: row.issued_on, dueOn: row.due_on, amountMinor: row.amount_minor, currency: row.currency,
    vendorKey: row.name_key, vendorName: row.name, vendorIban: row.iban, endToEndId: row.end_to_end_id, messageId: row.message_id,
  }))
}

export const suggestionsFor = (transaction: MatchableTransaction, candidates: readonly Candidate[]): Candidate[] =>
  suggestMatches(transaction, candidates.filter(candidate => candidate.amountMinor > 0 === transaction.amountMinor < 0)).map(id => candidates.find(({ payableId }) => payableId === id)!)

/** Settles every unmatched booking that leaves no doubt. Says how many. */
export async function matchAll(tx: Tx, portalId: number): Promise<number> {
  const [open, candidates] = [
    await tx.selectFrom('bank_transactions').selectAll().where('portal_id', '=', portalId).where('status', '=', 'unmatched').orderBy('booked_on').orderBy('transaction_id').execute(),
    await readCandidates(tx, portalId),
  ]
  let matched = 0
  let left = candidates
  for (const transaction of open) {
    // What may be the same booking once more settles nothing by itself.
    const isTwin = transaction.twin_id !== null
    if (!isTwin && await matchReturn(tx, portalId, transaction)) {
      matched++
      continue
    }
    const found = isTwin ? null : findMatch(toMatchable(transaction), left)
    if (!found) {
      // What customers pay is none of our business: nobody is asked about it.
      if (transaction.amount_minor > 0 && suggestionsFor(toMatchable(transaction), left).length === 0)
        await decide(tx, portalId, transaction.transaction_id, 'ignored', null)
      continue
    }
    for (const payableId of found.payableIds)
      await settle(tx, portalId, { transactionId: transaction.transaction_id, bookedOn: transaction.booked_on, payableId, rule: found.rule, by: null, partMinor: found.partMinor })
    left = left.filter(({ payableId }) => !found.payableIds.includes(payableId))
    matched++
  }
  return matched
}

interface Settlement {
  readonly transactionId: string
  readonly bookedOn: string
  readonly payableId: string
  readonly rule: 'end_to_end' | 'amount' | 'person'
  readonly by: number | null
  /** Less than is owed: the rest stays open. */
  readonly partMinor: number | null
}

/** @throws AppError payment.payable_not_found, payment.not_open */
export async function settle(tx: Tx, portalId: number, { transactionId, bookedOn, payableId, rule, by, partMinor }: Settlement): Promise<void> {
  const payable = await tx.selectFrom('payables').selectAll().where('portal_id', '=', portalId).where('payable_id', '=', payableId).forUpdate().executeTakeFirst()
  if (!payable)
    throw new AppError('payment.payable_not_found', { details: { payableId } })
  if (payable.status !== 'open' && payable.status !== 'sent')
    throw new AppError('payment.not_open', { details: { status: payable.status } })
  const item = await tx.updateTable('payment_run_items').set({ status: 'confirmed' }).where('portal_id', '=', portalId).where('payable_id', '=', payableId)
    .where('is_live', '=', true).where('status', '=', 'sent').returning(['item_id', 'run_id']).executeTakeFirst()
  const restId = partMinor === null ? null : await payPart(tx, payable, { paidMinor: partMinor, paidOn: bookedOn, by })
  if (partMinor === null)
    await setPaid(tx, { portalId, by }, payableId, { status: 'paid', paid_on: bookedOn, paid_by: 'statement' })
  await tx.insertInto('payment_matches').values({
    portal_id: portalId, transaction_id: transactionId, payable_id: payableId, vendor_id: payable.vendor_id, item_id: item?.item_id ?? null, rule, matched_by: by,
    is_part: partMinor !== null, rest_payable_id: restId,
  }).execute()
  await decide(tx, portalId, transactionId, 'matched', by)
  if (item)
    await refreshRun(tx, portalId, item.run_id)
}

interface Payment { readonly status: 'open' | 'sent' | 'paid', readonly paid_on: string | null, readonly paid_by: 'statement' | null }

const setPaid = (tx: Tx, author: { readonly portalId: number, readonly by: number | null }, payableId: string, values: Payment): Promise<void> =>
  recordingPayables(tx, author, [payableId], async () => void await tx.updateTable('payables').set({ ...values, version: sql<number>`version + 1`, updated_at: sql<Date>`now()` })
    .where('portal_id', '=', author.portalId).where('payable_id', '=', payableId).execute())

export const decide = (tx: Tx, portalId: number, transactionId: string, status: 'unmatched' | 'matched' | 'ignored', by: number | null) =>
  tx.updateTable('bank_transactions').set({ status, decided_by: by, decided_at: sql<Date>`now()` })
    .where('portal_id', '=', portalId).where('transaction_id', '=', transactionId).execute()

async function refreshRun(tx: Tx, portalId: number, runId: string): Promise<void> {
  const items = await tx.selectFrom('payment_run_items').select('status').where('portal_id', '=', portalId).where('run_id', '=', runId).execute()
  await tx.updateTable('payment_runs').set({ status: statusByItems(items), version: sql<number>`version + 1`, updated_at: sql<Date>`now()` })
    .where('portal_id', '=', portalId).where('run_id', '=', runId).where('status', 'in', ['exported', 'partly_confirmed', 'confirmed']).execute()
}

type TransactionRow = { transaction_id: string, end_to_end_id: string | null, amount_minor: number }

/** Money that came back under our own identification: the transfer failed, and its payable is owed again. */
async function matchReturn(tx: Tx, portalId: number, { transaction_id, end_to_end_id, amount_minor }: TransactionRow): Promise<boolean> {
  if (end_to_end_id === null || amount_minor <= 0)
    return false
  const lead = await tx.selectFrom('payment_run_items').select(['item_id', 'run_id']).where('portal_id', '=', portalId)
    .where('end_to_end_id', '=', end_to_end_id).where('status', 'in', ['sent', 'confirmed']).forUpdate().executeTakeFirst()
  const items = lead === undefined
    ? []
    : await tx.selectFrom('payment_run_items').select(['item_id', 'payable_id', 'vendor_id', 'amount_minor']).where('portal_id', '=', portalId)
        .where(eb => eb.or([eb('item_id', '=', lead.item_id), eb('lead_item_id', '=', lead.item_id)])).execute()
  if (!lead || items.reduce((sum, item) => sum + item.amount_minor, 0) !== amount_minor)
    return false
  for (const item of items)
    await takeBack(tx, portalId, { transactionId: transaction_id, ...item })
  await decide(tx, portalId, transaction_id, 'matched', null)
  await refreshRun(tx, portalId, lead.run_id)
  return true
}

async function takeBack(tx: Tx, portalId: number, { transactionId, item_id, payable_id, vendor_id }: { transactionId: string, item_id: string, payable_id: string, vendor_id: string }): Promise<void> {
  await tx.updateTable('payment_run_items').set({ status: 'returned', is_live: false }).where('portal_id', '=', portalId).where('item_id', '=', item_id).execute()
  await tx.updateTable('payment_matches').set({ undone_at: sql<Date>`now()` }).where('portal_id', '=', portalId).where('payable_id', '=', payable_id).where('undone_at', 'is', null).where('rule', '<>', 'return').execute()
  await tx.insertInto('payment_matches').values({ portal_id: portalId, transaction_id: transactionId, payable_id, vendor_id, item_id, rule: 'return', matched_by: null }).execute()
  await setPaid(tx, { portalId, by: null }, payable_id, { status: 'open', paid_on: null, paid_by: null })
}

/** @throws AppError payment.run_moved for a return: what a bank sent back is not made undone by a click. */
export async function undoMatches(tx: Tx, portalId: number, transactionId: string, by: number): Promise<void> {
  const matches = await tx.selectFrom('payment_matches').selectAll().where('portal_id', '=', portalId).where('transaction_id', '=', transactionId).where('undone_at', 'is', null).forUpdate().execute()
  if (matches.some(match => match.rule === 'return'))
    throw new AppError('payment.run_moved', { details: { reason: 'return' } })
  for (const match of matches) {
    const item = match.item_id === null
      ? undefined
      : await tx.updateTable('payment_run_items').set({ status: 'sent' }).where('portal_id', '=', portalId).where('item_id', '=', match.item_id).where('status', '=', 'confirmed').returning('run_id').executeTakeFirst()
    await setPaid(tx, { portalId, by }, match.payable_id, { status: item ? 'sent' : 'open', paid_on: null, paid_by: null })
    if (match.rest_payable_id !== null)
      await rejoinRest(tx, { portalId, by }, match.payable_id, match.rest_payable_id)
    if (item)
      await refreshRun(tx, portalId, item.run_id)
  }
  await tx.updateTable('payment_matches').set({ undone_at: sql<Date>`now()`, undone_by: by }).where('portal_id', '=', portalId).where('transaction_id', '=', transactionId).where('undone_at', 'is', null).execute()
}

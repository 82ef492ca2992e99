import { createHash } from 'node:crypto'
import { sql, type Updateable } from 'kysely'
import { isTargetDay, nextBusinessDay } from '@comptoir/shared/calendar/business-days'
import { AppError } from '@comptoir/shared/errors'
import { dayAt } from '@comptoir/shared/insights/calendar'
import type { Guard } from '@comptoir/shared/payments/payment-guards'
import { remittanceOf } from '@comptoir/shared/payments/netting'
import { requireSecondPerson, requireStep, type RunStatus, type RunStep } from '@comptoir/shared/payments/payment-run'
import { structuredAddress, type PostalAddress } from '@comptoir/shared/payments/postal-address'
import { writePain } from '@comptoir/shared/payments/pain-file'
import { checkIban } from '@comptoir/shared/vendors/identifiers'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { PaymentTables } from '../../platform/storage/tables/payments.ts'
import type { PaymentDeps } from './payable-changes.postgres.ts'
import { recordRun } from './payable-history.postgres.ts'
import { guardsOfRow, readPayables, type PayableRow } from './payable-row.postgres.ts'
import { approvalSettled, askForApproval } from './run-notices.postgres.ts'
import { exceedingPayables, netItems } from './run-netting.ts'
import { itemsOf, payablesOfRun } from './runs.postgres.ts'

export interface NewRun {
  readonly accountId: string
  readonly executionOn: string
  readonly payableIds: readonly string[]
  readonly note: string | null
}

/** A bank carries nothing out on a day that is past, nor on one on which banks are closed. */
export const executionDay = (wanted: string, today: string): string => nextBusinessDay(wanted < today ? today : wanted, isTargetDay)

export async function createRun({ db, now }: PaymentDeps, { portal, viewer }: Caller, { accountId, executionOn, payableIds, note }: NewRun): Promise<string> {
  const wanted = [...new Set(payableIds)]
  return db.transaction().execute(async (tx) => {
    const account = await tx.selectFrom('debtor_accounts').select('account_id').where('portal_id', '=', portal.id)
      .where('account_id', '=', accountId).where('is_active', '=', true).executeTakeFirst()
    if (!account)
      throw new AppError('payment.account_unknown', { details: { accountId } })
    // Numbers have no gaps and no twins: runs of one portal are begun one after the other.
    await sql`select pg_advisory_xact_lock(hashtext('payment_runs'), ${portal.id})`.execute(tx)
    const held = await tx.selectFrom('payables').select(['payable_id', 'status']).where('portal_id', '=', portal.id)
      .where('payable_id', 'in', wanted).orderBy('payable_id').forUpdate().execute()
    if (held.length < wanted.length)
      throw new AppError('payment.payable_not_found', { details: { payableId: wanted.find(id => !held.some(row => row.payable_id === id)) } })
    if (held.some(row => row.status === 'in_run' || row.status === 'sent'))
      throw new AppError('payment.in_other_run', { details: { payableIds: held.filter(row => row.status !== 'open').map(row => row.payable_id) } })
    const rows = await readPayables(tx, sql`(select ${portal.id}::integer as portal_id, unnest(${wanted}::uuid[]) as payable_id)`)
    refuseBlocked(rows.map(row => ({ row, guards: guardsOfRow(row) })))
    const day = executionDay(executionOn, dayAt(now(), portal.timeZone))
    const { number } = await tx.selectFrom('payment_runs').select(sql<number>`coalesce(max(number), 0) + 1`.as('number')).where('portal_id', '=', portal.id).executeTakeFirstOrThrow()
    const { run_id: runId } = await tx.insertInto('payment_runs').values({
      portal_id: portal.id, number, account_id: accountId, execution_on: day, author_ids: [viewer.userId], created_by: viewer.userId,
      created_at: now(), updated_at: now(), note,
    }).returning('run_id').executeTakeFirstOrThrow()
    await tx.insertInto('payment_run_items').values(rows.map((row, index) => ({
      portal_id: portal.id, run_id: runId, payable_id: row.payable_id, vendor_id: row.vendor_id, position: index + 1,
      amount_minor: row.amount_minor, currency: row.currency, execution_on: day,
    }))).execute()
    await setPayables(tx, portal.id, wanted, 'in_run')
    await recordRun(tx, { portalId: portal.id, by: viewer.userId, at: now() }, { runId, number, from: null, to: 'draft' })
    await askForApproval(tx, portal.id, { runId, number, totalMinor: rows.reduce((sum, row) => sum + row.amount_minor, 0), authorId: viewer.userId })
    return runId
  })
}

function refuseBlocked(lines: readonly { readonly row: PayableRow, readonly guards: readonly Guard[] }[]): void {
  const exceeding = exceedingPayables(lines.map(({ row }) => row))
  const blocked = lines.map(({ row, guards }) => ({
    payableId: row.payable_id, reference: row.reference,
    reasons: [...guards.filter(guard => guard.isBlocking).map(guard => guard.code), ...exceeding.has(row.payable_id) ? ['credit_exceeds' as const] : []],
  })).filter(line => line.reasons.length > 0)
  if (blocked.length > 0)
    throw new AppError('payment.blocked', { details: { lines: blocked.slice(0, 50), count: blocked.length } })
}

const setPayables = (tx: Tx, portalId: number, payableIds: readonly string[], status: 'open' | 'in_run' | 'sent') =>
  payableIds.length === 0
    ? Promise.resolve()
    : tx.updateTable('payables').set({ status, version: sql<number>`version + 1`, updated_at: sql<Date>`now()` })
        .where('portal_id', '=', portalId).where('payable_id', 'in', [...payableIds]).execute().then(() => undefined)

type LockedRun = Awaited<ReturnType<typeof lockRun>>

/** Whoever comes second waits here, and then finds the run moved. */
async function lockRun(tx: Tx, portalId: number, runId: string) {
  const run = await tx.selectFrom('payment_runs').selectAll().where('portal_id', '=', portalId).where('run_id', '=', runId).forUpdate().executeTakeFirst()
  if (!run)
    throw new AppError('payment.run_not_found', { details: { paymentRunId: runId } })
  return run
}

export interface RunKey { readonly paymentRunId: string, readonly version: number }

interface Mover { readonly deps: PaymentDeps, readonly caller: Caller, readonly step: RunStep, readonly reason?: string }

function inRun({ deps: { db, now }, caller: { portal, viewer }, step, reason }: Mover, { paymentRunId, version }: RunKey, move: (tx: Tx, run: LockedRun) => Promise<Omit<Updateable<PaymentTables['payment_runs']>, 'status'> & { status?: RunStatus }>): Promise<void> {
  return db.transaction().execute(async (tx) => {
    const run = await lockRun(tx, portal.id, paymentRunId)
    requireStep(run.status, step)
    if (run.version !== version)
      throw new AppError('payment.changed_meanwhile')
    const { status = run.status, ...values } = await move(tx, run)
    await tx.updateTable('payment_runs').set({ ...values, status, version: run.version + 1, updated_at: sql`now()` })
      .where('portal_id', '=', portal.id).where('run_id', '=', paymentRunId).execute()
    await recordRun(tx, { portalId: portal.id, by: viewer.userId, at: now() }, { runId: paymentRunId, number: run.number, from: run.status, to: status, reason })
  })
}

/** To pay less is no payment of one's own: whoever takes a line out may still approve the rest. */
export function removeItems(deps: PaymentDeps, caller: Caller, key: RunKey, payableIds: readonly string[]): Promise<void> {
  const { portal } = caller
  return inRun({ deps, caller, step: 'edit' }, key, async (tx, run) => {
    const gone = await tx.deleteFrom('payment_run_items').where('portal_id', '=', portal.id).where('run_id', '=', run.run_id)
      .where('payable_id', 'in', [...payableIds]).returning('payable_id').execute()
    await setPayables(tx, portal.id, gone.map(row => row.payable_id), 'open')
    return {}
  })
}

/** The second person's look fixes what will be sent: names, accounts and identifications are written down here. */
export function approveRun(deps: PaymentDeps, caller: Caller, key: RunKey): Promise<void> {
  const [{ now }, { portal, viewer }] = [deps, caller]
  return inRun({ deps, caller, step: 'approve' }, key, async (tx, run) => {
    requireSecondPerson(run.author_ids, viewer.userId)
    const [items, rows] = [await itemsOf(tx, portal.id, run.run_id), await payablesOfRun(tx, portal.id, run.run_id)]
    const payables = new Map(rows.map(row => [row.payable_id, row]))
    if (items.length === 0)
      throw new AppError('payment.blocked', { details: { lines: [], count: 0 } })
    refuseBlocked(rows.map(row => ({ row, guards: guardsOfRow(row, { isInRun: true }) })))
    const leads = new Map(netItems(items, payables).transfers.flatMap(transfer => transfer.items.map(({ itemId }) => [itemId, transfer] as const)))
    for (const item of items) {
      const row = payables.get(item.payable_id)!
      const iban = checkIban(row.iban ?? '')
      const { leadId, items: together } = leads.get(item.item_id)!
      await tx.updateTable('payment_run_items').set({
        amount_minor: row.amount_minor, creditor_name: row.account_holder ?? row.vendor_name, creditor_iban: iban.ok ? iban.value : row.iban, creditor_bic: row.bic,
        creditor_address: JSON.stringify(structuredAddress({ address: row.address, postalCode: row.postal_code, city: row.city, country: row.country })),
        ...leadId === item.item_id
          ? { remittance: together.length > 1 ? remittanceOf(together) : row.payment_reference ?? row.reference, end_to_end_id: `${messageIdOf(portal.id, run.number)}-L${item.position}` }
          : { lead_item_id: leadId },
      }).where('portal_id', '=', portal.id).where('item_id', '=', item.item_id).execute()
    }
    await approvalSettled(tx, portal.id, run.run_id)
    return { status: 'approved', approved_by: viewer.userId, approved_at: now() }
  })
}

/** Unique for a bank that serves several of our portals; a run has one file, so its number is enough. */
const messageIdOf = (portalId: number, number: number): string => `CPT${portalId}-${String(number).padStart(5, '0')}`

export function exportRun(deps: PaymentDeps, caller: Caller, key: RunKey): Promise<void> {
  const [{ now }, { portal, viewer }] = [deps, caller]
  return inRun({ deps, caller, step: 'export' }, key, async (tx, run) => {
    const [items, rows] = [await itemsOf(tx, portal.id, run.run_id), await payablesOfRun(tx, portal.id, run.run_id)]
    const approved = new Map(items.map(item => [item.payable_id, item]))
    // What the second person saw must still be so: an account changed since, a hold, a dispute stop the file.
    refuseBlocked(rows.map(row => ({ row, guards: guardsOfRow(row, { isInRun: true, approvedIban: approved.get(row.payable_id)?.creditor_iban ?? null }) })))
    if (rows.some(row => row.amount_minor !== approved.get(row.payable_id)?.amount_minor))
      throw new AppError('payment.changed_meanwhile')
    const account = await tx.selectFrom('debtor_accounts').selectAll().where('portal_id', '=', portal.id).where('account_id', '=', run.account_id).executeTakeFirstOrThrow()
    const messageId = messageIdOf(portal.id, run.number)
    const today = dayAt(now(), portal.timeZone)
    const file = writePain({
      messageId,
      createdAt: now(),
      debtor: { name: account.name, iban: account.iban, bic: account.bic, address: addressOf(account) },
      transfers: items.filter(item => item.lead_item_id === null).map(item => ({
        endToEndId: item.end_to_end_id ?? '', executionOn: executionDay(item.execution_on, today), amountMinor: transferOf(items, item), currency: item.currency,
        remittance: item.remittance ?? '',
        creditor: { name: item.creditor_name ?? '', iban: item.creditor_iban ?? '', bic: item.creditor_bic, address: item.creditor_address as PostalAddress | null },
      })),
    }, account.pain_version)
    if (!file.ok)
      throw new AppError('payment.refused', { details: { refused: file.refused.slice(0, 50) } })
    await tx.updateTable('payment_run_items').set({ status: 'sent' }).where('portal_id', '=', portal.id).where('run_id', '=', run.run_id).execute()
    await setPayables(tx, portal.id, items.map(item => item.payable_id), 'sent')
    return {
      status: 'exported', exported_by: viewer.userId, exported_at: now(), message_id: messageId,
      file_name: `virements-${messageId}.xml`, file_text: file.xml, file_sha256: createHash('sha256').update(file.xml).digest('hex'),
    }
  })
}

/** What leaves the bank for a line: with the lines that were netted into it. */
const transferOf = (items: readonly { item_id: string, lead_item_id: string | null, amount_minor: number }[], lead: { item_id: string }): number =>
  items.reduce((sum, item) => item.item_id === lead.item_id || item.lead_item_id === lead.item_id ? sum + item.amount_minor : sum, 0)

const addressOf = ({ street, building, postal_code, town, country }: { street: string | null, building: string | null, postal_code: string | null, town: string | null, country: string | null }): PostalAddress | null =>
  town && country ? { street, building, postalCode: postal_code, town, country } : null

export function cancelRun(deps: PaymentDeps, caller: Caller, key: RunKey, reason: string): Promise<void> {
  const [{ now }, { portal, viewer }] = [deps, caller]
  return inRun({ deps, caller, step: 'cancel', reason: reason.trim() }, key, async (tx, run) => {
    const released = await tx.updateTable('payment_run_items').set({ status: 'released', is_live: false })
      .where('portal_id', '=', portal.id).where('run_id', '=', run.run_id).where('is_live', '=', true).returning('payable_id').execute()
    await setPayables(tx, portal.id, released.map(row => row.payable_id), 'open')
    await approvalSettled(tx, portal.id, run.run_id)
    return { status: 'cancelled', cancelled_by: viewer.userId, cancelled_at: now(), cancel_reason: reason.trim() }
  })
}

export async function readFile(db: Database, portalId: number, runId: string): Promise<{ fileName: string, sha256: string, text: string }> {
  const run = await db.selectFrom('payment_runs').select(['file_name', 'file_sha256', 'file_text', 'status']).where('portal_id', '=', portalId).where('run_id', '=', runId).executeTakeFirst()
  if (!run)
    throw new AppError('payment.run_not_found', { details: { paymentRunId: runId } })
  if (run.file_text === null || run.file_sha256 === null)
    throw new AppError('payment.run_moved', { details: { status: run.status } })
  return { fileName: run.file_name ?? 'virements.xml', sha256: run.file_sha256, text: run.file_text }
}

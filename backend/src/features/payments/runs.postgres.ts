import { sql } from 'kysely'
import { maskIban } from '@comptoir/shared/access/masks'
import { AppError } from '@comptoir/shared/errors'
import type { Run, RunItem, Runs, RunSummary } from '@comptoir/shared/payments/payment-run.contract'
import type { PaymentAccess } from '@comptoir/shared/payments/payments.contract'
import type { Person } from '@comptoir/shared/vendors/vendor-fields'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { netItems } from './run-netting.ts'
import { guardsOfRow, readPayables, type PayableRow } from './payable-row.postgres.ts'

const runsShown = 100

interface RunFacts {
  readonly item_count: number
  readonly confirmed_count: number
  readonly total_minor: number
}

function runsOf(db: Database, portalId: number) {
  return db.selectFrom('payment_runs as r')
    .innerJoin('debtor_accounts as a', join => join.onRef('a.portal_id', '=', 'r.portal_id').onRef('a.account_id', '=', 'r.account_id'))
    .innerJoinLateral(
      sql<RunFacts>`(
        select count(*)::int as item_count, count(*) filter (where i.status = 'confirmed')::int as confirmed_count,
          coalesce(sum(i.amount_minor), 0)::bigint as total_minor
        from payment_run_items i where i.portal_id = r.portal_id and i.run_id = r.run_id)`.as('f'),
      join => join.onTrue(),
    )
    .where('r.portal_id', '=', portalId)
    .selectAll('r')
    .select(['a.name as account_name', 'a.iban as account_iban', 'a.pain_version', 'f.item_count', 'f.confirmed_count', 'f.total_minor'])
}

type RunRow = Awaited<ReturnType<ReturnType<typeof runsOf>['executeTakeFirstOrThrow']>>

export async function listRuns(db: Database, { portal }: Caller, access: PaymentAccess): Promise<Runs> {
  const [rows, accounts] = await Promise.all([
    runsOf(db, portal.id).orderBy('r.number', 'desc').limit(runsShown).execute(),
    db.selectFrom('debtor_accounts').select(['account_id', 'name', 'iban']).where('portal_id', '=', portal.id).where('is_active', '=', true).orderBy('name').execute(),
  ])
  const people = await peopleOf(db, portal.id, rows.flatMap(row => [row.created_by, row.approved_by]))
  return {
    runs: rows.map(row => summaryOf(row, people)),
    accounts: accounts.map(row => ({ accountId: row.account_id, name: row.name, iban: maskIban(row.iban) ?? '' })),
    access,
  }
}

type People = (userId: number | null) => Person | null

async function peopleOf(db: Database, portalId: number, userIds: readonly (number | null)[]): Promise<People> {
  const wanted = [...new Set(userIds.filter(userId => userId !== null))]
  const rows = wanted.length === 0
    ? []
    : await db.selectFrom('crm_users').select(['user_id', 'name', 'last_name']).where('portal_id', '=', portalId).where('user_id', 'in', wanted).execute()
  const names = new Map(rows.map(row => [row.user_id, `${row.name} ${row.last_name}`.trim()]))
  return userId => userId === null ? null : { userId, name: names.get(userId) ?? `#${userId}` }
}

const summaryOf = (row: RunRow, person: People): RunSummary => ({
  paymentRunId: row.run_id,
  number: row.number,
  status: row.status,
  accountName: row.account_name,
  executionOn: row.execution_on,
  itemCount: row.item_count,
  confirmedCount: row.confirmed_count,
  totalMinor: row.total_minor,
  currency: 'EUR',
  createdBy: person(row.created_by),
  createdAt: row.created_at.toISOString(),
  approvedBy: person(row.approved_by),
})

/** @throws AppError payment.run_not_found */
export async function readRun(db: Database, { portal, viewer }: Caller, runId: string, access: PaymentAccess): Promise<Run> {
  const row = await runsOf(db, portal.id).where('r.run_id', '=', runId).executeTakeFirst()
  if (!row)
    throw new AppError('payment.run_not_found', { details: { paymentRunId: runId } })
  const [items, person] = await Promise.all([
    readItems(db, portal.id, runId, row.status),
    peopleOf(db, portal.id, [row.created_by, row.approved_by, row.exported_by]),
  ])
  return {
    ...summaryOf(row, person),
    accountIban: maskIban(row.account_iban) ?? '',
    painVersion: row.pain_version,
    items,
    approvedAt: row.approved_at?.toISOString() ?? null,
    exportedAt: row.exported_at?.toISOString() ?? null,
    exportedBy: person(row.exported_by),
    cancelledAt: row.cancelled_at?.toISOString() ?? null,
    cancelReason: row.cancel_reason,
    messageId: row.message_id,
    fileName: row.file_name,
    fileSha256: row.file_sha256,
    note: row.note,
    isOwn: row.author_ids.includes(viewer.userId),
    version: row.version,
    access,
  }
}

export async function itemsOf(db: Database, portalId: number, runId: string) {
  return db.selectFrom('payment_run_items').selectAll().where('portal_id', '=', portalId).where('run_id', '=', runId).orderBy('position').execute()
}

export const payablesOfRun = (db: Database, portalId: number, runId: string): Promise<PayableRow[]> =>
  readPayables(db, sql`(select portal_id, payable_id from payment_run_items where portal_id = ${portalId} and run_id = ${runId})`)

async function readItems(db: Database, portalId: number, runId: string, status: RunRow['status']): Promise<RunItem[]> {
  const [items, rows] = await Promise.all([itemsOf(db, portalId, runId), payablesOfRun(db, portalId, runId)])
  const payables = new Map(rows.map(row => [row.payable_id, row]))
  const isOpen = status === 'draft' || status === 'approved'
  const { transfers, exceeding } = netItems(items, new Map(items.map(item => [item.payable_id, isOpen ? payables.get(item.payable_id)! : { ...item, reference: '' }])))
  const transferOf = new Map(transfers.flatMap(transfer => transfer.items.map(({ itemId }) => [itemId, transfer] as const)))
  return items.map((item) => {
    const payable = payables.get(item.payable_id)!
    const transfer = transferOf.get(item.item_id)
    return {
      itemId: item.item_id,
      payableId: item.payable_id,
      vendorId: item.vendor_id,
      vendorName: payable.vendor_name,
      reference: payable.reference,
      dueOn: payable.due_on,
      executionOn: item.execution_on,
      amountMinor: item.amount_minor,
      currency: item.currency,
      creditorIban: item.creditor_iban ?? payable.iban,
      creditorName: item.creditor_name ?? payable.account_holder ?? payable.vendor_name,
      endToEndId: item.end_to_end_id,
      status: item.status,
      transferMinor: transfer && transfer.items.length > 1 ? transfer.amountMinor : null,
      isLead: transfer?.leadId === item.item_id,
      guards: isOpen
        ? [
            ...guardsOfRow(payable, { isInRun: true, approvedIban: item.creditor_iban }),
            ...exceeding.some(({ itemId }) => itemId === item.item_id) ? [{ code: 'credit_exceeds' as const, isBlocking: true, twin: null }] : [],
          ]
        : [],
    }
  })
}

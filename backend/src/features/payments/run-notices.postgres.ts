import { sql } from 'kysely'
import type { Tx } from '../../platform/storage/database.ts'
import { raiseAlert, resolveAlert } from '../../platform/notices/outbox.postgres.ts'

const keyOf = (runId: string): string => `payment-run:${runId}`

interface WaitingRun {
  readonly runId: string
  readonly number: number
  readonly totalMinor: number
  readonly authorId: number
}

/** Whoever may approve it is told, its author left out; where nobody is known, those who stand in for everybody. */
export async function askForApproval(tx: Tx, portalId: number, { runId, number, totalMinor, authorId }: WaitingRun): Promise<void> {
  const { rows } = await sql<{ user_id: number }>`
    select u.user_id from crm_users u
    where u.portal_id = ${portalId} and u.is_active and u.user_id <> ${authorId}
      and exists (select from vendor_grants_for(u.portal_id, u.user_id, 'bank', 'approver') g where g.scope_kind = 'all')`.execute(tx)
  const approvers = rows.map(row => row.user_id)
  await raiseAlert(tx, {
    portalId,
    key: keyOf(runId),
    kind: 'payment_run_approval',
    severity: 'warning',
    subjectId: runId,
    audience: approvers,
    recipients: approvers.length > 0 ? approvers : 'owners',
    params: { subject: { fr: `Règlement n° ${number}`, en: `Payment run no. ${number}` }, amount: { minor: totalMinor, currency: 'EUR' } },
    link: { to: 'page', path: `/payments?view=runs&run=${runId}` },
  })
}

export const approvalSettled = (tx: Tx, portalId: number, runId: string): Promise<boolean> => resolveAlert(tx, portalId, keyOf(runId))

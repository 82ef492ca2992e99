import { sql } from 'kysely'
import { dayAt } from '@comptoir/shared/insights/calendar'
import { requireVendor, visibleVendors, type Onlooker } from '../../platform/access/vendor-gate.postgres.ts'
import { notify } from '../../platform/notices/outbox.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { CarePort } from './care-operations.ts'
import type { OperationContext } from './operation.ts'

/** Who acts when nobody is named: the app, with the rights an administrator gave it by placing the action. */
export const onlookerOf = ({ portal, viewer }: OperationContext): Onlooker => ({ portal, viewer: viewer ?? { userId: 0, isAdmin: true } })

const actor = ({ viewer }: OperationContext): number | null => viewer && viewer.userId > 0 ? viewer.userId : null

/** Writes of the operations. Each row carries its run: the same run twice is one row. */
export function carePostgres(db: Database): Omit<CarePort, 'evaluate' | 'compliance'> {
  return {
    insistOn: (context, vendorId, group) => requireVendor(db, onlookerOf(context), vendorId, { group, role: 'editor' }).then(() => undefined),

    async contract(context, vendorId) {
      const row = await visibleVendors(db, onlookerOf(context), { group: 'documents' })
        .innerJoin('contracts as c', join => join.onRef('c.portal_id', '=', 'vendors.portal_id').onRef('c.vendor_id', '=', 'vendors.vendor_id'))
        .where('vendors.vendor_id', '=', vendorId).where('c.status', '=', 'signed')
        .select(['c.contract_id', 'c.title', 'c.current_ends_on', 'c.notice_on', 'c.amount_minor', 'c.currency'])
        .select(sql<boolean>`exists (select from notice_outbox o where o.portal_id = c.portal_id and o.key = concat_ws('/', 'renewal', c.contract_id, c.current_ends_on))`.as('is_renewal_started'))
        .orderBy(sql`c.current_ends_on nulls last`).orderBy('c.contract_id').executeTakeFirst()
      return row
        ? { contractId: row.contract_id, title: row.title, endsOn: row.current_ends_on, noticeOn: row.notice_on, amountMinor: row.amount_minor, currency: row.currency, isRenewalStarted: row.is_renewal_started }
        : null
    },

    async plannedCost({ portal }, dealId, vendorId) {
      const row = await db.selectFrom('deal_vendors').select('planned_cost_minor')
        .where('portal_id', '=', portal.id).where('deal_id', '=', dealId).where('vendor_id', '=', vendorId).executeTakeFirst()
      return row ? { minor: row.planned_cost_minor } : null
    },

    async linkDeal(tx, { context }, { dealId, vendorId, plannedMinor }) {
      const { portal, now } = context
      await (tx as Tx).insertInto('deal_vendors').values({
        portal_id: portal.id, deal_id: dealId, vendor_id: vendorId, planned_cost_minor: plannedMinor, currency: portal.currency,
        created_at: now, created_by: actor(context), updated_at: now, updated_by: actor(context),
      }).onConflict(conflict => conflict.columns(['portal_id', 'deal_id', 'vendor_id']).doUpdateSet({
        planned_cost_minor: plannedMinor, updated_at: now, updated_by: actor(context), version: sql<number>`deal_vendors.version + 1`,
      })).execute()
    },

    async schedulePayment(tx, { context, runId }, { vendorId, amountMinor, dueOn, reference }) {
      const { portal } = context
      await (tx as Tx).insertInto('payables').values({
        portal_id: portal.id, vendor_id: vendorId, reference, installment_no: 1, issued_on: dayAt(context.now, portal.timeZone), due_on: dueOn, amount_minor: amountMinor, currency: portal.currency,
        amount_base_minor: amountMinor, origin: 'action', source_key: `action:${runId}`, created_by: actor(context),
      }).onConflict(conflict => conflict.doNothing()).execute()
    },

    async requestDocument(tx, { context, runId }, { vendorId, subject }) {
      const { portal, now } = context
      await (tx as Tx).insertInto('vendor_requests').values({
        portal_id: portal.id, vendor_id: vendorId, subject, sent_at: now, origin: 'action', source_key: `action:${runId}`, created_by: actor(context), updated_by: actor(context),
      }).onConflict(conflict => conflict.doNothing()).execute()
      await notify(tx as Tx, {
        portalId: portal.id, key: `document-request/${runId}`, kind: 'document_requested', vendorId, recipients: 'owners', params: { subject }, link: { to: 'vendor', vendorId, section: 'documents' },
      })
    },

    async startRenewal(tx, { context }, { vendorId, contract }) {
      const { rows } = await sql<{ owner_user_id: number | null }>`select owner_user_id from contracts where portal_id = ${context.portal.id} and contract_id = ${contract.contractId}`.execute(tx as Tx)
      await notify(tx as Tx, {
        portalId: context.portal.id, key: ['renewal', contract.contractId, contract.endsOn].filter(Boolean).join('/'), kind: 'renewal_started', vendorId, recipients: 'owners', ownerUserId: rows[0]?.owner_user_id ?? null,
        params: { subject: contract.title, due: contract.noticeOn ?? contract.endsOn ? { day: contract.noticeOn ?? contract.endsOn ?? '' } : '—' }, link: { to: 'vendor', vendorId, section: 'contracts' },
      })
    },
  }
}

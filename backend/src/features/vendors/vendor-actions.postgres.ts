import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import type { DayRange } from '@comptoir/shared/insights/period'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import { defaultLifeRules, needsApprover, needsTwo } from '@comptoir/shared/vendors/life-cycle'
import type { VendorStatus } from '@comptoir/shared/vendors/vendor-status'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { proposeChange } from '../../platform/access/proposals.postgres.ts'
import { requireVendor } from '../../platform/access/vendor-gate.postgres.ts'
import { tellStatus } from '../../platform/notices/status-notice.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { findVendor, findVendorOfCompany } from './vendor.postgres.ts'
import { spendOfDays } from './vendor-spend.postgres.ts'
import { visibleVendors, type Onlooker } from './visible-vendors.postgres.ts'

/** Who acts when a workflow runs by itself: the app, with the rights an administrator gave it by placing the action. */
const workflow: Viewer = { userId: 0, name: 'Comptoir', isAdmin: true, departmentIds: [] }

interface ActionContext { readonly portal: Pick<PortalRecord, 'id'>, readonly viewer: Viewer | null }

interface StatusChange {
  readonly portalId: number
  /** In whose rights it is done: they may not approve it, too. */
  readonly userId: number | null
  readonly vendorId: string
  readonly from: VendorStatus
  readonly to: VendorStatus
  readonly reason: string | null
  readonly runId: string
  readonly isProposed: boolean
}

/** Vendors as the workflow actions need them; every read passes the same gate as the pages' reads. */
export function vendorsForActions(db: Database) {
  const onlooker = ({ portal, viewer }: ActionContext): Onlooker => ({ portal: portal as PortalRecord, viewer: viewer ?? workflow })
  return {
    findById: async (context: ActionContext, vendorId: string) =>
      isUuid(vendorId) ? findVendor(db, onlooker(context), vendorId) : null,
    findByCompany: (context: ActionContext, companyId: number) => findVendorOfCompany(db, onlooker(context), companyId),
    async findByCode(context: ActionContext, code: string) {
      const row = code === '' ? undefined : await visibleVendors(db, onlooker(context))
        .select('vendors.vendor_id').where('vendors.code', '=', code).executeTakeFirst()
      return row ? findVendor(db, onlooker(context), row.vendor_id) : null
    },
    spend: (context: ActionContext, vendorId: string, days: DayRange) => readSpendOfDays(db, onlooker(context), vendorId, days),
    /** @throws AppError vendor.forbidden when they may only look */
    insistOnChange: async (context: ActionContext, vendorId: string, to: VendorStatus) => {
      await requireVendor(db, onlooker(context), vendorId, { role: needsApprover(to) ? 'approver' : 'editor' })
    },
    needsTwo: async ({ portal }: ActionContext, to: VendorStatus) => {
      const rules = await db.selectFrom('lifecycle_rules').select('termination_needs_two').where('portal_id', '=', portal.id).executeTakeFirst()
      return needsTwo(to, { terminationNeedsTwo: rules?.termination_needs_two ?? defaultLifeRules.terminationNeedsTwo })
    },
    changeStatus: (tx: unknown, change: StatusChange) => changeStatus(tx as Tx, change),
  }
}

async function readSpendOfDays(db: Database, onlooker: Onlooker, vendorId: string, days: DayRange) {
  const isSeen = sql<boolean>`vendor_id in (${visibleVendors(db, onlooker, { group: 'prices' }).select('vendors.vendor_id')})`
  const [own, all] = await Promise.all([
    spendOfDays(db, onlooker.portal.id, days, sql`vendor_id = ${vendorId} and ${isSeen}`),
    spendOfDays(db, onlooker.portal.id, days, isSeen),
  ])
  return { ...own, portalTotalMinor: all.amountMinor }
}

/** Only from the status that was planned on: whoever changed the vendor meanwhile is not overruled. */
async function changeStatus(tx: Tx, { portalId, userId, vendorId, from, to, reason, runId, isProposed }: StatusChange): Promise<void> {
  if (isProposed) {
    await proposeChange(tx, { portalId, vendorId, kind: 'status', changes: { status: { from, to } }, reason, origin: 'action', originId: runId, authorId: userId, now: new Date() })
    return
  }
  const changed = await tx.updateTable('vendors')
    .set({ status: to, version: sql<number>`version + 1`, updated_at: new Date(), updated_by: userId })
    .where('portal_id', '=', portalId).where('vendor_id', '=', vendorId).where('status', '=', from)
    .returning(['portal_id', 'vendor_id', 'status', 'version']).executeTakeFirst()
  if (!changed)
    throw new AppError('vendor.changed_meanwhile')
  await tx.insertInto('vendor_changes').values({
    portal_id: portalId, vendor_id: vendorId, field: 'status', old_value: JSON.stringify(from), new_value: JSON.stringify(to),
    reason, origin: 'action', origin_id: runId, by_user_id: userId,
  }).execute()
  await tellStatus(tx, changed)
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

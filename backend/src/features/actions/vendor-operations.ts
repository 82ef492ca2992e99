import { AppError } from '@comptoir/shared/errors'
import { resolvePeriod, type DayRange, type PeriodKind } from '@comptoir/shared/insights/period'
import { dayOf, type RawSettings } from '@comptoir/shared/actions/settings'
import type { ActionDocument } from '@comptoir/shared/actions/action.contract'
import { toMajor } from '@comptoir/shared/money'
import { canMove, needsReason, type VendorStatus } from '@comptoir/shared/vendors/vendor-status'
import { chooseVendor, companyLink } from './choose-vendor.ts'
import { totalMessage, statusMessage } from './messages.ts'
import type { Operation, OperationContext } from './operation.ts'

export interface ActionVendor {
  readonly vendorId: string
  readonly companyId: number | null
  readonly name: string
  readonly status: VendorStatus
}

export interface ActionSpend {
  /** In the portal's currency; null when there is no purchase that could be priced. */
  readonly amountMinor: number | null
  readonly purchaseCount: number
  readonly unpricedCount: number
  /** Spend with all vendors the viewer may see, in the same period. */
  readonly portalTotalMinor: number | null
}

/** What these operations need of the vendors. Everything is limited to what the context's viewer may see. */
export interface VendorPort {
  findById(context: OperationContext, vendorId: string): Promise<ActionVendor | null>
  findByCompany(context: OperationContext, companyId: number): Promise<ActionVendor | null>
  findByCode(context: OperationContext, code: string): Promise<ActionVendor | null>
  spend(context: OperationContext, vendorId: string, days: DayRange): Promise<ActionSpend>
  /** @throws AppError vendor.forbidden when the context's viewer may only look */
  insistOnChange(context: OperationContext, vendorId: string, to: VendorStatus): Promise<void>
  /** Whether the portal wants a second person for this status: the change is then proposed. */
  needsTwo(context: OperationContext, to: VendorStatus): Promise<boolean>
  /** `userId`: in whose rights it is done; null for Comptoir's own. */
  changeStatus(tx: unknown, change: { portalId: number, userId: number | null, vendorId: string, from: VendorStatus, to: VendorStatus, reason: string | null, runId: string, isProposed: boolean }): Promise<void>
  /** The company a record belongs to; the company itself for a company. */
  companyOf(context: OperationContext, document: ActionDocument): Promise<number | null>
}

export function vendorOperations(vendors: VendorPort): { 'total-spend': Operation, 'change-status': Operation } {
  return {
    'total-spend': async (context, values) => {
      const vendor = await chooseVendor(vendors, context, values)
      const days = periodOf(context, values)
      const spend = await vendors.spend(context, vendor.vendorId, days)
      const share = shareOf(spend)
      const total = spend.amountMinor === null ? null : toMajor(spend.amountMinor, context.portal.currency)
      return {
        returns: {
          success: true,
          verdict: total === null ? 'no_data' : 'ok',
          total,
          currency: context.portal.currency,
          purchaseCount: spend.purchaseCount,
          share,
          vendorName: vendor.name,
          vendorStatus: vendor.status,
          link: companyLink(context, vendor),
        },
        message: totalMessage(context, { vendor: vendor.name, spend, days }),
        effects: [],
      }
    },
    'change-status': async (context, values) => {
      const vendor = await chooseVendor(vendors, context, values)
      const to = values.status as VendorStatus
      const reason = values.reason || null
      if (to !== vendor.status && !canMove(vendor.status, to))
        throw new AppError('vendor.illegal_move', { details: { from: vendor.status, to } })
      if (to !== vendor.status && needsReason(vendor.status, to) && !reason)
        throw new AppError('vendor.reason_required')
      const isChange = to !== vendor.status
      const isProposed = isChange && await vendors.needsTwo(context, to)
      if (isChange)
        await vendors.insistOnChange(context, vendor.vendorId, isProposed ? vendor.status : to)
      return {
        returns: {
          success: true,
          verdict: isProposed ? 'proposed' : isChange ? 'changed' : 'unchanged',
          vendorName: vendor.name,
          previousStatus: vendor.status,
          vendorStatus: isProposed ? vendor.status : to,
          changed: isChange && !isProposed,
          link: companyLink(context, vendor),
        },
        message: statusMessage(context, { vendor: vendor.name, from: vendor.status, to, isProposed }),
        effects: isChange && !isProposed ? [{ kind: 'vendor_status', vendorId: vendor.vendorId, vendorName: vendor.name, from: vendor.status, to }] : [],
        ...(isChange && {
          apply: (tx: unknown, runId: string) =>
            vendors.changeStatus(tx, { portalId: context.portal.id, userId: context.viewer?.userId ?? null, vendorId: vendor.vendorId, from: vendor.status, to, reason, runId, isProposed }),
        }),
      }
    },
  }
}

export function periodOf({ portal, now }: OperationContext, values: RawSettings): DayRange {
  const from = dayOf(values.periodFrom ?? '')
  const to = dayOf(values.periodTo ?? '')
  return resolvePeriod({
    period: values.period as PeriodKind,
    ...(from && { from }),
    ...(to && { to }),
  }, { now, timeZone: portal.timeZone })
}

function shareOf({ amountMinor, portalTotalMinor }: ActionSpend): number | null {
  if (amountMinor === null || !portalTotalMinor)
    return null
  return Math.round(amountMinor / portalTotalMinor * 10_000) / 100
}

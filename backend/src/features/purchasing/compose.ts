import type { FastifyBaseLogger } from 'fastify'
import type { Host } from '../../platform/bitrix24/host.ts'
import { readStockReceipts } from '../../platform/bitrix24/stock-receipts.ts'
import { createLoop, type Loop } from '../../platform/jobs/loop.ts'
import type { Portals } from '../../platform/portals/portals.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { checkIbans } from './invoice-alerts.postgres.ts'
import { checkLateOrders } from './late-orders.postgres.ts'
import { lastReading } from './portal-receipts.postgres.ts'
import { neededScope, readPortalReceipts, type PortalReceiptDeps } from './portal-receipts.job.ts'

export interface PurchasingParts {
  readonly db: Database
  readonly host: Pick<Host, 'crm'>
  readonly portals: Pick<Portals, 'find'>
  readonly now: () => Date
  readonly log: Pick<FastifyBaseLogger, 'warn'>
}

export interface Purchasing extends Loop {
  readonly receipts: PortalReceiptDeps
}

const lookMs = 15 * 60_000
const firstLookMs = 60_000
/** A day that has begun, an account that was approved, a delivery that arrived: alerts follow within minutes. */
const alertsMs = 2 * 60_000
const firstAlertsMs = 20_000
/** The host has no events for stock documents: they are asked for. */
const readingMs = 6 * 3_600_000

export function composePurchasing({ db, host, portals, now, log }: PurchasingParts): Purchasing {
  const receipts: PortalReceiptDeps = { db, now, read: (portalId, isKnown) => readStockReceipts(host.crm.for(portalId, { lane: 'background' }), isKnown) }

  const installedPortals = () => db.selectFrom('portals').select('portal_id').where('status', '=', 'installed').execute()

  async function readDue(): Promise<boolean> {
    const installed = await installedPortals()
    for (const { portal_id: portalId } of installed) {
      const portal = await portals.find(portalId)
      const last = await lastReading(db, portalId)
      if (portal?.scope.includes(neededScope) && (last === null || now().getTime() - last.readAt.getTime() >= readingMs))
        await readPortalReceipts(receipts, portal).catch((error: unknown) => log.warn({ err: error, portalId }, 'portal receipts'))
    }
    return false
  }

  async function checkAlerts(): Promise<boolean> {
    for (const { portal_id: portalId } of await installedPortals()) {
      const portal = await portals.find(portalId)
      if (!portal)
        continue
      await checkIbans(db, portalId, now())
      await checkLateOrders(db, portal, now())
    }
    return false
  }

  return {
    receipts,
    ...createLoop([
      { everyMs: lookMs, firstMs: firstLookMs, work: readDue },
      { everyMs: alertsMs, firstMs: firstAlertsMs, work: checkAlerts },
    ], error => log.warn({ err: error }, 'purchasing')),
  }
}

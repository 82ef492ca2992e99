import type { FastifyInstance } from 'fastify'
import { portalReceiptApi, type PortalReceipts } from '@comptoir/shared/purchasing/portal-receipts.contract'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { serve } from '../../platform/http/serve.ts'
import { lastReading } from './portal-receipts.postgres.ts'
import { neededScope, readPortalReceipts, type PortalReceiptDeps } from './portal-receipts.job.ts'

export function portalReceiptRoutes(app: FastifyInstance, deps: PortalReceiptDeps): void {
  const state = async (portal: PortalRecord): Promise<PortalReceipts> => {
    const last = await lastReading(deps.db, portal.id)
    return { isGranted: portal.scope.includes(neededScope), last: last && { ...last, readAt: last.readAt.toISOString() } }
  }
  serve(app, portalReceiptApi.state, (_request, { portal }) => state(portal))
  serve(app, portalReceiptApi.read, async (_request, { portal }) => {
    await readPortalReceipts(deps, portal)
    return state(portal)
  })
}

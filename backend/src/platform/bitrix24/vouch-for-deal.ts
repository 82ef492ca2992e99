import { AppError } from '@comptoir/shared/errors'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import { maySeeDeal, rememberDeal } from '../access/deal-sight.postgres.ts'
import type { PortalRecord } from '../http/caller.ts'
import type { Database } from '../storage/database.ts'
import type { Crm } from './client.ts'

interface Asked {
  readonly portal: PortalRecord
  readonly viewer: Viewer
  readonly dealId: number
  readonly accessToken: string
}

const dealEntityType = 2

/**
 * Which deal a card is of is the browser's word. Where our own records do not let the viewer see that deal, the portal is
 * asked with the viewer's own token, and its yes is remembered; a no leaves everything as it was.
 */
export async function vouchForDeal({ db, crm, now }: { db: Database, crm: Pick<Crm, 'for'>, now: () => Date }, { portal, viewer, dealId, accessToken }: Asked): Promise<void> {
  if (await maySeeDeal(db, { portal, viewer }, dealId, now()))
    return
  try {
    await crm.for(portal.id, { as: { accessToken }, lane: 'viewer' }).call('crm.item.get', { entityTypeId: dealEntityType, id: dealId })
    await rememberDeal(db, { portal, viewer }, dealId, now())
  }
  catch (error) {
    if (!(error instanceof AppError))
      throw error
  }
}

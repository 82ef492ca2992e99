import type { Database } from '../storage/database.ts'
import { visibleVendors, type Onlooker } from './vendor-gate.postgres.ts'

/** As long as the token that was asked with. */
const vouchedForMs = 3_600_000

/** Whether somebody may see a company of the CRM: it is a vendor that they may see, or the portal itself has shown it to them lately. */
export async function maySeeCompany(db: Database, onlooker: Onlooker, companyId: number, now: Date): Promise<boolean> {
  const { portal, viewer } = onlooker
  if (viewer.isAdmin)
    return true
  const shown = await db.selectFrom('viewer_companies').select('company_id')
    .where('portal_id', '=', portal.id).where('user_id', '=', viewer.userId).where('company_id', '=', companyId).where('until', '>', now)
    .executeTakeFirst()
  return shown !== undefined
    || await visibleVendors(db, onlooker).select('vendors.vendor_id').where('vendors.company_id', '=', companyId).executeTakeFirst() !== undefined
}

/** The portal showed this person these companies. */
export async function rememberCompanies(db: Database, { portal, viewer }: Onlooker, companyIds: readonly number[], now: Date): Promise<void> {
  const until = new Date(now.getTime() + vouchedForMs)
  await db.deleteFrom('viewer_companies').where('portal_id', '=', portal.id).where('user_id', '=', viewer.userId).where('until', '<', now).execute()
  if (companyIds.length > 0) {
    await db.insertInto('viewer_companies').values(companyIds.map(companyId => ({ portal_id: portal.id, user_id: viewer.userId, company_id: companyId, until })))
      .onConflict(conflict => conflict.columns(['portal_id', 'user_id', 'company_id']).doUpdateSet({ until })).execute()
  }
}

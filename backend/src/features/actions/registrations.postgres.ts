import { actionIds, type ActionId } from '@comptoir/shared/actions/definitions'
import type { Database } from '../../platform/storage/database.ts'
import { registrationVersion } from './registration.ts'

export async function readRegisteredVersions(db: Database, portalId: number): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('action_registrations').select(['action_id', 'version']).where('portal_id', '=', portalId).execute()
  return new Map(rows.map(row => [row.action_id, row.version]))
}

export async function rememberRegistration(db: Database, portalId: number, actionId: ActionId, version: string): Promise<void> {
  await db.insertInto('action_registrations').values({ portal_id: portalId, action_id: actionId, version })
    .onConflict(conflict => conflict.columns(['portal_id', 'action_id']).doUpdateSet({ version, registered_at: new Date() }))
    .execute()
}

export async function forgetRegistration(db: Database, portalId: number, actionId: ActionId): Promise<void> {
  await db.deleteFrom('action_registrations').where('portal_id', '=', portalId).where('action_id', '=', actionId).execute()
}

/** The installer has registered every action as it is today. */
export async function rememberAll(db: Database, portalId: number): Promise<void> {
  for (const actionId of actionIds)
    await rememberRegistration(db, portalId, actionId, registrationVersion)
}

import { AppError } from '@comptoir/shared/errors'
import type { Weights } from '@comptoir/shared/scorecards/scorecard-card.schema'
import type { WeightProfile } from '@comptoir/shared/scorecards/scorecard.contract'
import type { Database } from '../../platform/storage/database.ts'
import type { Asker } from './vendor-scorecard.postgres.ts'

/** One's own and those that others share. */
export async function readProfiles(db: Database, { portal, viewer }: Asker): Promise<WeightProfile[]> {
  const rows = await db.selectFrom('score_weight_profiles').select(['profile_id', 'name', 'weights', 'is_shared', 'owner_user_id'])
    .where('portal_id', '=', portal.id)
    .where(where => where.or([where('owner_user_id', '=', viewer.userId), where('is_shared', '=', true)]))
    .orderBy('name').orderBy('profile_id').execute()
  return rows.map(row => ({
    profileId: row.profile_id, name: row.name, weights: row.weights as Weights, isShared: row.is_shared, isOwn: row.owner_user_id === viewer.userId,
  }))
}

/** @throws AppError scorecard.profile_taken */
export async function saveProfile(db: Database, asker: Asker, { name, weights, isShared }: { name: string, weights: Weights, isShared: boolean }): Promise<WeightProfile[]> {
  if (Object.values(weights).every(weight => weight === 0))
    throw new AppError('scorecard.settings_invalid', { details: { faults: [{ path: 'weights', reason: 'no_weight' }] } })
  const row = await db.insertInto('score_weight_profiles').values({
    portal_id: asker.portal.id, name: name.trim(), weights: JSON.stringify(weights), is_shared: isShared, owner_user_id: asker.viewer.userId,
  }).onConflict(conflict => conflict.doNothing()).returning('profile_id').executeTakeFirst()
  if (!row)
    throw new AppError('scorecard.profile_taken', { details: { name } })
  return readProfiles(db, asker)
}

/** One's own; administrators also those of others that are shared. @throws AppError scorecard.profile_gone */
export async function removeProfile(db: Database, asker: Asker, profileId: string): Promise<WeightProfile[]> {
  const row = await db.deleteFrom('score_weight_profiles').where('portal_id', '=', asker.portal.id).where('profile_id', '=', profileId)
    .where(where => where.or([where('owner_user_id', '=', asker.viewer.userId), ...asker.viewer.isAdmin ? [where('is_shared', '=', true)] : []]))
    .returning('profile_id').executeTakeFirst()
  if (!row)
    throw new AppError('scorecard.profile_gone', { details: { profileId } })
  return readProfiles(db, asker)
}

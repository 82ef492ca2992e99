import { usualTwoPersonRule, type TwoPersonRule } from '@comptoir/shared/access/protected-fields'
import { AppError } from '@comptoir/shared/errors'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { noteChange } from './grants.postgres.ts'

/** No grant is meant: what is noted concerns all of them. */
const noGrant = '00000000-0000-0000-0000-000000000000'

/** Somebody of the portal as they would be here, without an administrator's rights. @throws AppError access.subject_unknown */
export async function findViewer(db: Database, portalId: number, userId: number): Promise<Viewer> {
  const row = await db.selectFrom('crm_users').select(['name', 'last_name', 'department_ids'])
    .where('portal_id', '=', portalId).where('user_id', '=', userId).where('is_active', '=', true).where('is_employee', '=', true).executeTakeFirst()
  if (!row)
    throw new AppError('access.subject_unknown')
  return { userId, name: `${row.name} ${row.last_name}`.trim(), isAdmin: false, departmentIds: row.department_ids }
}

/** Looking through somebody's eyes is written down before it begins. */
export const noteViewing = (db: Database, portalId: number, { viewer, seen, now }: { viewer: Viewer, seen: Viewer, now: Date }): Promise<void> =>
  noteChange(db, { portalId, userId: viewer.userId, now }, { grantId: noGrant, kind: 'viewing_as', from: null, to: { userId: seen.userId, name: seen.name } })

export const chooseRule = (db: Database, { settings }: PortalRecord, rule: TwoPersonRule, made: { portalId: number, userId: number, now: Date }): Promise<void> =>
  noteChange(db, made, { grantId: noGrant, kind: 'changed', from: { twoPersonRule: settings.twoPersonRule ?? usualTwoPersonRule }, to: { twoPersonRule: rule } })

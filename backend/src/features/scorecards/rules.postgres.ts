import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import { settingsFaults } from '@comptoir/shared/scorecards/check-settings'
import type { ScorecardRules, StoredRules } from '@comptoir/shared/scorecards/rules.schema'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { defaultRules } from './period.ts'

interface RulesRow { readonly version: number, readonly rules: Partial<ScorecardRules>, readonly created_at: Date, readonly name: string | null }

/** The rules of a version, the newest when none is named; version 0 are the agreed ones that nobody has changed. */
export async function readRules(db: Database, portalId: number, version: number | null = null): Promise<StoredRules> {
  const { rows } = await sql<RulesRow>`
    select s.version, s.rules, s.created_at, u.name from scorecard_settings s
    left join crm_users u on u.portal_id = s.portal_id and u.user_id = s.created_by
    where s.portal_id = ${portalId} and (${version}::int is null or s.version = ${version}) order by s.version desc limit 1`.execute(db)
  const row = version === 0 ? undefined : rows[0]
  if (!row)
    return { version: 0, rules: defaultRules, changedAt: null, changedBy: null }
  return { version: row.version, rules: { ...defaultRules, ...row.rules }, changedAt: row.created_at.toISOString(), changedBy: row.name }
}

interface Author { readonly portal: Pick<PortalRecord, 'id'>, readonly viewer: { readonly userId: number } }

/** @throws AppError scorecard.settings_changed when somebody was faster, scorecard.settings_invalid with every fault */
export async function saveRules(db: Database, { portal, viewer }: Author, { version, rules }: { version: number, rules: ScorecardRules }, now: Date): Promise<StoredRules> {
  requireSound(rules)
  const current = await readRules(db, portal.id)
  if (current.version !== version)
    throw new AppError('scorecard.settings_changed', { details: { version: current.version } })
  await db.insertInto('scorecard_settings')
    .values({ portal_id: portal.id, version: version + 1, rules: JSON.stringify(rules), created_at: now, created_by: viewer.userId })
    .onConflict(conflict => conflict.doNothing()).execute()
  return readRules(db, portal.id)
}

export function requireSound({ settings }: ScorecardRules): void {
  const faults = settingsFaults(settings)
  if (faults.length > 0)
    throw new AppError('scorecard.settings_invalid', { details: { faults } })
}

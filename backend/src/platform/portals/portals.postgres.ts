import { sql, type Selectable } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import type { PortalRecord, PortalSettingsRecord } from '../http/caller.ts'
import type { Database, Tx } from '../storage/database.ts'
import type { PortalsTable } from '../storage/tables/portals.ts'

export interface VerifiedPortal {
  readonly memberId: string
  readonly domain: string
  readonly clientEndpoint: string
  readonly serverEndpoint: string
  readonly scope: readonly string[]
  readonly appVersion: string | null
  readonly installerUserId: number
  readonly applicationTokenHash: Buffer | null
}

export interface PortalWords {
  readonly language: string
  readonly timeZone: string
  readonly currency: string
}

export interface Portals {
  find(portalId: number): Promise<PortalRecord | null>
  /** @throws AppError auth.required when the portal's directory says that the person has left */
  findFor(portalId: number, userId: number): Promise<PortalRecord | null>
  findByMember(memberId: string): Promise<PortalRecord | null>
  /** The keyed hash to compare a host's application token with; null when the host never sent one. */
  applicationTokenHash(portalId: number): Promise<Buffer | null>
  /** Creates the tenant, or refreshes what an administrator's verified post says about it. */
  save(verified: VerifiedPortal): Promise<PortalRecord>
  saveWords(portalId: number, words: Partial<PortalWords>): Promise<void>
  saveSettings(portalId: number, change: PortalSettingsRecord): Promise<void>
  markInstalled(portalId: number): Promise<void>
  /** Written down before anything is deleted: the host does not say it twice. */
  markUninstalled(portalId: number, tx: Tx): Promise<void>
  /** Everything of an uninstalled tenant goes with its row. */
  purge(portalId: number): Promise<void>
}

export function createPortals(db: Database): Portals {
  const one = async (column: 'portal_id' | 'member_id', value: number | string): Promise<PortalRecord | null> => {
    const row = await db.selectFrom('portals').selectAll().where(column, '=', value).executeTakeFirst()
    return row ? toRecord(row) : null
  }
  return {
    find: portalId => one('portal_id', portalId),
    async findFor(portalId, userId) {
      const row = await db.selectFrom('portals').selectAll()
        .select(({ exists, selectFrom }) => exists(selectFrom('crm_users').select('user_id')
          .where('portal_id', '=', portalId).where('user_id', '=', userId).where('is_active', '=', false)).as('has_left'))
        .where('portal_id', '=', portalId).executeTakeFirst()
      if (row?.has_left)
        throw new AppError('auth.required')
      return row ? toRecord(row) : null
    },
    findByMember: memberId => one('member_id', memberId),
    async applicationTokenHash(portalId) {
      const row = await db.selectFrom('portals').select('application_token_hash').where('portal_id', '=', portalId).executeTakeFirst()
      return row?.application_token_hash ?? null
    },
    async save(verified) {
      // Installed again before everything of the time before was gone: that goes first.
      await retryDeadlocks(() => db.deleteFrom('portals').where('member_id', '=', verified.memberId).where('uninstalled_at', 'is not', null).execute())
      const known = {
        domain: verified.domain,
        client_endpoint: verified.clientEndpoint,
        server_endpoint: verified.serverEndpoint,
        scope: [...verified.scope],
        app_version: verified.appVersion,
        installer_user_id: verified.installerUserId,
        ...(verified.applicationTokenHash && { application_token_hash: verified.applicationTokenHash }),
      }
      const row = await db.insertInto('portals')
        .values({ member_id: verified.memberId, ...known })
        .onConflict(conflict => conflict.column('member_id').doUpdateSet({
          ...known,
          // A portal that had gone and comes back is installed anew.
          status: sql`case when portals.status = 'gone' then 'installing' else portals.status end`,
        }))
        .returningAll()
        .executeTakeFirstOrThrow()
      return toRecord(row)
    },
    async saveWords(portalId, { language, timeZone, currency }) {
      const changes = { ...(language && { language }), ...(timeZone && { time_zone: timeZone }), ...(currency && { currency }) }
      if (Object.keys(changes).length > 0)
        await db.updateTable('portals').set(changes).where('portal_id', '=', portalId).execute()
    },
    async saveSettings(portalId, change) {
      await db.updateTable('portals')
        .set({ settings: sql`settings || ${JSON.stringify(change)}::jsonb` })
        .where('portal_id', '=', portalId)
        .execute()
    },
    async markInstalled(portalId) {
      await db.updateTable('portals')
        .set({ status: 'installed', installed_at: new Date() })
        .where('portal_id', '=', portalId).where('status', '=', 'installing')
        .execute()
    },
    async markUninstalled(portalId, tx) {
      await tx.updateTable('portals').set({ status: 'gone', uninstalled_at: new Date() }).where('portal_id', '=', portalId).execute()
    },
    async purge(portalId) {
      await retryDeadlocks(() => db.deleteFrom('portals').where('portal_id', '=', portalId).where('uninstalled_at', 'is not', null).execute())
    },
  }
}

const deadlock = '40P01'
const deadlockTries = 5

/** Whatever still writes for the tenant may stand in the way; it fails at the latest when the row is gone. */
async function retryDeadlocks(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await work()
      return
    }
    catch (error) {
      if ((error as { code?: unknown }).code !== deadlock || tries === deadlockTries)
        throw error
    }
  }
}

function toRecord(row: Selectable<PortalsTable>): PortalRecord {
  return {
    id: row.portal_id,
    memberId: row.member_id,
    domain: row.domain,
    clientEndpoint: row.client_endpoint,
    appVersion: row.app_version,
    installerUserId: row.installer_user_id ?? 1,
    status: row.status,
    scope: row.scope,
    language: row.language,
    timeZone: row.time_zone,
    currency: row.currency,
    settings: row.settings as PortalSettingsRecord,
  }
}

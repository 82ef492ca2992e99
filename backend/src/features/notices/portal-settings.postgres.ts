import { sql } from 'kysely'
import { noticeKind, noticeKindIds } from '@comptoir/shared/notices/kinds'
import { usualCompanyDays } from '@comptoir/shared/calendar/company-days'
import type { NoticeSettings, SettingsPage } from '@comptoir/shared/notices/notice.contract'
import type { Caller, PortalRecord } from '../../platform/http/caller.ts'
import { inTransaction, type Database, type Tx } from '../../platform/storage/database.ts'
import { knownKind, readPortalNotices } from './settings.postgres.ts'

const failedShown = 20
const weekMs = 7 * 24 * 3_600_000

export async function settingsPage(db: Database, portal: PortalRecord, now: Date): Promise<SettingsPage> {
  const [notices, people, counts, failed] = await Promise.all([
    readPortalNotices(db, portal.id),
    db.selectFrom('crm_users').select(['user_id', sql<string>`trim(concat(name, ' ', last_name))`.as('name')])
      .where('portal_id', '=', portal.id).where('is_active', '=', true).orderBy('last_name').orderBy('name').limit(500).execute(),
    db.selectFrom('notice_deliveries').select([
      sql<number>`(count(*) filter (where state in ('waiting', 'sending')))::int`.as('waiting'),
      sql<number>`(count(*) filter (where state = 'sent' and sent_at > ${new Date(now.getTime() - weekMs)}))::int`.as('sent'),
    ]).where('portal_id', '=', portal.id).executeTakeFirstOrThrow(),
    readFailed(db, portal.id),
  ])
  return {
    settings: {
      quietFrom: notices.quietFrom, quietUntil: notices.quietUntil, fallbackUserIds: [...notices.fallbackUserIds], defaultDigest: notices.defaultDigest,
      companyDays: portal.settings.companyDays ?? usualCompanyDays,
      kinds: noticeKindIds.filter(kind => kind !== 'digest').map((kind) => {
        const { isOn, steps, channels } = notices.kind(kind)
        return { kind, isOn, steps: noticeKind(kind).ladder === null ? null : [...steps], channels: [...channels] }
      }),
    },
    people: people.map(({ user_id, name }) => ({ userId: user_id, name })),
    missingScope: ['im', 'task'].filter(scope => !portal.scope.includes(scope) && !(scope === 'task' && portal.scope.includes('tasks'))),
    waiting: counts.waiting,
    sentLastWeek: counts.sent,
    failed,
  }
}

async function readFailed(db: Database, portalId: number): Promise<SettingsPage['failed']> {
  const rows = await db.selectFrom('notice_deliveries as d')
    .innerJoin('notice_outbox as o', join => join.onRef('o.portal_id', '=', 'd.portal_id').onRef('o.notice_id', '=', 'd.notice_id'))
    .leftJoin('crm_users as u', join => join.onRef('u.portal_id', '=', 'd.portal_id').onRef('u.user_id', '=', 'd.user_id'))
    .select(['o.kind', 'd.channel', 'd.reason', 'd.started_at', sql<string | null>`nullif(trim(concat(u.name, ' ', u.last_name)), '')`.as('person')])
    .where('d.portal_id', '=', portalId).where('d.state', '=', 'failed').orderBy('d.delivery_id', 'desc').limit(failedShown).execute()
  return rows.map(({ kind, channel, reason, started_at, person }) => ({ kind, channel, reason, personName: person, at: started_at?.toISOString() ?? '' }))
}

export async function saveSettings(db: Database, { portal, viewer }: Pick<Caller, 'portal' | 'viewer'>, chosen: NoticeSettings, now: Date): Promise<void> {
  const row = {
    quiet_from: chosen.quietFrom, quiet_until: chosen.quietUntil, fallback_user_ids: [...chosen.fallbackUserIds], default_digest: chosen.defaultDigest,
    updated_at: now, updated_by: viewer.userId,
  }
  const companyDays = { ...chosen.companyDays, weekdays: [...chosen.companyDays.weekdays].sort() }
  await inTransaction(db, async (tx) => {
    await tx.updateTable('portals').set({ settings: sql`settings || ${JSON.stringify({ companyDays })}::jsonb` }).where('portal_id', '=', portal.id).execute()
    await tx.insertInto('notice_settings').values({ portal_id: portal.id, ...row })
      .onConflict(conflict => conflict.column('portal_id').doUpdateSet(row)).execute()
    for (const setting of chosen.kinds)
      await saveKind(tx, portal.id, setting, { now, userId: viewer.userId })
  })
}

async function saveKind(tx: Tx, portalId: number, { kind, isOn, steps, channels }: NoticeSettings['kinds'][number], { now, userId }: { now: Date, userId: number }): Promise<void> {
  const known = knownKind(kind)
  if (!known)
    return
  const isLadder = noticeKind(known).ladder !== null
  const row = {
    is_on: isOn, steps: isLadder && steps ? [...new Set(steps)].sort((a, b) => b - a) : null, channels: [...new Set(channels)],
    updated_at: now, updated_by: userId,
  }
  await tx.insertInto('notice_kind_settings').values({ portal_id: portalId, kind, ...row })
    .onConflict(conflict => conflict.columns(['portal_id', 'kind']).doUpdateSet(row)).execute()
}

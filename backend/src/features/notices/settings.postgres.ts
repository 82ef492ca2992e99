import { calendarOf } from '@comptoir/shared/calendar/company-days'
import { defaultQuietHours, type QuietHours } from '@comptoir/shared/notices/quiet-hours'
import { isNoticeKind, noticeKind, type NoticeChannel, type NoticeKindId } from '@comptoir/shared/notices/kinds'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'

export interface KindSetting {
  readonly isOn: boolean
  readonly steps: readonly number[]
  readonly channels: readonly NoticeChannel[]
}

/** How this portal wants to be told; what nobody chose follows the catalogue. */
export interface PortalNotices {
  readonly quietFrom: string
  readonly quietUntil: string
  readonly fallbackUserIds: readonly number[]
  readonly defaultDigest: Digest
  readonly kind: (kind: NoticeKindId) => KindSetting
}

export type Digest = 'off' | 'daily' | 'weekly'
export type Wish = 'now' | 'digest' | 'off'

export interface Preferences {
  readonly language: string
  readonly timeZone: string
  readonly quiet: QuietHours
  readonly digest: Digest
  readonly digestWeekday: number
  readonly digestHour: number
  readonly wishes: Readonly<Record<string, Wish>>
}

export async function readPortalNotices(db: Database, portalId: number): Promise<PortalNotices> {
  const [row, kinds] = await Promise.all([
    db.selectFrom('notice_settings').selectAll().where('portal_id', '=', portalId).executeTakeFirst(),
    db.selectFrom('notice_kind_settings').selectAll().where('portal_id', '=', portalId).execute(),
  ])
  const chosen = new Map(kinds.map(one => [one.kind, one]))
  return {
    quietFrom: clock(row?.quiet_from) ?? defaultQuietHours.from,
    quietUntil: clock(row?.quiet_until) ?? defaultQuietHours.until,
    fallbackUserIds: row?.fallback_user_ids ?? [],
    defaultDigest: row?.default_digest ?? 'off',
    kind(id) {
      const own = chosen.get(id)
      const { ladder, channels } = noticeKind(id)
      return {
        isOn: own?.is_on ?? true,
        steps: own?.steps ?? ladder ?? [],
        channels: own?.channels as NoticeChannel[] | undefined ?? channels ?? ['bell'],
      }
    },
  }
}

export async function readPreferences(db: Database, portal: PortalRecord, notices: PortalNotices, userId: number): Promise<Preferences> {
  const row = await db.selectFrom('notice_preferences').selectAll()
    .where('portal_id', '=', portal.id).where('user_id', '=', userId).executeTakeFirst()
  const timeZone = row?.time_zone ?? portal.timeZone
  return {
    language: row?.language ?? portal.language,
    timeZone,
    quiet: { from: clock(row?.quiet_from) ?? notices.quietFrom, until: clock(row?.quiet_until) ?? notices.quietUntil, timeZone, isOpen: calendarOf(portal.settings.companyDays) },
    digest: row?.digest ?? notices.defaultDigest,
    digestWeekday: row?.digest_weekday ?? 1,
    digestHour: row?.digest_hour ?? 9,
    wishes: (row?.kinds ?? {}) as Record<string, Wish>,
  }
}

/** PostgreSQL adds seconds that nobody asked for. */
const clock = (time: string | null | undefined): string | null => time?.slice(0, 5) ?? null

export const knownKind = (kind: string): NoticeKindId | null => isNoticeKind(kind) ? kind : null

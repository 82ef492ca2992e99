import { AppError } from '@comptoir/shared/errors'
import { dayAt } from '@comptoir/shared/insights/calendar'
import { noticeLanguage } from '@comptoir/shared/notices/notice-text'
import type { NoticePreferences, PreferencesPage } from '@comptoir/shared/notices/notice.contract'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { tellFigures } from './digest.postgres.ts'
import { readPortalNotices, readPreferences } from './settings.postgres.ts'

export async function preferencesPage(db: Database, { portal, viewer }: Pick<Caller, 'portal' | 'viewer'>, now: Date): Promise<PreferencesPage> {
  const notices = await readPortalNotices(db, portal.id)
  const { language, timeZone, digest, digestWeekday, digestHour, wishes } = await readPreferences(db, portal, notices, viewer.userId)
  const own = await db.selectFrom('notice_preferences').select(['quiet_from', 'quiet_until'])
    .where('portal_id', '=', portal.id).where('user_id', '=', viewer.userId).executeTakeFirst()
  const preview = await tellFigures(db, portal, viewer.userId, { now, today: dayAt(now, timeZone) })
  return {
    preferences: {
      language: noticeLanguage(language), timeZone, digest, digestWeekday, digestHour, wishes: { ...wishes },
      quietFrom: own?.quiet_from?.slice(0, 5) ?? null, quietUntil: own?.quiet_until?.slice(0, 5) ?? null,
    },
    portalQuiet: { from: notices.quietFrom, until: notices.quietUntil },
    preview: preview[noticeLanguage(language)],
    isDeliverable: portal.scope.includes('im'),
  }
}

export async function savePreferences(db: Database, { portal, viewer }: Pick<Caller, 'portal' | 'viewer'>, chosen: NoticePreferences, now: Date): Promise<void> {
  if (!isZone(chosen.timeZone))
    throw new AppError('notice.zone_unknown', { details: { timeZone: chosen.timeZone } })
  const row = {
    language: chosen.language, time_zone: chosen.timeZone, quiet_from: chosen.quietFrom, quiet_until: chosen.quietUntil,
    digest: chosen.digest, digest_weekday: chosen.digestWeekday, digest_hour: chosen.digestHour,
    kinds: JSON.stringify(chosen.wishes), updated_at: now,
  }
  await db.insertInto('notice_preferences').values({ portal_id: portal.id, user_id: viewer.userId, ...row })
    .onConflict(conflict => conflict.columns(['portal_id', 'user_id']).doUpdateSet(row)).execute()
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  }
  catch {
    return false
  }
}

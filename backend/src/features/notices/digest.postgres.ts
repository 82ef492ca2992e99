import { digestLines, digestSlot } from '@comptoir/shared/notices/digest'
import { dayAt, type Day } from '@comptoir/shared/insights/calendar'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { notify } from '../../platform/notices/outbox.postgres.ts'
import { administrators } from '../../platform/portals/administrators.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { readKeyFigures } from './key-figures.postgres.ts'
import { readPortalNotices, readPreferences, type PortalNotices } from './settings.postgres.ts'

/** Everyone's digest whose hour has come, once per day that it is for. */
export async function sendDigests(db: Database, portal: PortalRecord, now: Date): Promise<void> {
  const notices = await readPortalNotices(db, portal.id)
  for (const { userId, since } of await readers(db, portal.id, notices)) {
    const { digest, digestWeekday: weekday, digestHour: hour, timeZone, quiet } = await readPreferences(db, portal, notices, userId)
    const slot = digestSlot({ digest, weekday, hour, timeZone }, now, quiet.isOpen)
    // Whoever asks for a digest at noon does not mean the one of the morning.
    if (!slot || (since && since > slot.at))
      continue
    const key = `digest:${userId}:${slot.day}`
    const known = await db.selectFrom('notice_outbox').select('notice_id').where('portal_id', '=', portal.id).where('key', '=', key).executeTakeFirst()
    if (known)
      continue
    const lines = await tellFigures(db, portal, userId, { now, today: dayAt(now, timeZone) })
    await db.transaction().execute(tx => notify(tx, {
      portalId: portal.id, key, kind: 'digest', recipients: [userId], params: { lines }, link: { to: 'page', path: '/alerts' }, at: now, isUrgent: true,
    }))
  }
}

/** In both languages: which one is read is decided when it is sent. */
export async function tellFigures(db: Database, portal: PortalRecord, userId: number, moment: { readonly now: Date, readonly today: Day }): Promise<{ fr: string, en: string }> {
  const isAdmin = (await administrators(db, portal)).includes(userId)
  const figures = await readKeyFigures(db, { portal, viewer: { userId, isAdmin } }, moment)
  return { fr: digestLines(figures, 'fr'), en: digestLines(figures, 'en') }
}

interface DigestReader { readonly userId: number, readonly since: Date | null }

/** Who chose a digest; and where everybody gets one, who is responsible for something. */
async function readers(db: Database, portalId: number, notices: PortalNotices): Promise<readonly DigestReader[]> {
  const chosen = await db.selectFrom('notice_preferences').select(['user_id', 'updated_at']).where('portal_id', '=', portalId).execute()
  const known = new Map<number, Date | null>(chosen.map(row => [row.user_id, row.updated_at]))
  if (notices.defaultDigest !== 'off') {
    const owners = await db.selectFrom('alerts').select('owner_user_id').distinct()
      .where('portal_id', '=', portalId).where('state', '=', 'open').where('owner_user_id', 'is not', null).execute()
    for (const { owner_user_id: userId } of owners) {
      if (userId !== null && !known.has(userId))
        known.set(userId, null)
    }
  }
  return [...known].map(([userId, since]) => ({ userId, since }))
}

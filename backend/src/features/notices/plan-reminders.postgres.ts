import { sql } from 'kysely'
import type { Calendar } from '@comptoir/shared/calendar/business-days'
import { calendarOf } from '@comptoir/shared/calendar/company-days'
import { dayAt, daysBetween, type Day } from '@comptoir/shared/insights/calendar'
import type { NoticeKindId } from '@comptoir/shared/notices/kinds'
import { dueStep, isInSight, severityOf } from '@comptoir/shared/notices/ladder'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { notify, raiseAlert, resolveAlert, writeAlertEvent, type Alert } from '../../platform/notices/outbox.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { readDates, type DatedSubject } from './dated-subjects.postgres.ts'
import { readPortalNotices, type PortalNotices } from './settings.postgres.ts'

const lockSpace = 90

/**
 * Brings the alerts of dates up to date and reminds of the steps that are due. Running it again changes nothing:
 * what has been said is written down by date and step. One process at a time plans a portal.
 */
export async function planReminders(db: Database, portal: PortalRecord, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { rows: [lock] } = await sql<{ taken: boolean }>`select pg_try_advisory_xact_lock(${lockSpace}, ${portal.id}) as taken`.execute(tx)
    if (!lock?.taken)
      return
    const today = dayAt(now, portal.timeZone)
    const isOpen = calendarOf(portal.settings.companyDays)
    const notices = await readPortalNotices(tx, portal.id)
    const subjects = await readDates(tx, portal.id, today, now)
    const [met, open] = await Promise.all([readMet(tx, portal.id), readOpen(tx, portal.id)])
    const wanted = new Set<string>()
    for (const subject of subjects) {
      const plan = planOf({ subject, notices, today, met, isOpen })
      if (plan.isShown)
        wanted.add(alertKeyOf(subject))
      await carryOut(tx, { portal, subject, today, now, plan, open: open.get(alertKeyOf(subject)) })
    }
    for (const { key } of open.values()) {
      if (!wanted.has(key))
        await resolveAlert(tx, portal.id, key, 'gone', now)
    }
  })
}

interface Met { readonly firstMetOn: Day, readonly lastStep: number | null }
interface OpenAlert { readonly key: string, readonly alertId: string, readonly kind: string, readonly dueOn: Day | null, readonly severity: string, readonly ownerUserId: number | null, readonly params: string }

interface Plan {
  readonly isNew: boolean
  readonly isShown: boolean
  readonly step: number | null
  /** The automation hears, but nobody's bell rings. */
  readonly isSilent: boolean
}

const metKey = ({ kind, subjectId, dueOn }: Pick<DatedSubject, 'kind' | 'subjectId' | 'dueOn'>): string => `${kind}:${subjectId}:${dueOn}`
/** One alert per subject: a moved date or a date that has passed is the same matter. */
const alertKeyOf = ({ topic, subjectId }: DatedSubject): string => `date:${topic}:${subjectId}`

interface Planned { readonly subject: DatedSubject, readonly notices: PortalNotices, readonly today: Day, readonly met: ReadonlyMap<string, Met>, readonly isOpen: Calendar }

function planOf({ subject, notices, today, met: dates, isOpen }: Planned): Plan {
  const { isOn, steps } = notices.kind(subject.kind)
  const met = dates.get(metKey(subject))
  if (!isOn)
    return { isNew: !met, isShown: false, step: null, isSilent: true }
  if (subject.isPast)
    return { isNew: !met, isShown: true, step: met ? null : 0, isSilent: !isNews(subject, dates.get(metKey({ ...subject, kind: subject.kindBefore }))) }
  const step = dueStep({ dueOn: subject.dueOn, steps, firstMetOn: met?.firstMetOn ?? today, lastStep: met?.lastStep ?? null }, today, isOpen)
  return { isNew: !met, isShown: isInSight(subject.dueOn, steps, today, isOpen), step, isSilent: false }
}

/** Of a date that had passed before anybody knew it, nobody is told; nor twice of the day itself. */
const isNews = ({ isToldBefore, dueOn }: DatedSubject, before: Met | undefined): boolean =>
  before !== undefined && before.firstMetOn <= dueOn && !(isToldBefore && before.lastStep === 0)

interface Task {
  readonly portal: PortalRecord
  readonly subject: DatedSubject
  readonly today: Day
  readonly now: Date
  readonly plan: Plan
  readonly open: OpenAlert | undefined
}

async function carryOut(tx: Tx, { portal, subject, today, now, plan, open }: Task): Promise<void> {
  const alert = alertOf(portal.id, subject, today, now)
  if (plan.isShown && !isSame(open, alert))
    await raiseAlert(tx, alert)
  if (plan.isNew || plan.step !== null)
    await noteMet(tx, portal.id, subject, plan.step, today)
  if (plan.step === null)
    return
  await notify(tx, {
    portalId: portal.id,
    key: `date:${metKey(subject)}:${plan.step}`,
    kind: subject.kind,
    vendorId: subject.vendorId,
    recipients: plan.isSilent ? [] : 'owners',
    ownerUserId: subject.ownerUserId,
    params: alert.params,
    link: alert.link,
    at: now,
    alertKey: alert.key,
  })
  if (plan.isSilent)
    return
  const row = await tx.selectFrom('alerts').select('alert_id').where('portal_id', '=', portal.id).where('key', '=', alert.key).executeTakeFirst()
  if (row)
    await writeAlertEvent(tx, { portalId: portal.id, alertId: row.alert_id, event: 'reminded', at: now, details: { daysLeft: daysBetween(today, subject.dueOn) } })
}

const alertOf = (portalId: number, subject: DatedSubject, today: Day, now: Date): Alert & { key: string, params: object } => ({
  portalId,
  key: alertKeyOf(subject),
  kind: subject.kind,
  severity: subject.isPast ? 'critical' : subject.kind === 'payment_due' ? severityOf(subject.dueOn, today, 0) : severityOf(subject.dueOn, today),
  vendorId: subject.vendorId,
  subjectId: subject.subjectId,
  ownerUserId: subject.ownerUserId,
  params: subject.params,
  link: { to: 'vendor', vendorId: subject.vendorId, section: subject.section },
  dueOn: subject.dueOn,
  recipients: null,
  at: now,
})

const isSame = (open: OpenAlert | undefined, alert: Alert): boolean => open !== undefined
  && open.kind === alert.kind && open.dueOn === alert.dueOn && open.severity === alert.severity
  && open.ownerUserId === (alert.ownerUserId ?? null) && open.params === stable(alert.params)

/** jsonb orders keys its own way. */
const stable = (value: unknown): string => JSON.stringify(value, (_, part: unknown) =>
  part !== null && typeof part === 'object' && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => a < b ? -1 : 1)) : part)

async function readMet(tx: Tx, portalId: number): Promise<Map<string, Met>> {
  const rows = await tx.selectFrom('reminder_dates').select(['kind', 'subject_id', 'due_on', 'first_met_on', 'last_step']).where('portal_id', '=', portalId).execute()
  return new Map(rows.map(row => [
    metKey({ kind: row.kind as NoticeKindId, subjectId: row.subject_id, dueOn: row.due_on }),
    { firstMetOn: row.first_met_on, lastStep: row.last_step },
  ]))
}

async function readOpen(tx: Tx, portalId: number): Promise<Map<string, OpenAlert>> {
  const rows = await tx.selectFrom('alerts').select(['key', 'alert_id', 'kind', 'due_on', 'severity', 'owner_user_id', 'params'])
    .where('portal_id', '=', portalId).where('state', '<>', 'resolved').where('key', 'like', 'date:%').execute()
  return new Map(rows.map(row => [row.key, {
    key: row.key, alertId: row.alert_id, kind: row.kind, dueOn: row.due_on, severity: row.severity, ownerUserId: row.owner_user_id, params: stable(row.params),
  }]))
}

async function noteMet(tx: Tx, portalId: number, subject: DatedSubject, step: number | null, today: Day): Promise<void> {
  await tx.insertInto('reminder_dates').values({
    portal_id: portalId, kind: subject.kind, subject_id: subject.subjectId, due_on: subject.dueOn, vendor_id: subject.vendorId,
    first_met_on: today, last_step: step, reminded_on: step === null ? null : today,
  }).onConflict(conflict => conflict.columns(['portal_id', 'kind', 'subject_id', 'due_on'])
    .doUpdateSet(step === null ? { vendor_id: subject.vendorId } : { last_step: step, reminded_on: today })).execute()
}

import { sql } from 'kysely'
import { AppError, isErrorCode } from '@comptoir/shared/errors'
import { dayAt } from '@comptoir/shared/insights/calendar'
import type { DocumentFormat } from '@comptoir/shared/documents/report-document'
import { portalPathOf } from '@comptoir/shared/notices/notice-link'
import { tellNotice } from '@comptoir/shared/notices/notice-text'
import type { ReportChannel, ReportRecipient, ReportSource } from '@comptoir/shared/reports/report.contract'
import type { Host } from '../../platform/bitrix24/host.ts'
import { reportCalls } from '../../platform/bitrix24/report-calls.ts'
import { renderDocument, type DocumentFile } from '../../platform/documents/render-document.ts'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { queue, type Jobs } from '../../platform/jobs/jobs.ts'
import { notify } from '../../platform/notices/outbox.postgres.ts'
import { viewerOf } from '../../platform/portals/viewer-of.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { deliverReport } from './deliver-report.ts'
import { deliveryNotes, filesOf } from './deliveries.postgres.ts'
import { forgetOldFiles, noteDueRuns, type NewRun } from './due-runs.postgres.ts'
import { makeReport, type Wanted } from './make-report.ts'
import type { ReportPorts } from './ports.ts'
import { rightsOf } from './reader-rights.postgres.ts'
import { peopleOf } from './recipients.postgres.ts'

export const runQueue = queue<NewRun>({ name: 'reports.run', retries: 4, expireInSeconds: 900, concurrency: 1 })
export const tickQueue = queue<Record<string, never>>({ name: 'reports.tick', policy: 'short' })

export interface ReportJobDeps {
  readonly db: Database
  readonly jobs: Jobs
  readonly ports: ReportPorts
  readonly host: Pick<Host, 'crm' | 'appCode'>
  readonly findPortal: (portalId: number) => Promise<PortalRecord | null>
  readonly now: () => Date
}

export function reportJobs(deps: ReportJobDeps): void {
  const { db, jobs, now } = deps
  jobs.work(tickQueue, async () => {
    await noteDueRuns(db, now(), (tx, runs) => sendRuns(jobs, tx, runs))
    await forgetOldFiles(db, now())
  })
  jobs.work(runQueue, (run, { isLastTry }) => runReport(deps, run, isLastTry))
}

export const resumeReports = ({ jobs }: { jobs: Jobs }): Promise<void> =>
  jobs.schedule(tickQueue, '* * * * *', {}, { timeZone: 'UTC', key: 'all' })

export const sendRuns = (jobs: Jobs, tx: Tx, runs: readonly NewRun[]): Promise<void> =>
  runs.length > 0 ? jobs.sendMany(runQueue, runs, { tx }) : Promise.resolve()

interface Order extends Wanted { readonly scheduleId: string, readonly recipients: readonly ReportRecipient[], readonly delivery: readonly ReportChannel[], readonly ownerId: number }

interface Served { readonly portal: PortalRecord, readonly runId: string, readonly order: Order, readonly userId: number }

/** Makes what is missing of a run: a person whose files are there already gets no second ones and no second notice. */
async function runReport(deps: ReportJobDeps, { portalId, runId }: NewRun, isLastTry: boolean): Promise<void> {
  const { db, findPortal } = deps
  const [portal, order] = await Promise.all([findPortal(portalId), readOrder(db, portalId, runId)])
  if (!portal || portal.status !== 'installed' || !order)
    return
  await setState(db, { portalId, runId }, { state: 'running' })
  try {
    const people = await peopleOf(db, portal, order.recipients)
    let served = 0
    for (const userId of people) {
      const isServed = await serve(deps, { portal, runId, order, userId })
      served += isServed ? 1 : 0
      if (isServed && order.delivery.length > 0)
        await deliver(deps, { portal, runId, order, userId }, isLastTry)
    }
    // Nobody could be given it: what it reports is gone or not shared.
    if (served === 0 && people.length > 0)
      await tellOwner(db, { portalId, runId }, order)
    await setState(db, { portalId, runId }, served === 0 && people.length > 0 ? { state: 'failed', error_code: 'report.source_unknown', people: 0 } : { state: 'done', people: served })
  }
  catch (error) {
    if (isLastTry) {
      await tellOwner(db, { portalId, runId }, order)
      await setState(db, { portalId, runId }, { state: 'failed', error_code: error instanceof AppError && isErrorCode(error.code) ? error.code : 'internal' })
    }
    throw error
  }
}

async function deliver({ db, host, now }: ReportJobDeps, { portal, runId, order, userId }: Served, isLastTry: boolean): Promise<void> {
  const person = { portalId: portal.id, runId, userId }
  const today = dayAt(now(), order.timeZone)
  const told = tellNotice({ kind: 'report_ready', params: { subject: order.title.replaceAll('[', '(').replaceAll(']', ')'), day: { day: today } }, vendor: null, dueOn: null }, { language: order.language, today })
  const path = portalPathOf({ to: 'page', path: '/reports' }, await host.appCode(portal.id))
  await deliverReport({ ...deliveryNotes(db, person), bring: reportCalls(host.crm.for(portal.id)), isLastTry }, portal, order.delivery, {
    userId, files: () => filesOf(db, person),
    message: [told?.title, told?.text, path && `[URL=${path}]Comptoir[/URL]`].filter(Boolean).join('\n'),
  })
}

/** Whoever set the report up learns that it did not come. */
const tellOwner = (db: Database, { portalId, runId }: NewRun, { ownerId, title }: Order): Promise<void> => db.transaction().execute(tx =>
  notify(tx, { portalId, key: `report-failed/${runId}`, kind: 'report_failed', recipients: [ownerId], params: { subject: title }, link: { to: 'page', path: '/reports' } }))

/** False for somebody who may not see what is reported. */
async function serve({ db, ports, now }: ReportJobDeps, { portal, runId, order, userId }: Served): Promise<boolean> {
  const done = await db.selectFrom('report_files').select('format').where('portal_id', '=', portal.id).where('run_id', '=', runId).where('user_id', '=', userId).execute()
  if (done.length === order.formats.length)
    return true
  const viewer = await viewerOf(db, portal, userId)
  if (!viewer)
    return false
  const rights = await rightsOf(db, { portal, viewer })
  const document = await makeReport({ portal, viewer, now: now() }, ports, order).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'report.source_unknown')
      return null
    throw error
  })
  if (!document)
    return false
  const files: { format: DocumentFormat, file: DocumentFile }[] = []
  for (const format of order.formats)
    files.push({ format, file: await renderDocument(document, format) })
  await db.transaction().execute(async (tx) => {
    await tx.insertInto('report_files').values(files.map(({ format, file }) => ({
      portal_id: portal.id, run_id: runId, user_id: userId, format, file_name: file.fileName, content_type: file.contentType, body: file.body, rights,
    }))).onConflict(conflict => conflict.doNothing()).execute()
    await notify(tx, {
      portalId: portal.id, key: `report/${runId}/${userId}`, kind: 'report_ready', recipients: [userId],
      params: { subject: order.title, day: { day: dayAt(now(), order.timeZone) } }, link: { to: 'page', path: '/reports' },
    })
  })
  return true
}

async function readOrder(db: Database, portalId: number, runId: string): Promise<Order | null> {
  const row = await db.selectFrom('report_runs as r')
    .innerJoin('report_schedules as s', join => join.onRef('s.portal_id', '=', 'r.portal_id').onRef('s.schedule_id', '=', 'r.schedule_id'))
    .selectAll('s').where('r.portal_id', '=', portalId).where('r.run_id', '=', runId).executeTakeFirst()
  return row
    ? {
        scheduleId: row.schedule_id, title: row.title, source: row.source as ReportSource, formats: row.formats as DocumentFormat[], language: row.language,
        timeZone: row.time_zone, recipients: row.recipients as ReportRecipient[], delivery: row.delivery as ReportChannel[], ownerId: row.owner_id,
      }
    : null
}

async function setState(db: Database, { portalId, runId }: NewRun, values: { state: 'running' | 'done' | 'failed', error_code?: string, people?: number }): Promise<void> {
  await db.updateTable('report_runs').set({ error_code: null, ...values, finished_at: values.state === 'running' ? null : sql<Date>`now()` })
    .where('portal_id', '=', portalId).where('run_id', '=', runId).execute()
}

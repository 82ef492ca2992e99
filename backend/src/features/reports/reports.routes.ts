import type { FastifyInstance } from 'fastify'
import { AppError } from '@comptoir/shared/errors'
import { reportApi, type ReportFile, type ReportSource } from '@comptoir/shared/reports/report.contract'
import { renderDocument } from '../../platform/documents/render-document.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import { readHandOvers } from '../../platform/portals/owners.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { noteRun } from './due-runs.postgres.ts'
import { filterFacts } from './filter-facts.postgres.ts'
import { readFile, readFiles } from './files.postgres.ts'
import { boardReport } from './make-report.ts'
import { readChoices } from './recipients.postgres.ts'
import type { ReportPorts } from './ports.ts'
import { sendRuns } from './run-report.job.ts'
import { channelsOf } from './deliver-report.ts'
import { changeSchedule, createSchedule, handOver, handOverAll, listSchedules, pauseSchedule, readRuns, readSchedule, removeSchedule, type Reader } from './schedules.postgres.ts'

export interface ReportDeps {
  readonly db: Database
  readonly jobs: Jobs
  readonly ports: ReportPorts
  readonly now: () => Date
}

export function reportRoutes(app: FastifyInstance, { db, jobs, ports, now }: ReportDeps): void {
  /** Nobody schedules a board they may not see, nor a segment that is none. */
  async function insistOnSource(source: ReportSource, caller: Reader): Promise<void> {
    if (source.kind !== 'board')
      return
    const { boardId, segmentId } = source
    const asked = { ...caller, now: now() }
    if (!await ports.board(asked, boardId) || segmentId !== undefined && !await ports.segmentName(asked, segmentId))
      throw new AppError('report.source_unknown', { details: { boardId, ...segmentId !== undefined && { segmentId } } })
  }

  serve(app, reportApi.schedules, (_request, caller) => listSchedules(db, caller))
  serve(app, reportApi.create, async ({ body }, caller) => {
    await insistOnSource(body.source, caller)
    return createSchedule(db, caller, body, now())
  })
  serve(app, reportApi.change, async ({ params, body }, caller) => {
    await insistOnSource(body.source, caller)
    return changeSchedule(db, caller, params.scheduleId, body, now())
  })
  serve(app, reportApi.pause, ({ params, body }, caller) => pauseSchedule(db, caller, params.scheduleId, body.isPaused, now()))
  serve(app, reportApi.handOver, ({ params, body }, caller) => handOver(db, caller, params.scheduleId, body.ownerId))
  serve(app, reportApi.handOverAll, ({ body }, caller) => handOverAll(db, caller, body))
  serve(app, reportApi.handOvers, (_request, { portal }) => readHandOvers(db, portal.id, 'report'))
  serve(app, reportApi.remove, ({ params }, caller) => removeSchedule(db, caller, params.scheduleId))
  serve(app, reportApi.runNow, async ({ params: { scheduleId } }, caller) => {
    await readSchedule(db, caller, scheduleId)
    await db.transaction().execute(async (tx) => {
      const run = await noteRun(tx, { portalId: caller.portal.id, scheduleId, dueAt: now(), reason: 'person' })
      await sendRuns(jobs, tx, run ? [run] : [])
    })
    return readSchedule(db, caller, scheduleId)
  })
  serve(app, reportApi.runs, ({ params }, caller) => readRuns(db, caller, params.scheduleId))
  serve(app, reportApi.choices, async (_request, caller) => ({ ...await readChoices(db, caller.portal.id), channels: channelsOf(caller.portal) }))
  serve(app, reportApi.boardFile, async ({ params, query: { format, language, ...filters } }, caller) => {
    const facts = await filterFacts(db, caller.portal.id, filters, language)
    const { fileName, contentType, body } = await renderDocument(await boardReport({ ...caller, now: now() }, ports, params.boardId, { filters, language, facts }), format)
    return { fileName, contentType, base64: body.toString('base64') }
  })
  serve(app, reportApi.files, (_request, caller): Promise<ReportFile[]> => readFiles(db, caller))
  serve(app, reportApi.file, ({ params }, caller) => readFile(db, caller, params.fileId))
}

import type { ActionChoices } from '@comptoir/shared/actions/action.contract'
import type { Assumptions } from '@comptoir/shared/scenarios/play-scenario'
import { AppError } from '@comptoir/shared/errors'
import { portalPathOf } from '@comptoir/shared/notices/notice-link'
import { playScenario } from '@comptoir/shared/scenarios/play-scenario'
import { appViewer, companyOf, forecastPorts, watchPorts } from './app-ports.ts'
import type { AnalyticsPort, ForeseenMonth } from './features/actions/analytics-ports.ts'
import { portalLink, type OperationContext } from './features/actions/operation.ts'
import { readChoices } from './features/actions/records.postgres.ts'
import { checkQuality } from './features/data-quality/check-quality.postgres.ts'
import { foresee } from './features/forecasts/answer.ts'
import { readScenarioStart } from './features/forecasts/scenario-start.postgres.ts'
import { listScenarios } from './features/forecasts/scenarios.postgres.ts'
import { noteRun } from './features/reports/due-runs.postgres.ts'
import { peopleOf } from './features/reports/recipients.postgres.ts'
import { sendRuns } from './features/reports/run-report.job.ts'
import { listSchedules, readSchedule } from './features/reports/schedules.postgres.ts'
import { listSegments } from './features/segments/segments.postgres.ts'
import type { Host } from './platform/bitrix24/host.ts'
import type { Caller, PortalRecord } from './platform/http/caller.ts'
import type { Jobs } from './platform/jobs/jobs.ts'
import { isMember, isVendorMember } from './platform/segments/segment-condition.postgres.ts'
import type { Database, Tx } from './platform/storage/database.ts'

interface Parts { readonly db: Database, readonly host: Host, readonly jobs: Jobs }

/** As the context's person, else as the app itself. */
const readerOf = ({ portal, viewer }: OperationContext) => ({ portal: portal as PortalRecord, viewer: viewer ?? appViewer })

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

const deal = 2

/** The longest horizon is always computed: how far one looks must not change what is said of a month. */
const longest = 12

/** What « Analyse commerciale » asks of forecasts, scenarios, watches and reports. */
export function analyticsPort({ db, host, jobs }: Parts): AnalyticsPort {
  // The moment of the question, which need not be this one: a rule is tried on days that have passed.
  const forecastsAt = (at: Date) => forecastPorts({ db, now: () => at })
  return {
    async forecast(context, { metric, pipelineId, ahead }) {
      const { unit, months } = await forecastsAt(context.now).readMonths(readerOf(context), { metric, categoryId: pipelineId })
      const { answer, refusal } = foresee(months, longest)
      const found = answer?.months[ahead - 1]
      const month: ForeseenMonth | null = found
        ? { unit, month: found.month, point: found.point, low: found.lower80, high: found.upper80, last: months.at(-1)?.value ?? null, pastError: answer.own?.smape ?? null }
        : null
      return { month, refusal }
    },
    async findScenario(context, scenarioId) {
      return (await listScenarios(db, readerOf(context))).find(one => one.scenarioId === scenarioId) ?? null
    },
    async playScenario(context, scenario: Assumptions) {
      return playScenario(await readScenarioStart({ db, now: () => context.now, readMetric: forecastsAt(context.now).readMetric }, readerOf(context)), scenario)
    },
    async months(context, { metric, pipelineId }) {
      const { unit, months } = await watchPorts({ db, now: () => context.now }).readWatched(readerOf(context), { metric, categoryId: pipelineId })
      return { unit, months }
    },
    async findReport(context, reportId) {
      const schedule = isUuid(reportId) ? await readSchedule(db, readerOf(context), reportId).catch(notFoundAsNull) : null
      return schedule && { reportId, title: schedule.title, recipients: (await peopleOf(db, readerOf(context).portal, schedule.recipients)).length }
    },
    async startReport(tx, { portal, now: dueAt }, reportId) {
      const run = await noteRun(tx as Tx, { portalId: portal.id, scheduleId: reportId, dueAt, reason: 'person' })
      await sendRuns(jobs, tx as Tx, run ? [run] : [])
    },
    checkQuality: (context, check) => checkQuality(db, { reader: readerOf(context), now: context.now }, check),
    findSegment: async (context, segmentId) => isUuid(segmentId) ? (await listSegments(db, readerOf(context), { segmentId }))[0] ?? null : null,
    async isInSegment(context, { segmentId, subject }) {
      const reader = { ...readerOf(context), now: context.now }
      const { document } = context
      if (subject === 'deal')
        return document?.entityTypeId === deal ? isMember(db, reader, segmentId, document.entityId) : null
      const companyId = document && await companyOf({ db, host }, context, document)
      return companyId ? isVendorMember(db, reader, segmentId, companyId) : null
    },
    async pageLink({ portal }, path) {
      const inPortal = portalPathOf({ to: 'page', path }, await host.appCode(portal.id).catch(() => null))
      return portalLink(portal, (inPortal ?? '/report/analytics/').slice(1))
    },
  }
}

/** What a setting can name, as far as this person may see it. */
export async function actionChoices(db: Database, caller: Pick<Caller, 'portal' | 'viewer'>): Promise<ActionChoices> {
  const [known, scenarios, reports, segments] = await Promise.all([readChoices(db, caller.portal.id), listScenarios(db, caller), listSchedules(db, caller), listSegments(db, caller)])
  return {
    ...known,
    scenarios: scenarios.map(({ scenarioId, name }) => ({ id: scenarioId, name })),
    reports: reports.map(({ scheduleId, title }) => ({ id: scheduleId, name: title })),
    segments: segments.map(({ segmentId, name }) => ({ id: segmentId, name })),
  }
}

function notFoundAsNull(error: unknown): null {
  if (error instanceof AppError && error.code === 'report.not_found')
    return null
  throw error
}

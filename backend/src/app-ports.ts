import type { ActionDocument } from '@comptoir/shared/actions/action.contract'
import { AppError } from '@comptoir/shared/errors'
import { addDays, dayAt } from '@comptoir/shared/insights/calendar'
import type { InvoiceFields } from '@comptoir/shared/purchasing/purchasing-fields'
import type { FindViewer } from './features/actions/acting-person.ts'
import { carePostgres, onlookerOf } from './features/actions/care.postgres.ts'
import type { CarePort } from './features/actions/care-operations.ts'
import type { MetricPort, MetricRequest } from './features/actions/metric-operations.ts'
import type { OperationContext } from './features/actions/operation.ts'
import { readDealCompany } from './features/actions/records.postgres.ts'
import type { VendorPort } from './features/actions/vendor-operations.ts'
import type { WatchedMonthsPort } from './features/alerts/months-port.ts'
import { readWatchUses } from './features/alerts/metric-uses.postgres.ts'
import { readQualityMonths } from './features/alerts/quality-months.postgres.ts'
import type { MonthsPort } from './features/forecasts/months-port.ts'
import { readSavedOutcomes } from './features/forecasts/saved-outcomes.postgres.ts'
import type { MetricPort as YearPort } from './features/forecasts/scenario-start.postgres.ts'
import { readBoard } from './features/dashboards/boards.postgres.ts'
import { readBoardUses } from './features/dashboards/metric-uses.postgres.ts'
import { metricGrid } from './features/dashboards/metric-grid.ts'
import type { BoardPorts } from './features/dashboards/ports.ts'
import { readComparable } from './features/insights/comparable.postgres.ts'
import { evaluateMetric, evaluateOfRecord } from './features/insights/evaluate-metric.postgres.ts'
import { readRecordsOfRecord } from './features/insights/records.postgres.ts'
import type { ReadUses } from './features/insights/uses.ts'
import { readMonthlyValues } from './features/insights/monthly-values.postgres.ts'
import { insertInvoice } from './features/purchasing/invoice-writes.postgres.ts'
import type { ReportPorts } from './features/reports/ports.ts'
import { spendDocument } from './features/spend-reports/spend-document.ts'
import { readSpendReport } from './features/spend-reports/spend-summary.postgres.ts'
import { checkCompliance } from './features/relationship/compliance.postgres.ts'
import { evaluateVendor } from './features/scorecards/vendor-scorecard.postgres.ts'
import type { ComparePort } from './features/segments/compare-port.ts'
import { vendorsForActions } from './features/vendors/vendor-actions.postgres.ts'
import { systemOnlooker } from './platform/access/vendor-gate.postgres.ts'
import type { Host } from './platform/bitrix24/host.ts'
import { toMap } from './platform/bitrix24/php-query.ts'
import type { Caller, PortalRecord } from './platform/http/caller.ts'
import { segmentName } from './platform/segments/segment-condition.postgres.ts'
import { viewerOf } from './platform/portals/viewer-of.postgres.ts'
import type { Database, Tx } from './platform/storage/database.ts'

/** Where features meet: the actions' narrow ports, filled by the features that know the answers. */
export function actionOperationsPorts({ db, host }: { db: Database, host: Host }): { vendors: VendorPort, metrics: MetricPort, care: CarePort, findViewer: FindViewer } {
  return {
    care: {
      ...carePostgres(db),
      evaluate: (context, vendorId) => evaluateVendor(db, askerOf(context), vendorId, dayAt(context.now, context.portal.timeZone)),
      compliance: (context, vendorId) => checkCompliance(db, onlookerOf(context), vendorId, dayAt(context.now, context.portal.timeZone)),
    },
    findViewer: ({ portal }, userId) => viewerOf(db, portal as PortalRecord, userId),
    vendors: {
      ...vendorsForActions(db),
      companyOf: (context, document) => companyOf({ db, host }, context, document),
    },
    metrics: { measure: (context, request) => measure(db, context, request) },
  }
}

/** Ten years of months are more than any forecast learns from. */
const mostMonths = 120

/** What forecasts and scenarios ask of the analytics. */
export function forecastPorts({ db, now }: { db: Database, now: () => Date }): MonthsPort & YearPort {
  return {
    async readMonths({ portal, viewer }, { metric, categoryId }) {
      const { unit, ...values } = await readMonthlyValues(db, portal, viewer, { metricId: metric, categoryId, atMost: mostMonths }, now())
      return { ...values, unit: unit === 'money' ? 'money' : 'count' }
    },
    async readMetric({ portal, viewer }, metricId, { from, to }) {
      const { value, isWithinRights = false } = await evaluateMetric(db, portal, viewer, { metricId, period: 'custom', from, to: addDays(to, -1) }, now())
      return { value, isWithinRights }
    },
  }
}

/** Where the numbers of the catalogue are put to use. */
export const metricUses = ({ db }: { readonly db: Database }): ReadUses => async (reader) => {
  const [boards, watches] = await Promise.all([readBoardUses(db, reader), readWatchUses(db, reader)])
  return [...boards, ...watches]
}

/** The numbers of boards, in the rights of whoever looks. */
export const boardPorts = ({ db, now }: { readonly db: Database, readonly now: () => Date }): BoardPorts => ({
  metric: ({ portal, viewer }, query) => evaluateMetric(db, portal, viewer, query, now()),
  metricOf: lock => ({ portal, viewer }, query) => evaluateOfRecord(db, portal, { viewer, lock, now: now() }, query),
  recordsOf: lock => ({ portal, viewer }, metricId, filters) => readRecordsOfRecord(db, portal, { viewer, lock, now: now() }, { metricId, filters }),
})

/** What scheduled reports are made of, each in the rights of the person it is made for. */
export function reportPorts({ db }: { db: Database }): ReportPorts {
  return {
    board: ({ portal, viewer }, boardId) => readBoard(db, { portal, viewer }, boardId).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'board.not_found')
        return null
      throw error
    }),
    metric: ({ portal, viewer, now }, query) => evaluateMetric(db, portal, viewer, query, now),
    grid: ({ now, ...asking }, query) => metricGrid(({ portal, viewer }, one) => evaluateMetric(db, portal, viewer, one, now), asking, query),
    segmentName: ({ portal }, segmentId) => segmentName(db, portal.id, segmentId),
    scenarios: ({ portal, viewer, now }, scenarioIds) => readSavedOutcomes({ db, now: () => now, readMetric: forecastPorts({ db, now: () => now }).readMetric }, { portal, viewer }, scenarioIds),
    async spend({ portal, viewer, now }, query, language) {
      const report = await readSpendReport(db, { portal, viewer }, query, now)
      return spendDocument(report, { language, timeZone: portal.timeZone, now, viewerName: viewer.name })
    },
  }
}

/** What comparisons ask of the analytics, in the rights of whoever looks. */
export const comparePorts = ({ db, now }: { db: Database, now: () => Date }) => ({
  compare: ({ portal, viewer }: Pick<Caller, 'portal' | 'viewer'>): ComparePort => ({
    async figure(query) {
      const [{ days, currency, figure, parts }, segment] = await Promise.all([
        readComparable(db, { portal, viewer, now: now() }, query), query.segmentId ? segmentName(db, portal.id, query.segmentId) : null,
      ])
      return {
        days, currency, segment, value: figure.value, records: figure.tally.records, tally: figure.tally, ingredients: figure.ingredients, target: figure.target,
        parts: new Map([...parts].map(([key, { tally, label }]) => [key, { tally, ...label }])),
      }
    },
  }),
})

/** What watches ask of the analytics, and of the quality of what was read. */
export function watchPorts({ db, now }: { db: Database, now: () => Date }): WatchedMonthsPort {
  return {
    async readWatched(reader, { metric, categoryId, segmentId = null }) {
      if (metric === 'purchases_unpriced' || metric === 'deals_without_amount')
        return readQualityMonths(db, reader, metric, now())
      return readMonthlyValues(db, reader.portal, reader.viewer, { metricId: metric, categoryId, segmentId, atMost: mostMonths }, now())
    },
  }
}

const deal = 2
const company = 4

/** From the mirror where it has the record, else from the portal itself. */
export async function companyOf({ db, host }: { db: Database, host: Host }, { portal }: OperationContext, { entityTypeId, entityId }: ActionDocument): Promise<number | null> {
  if (entityTypeId === company)
    return entityId
  const mirrored = entityTypeId === deal ? await readDealCompany(db, portal.id, entityId) : undefined
  if (mirrored !== undefined)
    return mirrored
  const { result } = await host.crm.for(portal.id, { lane: 'background' }).call('crm.item.get', { entityTypeId, id: entityId })
  const companyId = Number(toMap(toMap(result).item).companyId)
  return companyId > 0 ? companyId : null
}

/** As the context's person, else as the app itself. */
const askerOf = ({ portal, viewer }: OperationContext) => ({ portal: portal as PortalRecord, viewer: viewer ?? appViewer })

/** Comptoir itself, with the rights that an administrator gives it by placing an action. */
export const appViewer = { userId: 0, name: 'Comptoir', isAdmin: true, departmentIds: [] }

async function measure(db: Database, context: OperationContext, { metric, period, from, to, pipelineId, userIds }: MetricRequest) {
  const result = await evaluateMetric(db, context.portal as PortalRecord, context.viewer ?? appViewer, {
    metricId: metric,
    period,
    ...(from && { from }),
    ...(to && { to }),
    ...(pipelineId !== null && { categoryIds: [pipelineId] }),
    ...(userIds.length > 0 && { userIds: [...userIds] }),
  }, context.now)
  const shown = (value: number | null | undefined) => value === null || value === undefined
    ? null
    : result.unit === 'percent' ? Math.round(value * 1_000_000) / 10_000 : value
  return { value: shown(result.value), previous: shown(result.previous?.value), unit: result.unit }
}

/** What an accounting program delivers becomes a draft invoice, signed by nobody in particular. */
export const insertDelivered = (now: () => Date) =>
  (tx: Tx, portal: PortalRecord, vendorId: string, fields: InvoiceFields, sourceKey: string): Promise<string> =>
    insertInvoice(tx, systemOnlooker(portal), vendorId, fields, now(), { origin: 'api', sourceKey, document: null })

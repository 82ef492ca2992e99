import type { FastifyBaseLogger } from 'fastify'
import type { ActionId } from '@comptoir/shared/actions/definitions'
import { AppError } from '@comptoir/shared/errors'
import type { Host } from '../../platform/bitrix24/host.ts'
import type { TokenCipher } from '../../platform/bitrix24/token-cipher.ts'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Portals } from '../../platform/portals/portals.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { ActionRoutesDeps } from './actions.routes.ts'
import type { HandlerDeps } from './handler.routes.ts'
import { withActingPerson, type FindViewer } from './acting-person.ts'
import type { AnalyticsPort } from './analytics-ports.ts'
import { anomalyOperation } from './anomaly-operation.ts'
import { careOperations, type CarePort } from './care-operations.ts'
import { comparisonOperation } from './comparison-operation.ts'
import { forecastOperation } from './forecast-operation.ts'
import { createIntake } from './intake.ts'
import { metricOperations, type MetricPort } from './metric-operations.ts'
import { messageLanguage, type OperationContext } from './operation.ts'
import { readRecordFields } from './records.postgres.ts'
import { qualityOperation } from './quality-operation.ts'
import { reportOperation } from './report-operation.ts'
import { runAction, type Operations, type Outcome, type RunDeps } from './run.ts'
import { createRunWorker, type RunWorker } from './run-worker.ts'
import { claimRuns, copyRun, finishRun, postponeRun, readEventToken, releaseLeases, settleRun, storeRuns, type ClaimedRun, type NewRun } from './runs.postgres.ts'
import { scenarioOperation } from './scenario-operation.ts'
import { segmentOperation } from './segment-operation.ts'
import { vendorOperations, type VendorPort } from './vendor-operations.ts'

export interface ActionParts {
  readonly db: Database
  readonly host: Host
  readonly cipher: TokenCipher
  readonly log: FastifyBaseLogger
  readonly portals: Portals
  readonly publicUrl: string
  readonly now: () => Date
  readonly vendors: VendorPort
  readonly care: CarePort
  readonly findViewer: FindViewer
  readonly metrics: MetricPort
  readonly analytics: AnalyticsPort
  readonly choices: ActionRoutesDeps['choices']
  readonly portalOfToken: HandlerDeps['portalOfToken']
}

/** Twice as long as the slowest answer of the host that we wait for. */
const leaseMs = 120_000
const mostTries = 9
const patienceMs = (tries: number): number => Math.min(2_000 * 2 ** (tries - 1), 300_000)

export interface Actions extends HandlerDeps, ActionRoutesDeps {
  /** `isSoleOwner`: no other app shares the database, so runs that are still held belong to a dead one. */
  start(options: { isSoleOwner: boolean }): Promise<void>
  stop(graceMs: number): Promise<void>
}

/** Wires the actions: what arrives is stored together with what else arrives, a run is its own job. */
export function composeActions(parts: ActionParts): Actions {
  const { db, cipher, portals } = parts
  const operations: Record<ActionId, Operations> = {
    'vendor-management': actingFor(parts, { ...vendorOperations(parts.vendors), ...careOperations(parts.vendors, parts.care) }),
    'business-analytics': actingFor(parts, analyticsOperations(parts)),
  }
  const intake = createIntake<NewRun>(async (runs) => {
    await storeRuns(db, cipher, runs)
    worker.wake()
  })
  const worker = composeWorker(parts, operations, () => intake.isBusy())
  return {
    db,
    crm: parts.host.crm,
    publicUrl: parts.publicUrl,
    now: parts.now,
    operations,
    choices: parts.choices,
    fieldsOf: (context, document) => readRecordFields(db, context.portal.id, document),
    portalOfToken: parts.portalOfToken,
    store: intake.take,
    async rerun(portal, runId, userId) {
      const copy = await copyRun(db, portal.id, runId, userId)
      worker.wake()
      return copy
    },
    async start({ isSoleOwner }) {
      if (isSoleOwner)
        await releaseLeases(db)
      worker.start()
    },
    stop: graceMs => worker.stop(graceMs),
  }

  function composeWorker({ log, now }: ActionParts, known: typeof operations, isCrowded: () => boolean): RunWorker {
    const deps: RunDeps = {
      operations: known,
      settle: (portalId, runId, outcome, apply) => settleRun(db, portalId, runId, outcome, apply),
      answer: (portalId, runId, outcome) => answer(parts, portalId, runId, outcome),
      finish: (portalId, runId, state, errorCode) => finishRun(db, portalId, runId, state, errorCode),
    }
    return createRunWorker<ClaimedRun>({
      claim: (atMost, busyPortals) => claimRuns(db, { atMost, leaseMs, busyPortals }),
      portalOf: run => run.portalId,
      isCrowded,
      onError: error => log.error({ err: error }, 'action worker'),
      async work(run) {
        const portal = await portals.find(run.portalId)
        if (!portal || portal.status === 'gone')
          return
        try {
          await runAction(deps, contextOf(portal, now()), run, { isLastTry: run.tries >= mostTries })
        }
        catch (error) {
          log.warn({ err: error, runId: run.runId, tries: run.tries }, 'run failed, it will be tried again')
          await postponeRun(db, run.portalId, run.runId, patienceMs(run.tries))
        }
      },
    })
  }
}

const analyticsOperations = ({ metrics, analytics }: ActionParts): Operations => ({
  ...metricOperations(metrics),
  comparison: comparisonOperation(metrics),
  forecast: forecastOperation(analytics),
  scenario: scenarioOperation(analytics),
  anomaly: anomalyOperation(analytics),
  report: reportOperation(analytics),
  'data-quality': qualityOperation(analytics),
  segment: segmentOperation(analytics),
})

/** Every operation can be told whose rights it keeps to. */
const actingFor = ({ findViewer }: ActionParts, operations: Operations): Operations =>
  Object.fromEntries(Object.entries(operations).map(([id, operation]) => [id, withActingPerson(operation, findViewer)]))

const contextOf = (portal: PortalRecord, now: Date): OperationContext =>
  ({ portal, viewer: null, document: null, language: messageLanguage(portal.language), now })

/** False when the host refuses the token: the step timed out, was answered before, or its workflow has ended. */
async function answer({ host, cipher, db }: ActionParts, portalId: number, runId: string, outcome: Outcome): Promise<boolean> {
  try {
    await host.crm.for(portalId, { lane: 'background' }).call('bizproc.event.send', {
      EVENT_TOKEN: await readEventToken(db, cipher, portalId, runId),
      RETURN_VALUES: Object.fromEntries(Object.entries(outcome.returns).map(([id, value]) => [id, hostValue(value)])),
      LOG_MESSAGE: outcome.message,
    }, { isRepeatable: true })
    return true
  }
  catch (error) {
    if (error instanceof AppError && !error.isRetryable && error.code !== 'crm.login_lost')
      return false
    throw error
  }
}

const hostValue = (value: unknown): unknown =>
  typeof value === 'boolean' ? (value ? 'Y' : 'N') : value ?? ''

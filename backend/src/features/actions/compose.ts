import type { ActionId } from '@comptoir/shared/actions/definitions'
import { AppError } from '@comptoir/shared/errors'
import type { Host } from '../../platform/bitrix24/host.ts'
import type { TokenCipher } from '../../platform/bitrix24/token-cipher.ts'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { queue, type Jobs } from '../../platform/jobs/jobs.ts'
import type { Portals } from '../../platform/portals/portals.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { ActionRoutesDeps } from './actions.routes.ts'
import type { HandlerDeps } from './handler.routes.ts'
import { createIntake } from './intake.ts'
import { metricOperations, type MetricPort } from './metric-operations.ts'
import { messageLanguage, type OperationContext } from './operation.ts'
import { readRecordFields } from './records.postgres.ts'
import { runAction, type Operations, type Outcome, type RunDeps } from './run.ts'
import { copyRun, finishRun, loadRun, readEventToken, settleRun, storeRuns, type NewRun } from './runs.postgres.ts'
import { vendorOperations, type VendorPort } from './vendor-operations.ts'

export interface ActionParts {
  readonly db: Database
  readonly host: Host
  readonly cipher: TokenCipher
  readonly jobs: Jobs
  readonly portals: Portals
  readonly publicUrl: string
  readonly now: () => Date
  readonly vendors: VendorPort
  readonly metrics: MetricPort
  readonly portalOfToken: HandlerDeps['portalOfToken']
}

const runQueue = queue<{ portalId: number, runId: string }>({ name: 'actions.run', retries: 8, concurrency: 4, expireInSeconds: 300 })

/** Wires the actions: what arrives is stored and queued together, what runs is answered through the host's own token. */
export function composeActions(parts: ActionParts): HandlerDeps & ActionRoutesDeps {
  const { db, cipher, jobs, portals } = parts
  const operations: Record<ActionId, Operations> = {
    'vendor-management': vendorOperations(parts.vendors),
    'business-analytics': metricOperations(parts.metrics),
  }
  const take = createIntake<NewRun>(runs => db.transaction().execute(async (tx) => {
    await jobs.sendMany(runQueue, await storeRuns(tx, cipher, runs), { tx })
  }))
  const deps: RunDeps = {
    operations,
    load: (portalId, runId) => loadRun(db, portalId, runId),
    settle: (portalId, runId, outcome, apply) => settleRun(db, portalId, runId, outcome, apply),
    answer: (portalId, runId, outcome) => answer(parts, portalId, runId, outcome),
    finish: (portalId, runId, state, errorCode) => finishRun(db, portalId, runId, state, errorCode),
  }

  jobs.work(runQueue, async ({ portalId, runId }, { isLastTry }) => {
    const portal = await portals.find(portalId)
    if (portal && portal.status !== 'gone')
      await runAction(deps, contextOf(portal, parts.now()), runId, { isLastTry })
  })

  return {
    db,
    crm: parts.host.crm,
    publicUrl: parts.publicUrl,
    now: parts.now,
    operations,
    fieldsOf: (context, document) => readRecordFields(db, context.portal.id, document),
    portalOfToken: parts.portalOfToken,
    store: take,
    rerun: (portal, runId, userId) => db.transaction().execute(async (tx) => {
      const copy = await copyRun(tx, portal.id, runId, userId)
      await jobs.sendMany(runQueue, [{ portalId: portal.id, runId: copy }], { tx })
      return copy
    }),
  }
}

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

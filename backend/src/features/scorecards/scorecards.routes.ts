import type { FastifyInstance } from 'fastify'
import { scorecardApi } from '@comptoir/shared/scorecards/scorecard.contract'
import { requireVendor } from '../../platform/access/vendor-gate.postgres.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Database } from '../../platform/storage/database.ts'
import { addComment, adjustScore } from './comments.postgres.ts'
import { evaluatePortal, todayOf } from './evaluate-portal.postgres.ts'
import { closeFraudAlert, openFraudAlert } from './fraud-alerts.postgres.ts'
import { readMonthFor } from './months.postgres.ts'
import { readProfiles, removeProfile, saveProfile } from './profiles.postgres.ts'
import { previewRules, readRanking } from './ranking.postgres.ts'
import { readRules, saveRules } from './rules.postgres.ts'
import { readEvidence, readVendorScorecard } from './vendor-scorecard.postgres.ts'

export interface ScorecardDeps {
  readonly db: Database
  readonly now: () => Date
  /** Has the stored months of a portal brought up to date in the background. */
  readonly wake: (portalId: number) => Promise<unknown>
}

export function scorecardRoutes(app: FastifyInstance, { db, now, wake }: ScorecardDeps): void {
  serve(app, scorecardApi.ofVendor, ({ params, query }, caller) =>
    readVendorScorecard(db, caller, params.vendorId, query.asOf ?? todayOf(caller.portal, now())))
  serve(app, scorecardApi.evidence, ({ params, query }, caller) =>
    readEvidence(db, caller, params.vendorId, query.measure, query.asOf ?? todayOf(caller.portal, now())))

  serve(app, scorecardApi.month, async ({ params }, caller) => {
    await requireVendor(db, caller, params.vendorId, { group: 'scores' })
    return readMonthFor(db, caller, params.vendorId, params.month)
  })
  serve(app, scorecardApi.comment, ({ params, body }, caller) => addComment(db, caller, { ...params, ...body }, now()))
  serve(app, scorecardApi.adjust, ({ params, body }, caller) =>
    adjustScore(db, caller, { ...params, body: body.reason, score: body.score }, now()))

  serve(app, scorecardApi.openFraudAlert, ({ params, body }, caller) => openFraudAlert(db, caller, { ...params, ...body }, now()))
  serve(app, scorecardApi.closeFraudAlert, ({ params, body }, caller) => closeFraudAlert(db, caller, { ...params, ...body }, now()))

  serve(app, scorecardApi.ranking, ({ query }, caller) => readRanking(db, caller, query.asOf ?? todayOf(caller.portal, now())))
  serve(app, scorecardApi.closeMonths, async (_request, { portal }) => {
    await wake(portal.id)
    return {}
  })
  serve(app, scorecardApi.document, async ({ query }, { portal }) => {
    const { input } = await evaluatePortal(db, portal, query.asOf ?? todayOf(portal, now()))
    return input as unknown as Record<string, unknown>
  })

  serve(app, scorecardApi.profiles, (_request, caller) => readProfiles(db, caller))
  serve(app, scorecardApi.saveProfile, ({ body }, caller) => saveProfile(db, caller, body))
  serve(app, scorecardApi.removeProfile, ({ params }, caller) => removeProfile(db, caller, params.profileId))

  serve(app, scorecardApi.rules, (_request, { portal }) => readRules(db, portal.id))
  serve(app, scorecardApi.saveRules, ({ body }, caller) => saveRules(db, caller, body, now()))
  serve(app, scorecardApi.previewRules, ({ body }, caller) => previewRules(db, caller, body.rules, todayOf(caller.portal, now())))
}

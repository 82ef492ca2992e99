import type { FastifyInstance } from 'fastify'
import { decisionApi, type DecisionChoices } from '@comptoir/shared/decisions/decision.contract'
import type { DecisionRuleInput } from '@comptoir/shared/decisions/decision-rule'
import { AppError } from '@comptoir/shared/errors'
import { dealCalls, listDealWorkflows, registerDecisionTrigger } from '../../platform/bitrix24/decision-calls.ts'
import type { Host } from '../../platform/bitrix24/host.ts'
import type { Caller } from '../../platform/http/caller.ts'
import { serve } from '../../platform/http/serve.ts'
import { viewerOf } from '../../platform/portals/viewer-of.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { readRuleChoices } from './choices.postgres.ts'
import { readDecision, readLog } from './log.postgres.ts'
import { readPastEvents } from './past-events.postgres.ts'
import type { DecisionPorts } from './ports.ts'
import { approve, refuse, retry } from './proposals.postgres.ts'
import { changeRule, createRule, insistOnRule, listRules, removeRule } from './rules.postgres.ts'
import { undoDecision } from './undo.postgres.ts'

export interface DecisionDeps extends DecisionPorts {
  readonly db: Database
  readonly host: Pick<Host, 'crm'>
  readonly now: () => Date
  /** What an analysis can name, as far as the viewer may see it. */
  readonly named: (caller: Pick<Caller, 'portal' | 'viewer'>) => Promise<Pick<DecisionChoices, 'scenarios' | 'segments'>>
}

const pageSize = 50
const mostExported = 5_000

export function decisionRoutes(app: FastifyInstance, deps: DecisionDeps): void {
  ruleRoutes(app, deps)
  logRoutes(app, deps)
}

function ruleRoutes(app: FastifyInstance, deps: DecisionDeps): void {
  const { db, host, now } = deps
  serve(app, decisionApi.rules, (_request, { portal }) => listRules(db, portal.id, now()))
  serve(app, decisionApi.choices, async (_request, caller) => {
    const [known, workflows, named] = await Promise.all([readRuleChoices(db, caller), listDealWorkflows(host.crm.for(caller.portal.id, { lane: 'viewer' })), deps.named(caller)])
    return { ...known, ...named, workflows, currency: caller.portal.currency }
  })
  serve(app, decisionApi.try, async ({ body }, caller) => {
    await insistOnRule(deps, caller.portal, body)
    return tryInRightsOf(deps, caller, body)
  })
  serve(app, decisionApi.create, async ({ body }, caller) => {
    await createRule(deps, caller, body)
    await offerTrigger(deps, caller, body)
    return listRules(db, caller.portal.id, now())
  })
  serve(app, decisionApi.change, async ({ params, body }, caller) => {
    await changeRule(deps, caller.portal, params.ruleId, body)
    await offerTrigger(deps, caller, body)
    return listRules(db, caller.portal.id, now())
  })
  serve(app, decisionApi.remove, async ({ params }, { portal }) => {
    await removeRule(db, portal.id, params.ruleId)
    return listRules(db, portal.id, now())
  })
}

/** Whoever sets a rule that fires our trigger finds it in the stages at once. A portal without automation refuses; the rule says so when it fires. */
async function offerTrigger({ host }: DecisionDeps, { portal, log }: Caller, { effects }: DecisionRuleInput): Promise<void> {
  if (effects.some(({ kind }) => kind === 'crm_trigger'))
    await registerDecisionTrigger(host.crm.for(portal.id, { lane: 'viewer' }), portal.language).catch((error: unknown) => log.warn({ err: error }, 'decision trigger'))
}

async function tryInRightsOf(deps: DecisionDeps, { portal }: Caller, rule: DecisionRuleInput) {
  const { tryRule } = await import('./try-rule.ts')
  const viewer = await viewerOf(deps.db, portal, rule.actsAs)
  if (!viewer)
    throw new AppError('action.no_person', { details: { userId: rule.actsAs } })
  return tryRule({ analyse: deps.analyse, pastEvents: (asker, { trigger }) => readPastEvents(deps.db, deps, asker, trigger) }, { portal, viewer, document: null, now: deps.now() }, rule)
}

function logRoutes(app: FastifyInstance, deps: DecisionDeps): void {
  const { db, host, now } = deps
  serve(app, decisionApi.log, async ({ query }, caller) => ({ ...await readLog(db, caller, query, pageSize), isAdmin: caller.viewer.isAdmin }))
  serve(app, decisionApi.export, async ({ query }, caller) => {
    const [{ logDocument }, { renderDocument }] = await Promise.all([import('./log-document.ts'), import('../../platform/documents/render-document.ts')])
    const { decisions, next } = await readLog(db, caller, query, mostExported)
    const { portal, viewer } = caller
    const { fileName, contentType, body } = await renderDocument(logDocument(decisions, {
      language: portal.language === 'fr' ? 'fr' : 'en', timeZone: portal.timeZone, now: now(), readerName: viewer.name, isCut: next !== null,
    }), query.format)
    return { fileName, contentType, base64: body.toString('base64') }
  })
  serve(app, decisionApi.approve, async ({ params: { decisionId }, body }, caller) => {
    await approve(db, caller, decisionId, body.comment, now())
    return readDecision(db, caller, decisionId)
  })
  serve(app, decisionApi.refuse, async ({ params: { decisionId }, body }, caller) => {
    await refuse(db, caller, decisionId, body.comment, now())
    return readDecision(db, caller, decisionId)
  })
  serve(app, decisionApi.undo, async ({ params: { decisionId } }, caller) => {
    await undoDecision({ ...deps, calls: portalId => dealCalls(host.crm.for(portalId, { lane: 'viewer' })) }, caller, decisionId)
    return readDecision(db, caller, decisionId)
  })
  serve(app, decisionApi.retry, async ({ params: { decisionId } }, caller) => {
    await retry(db, caller, decisionId, now())
    return readDecision(db, caller, decisionId)
  })
}

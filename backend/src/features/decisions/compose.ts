import type { FastifyBaseLogger } from 'fastify'
import { dealCalls } from '../../platform/bitrix24/decision-calls.ts'
import type { Host } from '../../platform/bitrix24/host.ts'
import { createLoop } from '../../platform/jobs/loop.ts'
import { notify } from '../../platform/notices/outbox.postgres.ts'
import type { Portals } from '../../platform/portals/portals.postgres.ts'
import { viewerOf } from '../../platform/portals/viewer-of.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { readDealFacts } from './deal-facts.postgres.ts'
import { decide, hold, isOwnEcho } from './decide.postgres.ts'
import { claimEffects, endEffect, lapseProposals, postponeEffect, releaseEffects, rememberBefore, type ClaimedEffect } from './effects.postgres.ts'
import { forgetEvent, noteDueRules, noteLook, releaseEvents, rulesFor, takeEvents } from './events.postgres.ts'
import { lookAt, type LookDeps } from './look-at.ts'
import { performEffect, type PerformDeps } from './perform-effect.ts'
import type { DecisionPorts } from './ports.ts'
import { tellTrouble } from './rule-trouble.postgres.ts'

export interface DecisionParts extends DecisionPorts {
  readonly db: Database
  readonly host: Pick<Host, 'crm'>
  readonly portals: Pick<Portals, 'find'>
  readonly now: () => Date
  readonly log: Pick<FastifyBaseLogger, 'error'>
}

export interface Decisions {
  /** Looks at what happened and does what was decided. True when there may be more. */
  round(): Promise<boolean>
  start(options: { isSoleOwner: boolean }): Promise<void>
  stop(graceMs: number): Promise<void>
}

const everyMs = 3_000
const dueMs = 20_000
const atOnce = 20

/** Wires the rules: events and effects are their own queues, taken under leases and ended once. */
export function composeDecisions(parts: DecisionParts): Decisions {
  const { db, portals, now, log } = parts
  const look = lookDeps(parts)
  const perform = performDeps(parts)

  async function round(): Promise<boolean> {
    const events = await takeEvents(db, atOnce, now())
    for (const happened of events)
      await lookAt(look, happened).catch((error: unknown) => log.error({ err: error, eventId: happened.eventId }, 'decision event'))
    const effects = await claimEffects(db, atOnce, now())
    for (const one of effects)
      await performEffect(perform, one).catch((error: unknown) => log.error({ err: error, decisionId: one.decisionId }, 'decision effect'))
    return events.length > 0 || effects.length > 0
  }

  async function due(): Promise<boolean> {
    await noteDueRules(db, portals.find, parts, now())
    await lapseProposals(db, now())
    return false
  }

  const loop = createLoop([{ everyMs, work: round }, { everyMs: dueMs, firstMs: dueMs / 4, work: due }], error => log.error({ err: error }, 'decisions'))
  return {
    async round() {
      await due()
      return round()
    },
    async start({ isSoleOwner }) {
      if (isSoleOwner) {
        await releaseEvents(db)
        await releaseEffects(db, now())
      }
      loop.start()
    },
    stop: loop.stop,
  }
}

const lookDeps = ({ db, portals, now, analyse }: DecisionParts): LookDeps => ({
  analyse, now,
  findPortal: portals.find,
  rulesFor: happened => rulesFor(db, happened),
  isOwnEcho: (rule, happened) => isOwnEcho(db, rule, happened),
  viewerOf: (portal, userId) => viewerOf(db, portal, userId),
  dealOf: (asker, dealId) => readDealFacts(db, asker, dealId),
  noteLook: (portalId, ruleId, seen) => noteLook(db, portalId, ruleId, seen),
  decide: finding => decide(db, finding, now()),
  hold: (finding, reason) => hold(db, finding, reason, now()),
  forget: happened => forgetEvent(db, happened),
})

const performDeps = ({ db, host, portals, now, planStatus }: DecisionParts): PerformDeps => ({
  planStatus, now,
  findPortal: portals.find,
  viewerOf: (portal, userId) => viewerOf(db, portal, userId),
  dealOf: (asker, dealId) => readDealFacts(db, asker, dealId),
  calls: portalId => dealCalls(host.crm.for(portalId, { lane: 'background' })),
  rememberBefore: (one, before) => rememberBefore(db, one, before),
  end: (one, ending, write) => db.transaction().execute(async (tx) => {
    await write?.(tx)
    await endEffect(tx, one, ending, now())
    const portal = ending.state === 'failed' ? await portals.find(one.portalId) : null
    if (portal)
      await tellTrouble(tx, 'failed', { portal, ruleName: one.ruleName, key: one.decisionId })
  }),
  postpone: (one, until, errorCode) => postponeEffect(db, one, until, errorCode),
  tell: (tx, one, userIds, dealTitle) => tell(tx as Tx, one, userIds, dealTitle),
})

const tell = (tx: Tx, { portalId, decisionId, position, ruleName, message, dealId }: ClaimedEffect, userIds: readonly number[], dealTitle: string | null): Promise<void> => notify(tx, {
  portalId, key: `decision/${decisionId}/${position}`, kind: 'decision_made', recipients: userIds,
  params: { subject: ruleName, record: dealTitle ?? '', text: message }, link: dealId === null ? { to: 'page', path: '/decisions' } : { to: 'deal', dealId },
})

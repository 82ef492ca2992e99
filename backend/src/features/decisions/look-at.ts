import { AppError } from '@comptoir/shared/errors'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { HeldReason } from '../../platform/storage/tables/decisions.ts'
import type { DealFacts } from './deal-facts.ts'
import { judge, type Judged } from './judge.ts'
import type { Asker, DecisionPorts } from './ports.ts'
import { isOfRecord } from './rule-trouble.ts'
import type { StoredRule } from './rules.postgres.ts'
import { concerns, type Happened } from './what-happened.ts'

export interface Finding {
  readonly portal: PortalRecord
  readonly rule: StoredRule
  readonly happened: Happened
  readonly deal: DealFacts | null
  readonly judged: Judged
}

export interface LookDeps extends Pick<DecisionPorts, 'analyse'> {
  readonly findPortal: (portalId: number) => Promise<PortalRecord | null>
  readonly rulesFor: (happened: Happened) => Promise<readonly StoredRule[]>
  /** The deal moved because this very rule has moved it. */
  readonly isOwnEcho: (rule: StoredRule, happened: Happened) => Promise<boolean>
  readonly viewerOf: (portal: PortalRecord, userId: number) => Promise<Viewer | null>
  readonly dealOf: (asker: Pick<Asker, 'portal' | 'viewer'>, dealId: number) => Promise<DealFacts | null>
  readonly noteLook: (portalId: number, ruleId: string, look: { message: string | null, isMet: boolean | null, at: Date }) => Promise<void>
  readonly decide: (finding: Finding) => Promise<void>
  readonly hold: (finding: Finding, reason: HeldReason) => Promise<void>
  readonly forget: (happened: Happened) => Promise<void>
  readonly now: () => Date
}

/** Every rule that waits for it looks at what happened, once; it is forgotten when all have. */
export async function lookAt(deps: LookDeps, happened: Happened): Promise<void> {
  const portal = await deps.findPortal(happened.portalId)
  if (portal?.status === 'installed') {
    for (const rule of await deps.rulesFor(happened)) {
      if (concerns(rule.trigger, happened) && !await deps.isOwnEcho(rule, happened))
        await lookWith(deps, portal, rule, happened)
    }
  }
  await deps.forget(happened)
}

async function lookWith(deps: LookDeps, portal: PortalRecord, rule: StoredRule, happened: Happened): Promise<void> {
  const nothing: Judged = { isMet: false, message: '', numbers: {} }
  const viewer = await deps.viewerOf(portal, rule.actsAs)
  if (!viewer)
    return deps.hold({ portal, rule, happened, deal: null, judged: nothing }, 'no_person')
  const deal = happened.dealId === null ? null : await deps.dealOf({ portal, viewer }, happened.dealId)
  // A deal that is gone is nobody's business any more.
  if (happened.dealId !== null && !deal)
    return
  if (deal && !deal.isVisible)
    return deps.hold({ portal, rule, happened, deal, judged: nothing }, 'no_right')
  const asker: Asker = { portal, viewer, now: deps.now(), document: deal && { entityTypeId: 2, entityId: deal.dealId } }
  const judged = await judge(deps, asker, rule.condition, deal?.amountMinor ?? null).catch((error: unknown) => {
    if (error instanceof AppError && !error.isRetryable)
      return error
    throw error
  })
  if (judged instanceof AppError) {
    if (!isOfRecord(judged.code))
      await deps.noteLook(portal.id, rule.ruleId, { message: null, isMet: null, at: asker.now })
    return deps.hold({ portal, rule, happened, deal, judged: { ...nothing, message: judged.code } }, 'no_answer')
  }
  await deps.noteLook(portal.id, rule.ruleId, { message: judged.message, isMet: judged.isMet, at: asker.now })
  if (judged.isMet)
    await deps.decide({ portal, rule, happened, deal, judged })
}

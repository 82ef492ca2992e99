import type { RuleTrial } from '@comptoir/shared/decisions/decision.contract'
import type { DecisionRuleInput } from '@comptoir/shared/decisions/decision-rule'
import { playRule } from '@comptoir/shared/decisions/guard-rails'
import { dayAt } from '@comptoir/shared/insights/calendar'
import { AppError } from '@comptoir/shared/errors'
import { asOf } from './as-of.ts'
import { judge, type Judged } from './judge.ts'
import type { PastEvent, PastEvents } from './past-events.postgres.ts'
import type { Asker, DecisionPorts } from './ports.ts'

const mostExamples = 5

export interface TryDeps extends Pick<DecisionPorts, 'analyse'> {
  readonly pastEvents: (asker: Asker, rule: DecisionRuleInput) => Promise<PastEvents>
}

const nothing = { occasions: 0, isCut: false, amountsSince: null, decided: 0, held: 0, unmet: 0, unknown: 0, examples: [] }

/** The last 30 days as the rule would have lived them, its guard rails up; nothing is written. */
export async function tryRule(deps: TryDeps, asker: Asker, rule: DecisionRuleInput): Promise<RuleTrial> {
  if (rule.condition.kind === 'analysis' && asOf(rule.condition.settings, asker) === null)
    return { ...nothing, refusal: 'only_now' }
  const past = await deps.pastEvents(asker, rule)
  const dayOf = (at: Date): string => dayAt(at, asker.portal.timeZone)
  const byDay = new Map<string, Judged | null>()
  const occasions: (PastEvent & { isMet: boolean | null, message: string })[] = []
  for (const event of past.events) {
    const judged = await judgedThen(deps, asker, rule, event, byDay)
    occasions.push({ ...event, isMet: judged?.isMet ?? null, message: judged?.message ?? '' })
  }
  const played = playRule(occasions, rule.guards, dayOf)
  const count = (...outcomes: readonly string[]): number => played.filter(({ outcome }) => outcomes.includes(outcome)).length
  return {
    refusal: null, occasions: played.length, isCut: past.isCut, amountsSince: usesAmount(rule) ? past.amountsSince?.toISOString() ?? null : null, decided: count('decided'), held: count('limit', 'quiet', 'loop'), unmet: count('unmet'), unknown: count('unknown'),
    examples: played.filter(({ outcome }) => outcome === 'decided').slice(-mostExamples).toReversed()
      .map(({ at, subject, title, message }) => ({ at: at.toISOString(), dealId: subject, dealTitle: title, message })),
  }
}

const usesAmount = ({ trigger, condition }: DecisionRuleInput): boolean => trigger.kind === 'deal_amount' || condition.kind === 'deal_amount'

/** An analysis is the same all day; a deal's own amount is the one it had then. */
async function judgedThen(deps: TryDeps, asker: Asker, { condition }: DecisionRuleInput, event: PastEvent, byDay: Map<string, Judged | null>): Promise<Judged | null> {
  const then: Asker = { ...asker, now: event.at, document: event.subject === null ? null : { entityTypeId: 2, entityId: event.subject } }
  if (condition.kind !== 'analysis')
    return judge(deps, then, condition, event.amountMinor)
  const day = dayAt(event.at, asker.portal.timeZone)
  const known = byDay.get(day)
  if (known !== undefined)
    return known
  const settings = asOf(condition.settings, then)
  const judged = settings && await judge(deps, then, { ...condition, settings }, event.amountMinor).catch((error: unknown) => {
    if (error instanceof AppError && !error.isRetryable)
      return null
    throw error
  })
  byDay.set(day, judged)
  return judged
}

import { decisionApi, type DecisionRule, type LoggedDecision, type LogFilters, type RuleTrial } from '@comptoir/shared/decisions/decision.contract'
import type { DecisionRuleInput } from '@comptoir/shared/decisions/decision-rule'
import { useQuery, useQueryCache } from '@pinia/colada'
import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { call } from '../../platform/api.ts'

const rulesKey = ['decisions', 'rules']

export const useRules = (isWanted: () => boolean) =>
  useQuery({ key: rulesKey, query: ({ signal }) => call(decisionApi.rules, {}, { signal }), enabled: isWanted, staleTime: 0 })

export const useRuleChoices = () => useQuery({ key: ['decisions', 'choices'], query: ({ signal }) => call(decisionApi.choices, {}, { signal }) })

/** Asked anew when the rule changes; the last answer stays while the next is on its way. */
export const useTrial = (rule: () => DecisionRuleInput | null) => useQuery({
  key: () => ['decisions', 'trial', JSON.stringify(rule())],
  query: ({ signal }) => call(decisionApi.try, { body: rule() as DecisionRuleInput }, { signal }),
  enabled: () => rule() !== null,
  placeholderData: (previous: RuleTrial | undefined) => previous,
})

export interface RuleWrites {
  create: (rule: DecisionRuleInput) => Promise<void>
  change: (rule: DecisionRule, change: Partial<DecisionRuleInput> & { isOn?: boolean }) => Promise<void>
  remove: (ruleId: string) => Promise<void>
}

export const inputOf = ({ name, trigger, condition, effects, guards, actsAs }: DecisionRuleInput): DecisionRuleInput => ({ name, trigger, condition, effects, guards, actsAs })

export function useRuleWrites(): RuleWrites {
  const cache = useQueryCache()
  const keep = (rules: DecisionRule[]): void => cache.setQueryData(rulesKey, rules)
  return {
    create: async body => keep(await call(decisionApi.create, { body })),
    async change(rule, change) {
      keep(await call(decisionApi.change, { params: { ruleId: rule.ruleId }, body: { ...inputOf(rule), isOn: rule.isOn, version: rule.version, ...change } }))
    },
    remove: async ruleId => keep(await call(decisionApi.remove, { params: { ruleId } })),
  }
}

export interface Log {
  readonly decisions: ShallowRef<readonly LoggedDecision[]>
  readonly next: Ref<string | null>
  readonly isLoading: Ref<boolean>
  readonly error: ShallowRef<unknown>
  reload: () => Promise<void>
  more: () => Promise<void>
  /** Shows a decision as an answer has it now. */
  keep: (decision: LoggedDecision) => void
}

/** The log page by page; a change of the filters begins anew. */
export function useLog(filters: () => LogFilters): Log {
  const decisions = shallowRef<readonly LoggedDecision[]>([])
  const next = ref<string | null>(null)
  const isLoading = ref(true)
  const error = shallowRef<unknown>(null)
  let running: AbortController | null = null

  async function ask(before: string | null): Promise<void> {
    running?.abort()
    const mine = running = new AbortController()
    isLoading.value = true
    try {
      const page = await call(decisionApi.log, { query: { ...filters(), ...before && { before } } }, { signal: mine.signal })
      if (mine.signal.aborted)
        return
      decisions.value = before ? [...decisions.value, ...page.decisions] : page.decisions
      next.value = page.next
      error.value = null
    }
    catch (cause) {
      if (mine.signal.aborted)
        return
      error.value = cause
    }
    isLoading.value = false
  }
  watch(() => JSON.stringify(filters()), () => void ask(null), { immediate: true })
  return {
    decisions, next, isLoading, error,
    reload: () => ask(null),
    more: () => ask(next.value),
    keep(decision) {
      decisions.value = decisions.value.map(one => one.decisionId === decision.decisionId ? decision : one)
    },
  }
}

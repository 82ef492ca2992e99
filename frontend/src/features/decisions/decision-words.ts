import type { DecisionRule, DecisionState, LoggedDecision, LoggedEffect } from '@comptoir/shared/decisions/decision.contract'
import type { StatusTone } from '../../ui/StatusBadge.vue'
import { formatNumber } from '../../platform/format/format.ts'
import { hasText, t } from '../../platform/i18n/i18n.ts'

const tones: Readonly<Record<DecisionState, StatusTone>> = {
  waiting: 'warning', working: 'info', done: 'success', failed: 'alert', refused: 'neutral', lapsed: 'neutral', held: 'neutral', undone: 'info',
}

export const stateBadge = ({ state }: Pick<LoggedDecision, 'state'>): { readonly label: string, readonly tone: StatusTone } =>
  ({ label: t(`decisions.states.${state}`), tone: tones[state] })

/** « Étape : Qualification → Proposition », or which source was read. */
export function eventText({ event: { kind, before, after, source } }: Pick<LoggedDecision, 'event'>): string {
  const name = t(`decisions.happened.${kind}`)
  if (kind === 'source')
    return hasText(`decisions.sources.${source}`) ? `${name} (${t(`decisions.sources.${source as 'crm'}`)})` : name
  return before === null && after === null ? name : `${name} ${before ?? '—'} → ${after ?? '—'}`
}

export function effectText({ effect, subject, before }: LoggedEffect): string {
  const name = t(`decisions.effects.${effect.kind}`)
  switch (effect.kind) {
    case 'vendor_status': {
      const move = `${before === null ? '' : `${t(`decisions.statuses.${before as 'active'}`)} → `}${t(`decisions.statuses.${effect.status}`)}`
      return `${name} ${subject === null ? '' : `${subject}, `}${move}`
    }
    case 'deal_stage': return `${name} ${before === null ? '' : `${before} → `}${subject ?? effect.stageId}`
    case 'task': return `${t('decisions.quotedTask', { name, title: effect.title })}${subject === null ? '' : `, ${subject}`}`
    case 'notify':
    case 'crm_trigger':
    case 'workflow': return subject === null ? name : `${name} ${subject}`
  }
}

/** The figures behind a decision, named as the analysis names what it returns. */
export function numbersOf({ numbers }: Pick<LoggedDecision, 'numbers'>): { readonly name: string, readonly value: string }[] {
  const named = ['text', 'value', 'previous', 'change', 'threshold', 'low', 'high', 'pastError', 'unit', 'month', 'verdict', 'subject'] as const
  return named.flatMap((id) => {
    const value = numbers[id]
    if (value === null || value === undefined || value === '' || typeof value === 'boolean')
      return []
    const key = `actions.values.${id}.${value}`
    return [{ name: t(`decisions.numbers.${id}`), value: typeof value === 'number' ? formatNumber(value) : hasText(key) ? t(key) : value }]
  })
}

/** When, and if: a rule in a line. */
export function ruleText({ trigger, condition }: Pick<DecisionRule, 'trigger' | 'condition'>): string {
  const when = t(`decisions.triggers.${trigger.kind}`)
  const what = condition.kind === 'analysis' ? t(`actions.operations.${condition.settings.operation as 'comparison'}.name`) : t(`decisions.conditions.${condition.kind}`)
  return `${when} → ${what}`
}

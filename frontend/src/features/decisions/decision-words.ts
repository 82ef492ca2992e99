import type { DecisionRule, DecisionState, LoggedDecision, LoggedEffect } from '@comptoir/shared/decisions/decision.contract'
import type { StatusTone } from '../../ui/StatusBadge.vue'
import type { DecisionCondition } from '@comptoir/shared/decisions/decision-rule'
import { formatMoney, formatNumber, portalCurrency } from '../../platform/format/format.ts'
import { settingUnit } from '../../platform/format/setting-unit.ts'
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

/** What an effect does, and to what: « Changer l’étape de l’affaire : Négociation → Proposition ». */
export function effectText(logged: LoggedEffect): string {
  const name = t(`decisions.effects.${logged.effect.kind}`)
  const what = whatOf(logged)
  return what === '' ? name : t('decisions.named', { name, what })
}

function whatOf({ effect, subject, before }: LoggedEffect): string {
  const from = (text: string): string => before === null ? '' : `${text} → `
  const joined = (...parts: readonly (string | null)[]): string => parts.filter(part => part !== null && part !== '').join(', ')
  switch (effect.kind) {
    case 'vendor_status': return joined(subject, `${from(t(`decisions.statuses.${before as 'active'}`))}${t(`decisions.statuses.${effect.status}`)}`)
    case 'deal_stage': return `${from(before ?? '')}${subject ?? effect.stageId}`
    case 'task': return joined(t('decisions.quoted', { title: effect.title }), subject)
    case 'notify':
    case 'crm_trigger':
    case 'workflow': return subject ?? ''
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
export const ruleText = ({ trigger, condition }: Pick<DecisionRule, 'trigger' | 'condition'>): string =>
  `${t(`decisions.triggers.${trigger.kind}`)} → ${conditionText(condition)}`

const signs = { at_least: '≥', above: '>', at_most: '≤', below: '<' } as const
const isSign = (direction: string | undefined): direction is keyof typeof signs => direction !== undefined && direction in signs

/** An expression of the process stays as it was written. */
const limitText = (threshold: string): string => threshold !== '' && Number.isFinite(Number(threshold)) ? formatNumber(Number(threshold)) : threshold

function conditionText(condition: DecisionCondition): string {
  switch (condition.kind) {
    case 'always': return t('decisions.conditions.always')
    case 'deal_amount': return `${t('decisions.conditions.deal_amount')} ${signs[condition.direction]} ${formatMoney({ minor: condition.minor, currency: portalCurrency() })}`
    case 'analysis': {
      const { operation, metric, direction, threshold = '' } = condition.settings
      const name = t(`actions.operations.${operation as 'comparison'}.name`)
      if (!hasText(`actions.options.metric.${metric}`))
        return name
      const limit = isSign(direction) ? ` ${signs[direction]} ${limitText(threshold)}\u00A0${settingUnit({ id: 'threshold', kind: 'number' }, condition.settings) ?? ''}`.trimEnd() : ''
      return t('decisions.named', { name, what: `${t(`actions.options.metric.${metric as 'win_rate'}`)}${limit}` })
    }
  }
}

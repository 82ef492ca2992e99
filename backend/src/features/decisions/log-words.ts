import type { LoggedDecision } from '@comptoir/shared/decisions/decision.contract'
import type { DecisionTriggerKind } from '@comptoir/shared/decisions/decision-rule'
import { toMajor } from '@comptoir/shared/money'
import type { Names } from './names.postgres.ts'
import type { EventFacts } from './what-happened.ts'

/** What happened, with stages by name and amounts written out in the portal's language. */
export function eventWords({ kind, before, after, currency, source }: EventFacts & { readonly kind: DecisionTriggerKind }, names: Pick<Names, 'stage'>, portal: { readonly language: string, readonly currency: string }): LoggedDecision['event'] {
  const write = (value: string | number | null | undefined): string | null => {
    if (value === null || value === undefined)
      return null
    return kind === 'deal_amount' ? amount(Number(value), currency ?? portal.currency, portal.language) : names.stage(String(value))
  }
  return { kind, before: write(before), after: write(after), source: source ?? null }
}

function amount(minor: number, currency: string, language: string): string {
  const major = toMajor(minor, currency)
  try {
    return new Intl.NumberFormat(language, { style: 'currency', currency }).format(major)
  }
  catch {
    return `${new Intl.NumberFormat(language).format(major)} ${currency}`
  }
}

import { isOnSide, type DecisionCondition } from '@comptoir/shared/decisions/decision-rule'
import type { ReturnValue } from '@comptoir/shared/actions/action.contract'
import { toMajor } from '@comptoir/shared/money'
import type { Asker, DecisionPorts } from './ports.ts'

export interface Judged {
  readonly isMet: boolean
  readonly message: string
  /** What led to it, by the names of an analysis's values. */
  readonly numbers: Readonly<Record<string, ReturnValue>>
}

/** Whether the condition holds for this record, now, as the rule's person sees it. */
export async function judge({ analyse }: Pick<DecisionPorts, 'analyse'>, asker: Asker, condition: DecisionCondition, amountMinor: number | null): Promise<Judged> {
  const { currency, language } = asker.portal
  const isFrench = language === 'fr'
  switch (condition.kind) {
    case 'always':
      return { isMet: true, message: isFrench ? 'Sans condition.' : 'Without a condition.', numbers: {} }
    case 'deal_amount': {
      const write = (minor: number | null): string => minor === null ? (isFrench ? 'inconnu' : 'unknown') : written(language, toMajor(minor, currency), currency)
      return {
        isMet: isOnSide(amountMinor, condition),
        message: isFrench ? `Montant de l’affaire : ${write(amountMinor)} ; seuil : ${write(condition.minor)}.` : `Amount of the deal: ${write(amountMinor)}; threshold: ${write(condition.minor)}.`,
        numbers: { value: amountMinor === null ? null : toMajor(amountMinor, currency), threshold: toMajor(condition.minor, currency), unit: currency },
      }
    }
    case 'analysis': {
      const { verdict, message, numbers } = await analyse(asker, condition.settings)
      return { isMet: condition.verdicts.includes(verdict), message, numbers: { ...numbers, verdict } }
    }
  }
}

function written(language: string, major: number, currency: string): string {
  try {
    return new Intl.NumberFormat(language, { style: 'currency', currency }).format(major)
  }
  catch {
    return `${new Intl.NumberFormat(language).format(major)} ${currency}`
  }
}

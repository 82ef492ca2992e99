import { toMinor } from '@comptoir/shared/money'
import type { MeasureId } from '@comptoir/shared/scorecards/measure'
import type { EvidenceRow } from '@comptoir/shared/scorecards/scorecard-card.schema'
import { formatDate } from '../../platform/format/dates.ts'
import { formatMoney, formatNumber, NO_VALUE } from '../../platform/format/format.ts'
import { hasText, t } from '../../platform/i18n/i18n.ts'
import type { DataColumn } from '../../ui/data-table.ts'
import { documentText } from './score-words.ts'

type Column = DataColumn<EvidenceRow>

export const outcomeText = (outcome: string): string => {
  const key = `scorecards.evidence.outcomes.${outcome}`
  return hasText(key) ? t(key) : outcome
}
const days = (value: number | null): string => value === null ? NO_VALUE : t('scorecards.units.days', { value: formatNumber(Math.round(value * 10) / 10) })
const hours = (value: number | null): string => value === null ? NO_VALUE : t('scorecards.units.hours', { value: formatNumber(Math.round(value * 10) / 10) })
const number = (key: keyof EvidenceRow & ('quantity' | 'part' | 'amount' | 'paid' | 'reference'), label: string, write: (value: number | null) => string = formatNumber): Column =>
  ({ key, label, align: 'end', sortBy: row => row[key], text: row => write(row[key]) })

const label: Column = { key: 'label', label: '', sortBy: row => row.label, text: row => row.label }
const on: Column = { key: 'on', label: '', sortBy: row => row.on, text: row => formatDate(row.on) }
const outcome: Column = { key: 'outcome', label: '', sortBy: row => outcomeText(row.outcome), text: row => outcomeText(row.outcome) }

/** What there is to see of the documents behind a measure. */
export function evidenceColumns(measure: MeasureId, { currency, maySeeAmounts }: { currency: string, maySeeAmounts: boolean }): Column[] {
  const money = (value: number | null): string => value === null ? NO_VALUE : formatMoney({ minor: toMinor(value, currency) ?? 0, currency })
  const head = [{ ...label, label: t('scorecards.evidence.document') }, { ...on, label: t('scorecards.evidence.on') }]
  const end = { ...outcome, label: t('scorecards.evidence.outcome') }
  const quantity = number('quantity', t('scorecards.evidence.quantity'))
  switch (measure) {
    case 'otd':
    case 'otif':
    case 'otifRequested':
    case 'meanDaysLate': return [...head, quantity, number('part', t('scorecards.evidence.part.delivered')), number('amount', t('scorecards.evidence.late'), days), end]
    case 'promiseDrift': return [...head, quantity, number('amount', t('scorecards.evidence.drift'), days), end]
    case 'ppm': return [...head, quantity, number('part', t('scorecards.evidence.part.rejected')), end]
    case 'ppv': return [
      ...head, quantity,
      ...maySeeAmounts ? [number('paid', t('scorecards.evidence.paid'), money), number('reference', t('scorecards.evidence.reference'), money)] : [],
      { key: 'referenceSource', label: t('scorecards.evidence.source'), isSecondary: true, text: row => row.referenceSource ? t(`scorecards.evidence.sources.${row.referenceSource}`) : NO_VALUE },
      end,
    ]
    case 'invoiceAccuracy': return [...head, end]
    case 'responsiveness': return [...head, number('amount', t('scorecards.evidence.hours'), hours), end]
    case 'compliance': return [{ ...label, label: t('scorecards.evidence.document'), text: row => documentText(row.label) }, number('part', t('scorecards.evidence.part.weight')), end]
  }
}

import type { BucketKind } from '@comptoir/shared/insights/bucket'
import type { Dimension } from '@comptoir/shared/insights/metric'
import type { PeriodKind } from '@comptoir/shared/insights/period'

export type Language = 'fr' | 'en'

/** Words of files; the pages say the same from their locales. */
export const reportWords = {
  fr: {
    period: 'Période', segment: 'Segment', rights: 'Droits', people: 'Responsables', pipelines: 'Pipelines', total: 'Total', records: 'Enregistrements', none: 'Non renseigné', pipeline: 'Général', by: '{metric} par {dimension}', across: '{metric} par {dimension} et {other}', against: '{metric} et {other} par {dimension}', others: 'Autres', cumulative: 'Cumul',
    goal: 'objectif', before: 'période précédente', ofGoal: '{rate} de {goal} ({what})', in: '{metric} ({period})', between: 'du {from} au {to}',
    summary: '{title} : {total} au total. Le plus élevé : {best}.', nothing: 'Aucune donnée sur cette période.', first: '{shown} premiers sur {all}.', firstWithRest: '{shown} premiers sur {all} ; les autres : {rest} au total.', firstOfMany: '{shown} premiers ; tous les autres : {rest} au total.', change: '{change} ({before} sur la période précédente)', points: '{change} pt', span: '{period} ({between})', quarter: 'T{quarter} {year}', week: 'sem. du {day}', days: '{days} j',
    scenarios: 'Scénarios', scenario: 'Scénario', start: 'Départ', noScenario: 'Aucun de ces scénarios ne vous est accessible.',
    outcomes: { revenue: 'Chiffre d’affaires', cost: 'Achats', margin: 'Marge', marginRate: 'Taux de marge', tiedUp: 'Trésorerie immobilisée' },
    ages: { not_due: 'À échoir', days_1_30: '1 à 30 jours', days_31_60: '31 à 60 jours', days_61_90: '61 à 90 jours', days_over_90: 'Plus de 90 jours', credits: 'Avoirs', none: 'Sans échéance' },
    dimensions: { time: 'période', stage: 'étape', pipeline: 'pipeline', responsible: 'responsable', customer: 'client', source: 'source', vendor: 'fournisseur', age: 'retard', channel: 'canal', campaign: 'campagne' },
    periods: { last_7_days: '7 derniers jours', last_30_days: '30 derniers jours', last_3_months: '3 derniers mois', last_6_months: '6 derniers mois', this_month: 'Ce mois-ci', last_month: 'Mois dernier', this_quarter: 'Ce trimestre', last_quarter: 'Trimestre dernier', this_year: 'Cette année', last_year: 'Année dernière', last_12_months: '12 derniers mois', all: 'Toutes les dates', custom: 'Dates choisies' },
  },
  en: {
    period: 'Period', segment: 'Segment', rights: 'Rights', people: 'People responsible', pipelines: 'Pipelines', total: 'Total', records: 'Records', none: 'Not given', pipeline: 'General', by: '{metric} by {dimension}', across: '{metric} by {dimension} and {other}', against: '{metric} and {other} by {dimension}', others: 'Others', cumulative: 'Cumulative',
    goal: 'goal', before: 'previous period', ofGoal: '{rate} of {goal} ({what})', in: '{metric} ({period})', between: '{from} to {to}',
    summary: '{title}: {total} in total. Highest: {best}.', nothing: 'No data in this period.', first: 'First {shown} of {all}.', firstWithRest: 'First {shown} of {all}; the others come to {rest}.', firstOfMany: 'First {shown}; all the others come to {rest}.', change: '{change} ({before} in the previous period)', points: '{change} pt', span: '{period} ({between})', quarter: 'Q{quarter} {year}', week: 'week of {day}', days: '{days} d',
    scenarios: 'Scenarios', scenario: 'Scenario', start: 'Start', noScenario: 'None of these scenarios is available to you.',
    outcomes: { revenue: 'Revenue', cost: 'Purchases', margin: 'Margin', marginRate: 'Margin rate', tiedUp: 'Cash tied up' },
    ages: { not_due: 'Not due', days_1_30: '1 to 30 days', days_31_60: '31 to 60 days', days_61_90: '61 to 90 days', days_over_90: 'Over 90 days', credits: 'Credit notes', none: 'No due date' },
    dimensions: { time: 'period', stage: 'stage', pipeline: 'pipeline', responsible: 'responsible', customer: 'customer', source: 'source', vendor: 'vendor', age: 'age', channel: 'channel', campaign: 'campaign' },
    periods: { last_7_days: 'Last 7 days', last_30_days: 'Last 30 days', last_3_months: 'Last 3 months', last_6_months: 'Last 6 months', this_month: 'This month', last_month: 'Last month', this_quarter: 'This quarter', last_quarter: 'Last quarter', this_year: 'This year', last_year: 'Last year', last_12_months: 'Last 12 months', all: 'All dates', custom: 'Chosen dates' },
  },
} as const satisfies Record<Language, { dimensions: Record<Dimension, string>, periods: Record<PeriodKind, string> } & Record<string, unknown>>

export const filled = (text: string, params: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole)

export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** A piece of time as an axis names it. */
export function bucketName(bucket: BucketKind, key: string, language: Language): string {
  const write = (options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...options }).format(new Date(`${key.slice(0, 10)}T00:00:00Z`))
  switch (bucket) {
    case 'day': return write({ dateStyle: 'short' })
    case 'week': return filled(reportWords[language].week, { day: write({ dateStyle: 'short' }) })
    case 'month': return write({ month: 'short', year: '2-digit' })
    case 'quarter': return filled(reportWords[language].quarter, { quarter: String((Number(key.slice(5, 7)) + 2) / 3), year: key.slice(0, 4) })
    case 'year': return key.slice(0, 4)
  }
}

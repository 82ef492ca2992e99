import type { MetricId } from './metric.ts'

/** What each metric is called where no page is at hand: workflow logs, files, notices. Pages say the same from their locales. */
export const metricNames: Readonly<Record<'fr' | 'en', Readonly<Record<MetricId, string>>>> = {
  fr: {
    revenue_won: 'Chiffre d’affaires gagné', deals_won: 'Affaires gagnées', deals_lost: 'Affaires perdues', win_rate: 'Taux de réussite',
    win_rate_value: 'Taux de réussite en valeur', average_deal: 'Affaire moyenne', sales_cycle: 'Cycle de vente', sales_cycle_mean: 'Cycle de vente moyen',
    pipeline_open: 'Pipeline ouvert', deals_open: 'Affaires ouvertes', spend_total: 'Dépenses',
  },
  en: {
    revenue_won: 'Revenue won', deals_won: 'Deals won', deals_lost: 'Deals lost', win_rate: 'Win rate',
    win_rate_value: 'Win rate by value', average_deal: 'Average deal', sales_cycle: 'Sales cycle', sales_cycle_mean: 'Mean sales cycle',
    pipeline_open: 'Open pipeline', deals_open: 'Open deals', spend_total: 'Spend',
  },
}

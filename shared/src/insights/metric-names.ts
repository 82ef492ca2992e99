import type { MetricId } from './metric.ts'

/** What each metric is called where no page is at hand: workflow logs, files, notices. Pages say the same from their locales. */
export const metricNames: Readonly<Record<'fr' | 'en', Readonly<Record<MetricId, string>>>> = {
  fr: {
    revenue_won: 'Chiffre d’affaires gagné', deals_won: 'Affaires gagnées', deals_lost: 'Affaires perdues', lost_value: 'Montant perdu',
    win_rate: 'Taux de réussite', win_rate_value: 'Taux de réussite en valeur', cohort_win_rate: 'Taux de réussite par cohorte', average_deal: 'Affaire moyenne',
    median_deal: 'Affaire médiane', sales_cycle: 'Cycle de vente', sales_cycle_mean: 'Cycle de vente moyen', sales_velocity: 'Vélocité des ventes par jour',
    new_deals: 'Nouvelles affaires', new_deals_value: 'Montant des nouvelles affaires', pipeline_open: 'Pipeline ouvert', deals_open: 'Affaires ouvertes',
    pipeline_planned: 'Pipeline prévu sur la période', pipeline_weighted: 'Pipeline pondéré', pipeline_weighted_won: 'Pipeline pondéré, gagné compris', coverage: 'Couverture de l’objectif',
    stale_share: 'Affaires stagnantes', slipped_deals: 'Affaires reportées', slipped_value: 'Montant reporté', slip_moves: 'Reports de clôture',
    retention: 'Rétention des clients', churn: 'Perte de clients', repeat_rate: 'Taux de réachat', deal_margin: 'Marge sur affaires',
    margin_coverage: 'Part du chiffre d’affaires à coûts connus', spend_total: 'Dépenses', vendors_active: 'Fournisseurs actifs', top_vendor_share: 'Part du premier fournisseur',
    spend_hhi: 'Concentration des achats (HHI)', on_time_delivery: 'Livraisons à l’heure et complètes', payables_open: 'Dettes fournisseurs', payables_issued: 'Factures à payer émises',
    overdue_share: 'Part des dettes échues', dpo: 'Délai moyen de paiement (DPO)',
    receivables_open: 'Créances clients', receivables_issued: 'Factures clients émises', dso: 'Délai moyen d’encaissement (DSO)',
    ad_spend: 'Dépense publicitaire', paid_leads: 'Prospects des canaux payants', paid_customers: 'Clients des canaux payants', paid_revenue: 'Chiffre d’affaires des canaux payants',
    cost_per_lead: 'Coût par prospect', cac: 'Coût d’acquisition d’un client (CAC)', roas: 'Retour sur dépense publicitaire (ROAS)',
  },
  en: {
    revenue_won: 'Revenue won', deals_won: 'Deals won', deals_lost: 'Deals lost', lost_value: 'Lost value',
    win_rate: 'Win rate', win_rate_value: 'Win rate by value', cohort_win_rate: 'Cohort win rate', average_deal: 'Average deal',
    median_deal: 'Median deal', sales_cycle: 'Sales cycle', sales_cycle_mean: 'Mean sales cycle', sales_velocity: 'Sales velocity per day',
    new_deals: 'New deals', new_deals_value: 'Value of new deals', pipeline_open: 'Open pipeline', deals_open: 'Open deals',
    pipeline_planned: 'Pipeline planned in the period', pipeline_weighted: 'Weighted pipeline', pipeline_weighted_won: 'Weighted pipeline with won', coverage: 'Coverage of the target',
    stale_share: 'Stale deals', slipped_deals: 'Slipped deals', slipped_value: 'Slipped value', slip_moves: 'Times put off',
    retention: 'Customer retention', churn: 'Customer churn', repeat_rate: 'Repeat rate', deal_margin: 'Deal margin',
    margin_coverage: 'Share of revenue with known costs', spend_total: 'Spend', vendors_active: 'Active vendors', top_vendor_share: 'Share of the top vendor',
    spend_hhi: 'Concentration of spend (HHI)', on_time_delivery: 'On time in full', payables_open: 'Payables', payables_issued: 'Payables issued',
    overdue_share: 'Overdue share of payables', dpo: 'Days payable outstanding (DPO)',
    receivables_open: 'Receivables', receivables_issued: 'Customer invoices issued', dso: 'Days sales outstanding (DSO)',
    ad_spend: 'Ad spend', paid_leads: 'Leads of paid channels', paid_customers: 'Customers of paid channels', paid_revenue: 'Revenue of paid channels',
    cost_per_lead: 'Cost per lead', cac: 'Customer acquisition cost (CAC)', roas: 'Return on ad spend (ROAS)',
  },
}

import { describe, expect, it } from 'vitest'
import type { metricIds } from '../insights/metric.ts'
import { understand as understandOn } from './question.ts'

const understand = (question: string) => understandOn(question, '2026-11-22')

describe('a question in plain words', () => {
  it.each([
    ['Chiffre d’affaires par mois', 'revenue_won', 'time', null, 'line'],
    ['CA gagné cette année', 'revenue_won', null, 'this_year', 'number'],
    ['évolution des ventes sur les 12 derniers mois', 'revenue_won', 'time', 'last_12_months', 'line'],
    ['taux de réussite par vendeur le mois dernier', 'win_rate', 'responsible', 'last_month', 'bar-across'],
    ['Qui gagne le plus d’affaires ?', 'revenue_won', 'responsible', null, 'bar-across'],
    ['répartition du pipeline par étape', 'pipeline_open', 'stage', null, 'doughnut'],
    ['dépenses par fournisseur l’an dernier', 'spend_total', 'vendor', 'last_year', 'bar-across'],
    ['top fournisseurs', 'spend_total', 'vendor', null, 'bar-across'],
    ['combien d’affaires gagnées ce trimestre', 'deals_won', null, 'this_quarter', 'number'],
    ['durée des ventes', 'sales_cycle', null, null, 'number'],
    ['panier moyen par mois', 'average_deal', 'time', null, 'line'],
    ['tableau des dépenses par mois', 'spend_total', 'time', null, 'table'],
    ['win rate by value', 'win_rate_value', null, null, 'number'],
    ['monthly revenue', 'revenue_won', 'time', null, 'line'],
    ['spend by supplier last quarter', 'spend_total', 'vendor', 'last_quarter', 'bar-across'],
    ['how many open deals', 'deals_open', null, null, 'number'],
    ['deals lost by month', 'deals_lost', 'time', null, 'line'],
    ['nos meilleurs clients cette année', 'revenue_won', 'customer', 'this_year', 'bar-across'],
    ['CA par client', 'revenue_won', 'customer', null, 'bar-across'],
    ['best customers', 'revenue_won', 'customer', null, 'bar-across'],
    ['affaires perdues par source', 'deals_lost', 'source', null, 'bar-across'],
    ['coût par lead par canal', 'cost_per_lead', 'channel', null, 'bar-across'],
    ['qui vend le plus ?', 'revenue_won', 'responsible', null, 'bar-across'],
    ['how much did we sell last month', 'revenue_won', null, 'last_month', 'number'],
    ['balance âgée', 'payables_open', 'age', null, 'bar-across'],
    ['balance âgée clients', 'receivables_open', 'age', null, 'bar-across'],
    ['dettes fournisseurs par retard', 'payables_open', 'age', null, 'bar-across'],
    ['receivables by age', 'receivables_open', 'age', null, 'bar-across'],
    ['impayés clients', 'receivables_open', null, null, 'number'],
    ['overdue invoices', 'payables_overdue', null, null, 'number'],
    ['atteinte de l’objectif du mois', 'revenue_won', null, 'this_month', 'gauge'],
  ] as const)('« %s » asks for %s by %s', (question, metricId, by, period, figure) => {
    expect(understand(question)).toMatchObject({ metricId, by, period: period && { period }, figure, unheard: [], unfit: [] })
  })

  it.each([
    ['entonnoir du pipeline', { metricId: 'pipeline_open', by: 'stage', figure: 'funnel' }],
    ['pareto des dépenses par fournisseur', { metricId: 'spend_total', by: 'vendor', figure: 'pareto' }],
    ['cascade du chiffre d’affaires par mois', { metricId: 'revenue_won', by: 'time', figure: 'waterfall' }],
    ['chiffre d’affaires par mois et par vendeur en carte de chaleur', { by: 'time', across: 'responsible', figure: 'heat-map' }],
    ['revenue by month and sales rep, stacked', { metricId: 'revenue_won', by: 'time', across: 'responsible', figure: 'stacked-bar' }],
    ['tableau croisé des ventes par responsable et pipeline', { by: 'responsible', across: 'pipeline', figure: 'pivot' }],
    ['jauge du chiffre d’affaires ce trimestre', { by: null, period: { period: 'this_quarter' }, figure: 'gauge' }],
    ['taux de réussite par rapport au panier moyen par vendeur', { metricId: 'win_rate', against: 'average_deal', by: 'responsible', figure: 'scatter' }],
    ['win rate vs average deal by sales rep', { metricId: 'win_rate', against: 'average_deal', by: 'responsible', figure: 'scatter' }],
    ['ventes avec leur tendance mensuelle, sparkline', { metricId: 'revenue_won', by: 'time', figure: 'kpi' }],
  ])('« %s » chooses its figure', (question, expected) => {
    expect(understand(question)).toMatchObject(expected)
  })

  it.each([
    ['chiffre d’affaires par semaine cette année', 'week'], ['dépenses par jour ce mois-ci', 'day'], ['évolution mensuelle des ventes', 'month'], ['quarterly revenue', 'quarter'], ['évolution des ventes', null], ['CA par vendeur', null],
  ])('« %s » tells time by %s', (question, step) => {
    expect(understand(question)).toMatchObject({ step, unheard: [] })
  })

  it.each([
    ['taux de réusite par comercial', { metricId: 'win_rate', by: 'responsible' }, ['réussite', 'commercial']],
    ['chifre daffaires du mois dernier', { metricId: 'revenue_won', period: { period: 'last_month' } }, ['chiffre', 'd’affaires']],
    ['cout dacquisition par canal', { metricId: 'cac', by: 'channel' }, ['d’acquisition']],
    ['reveneu by slaes rep', { metricId: 'revenue_won', by: 'responsible' }, ['revenue', 'sales']],
    ['afaires gagnées en septmbre', { metricId: 'deals_won', period: { period: 'custom', from: '2026-09-01', to: '2026-09-30' } }, ['affaires', 'septembre']],
  ])('« %s » is read past its slips', (question, expected, read) => {
    expect(understand(question)).toMatchObject({ ...expected, unheard: [] })
    expect(understand(question)?.respelled.map(({ to }) => to)).toEqual(read)
  })

  it('leaves alone what is no slip of a word it knows', () => {
    expect(understand('ventes de Martin à Paris')).toMatchObject({ respelled: [], unheard: ['Martin', 'Paris'] })
    expect(understand('ventes de martin')).toMatchObject({ respelled: [], unheard: ['martin'] })
    expect(understand('ventes de Merge Conseil')).toMatchObject({ respelled: [] })
  })

  it('falls back to a figure that fits when the one asked for does not', () => {
    expect(understand('entonnoir du taux de réussite par vendeur')).toMatchObject({ by: 'responsible', figure: 'bar-across' })
  })

  it('leaves out a breakdown that the metric does not have, and says so', () => {
    expect(understand('dépenses par étape')).toMatchObject({ metricId: 'spend_total', by: null, figure: 'number', unfit: ['stage'], unheard: [] })
  })

  it('says which words it did not understand', () => {
    expect(understand('ventes en Bretagne par mois')).toMatchObject({ metricId: 'revenue_won', by: 'time', unheard: ['Bretagne'] })
    expect(understand('Win rate of Dupont & Fils last month')?.unheard).toEqual(['Dupont', '&', 'Fils'])
    expect(understand('Quel est le taux de réussite de nos vendeurs ?')?.unheard).toEqual(['vendeurs'])
  })

  const named: Record<(typeof metricIds)[number], readonly string[]> = {
    revenue_won: ['CA', 'revenus', 'turnover'], deals_won: ['affaires gagnées', 'deals won'], deals_lost: ['affaires perdues', 'lost deals'], lost_value: ['montant perdu', 'lost value'],
    win_rate: ['taux de transformation', 'success rate'], win_rate_value: ['taux de réussite en valeur', 'win rate by amount'], cohort_win_rate: ['taux de réussite par cohorte', 'cohort win rate'],
    average_deal: ['panier moyen', 'average order'], median_deal: ['affaire médiane', 'median deal'], sales_cycle: ['cycle de vente', 'time to close'],
    sales_cycle_mean: ['durée moyenne des ventes', 'average sales cycle'], sales_velocity: ['vélocité des ventes', 'sales velocity'], new_deals: ['nouvelles affaires', 'deals created'],
    new_deals_value: ['montant des nouvelles affaires', 'value of new deals'], pipeline_open: ['pipeline', 'open pipeline'], deals_open: ['affaires en cours', 'open deals'],
    pipeline_planned: ['pipeline prévu', 'expected closings'], pipeline_weighted: ['pipeline pondéré', 'weighted pipeline'], pipeline_weighted_won: ['pipeline pondéré, gagné compris', 'weighted pipeline including won'],
    coverage: ['couverture de l’objectif', 'quota coverage'], stale_share: ['affaires stagnantes', 'stale deals'], slipped_deals: ['affaires reportées', 'slipped deals'],
    slipped_value: ['montant reporté', 'slipped value'], slip_moves: ['combien de reports de clôture', 'postponements'], retention: ['rétention des clients', 'customer retention'],
    churn: ['clients perdus', 'attrition', 'customer churn'], repeat_rate: ['taux de réachat', 'repeat rate'], deal_margin: ['marge', 'profit'], margin_coverage: ['couverture des marges', 'margin coverage'],
    spend_total: ['dépenses', 'purchases'], vendors_active: ['nombre de fournisseurs', 'active suppliers'], top_vendor_share: ['part du premier fournisseur', 'share of the top vendor'],
    spend_hhi: ['concentration des achats', 'HHI'], on_time_delivery: ['livraisons à l’heure', 'on time delivery'], payables_open: ['dettes fournisseurs', 'payables'],
    payables_issued: ['factures à payer émises', 'supplier invoices'], overdue_share: ['part des dettes échues', 'overdue'], dpo: ['délai de paiement des fournisseurs', 'DPO'],
    price_variance: ['écart de prix d’achat', 'PPV'], savings: ['économies sur les prix', 'savings'], price_overspend: ['surcoûts', 'price increases'],
    reference_cost: ['achats au prix de référence', 'reference cost'], top_three_share: ['part des trois premiers fournisseurs', 'top 3 suppliers'],
    effective_vendors: ['nombre équivalent de fournisseurs', 'effective number of vendors'], invoice_accuracy: ['exactitude des factures', 'invoice accuracy'],
    average_score: ['note moyenne des fournisseurs', 'average vendor score'], critical_share: ['part des fournisseurs critiques', 'critical suppliers'],
    margin_at_risk: ['marge à risque', 'margin at risk'], payables_overdue: ['dettes échues', 'overdue payables'], forecast_wape: ['précision des prévisions', 'WAPE'],
    forecast_bias: ['biais des prévisions', 'forecast bias'], forecast_deviation: ['écarts absolus des prévisions', 'absolute gaps'], forecast_excess: ['écarts des prévisions', 'forecast gaps'],
    forecast_outcome: ['réalisé des mois prévus', 'actuals of forecast months'],
    receivables_open: ['créances clients', 'receivables'], receivables_issued: ['factures clients émises', 'customer invoices'], dso: ['délai de paiement des clients', 'DSO'],
    ad_spend: ['dépenses publicitaires', 'marketing budget'], paid_leads: ['prospects des canaux payants', 'leads'], paid_customers: ['clients des canaux payants', 'customers of paid channels'],
    paid_revenue: ['chiffre d’affaires des canaux payants', 'revenue of paid channels'], cost_per_lead: ['coût par prospect', 'CPL'], cac: ['coût d’acquisition d’un client', 'customer acquisition cost'],
    receivables_overdue: ['part des créances échues', 'overdue receivables'], dso_count_back: ['DSO par épuisement', 'count-back DSO'], cac_payback: ['délai de récupération du CAC', 'CAC payback'],
    clv: ['valeur vie client', 'customer lifetime value', 'LTV'], nrr: ['rétention nette du chiffre d’affaires', 'NRR'], grr: ['rétention brute', 'gross revenue retention'],
    recurring_start: ['chiffre d’affaires récurrent', 'recurring revenue'], recurring_expansion: ['chiffre d’affaires en expansion', 'expansion'], recurring_contraction: ['chiffre d’affaires en contraction', 'revenue contraction'],
    recurring_churn: ['chiffre d’affaires des clients perdus', 'churned revenue'], revenue_per_customer: ['chiffre d’affaires moyen par client', 'ARPA', 'revenue per customer'],
    costed_revenue: ['chiffre d’affaires à coûts connus', 'revenue with known costs'], margin_rate: ['taux de marge', 'gross margin'],
    roas: ['ROAS', 'retour sur dépense publicitaire'],
    discount_value: ['montant des remises', 'discounts granted'], list_value: ['ventes avant remise', 'list value'], discount_rate: ['taux de remise', 'remise moyenne', 'discount'],
    activity_ratio: ['activités par affaire gagnée', 'activity ratio'], time_in_stage: ['temps à l’étape en cours', 'time in stage'],
    first_response: ['délai de première réponse', 'temps de réponse aux prospects', 'speed to lead'],
  }
  it.each(Object.entries(named).flatMap(([id, names]) => names.map(name => [name, id])))('knows « %s » as %s', (name, id) => {
    expect(understand(name)).toMatchObject({ metricId: id, unfit: [] })
  })

  const from2026 = (from: string, to: string) => ({ period: 'custom', from, to })
  it.each([
    ['l’an dernier', { period: 'last_year' }],
    ['des 6 derniers mois', { period: 'last_6_months' }],
    ['sur les trois derniers mois', { period: 'last_3_months' }],
    ['over the last 30 days', { period: 'last_30_days' }],
    ['des 18 derniers mois', from2026('2025-06-01', '2026-11-30')],
    ['des 2 dernières années', from2026('2025-01-01', '2026-12-31')],
    ['T3 2025', from2026('2025-07-01', '2025-09-30')],
    ['au deuxième trimestre', from2026('2026-04-01', '2026-06-30')],
    ['in Q1 2024', from2026('2024-01-01', '2024-03-31')],
    ['au S1', from2026('2026-01-01', '2026-06-30')],
    ['depuis janvier', { period: 'this_year' }],
    ['depuis mars 2025', from2026('2025-03-01', '2026-11-22')],
    ['since december', from2026('2025-12-01', '2026-11-22')],
    ['depuis le début de l’année', { period: 'this_year' }],
    ['year to date', { period: 'this_year' }],
    ['en 2025', { period: 'last_year' }],
    ['2023', from2026('2023-01-01', '2023-12-31')],
    ['en mars', from2026('2026-03-01', '2026-03-31')],
    ['en décembre', from2026('2025-12-01', '2025-12-31')],
    ['de novembre à février', from2026('2025-11-01', '2026-02-28')],
    ['entre mars et juin 2025', from2026('2025-03-01', '2025-06-30')],
    ['du 01/02/2026 au 15/03/2026', from2026('2026-02-01', '2026-03-15')],
    ['du 1er février 2026 au 15 mars 2026', from2026('2026-02-01', '2026-03-15')],
    ['la semaine dernière', from2026('2026-11-09', '2026-11-15')],
    ['hier', from2026('2026-11-21', '2026-11-21')],
    ['depuis le début', { period: 'all' }],
    ['par rapport à l’an dernier', { period: 'this_year' }],
    ['ce mois-ci par rapport au mois dernier', { period: 'this_month' }],
    ['T3 2024 contre T2', from2026('2024-07-01', '2024-09-30')],
    ['2025 vs 2026', { period: 'this_year' }],
    ['du trimestre dernier par rapport au trimestre précédent', { period: 'last_quarter' }],
    ['du 1er au 15 octobre', from2026('2026-10-01', '2026-10-15')],
    ['du mois', { period: 'this_month' }],
    ['de l’exercice 2025', { period: 'last_year' }],
    ['N-1', { period: 'last_year' }],
  ])('reads « %s » as a period', (words, period) => {
    expect(understand(`chiffre d’affaires ${words}`)).toMatchObject({ metricId: 'revenue_won', period, unheard: [] })
  })

  it('does not take the end of a time for the whole of it', () => {
    expect(understand('ventes avant juillet')).toMatchObject({ period: null, unheard: ['avant', 'juillet'] })
  })

  it('says that it did not understand rather than guess', () => {
    expect(understand('quel temps fait-il')).toBeNull()
    expect(understand('')).toBeNull()
  })
})

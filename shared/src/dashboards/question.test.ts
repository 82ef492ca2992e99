import { describe, expect, it } from 'vitest'
import { understand } from './question.ts'

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
  ] as const)('« %s » asks for %s by %s', (question, metricId, by, period, figure) => {
    expect(understand(question)).toMatchObject({ metricId, by, period, figure })
  })

  it.each([
    ['entonnoir du pipeline', { metricId: 'pipeline_open', by: 'stage', figure: 'funnel' }],
    ['pareto des dépenses par fournisseur', { metricId: 'spend_total', by: 'vendor', figure: 'pareto' }],
    ['cascade du chiffre d’affaires par mois', { metricId: 'revenue_won', by: 'time', figure: 'waterfall' }],
    ['chiffre d’affaires par mois et par vendeur en carte de chaleur', { by: 'time', across: 'responsible', figure: 'heat-map' }],
    ['revenue by month and sales rep, stacked', { metricId: 'revenue_won', by: 'time', across: 'responsible', figure: 'stacked-bar' }],
    ['tableau croisé des ventes par responsable et pipeline', { by: 'responsible', across: 'pipeline', figure: 'pivot' }],
    ['jauge du chiffre d’affaires ce trimestre', { by: null, period: 'this_quarter', figure: 'gauge' }],
    ['taux de réussite par rapport au panier moyen par vendeur', { metricId: 'win_rate', against: 'average_deal', by: 'responsible', figure: 'scatter' }],
    ['win rate vs average deal by sales rep', { metricId: 'win_rate', against: 'average_deal', by: 'responsible', figure: 'scatter' }],
    ['ventes avec leur tendance mensuelle, sparkline', { metricId: 'revenue_won', by: 'time', figure: 'kpi' }],
  ])('« %s » chooses its figure', (question, expected) => {
    expect(understand(question)).toMatchObject(expected)
  })

  it('falls back to a figure that fits when the one asked for does not', () => {
    expect(understand('entonnoir du taux de réussite par vendeur')).toMatchObject({ by: 'responsible', figure: 'bar-across' })
  })

  it('leaves out a breakdown that the metric does not have', () => {
    expect(understand('dépenses par étape')).toMatchObject({ metricId: 'spend_total', by: null, figure: 'number' })
  })

  it('says that it did not understand rather than guess', () => {
    expect(understand('quel temps fait-il')).toBeNull()
    expect(understand('')).toBeNull()
  })
})

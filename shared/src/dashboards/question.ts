import type { Dimension, MetricId } from '../insights/metric.ts'
import { metricCatalogue } from '../insights/metric-catalogue.ts'
import type { PeriodKind } from '../insights/period.ts'
import { figuresFor, type Figure } from './board.ts'

export interface Understood {
  readonly metricId: MetricId
  readonly by: Dimension | null
  readonly period: Exclude<PeriodKind, 'custom'> | null
  readonly figure: Figure
}

/** Words without accents, most telling first; French and English side by side, whatever the page's language. */
const metricWords: readonly (readonly [MetricId, RegExp])[] = [
  ['win_rate_value', /(taux de (reussite|gain|conversion)|win rate|success rate).*(valeur|montant|value|amount)|(valeur|montant).*taux de (reussite|gain)/],
  ['win_rate', /taux de (reussite|gain|conversion|transformation)|win rate|success rate|conversion rate/],
  ['sales_cycle', /cycle|duree (de|des) vente|temps pour (vendre|gagner)|how long|time to (win|close)|sales duration/],
  ['average_deal', /(panier|montant|affaire|valeur|taille)s? moyen|average (deal|amount|value|order)|mean deal/],
  ['spend_total', /depense|achat|cout|fournisseur|spend|purchas|cost|vendor|supplier/],
  ['deals_lost', /perdu|lost/],
  ['deals_open', /(nombre|combien|how many|number|count).*(en cours|ouvert|open)|affaires? (en cours|ouverte)|open deals?/],
  ['pipeline_open', /pipeline|entonnoir|funnel|en cours|ouvert|open/],
  ['deals_won', /(nombre|combien|how many|number|count).*(gagne|vendu|signe|won|sold)|affaires? gagnee|ventes? conclue|deals? won/],
  ['revenue_won', /chiffre|\bca\b|revenu|vente|gagne|recette|turnover|revenue|sales|won|income/],
]

const dimensionWords: readonly (readonly [Dimension, RegExp])[] = [
  ['vendor', /(par|by|per|des|top|meilleurs?|premiers?|quels?|which|largest|biggest).{0,14}(fournisseur|vendor|supplier)/],
  ['responsible', /(par|by|per).{0,8}(responsable|vendeur|commercial|personne|collaborateur|sales ?(rep|person|people)|owner|person|people)|^(qui|who)\b|quel (vendeur|commercial)/],
  ['stage', /(par|by|per).{0,8}(etape|stage|phase)|entonnoir|funnel/],
  ['pipeline', /(par|by|per).{0,8}(pipeline|entonnoir|tunnel|funnel)/],
  ['time', /(par|by|per|chaque|each) ?(jour|semaine|mois|trimestre|an\b|annee|day|week|month|quarter|year)|evolution|tendance|mensuel|hebdomadaire|trimestriel|trend|over time|monthly|weekly|quarterly|courbe/],
]

const periodWords: readonly (readonly [Understood['period'] & string, RegExp])[] = [
  ['last_12_months', /(12|douze|twelve) (derniers|last|past)? ?(mois|months)|(derniers|last|past) (12|douze|twelve)/],
  ['last_month', /mois (dernier|precedent|passe)|last month|previous month/],
  ['last_quarter', /trimestre (dernier|precedent|passe)|last quarter|previous quarter/],
  ['last_year', /(annee|an) (derniere?|precedente?|passee?)|l.an dernier|last year|previous year/],
  ['this_month', /ce mois|mois en cours|this month|current month/],
  ['this_quarter', /ce trimestre|trimestre en cours|this quarter|current quarter/],
  ['this_year', /cette annee|annee en cours|this year|current year/],
  ['all', /depuis (le debut|toujours)|toutes? (les )?dates?|all time|ever\b|since the beginning/],
]

const first = <T>(words: readonly (readonly [T, RegExp])[], text: string): T | null =>
  words.find(([, pattern]) => pattern.test(text))?.[0] ?? null

/**
 * A question in plain French or English as a figure; null when no metric is recognised. Rules, not guesses:
 * the same words always give the same figure, and what was understood is shown before it is added.
 */
export function understand(question: string): Understood | null {
  const text = question.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[’']/g, ' ').replace(/\s+/g, ' ').trim()
  const asked = first(dimensionWords, text)
  const metricId = first(metricWords, text)
  if (!metricId)
    return null
  const by = asked !== null && metricCatalogue[metricId].dimensions.includes(asked) ? asked : null
  const isRing = /repartition|part\b|parts\b|camembert|share|split|breakdown|pie|donut|doughnut/.test(text)
  const isTable = /tableau|liste|table\b|list\b/.test(text)
  const fitting = figuresFor({ metricId, by })
  const figure = isTable && fitting.includes('table') ? 'table' : isRing && fitting.includes('doughnut') ? 'doughnut' : fitting[0] ?? 'number'
  return { metricId, by, period: first(periodWords, text), figure }
}

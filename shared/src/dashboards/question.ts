import type { Dimension, MetricId } from '../insights/metric.ts'
import { metricCatalogue } from '../insights/metric-catalogue.ts'
import type { PeriodKind } from '../insights/period.ts'
import { companionsOf, crossings, crossingsFor, figuresFor, type Crossing, type Figure } from './figures.ts'

export interface Understood {
  readonly metricId: MetricId
  readonly by: Dimension | null
  readonly across: Crossing | null
  readonly against: MetricId | null
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

const figureWords: readonly (readonly [Figure, RegExp])[] = [
  ['pareto', /pareto|80 ?\/ ?20|courbe abc|abc curve|analyse abc/],
  ['funnel', /entonnoir|funnel/],
  ['waterfall', /cascade|waterfall|passerelle|bridge chart/],
  ['heat-map', /carte (de )?(chaleur|thermique)|heat ?map/],
  ['pivot', /(tableau )?crois(e|er)|pivot|cross ?tab/],
  ['gauge', /jauge|gauge|compteur|objectif|target|goal/],
  ['kpi', /sparkline|mini.?courbe|avec (sa |la )?tendance|with (its |the )?trend/],
  ['stacked-bar', /empile|stacked/],
  ['scatter', /nuage|scatter|correlation/],
  ['table', /tableau|liste|table\b|list\b/],
  ['doughnut', /repartition|part\b|parts\b|camembert|anneau|share|split|breakdown|pie|donut|doughnut/],
  ['area', /\baires?\b|\barea\b/],
  ['bar', /colonne|histogramme|column/],
]

/** « par rapport à », « vs »: two numbers stand against each other. */
const opposing = /\b(par rapport (a|au|aux)|en fonction d(e|es|u)|face (a|au|aux)|contre|versus|vs|against|compared (to|with))\b/

const first = <T>(words: readonly (readonly [T, RegExp])[], text: string): T | null =>
  words.find(([, pattern]) => pattern.test(text))?.[0] ?? null

/**
 * A question in plain French or English as a figure; null when no metric is recognised. Rules, not guesses:
 * the same words always give the same figure, and what was understood is shown before it is added.
 */
export function understand(question: string): Understood | null {
  const text = question.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[’']/g, ' ').replace(/\s+/g, ' ').trim()
  const [subject = '', ...others] = text.split(opposing)
  const metricId = first(metricWords, subject) ?? first(metricWords, text)
  if (!metricId)
    return null
  const asked = askedDimensions(text).filter(by => metricCatalogue[metricId].dimensions.includes(by))
  const by = asked[0] ?? null
  const other = first(metricWords, others.at(-1) ?? '')
  const against = other !== null && companionsOf({ metricId, by }).includes(other) ? other : null
  const across = against === null ? crossingsFor({ metricId, by }).find(crossing => asked.includes(crossing)) ?? null : null
  const wanted = figureWords.flatMap(([figure, pattern]) => pattern.test(text) ? [figure] : [])
  const fitting = figuresFor({ metricId, by, across, against })
  return { metricId, by, across, against, period: first(periodWords, text), figure: wanted.find(figure => fitting.includes(figure)) ?? fitting[0] ?? 'number' }
}

/** « par mois et par vendeur », « par vendeur et pipeline »: a crossing comes second, so that the other one makes the rows. */
function askedDimensions(text: string): Dimension[] {
  const spelled = text.replace(/\b(par|by|per) ([\p{L} ]+?) (et|and|x) (?!(par|by|per)\b)/gu, '$1 $2 $3 $1 ')
  const found = dimensionWords.flatMap(([dimension, pattern]) => pattern.test(spelled) ? [dimension] : [])
  return found.sort((a, b) => Number(isCrossing(a)) - Number(isCrossing(b)))
}

const isCrossing = (dimension: Dimension): boolean => crossings.some(crossing => crossing === dimension)

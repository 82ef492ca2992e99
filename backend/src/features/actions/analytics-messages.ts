import type { ScenarioMeasure } from '@comptoir/shared/actions/business-analytics'
import type { WatchMetric } from '@comptoir/shared/alerts/watch-metrics'
import type { QualityCheckId } from '@comptoir/shared/data-quality/quality-checks'
import type { ForecastRefusal } from '@comptoir/shared/forecasts/forecast.contract'
import type { MetricId } from '@comptoir/shared/insights/metric'
import { metricNames } from '@comptoir/shared/insights/metric-names'
import { expectedQuantity, quantity, type MetricUnit } from './messages.ts'
import type { MessageLanguage, OperationContext } from './operation.ts'

type Speaker = Pick<OperationContext, 'language' | 'portal'>

const qualityNames: Record<MessageLanguage, Partial<Record<WatchMetric, string>>> = {
  fr: { purchases_unpriced: 'Achats sans montant', deals_without_amount: 'Affaires sans montant' },
  en: { purchases_unpriced: 'Purchases without an amount', deals_without_amount: 'Deals without an amount' },
}

const measureNames: Record<MessageLanguage, Record<ScenarioMeasure, string>> = {
  fr: { revenue: 'chiffre d’affaires', cost: 'coût des achats', margin: 'marge', marginRate: 'taux de marge', tiedUp: 'trésorerie immobilisée' },
  en: { revenue: 'revenue', cost: 'cost of purchases', margin: 'margin', marginRate: 'margin rate', tiedUp: 'money tied up' },
}

export const figureName = (language: MessageLanguage, metric: MetricId | WatchMetric): string =>
  qualityNames[language][metric as WatchMetric] ?? metricNames[language][metric as MetricId]

const colon = (language: MessageLanguage): string => language === 'fr' ? '\u00A0:' : ':'

export function comparisonMessage({ language, portal }: Speaker, { metric, value, previous, change, unit, verdict }:
{ metric: MetricId, value: number | null, previous: number | null, change: number | null, unit: MetricUnit, verdict: string }): string {
  const name = `${figureName(language, metric)}${colon(language)}`
  const figure = (number: number) => quantity(language, number, unit, portal.currency)
  if (value === null)
    return language === 'fr' ? `${name} aucune donnée pour cette période.` : `${name} no data for this period.`
  if (previous === null)
    return language === 'fr' ? `${name} ${figure(value)}, sans période à laquelle comparer.` : `${name} ${figure(value)}, with no period to compare with.`
  const by = change === null ? '' : ` (${signed(language, change)})`
  const words = { fr: { up: 'en hausse', down: 'en baisse', stable: 'stable' }, en: { up: 'up', down: 'down', stable: 'stable' } }[language][verdict as 'up']
  return language === 'fr' ? `${name} ${figure(value)} contre ${figure(previous)}, ${words}${by}.` : `${name} ${figure(value)} against ${figure(previous)}, ${words}${by}.`
}

function signed(language: MessageLanguage, percent: number): string {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(percent)
  return language === 'fr' ? `${number}\u00A0%` : `${number}%`
}

interface ForecastSaying {
  readonly metric: MetricId
  readonly month: string
  readonly value: number
  readonly low: number | null
  readonly high: number | null
  readonly pastError: number | null
  readonly unit: MetricUnit
  readonly verdict: string
  readonly target: number | null
}

export function forecastMessage({ language, portal }: Speaker, { metric, month, value, low, high, pastError, unit, verdict, target }: ForecastSaying): string {
  const isFrench = language === 'fr'
  const figure = (number: number) => expectedQuantity(language, number, unit, portal.currency)
  const said = `${figureName(language, metric)}, ${monthName(language, month)}${colon(language)} ${figure(value)}`
  const band = low === null || high === null ? '' : isFrench ? `, entre ${figure(low)} et ${figure(high)} 8 fois sur 10` : `, between ${figure(low)} and ${figure(high)} 8 times out of 10`
  const error = pastError === null ? '' : isFrench ? ` Erreur passée : ${signedless(language, pastError)}.` : ` Past error: ${signedless(language, pastError)}.`
  return `${said}${band}.${error}${target === null ? '' : ` ${targetWords(isFrench, verdict, figure(target))}`}`
}

function targetWords(isFrench: boolean, verdict: string, target: string): string {
  const words = isFrench
    ? { above_target: `L’objectif de ${target} devrait être atteint.`, below_target: `L’objectif de ${target} devrait être manqué.`, uncertain: `L’objectif de ${target} reste incertain.` }
    : { above_target: `The target of ${target} should be met.`, below_target: `The target of ${target} should be missed.`, uncertain: `The target of ${target} remains uncertain.` }
  return words[verdict as 'uncertain']
}

const signedless = (language: MessageLanguage, percent: number): string =>
  `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(percent)}${language === 'fr' ? '\u00A0%' : '%'}`

export function refusalMessage({ language }: Speaker, metric: MetricId, { known, needed }: Pick<ForecastRefusal, 'known' | 'needed'>): string {
  const name = figureName(language, metric)
  return language === 'fr'
    ? `${name} : pas de prévision honnête possible. Mois connus : ${known}, mois nécessaires : ${needed}.`
    : `${name}: no honest forecast is possible. Months known: ${known}, months needed: ${needed}.`
}

export function scenarioMessage({ language, portal }: Speaker, { name, measure, value, previous, change, unit }:
{ name: string, measure: ScenarioMeasure, value: number | null, previous: number | null, change: number | null, unit: MetricUnit }): string {
  const measured = measureNames[language][measure]
  const figure = (number: number) => quantity(language, number, unit, portal.currency)
  if (value === null)
    return language === 'fr' ? `Scénario « ${name} » : l’année passée ne permet pas de calculer ce résultat (${measured}).` : `Scenario “${name}”: the past year does not tell enough for ${measured}.`
  const against = previous === null ? '' : language === 'fr' ? `, contre ${figure(previous)} sans changement` : `, against ${figure(previous)} without changes`
  return language === 'fr'
    ? `Scénario « ${name} », ${measured} : ${figure(value)}${against}${change === null ? '' : ` (${signed(language, change)})`}.`
    : `Scenario “${name}”, ${measured}: ${figure(value)}${against}${change === null ? '' : ` (${signed(language, change)})`}.`
}

export function anomalyMessage({ language, portal }: Speaker, { metric, month, value, low, high, unit, verdict }:
{ metric: WatchMetric, month: string | null, value: number | null, low: number | null, high: number | null, unit: MetricUnit, verdict: string }): string {
  const isFrench = language === 'fr'
  const name = figureName(language, metric)
  if (value === null || month === null)
    return isFrench ? `${name} : aucune donnée pour le dernier mois.` : `${name}: no data for the last month.`
  const figure = (number: number) => quantity(language, number, unit, portal.currency)
  const said = `${name}, ${monthName(language, month)}${colon(language)} ${figure(value)}`
  if (low === null || high === null)
    return isFrench ? `${said}. L’historique est trop court pour dire si c’est inhabituel.` : `${said}. The history is too short to tell whether this is unusual.`
  const expected = isFrench ? `attendu entre ${figure(low)} et ${figure(high)}` : `expected between ${figure(low)} and ${figure(high)}`
  const words = isFrench
    ? { above: 'inhabituellement haut', below: 'inhabituellement bas', normal: 'rien d’inhabituel' }
    : { above: 'unusually high', below: 'unusually low', normal: 'nothing unusual' }
  return `${said}, ${expected}${colon(language)} ${words[verdict as 'normal']}.`
}

export const reportMessage = ({ language }: Speaker, { title, recipients }: { title: string, recipients: number }): string => language === 'fr'
  ? `Le rapport « ${title} » est préparé pour ${recipients} ${recipients > 1 ? 'personnes' : 'personne'}, chacune selon ses droits.`
  : `The report “${title}” is being made for ${recipients} ${recipients === 1 ? 'person' : 'people'}, each within their own rights.`

const flawNames: Record<MessageLanguage, Record<QualityCheckId, string>> = {
  fr: {
    deals_without_amount: 'Affaires sans montant', deals_past_close: 'Affaires ouvertes à la date de clôture passée', deals_without_close: 'Affaires sans date de clôture', deals_stale: 'Affaires restées trop longtemps à la même étape',
    deals_owner: 'Affaires au responsable absent ou inactif', deals_rate: 'Affaires sans taux de change', companies_same_name: 'Entreprises de même nom', companies_same_identifier: 'Entreprises de même identifiant',
    companies_owner: 'Entreprises au responsable absent ou inactif', leads_without_source: 'Prospects sans source', leads_owner: 'Prospects au responsable absent ou inactif',
    invoices_without_due: 'Factures sans échéance', invoices_rate: 'Factures sans taux de change', purchases_unpriced: 'Achats sans montant', outside_late: 'Sources externes en retard',
    outside_twice: 'Coûts livrés par deux sources', outside_rate: 'Coûts dans une devise sans taux',
  },
  en: {
    deals_without_amount: 'Deals without an amount', deals_past_close: 'Open deals with a closing date in the past', deals_without_close: 'Deals without a closing date', deals_stale: 'Deals too long in the same stage',
    deals_owner: 'Deals whose responsible is missing or inactive', deals_rate: 'Deals without an exchange rate', companies_same_name: 'Companies of the same name', companies_same_identifier: 'Companies of the same identifier',
    companies_owner: 'Companies whose responsible is missing or inactive', leads_without_source: 'Leads without a source', leads_owner: 'Leads whose responsible is missing or inactive',
    invoices_without_due: 'Invoices without a due date', invoices_rate: 'Invoices without an exchange rate', purchases_unpriced: 'Purchases without an amount', outside_late: 'External sources that are late',
    outside_twice: 'Costs that two sources deliver', outside_rate: 'Costs in a currency without a rate',
  },
}

export function qualityMessage({ language, portal }: Speaker, { check, count, examined, value, limit }: { check: QualityCheckId, count: number, examined: number, value: number | null, limit: number | null }): string {
  const name = `${flawNames[language][check]}${colon(language)}`
  if (value === null)
    return language === 'fr' ? `${name} rien à examiner.` : `${name} nothing to examine.`
  const share = (percent: number) => quantity(language, percent, 'percent', portal.currency)
  const number = new Intl.NumberFormat(language)
  const found = language === 'fr' ? `${name} ${number.format(count)} sur ${number.format(examined)} (${share(value)})` : `${name} ${number.format(count)} of ${number.format(examined)} (${share(value)})`
  return limit === null ? `${found}.` : language === 'fr' ? `${found}, pour ${share(limit)} tolérés.` : `${found}, against ${share(limit)} tolerated.`
}

export function segmentMessage({ language }: Speaker, { name, subject }: { name: string, subject: 'deal' | 'vendor' }, member: boolean): string {
  if (language === 'fr')
    return `${subject === 'deal' ? 'L’affaire' : 'Le fournisseur'} ${member ? 'fait partie' : 'ne fait pas partie'} du segment «\u00A0${name}\u00A0».`
  return `The ${subject} ${member ? 'is' : 'is not'} in the segment “${name}”.`
}

const monthName = (language: MessageLanguage, day: string): string =>
  new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))

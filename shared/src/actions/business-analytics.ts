import { watchMetrics } from '../alerts/watch-metrics.ts'
import { qualityCheckIds } from '../data-quality/quality-checks.ts'
import { forecastMetrics } from '../forecasts/forecast-metrics.ts'
import { hasPast, metricDefinitions } from '../insights/metric-catalogue.ts'
import { metricIds, type MetricId } from '../insights/metric.ts'
import { actsAs, common, commonReturns, periodFields, type ActionDefinition, type FieldDefinition } from './definition.ts'

/** Every figure of the catalogue has one value: what a threshold can be set on. */
const thresholdMetrics = metricIds
export type ThresholdMetric = MetricId

/** What is open is open now: it has no earlier period to be compared with. */
const comparedMetrics = metricDefinitions.filter(hasPast).map(({ id }) => id)

export const comparedWith = ['previous', 'last_year', 'custom'] as const
/** How many months ahead: the first is the one that is still running. */
export const monthsAhead = { this_month: 1, next_month: 2, in_2_months: 3, in_5_months: 6, in_11_months: 12 } as const
export const scenarioMeasures = ['revenue', 'cost', 'margin', 'marginRate', 'tiedUp'] as const
export type ScenarioMeasure = (typeof scenarioMeasures)[number]

const metricOf = (options: readonly string[]): FieldDefinition =>
  ({ id: 'metric', kind: 'choice', name: { fr: 'Indicateur', en: 'Metric' }, options, isRequired: true })
const pipeline: FieldDefinition = { id: 'pipelineId', kind: 'pipeline', name: { fr: 'Pipeline', en: 'Pipeline' } }
const people: FieldDefinition = { id: 'userIds', kind: 'people', name: { fr: 'Responsables', en: 'Responsible people' } }
const figures = [...common, 'text', 'value', 'previous', 'change', 'unit']

export const businessAnalytics: ActionDefinition = {
  id: 'business-analytics',
  activityCode: 'comptoir_business_analytics',
  robotCode: 'comptoir_business_analytics_robot',
  name: { fr: 'Analyse commerciale', en: 'Business analytics' },
  description: {
    fr: 'Mesure, compare, prévoit, cherche l’anomalie ou remet un rapport, et rend le résultat au processus.',
    en: 'Measures, compares, forecasts, looks for anomalies or delivers a report, and hands the result to the workflow.',
  },
  operations: [
    {
      id: 'metric-threshold',
      fields: [
        metricOf(thresholdMetrics), ...periodFields, pipeline, people,
        { id: 'direction', kind: 'choice', name: { fr: 'Sens du seuil', en: 'Direction' }, options: ['at_least', 'above', 'at_most', 'below'], isRequired: true },
        { id: 'threshold', kind: 'number', name: { fr: 'Seuil', en: 'Threshold' }, isRequired: true },
        actsAs,
      ],
      returns: [...figures, 'reached'],
      hasEffects: false,
    },
    {
      id: 'comparison',
      fields: [
        metricOf(comparedMetrics), ...periodFields,
        { id: 'against', kind: 'choice', name: { fr: 'Comparer à', en: 'Compare with' }, options: comparedWith, isRequired: true },
        { id: 'againstFrom', kind: 'day', name: { fr: 'Comparer du', en: 'Compare from' }, isRequired: true, onlyWhen: { field: 'against', is: ['custom'] } },
        { id: 'againstTo', kind: 'day', name: { fr: 'Comparer au', en: 'Compare to' }, isRequired: true, onlyWhen: { field: 'against', is: ['custom'] } },
        { id: 'tolerance', kind: 'number', name: { fr: 'Écart négligé', en: 'Change to ignore' } },
        pipeline, people, actsAs,
      ],
      returns: figures,
      hasEffects: false,
    },
    {
      id: 'forecast',
      fields: [
        metricOf(forecastMetrics),
        { id: 'horizon', kind: 'choice', name: { fr: 'Mois prévu', en: 'Month to forecast' }, options: Object.keys(monthsAhead), isRequired: true },
        { id: 'target', kind: 'number', name: { fr: 'Objectif du mois', en: 'Target for the month' } },
        pipeline, actsAs,
      ],
      returns: [...common, 'text', 'low', 'value', 'high', 'previous', 'change', 'pastError', 'month', 'unit'],
      hasEffects: false,
    },
    {
      id: 'scenario',
      fields: [
        { id: 'scenarioId', kind: 'scenario', name: { fr: 'Scénario', en: 'Scenario' }, isRequired: true },
        { id: 'measure', kind: 'choice', name: { fr: 'Résultat', en: 'Outcome' }, options: scenarioMeasures, isRequired: true },
        actsAs,
      ],
      returns: [...figures, 'subject'],
      hasEffects: false,
    },
    {
      id: 'anomaly',
      fields: [
        metricOf(watchMetrics),
        { id: 'side', kind: 'choice', name: { fr: 'Signaler', en: 'Report' }, options: ['either', 'up', 'down'], isRequired: true },
        { id: 'floor', kind: 'number', name: { fr: 'Écart minimal', en: 'Smallest distance' } },
        pipeline, actsAs,
      ],
      returns: [...common, 'text', 'low', 'value', 'high', 'previous', 'change', 'month', 'unit'],
      hasEffects: false,
    },
    {
      id: 'report',
      fields: [{ id: 'reportId', kind: 'report', name: { fr: 'Rapport planifié', en: 'Scheduled report' }, isRequired: true }, actsAs],
      returns: [...common, 'subject', 'recipients'],
      hasEffects: true,
    },
    {
      id: 'data-quality',
      fields: [
        { id: 'check', kind: 'choice', name: { fr: 'Défaut recherché', en: 'Flaw to look for' }, options: qualityCheckIds, isRequired: true },
        { id: 'limit', kind: 'number', name: { fr: 'Part tolérée', en: 'Tolerated share' } },
        actsAs,
      ],
      returns: [...common, 'text', 'value', 'unit', 'flawed', 'examined', 'reached'],
      hasEffects: false,
    },
    {
      id: 'segment',
      fields: [{ id: 'segmentId', kind: 'segment', name: { fr: 'Segment', en: 'Segment' }, isRequired: true }, actsAs],
      returns: [...common, 'member', 'subject'],
      hasEffects: false,
    },
  ],
  returns: [
    ...commonReturns,
    { id: 'text', type: 'string', name: { fr: 'Valeur en clair', en: 'Value in words' } },
    { id: 'value', type: 'double', name: { fr: 'Valeur', en: 'Value' } },
    { id: 'previous', type: 'double', name: { fr: 'Valeur précédente', en: 'Previous value' } },
    { id: 'change', type: 'double', name: { fr: 'Évolution (%)', en: 'Change (%)' } },
    { id: 'low', type: 'double', name: { fr: 'Borne basse', en: 'Lower bound' } },
    { id: 'high', type: 'double', name: { fr: 'Borne haute', en: 'Upper bound' } },
    { id: 'unit', type: 'string', name: { fr: 'Unité', en: 'Unit' } },
    { id: 'reached', type: 'bool', name: { fr: 'Seuil atteint', en: 'Threshold reached' } },
    { id: 'pastError', type: 'double', name: { fr: 'Erreur passée (%)', en: 'Past error (%)' } },
    { id: 'month', type: 'string', name: { fr: 'Mois', en: 'Month' } },
    { id: 'subject', type: 'string', name: { fr: 'Objet', en: 'Subject' } },
    { id: 'flawed', type: 'int', name: { fr: 'Enregistrements en défaut', en: 'Flawed records' } },
    { id: 'examined', type: 'int', name: { fr: 'Enregistrements examinés', en: 'Records examined' } },
    { id: 'member', type: 'bool', name: { fr: 'Dans le segment', en: 'In the segment' } },
    { id: 'recipients', type: 'int', name: { fr: 'Destinataires', en: 'Recipients' } },
  ],
}

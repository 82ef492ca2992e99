import { periodKinds } from '../insights/period.ts'
import { vendorStatuses } from '../vendors/vendor-status.ts'

/** Two languages for what the host shows before any page of ours runs; other languages of the host get English. */
export interface Bilingual { readonly fr: string, readonly en: string }

export const actionIds = ['vendor-management', 'business-analytics'] as const
export type ActionId = (typeof actionIds)[number]

export type FieldKind = 'choice' | 'vendor' | 'period' | 'day' | 'number' | 'people' | 'pipeline' | 'text'

/** One setting of an operation. All of them travel as text, so that an expression may stand in any of them. */
export interface FieldDefinition {
  readonly id: string
  readonly kind: FieldKind
  readonly name: Bilingual
  readonly options?: readonly string[]
  readonly isRequired?: boolean
  /** Shown and needed only while another field has one of these values. */
  readonly onlyWhen?: { readonly field: string, readonly is: readonly string[] }
}

export type ReturnType = 'double' | 'int' | 'string' | 'bool'

export interface ReturnDefinition {
  readonly id: string
  readonly type: ReturnType
  readonly name: Bilingual
}

export interface OperationDefinition {
  readonly id: string
  readonly fields: readonly FieldDefinition[]
  /** Ids of the action's returns that this operation fills; the others stay empty. */
  readonly returns: readonly string[]
  readonly hasEffects: boolean
}

export interface ActionDefinition {
  readonly id: ActionId
  /** Codes in the portal: an activity reaches companies, a robot reaches the stages of deals; they can't share one. */
  readonly activityCode: string
  readonly robotCode: string
  readonly name: Bilingual
  readonly description: Bilingual
  readonly operations: readonly OperationDefinition[]
  readonly returns: readonly ReturnDefinition[]
}

/** What every operation answers, whatever happened: a workflow can branch on it without knowing the operation. */
const commonReturns: readonly ReturnDefinition[] = [
  { id: 'success', type: 'bool', name: { fr: 'Réussi', en: 'Succeeded' } },
  { id: 'verdict', type: 'string', name: { fr: 'Verdict', en: 'Verdict' } },
  { id: 'message', type: 'string', name: { fr: 'Message', en: 'Message' } },
  { id: 'link', type: 'string', name: { fr: 'Lien', en: 'Link' } },
]

const common = commonReturns.map(({ id }) => id)

const periodFields: readonly FieldDefinition[] = [
  { id: 'period', kind: 'period', name: { fr: 'Période', en: 'Period' }, options: periodKinds, isRequired: true },
  { id: 'periodFrom', kind: 'day', name: { fr: 'Du', en: 'From' }, isRequired: true, onlyWhen: { field: 'period', is: ['custom'] } },
  { id: 'periodTo', kind: 'day', name: { fr: 'Au', en: 'To' }, isRequired: true, onlyWhen: { field: 'period', is: ['custom'] } },
]

const vendorFields: readonly FieldDefinition[] = [
  { id: 'vendorSource', kind: 'choice', name: { fr: 'Fournisseur', en: 'Vendor' }, options: ['document', 'fixed', 'expression'], isRequired: true },
  { id: 'vendorId', kind: 'vendor', name: { fr: 'Fournisseur choisi', en: 'Chosen vendor' }, isRequired: true, onlyWhen: { field: 'vendorSource', is: ['fixed'] } },
  { id: 'vendorExpression', kind: 'text', name: { fr: 'Société ou code fournisseur', en: 'Company or vendor code' }, isRequired: true, onlyWhen: { field: 'vendorSource', is: ['expression'] } },
]

/** Empty: the process acts with the rights of Comptoir, which only administrators give by placing the action. */
const actsAs: FieldDefinition = { id: 'actsAs', kind: 'people', name: { fr: 'Agit avec les droits de', en: 'Acts with the rights of' } }

/** Documents that a vendor can be asked for; a text of one's own is asked for as it is. */
const documentField: FieldDefinition = { id: 'documentName', kind: 'text', name: { fr: 'Document demandé', en: 'Requested document' }, isRequired: true }

export const vendorManagement: ActionDefinition = {
  id: 'vendor-management',
  activityCode: 'comptoir_vendor_management',
  robotCode: 'comptoir_vendor_management_robot',
  name: { fr: 'Gestion des fournisseurs', en: 'Vendor management' },
  description: {
    fr: 'Évalue un fournisseur, contrôle sa conformité, change son statut, prévoit un paiement… et rend le résultat au processus.',
    en: 'Evaluates a vendor, checks its compliance, changes its status, schedules a payment… and hands the result to the workflow.',
  },
  operations: [
    {
      id: 'total-spend',
      fields: [...vendorFields, ...periodFields, actsAs],
      returns: [...common, 'total', 'currency', 'purchaseCount', 'share', 'vendorName', 'vendorStatus'],
      hasEffects: false,
    },
    {
      id: 'change-status',
      fields: [
        ...vendorFields,
        { id: 'status', kind: 'choice', name: { fr: 'Nouveau statut', en: 'New status' }, options: vendorStatuses, isRequired: true },
        { id: 'reason', kind: 'text', name: { fr: 'Motif', en: 'Reason' } },
        actsAs,
      ],
      returns: [...common, 'vendorName', 'previousStatus', 'vendorStatus', 'changed'],
      hasEffects: true,
    },
    {
      id: 'evaluate',
      fields: [...vendorFields, actsAs],
      returns: [...common, 'score', 'standing', 'coverage', 'evaluatedLines', 'reasons', 'vendorName', 'vendorStatus'],
      hasEffects: false,
    },
    {
      id: 'check-compliance',
      fields: [...vendorFields, actsAs],
      returns: [...common, 'missingList', 'expiredList', 'nextDeadline', 'vendorName', 'vendorStatus'],
      hasEffects: false,
    },
    {
      id: 'link-deal',
      fields: [...vendorFields, { id: 'plannedCost', kind: 'number', name: { fr: 'Coût prévu', en: 'Planned cost' } }, actsAs],
      returns: [...common, 'amount', 'currency', 'vendorName', 'changed'],
      hasEffects: true,
    },
    {
      id: 'schedule-payment',
      fields: [
        ...vendorFields,
        { id: 'paymentAmount', kind: 'number', name: { fr: 'Montant', en: 'Amount' }, isRequired: true },
        { id: 'dueOn', kind: 'day', name: { fr: 'Échéance', en: 'Due date' }, isRequired: true },
        { id: 'reference', kind: 'text', name: { fr: 'Référence', en: 'Reference' }, isRequired: true },
        actsAs,
      ],
      returns: [...common, 'amount', 'currency', 'nextDeadline', 'vendorName', 'changed'],
      hasEffects: true,
    },
    {
      id: 'request-document',
      fields: [...vendorFields, documentField, actsAs],
      returns: [...common, 'vendorName', 'changed'],
      hasEffects: true,
    },
    {
      id: 'start-renewal',
      fields: [...vendorFields, actsAs],
      returns: [...common, 'contractTitle', 'nextDeadline', 'contractEndsOn', 'amount', 'currency', 'vendorName', 'changed'],
      hasEffects: true,
    },
  ],
  returns: [
    ...commonReturns,
    { id: 'total', type: 'double', name: { fr: 'Dépenses totales', en: 'Total spend' } },
    { id: 'currency', type: 'string', name: { fr: 'Devise', en: 'Currency' } },
    { id: 'purchaseCount', type: 'int', name: { fr: 'Nombre d’achats', en: 'Number of purchases' } },
    { id: 'share', type: 'double', name: { fr: 'Part des dépenses (%)', en: 'Share of spend (%)' } },
    { id: 'vendorName', type: 'string', name: { fr: 'Nom du fournisseur', en: 'Vendor name' } },
    { id: 'vendorStatus', type: 'string', name: { fr: 'Statut du fournisseur', en: 'Vendor status' } },
    { id: 'previousStatus', type: 'string', name: { fr: 'Statut précédent', en: 'Previous status' } },
    { id: 'changed', type: 'bool', name: { fr: 'Modifié', en: 'Changed' } },
    { id: 'score', type: 'double', name: { fr: 'Note', en: 'Score' } },
    { id: 'standing', type: 'string', name: { fr: 'Niveau', en: 'Standing' } },
    { id: 'coverage', type: 'double', name: { fr: 'Couverture (%)', en: 'Coverage (%)' } },
    { id: 'evaluatedLines', type: 'int', name: { fr: 'Lignes évaluées', en: 'Lines evaluated' } },
    { id: 'reasons', type: 'string', name: { fr: 'Raisons', en: 'Reasons' } },
    { id: 'missingList', type: 'string', name: { fr: 'Documents manquants', en: 'Missing documents' } },
    { id: 'expiredList', type: 'string', name: { fr: 'Documents expirés', en: 'Expired documents' } },
    { id: 'nextDeadline', type: 'string', name: { fr: 'Prochaine échéance', en: 'Next deadline' } },
    { id: 'amount', type: 'double', name: { fr: 'Montant', en: 'Amount' } },
    { id: 'contractTitle', type: 'string', name: { fr: 'Contrat', en: 'Contract' } },
    { id: 'contractEndsOn', type: 'string', name: { fr: 'Fin du contrat', en: 'Contract end' } },
  ],
}

/** Metrics whose value is one number: what a threshold can be set on. */
export const thresholdMetrics = [
  'revenue_won', 'deals_won', 'deals_lost', 'win_rate', 'win_rate_value', 'sales_cycle', 'average_deal', 'pipeline_open', 'spend_total',
] as const
export type ThresholdMetric = (typeof thresholdMetrics)[number]

export const businessAnalytics: ActionDefinition = {
  id: 'business-analytics',
  activityCode: 'comptoir_business_analytics',
  robotCode: 'comptoir_business_analytics_robot',
  name: { fr: 'Analyse commerciale', en: 'Business analytics' },
  description: {
    fr: 'Mesure un indicateur sur une période, le compare à un seuil et rend le verdict au processus.',
    en: 'Measures a metric over a period, compares it with a threshold and hands the verdict to the workflow.',
  },
  operations: [
    {
      id: 'metric-threshold',
      fields: [
        { id: 'metric', kind: 'choice', name: { fr: 'Indicateur', en: 'Metric' }, options: thresholdMetrics, isRequired: true },
        ...periodFields,
        { id: 'pipelineId', kind: 'pipeline', name: { fr: 'Pipeline', en: 'Pipeline' } },
        { id: 'userIds', kind: 'people', name: { fr: 'Responsables', en: 'Responsible people' } },
        { id: 'direction', kind: 'choice', name: { fr: 'Sens du seuil', en: 'Direction' }, options: ['at_least', 'above', 'at_most', 'below'], isRequired: true },
        { id: 'threshold', kind: 'number', name: { fr: 'Seuil', en: 'Threshold' }, isRequired: true },
      ],
      returns: [...common, 'value', 'previous', 'change', 'unit', 'reached'],
      hasEffects: false,
    },
  ],
  returns: [
    ...commonReturns,
    { id: 'value', type: 'double', name: { fr: 'Valeur', en: 'Value' } },
    { id: 'previous', type: 'double', name: { fr: 'Valeur précédente', en: 'Previous value' } },
    { id: 'change', type: 'double', name: { fr: 'Évolution (%)', en: 'Change (%)' } },
    { id: 'unit', type: 'string', name: { fr: 'Unité', en: 'Unit' } },
    { id: 'reached', type: 'bool', name: { fr: 'Seuil atteint', en: 'Threshold reached' } },
  ],
}

export const actions: Readonly<Record<ActionId, ActionDefinition>> = {
  'vendor-management': vendorManagement,
  'business-analytics': businessAnalytics,
}

export const actionOfCode = (code: string): ActionDefinition | null =>
  Object.values(actions).find(({ activityCode, robotCode }) => code === activityCode || code === robotCode) ?? null

/** Every setting of an action, each once, in the order of its operations. */
export function fieldsOf(action: ActionDefinition): readonly FieldDefinition[] {
  const all = action.operations.flatMap(operation => operation.fields)
  return all.filter((field, index) => all.findIndex(other => other.id === field.id) === index)
}

import type { ActionDefinition, ActionId, FieldDefinition } from './definition.ts'
import { actsAs, common, commonReturns, periodFields } from './definition.ts'
import { businessAnalytics } from './business-analytics.ts'
import { vendorStatuses } from '../vendors/vendor-status.ts'

export type { ActionDefinition, ActionId, Bilingual, FieldDefinition, OperationDefinition, ReturnDefinition } from './definition.ts'
export { businessAnalytics } from './business-analytics.ts'

export const actionIds = ['vendor-management', 'business-analytics'] as const satisfies readonly ActionId[]

const vendorFields: readonly FieldDefinition[] = [
  { id: 'vendorSource', kind: 'choice', name: { fr: 'Fournisseur', en: 'Vendor' }, options: ['document', 'fixed', 'expression'], isRequired: true },
  { id: 'vendorId', kind: 'vendor', name: { fr: 'Fournisseur choisi', en: 'Chosen vendor' }, isRequired: true, onlyWhen: { field: 'vendorSource', is: ['fixed'] } },
  { id: 'vendorExpression', kind: 'text', name: { fr: 'Société ou code fournisseur', en: 'Company or vendor code' }, isRequired: true, onlyWhen: { field: 'vendorSource', is: ['expression'] } },
]

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

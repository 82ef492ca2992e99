import { periodKinds } from '../insights/period.ts'

/** Two languages for what the host shows before any page of ours runs; other languages of the host get English. */
export interface Bilingual { readonly fr: string, readonly en: string }

export type ActionId = 'vendor-management' | 'business-analytics'

export type FieldKind = 'choice' | 'vendor' | 'period' | 'day' | 'number' | 'people' | 'pipeline' | 'scenario' | 'report' | 'segment' | 'text'

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
export const commonReturns: readonly ReturnDefinition[] = [
  { id: 'success', type: 'bool', name: { fr: 'Réussi', en: 'Succeeded' } },
  { id: 'verdict', type: 'string', name: { fr: 'Verdict', en: 'Verdict' } },
  { id: 'message', type: 'string', name: { fr: 'Message', en: 'Message' } },
  { id: 'link', type: 'string', name: { fr: 'Lien', en: 'Link' } },
]

export const common = commonReturns.map(({ id }) => id)

export const periodFields: readonly FieldDefinition[] = [
  { id: 'period', kind: 'period', name: { fr: 'Période', en: 'Period' }, options: periodKinds, isRequired: true },
  { id: 'periodFrom', kind: 'day', name: { fr: 'Du', en: 'From' }, isRequired: true, onlyWhen: { field: 'period', is: ['custom'] } },
  { id: 'periodTo', kind: 'day', name: { fr: 'Au', en: 'To' }, isRequired: true, onlyWhen: { field: 'period', is: ['custom'] } },
]

/** Empty: the process acts with the rights of Comptoir, which only administrators give by placing the action. */
export const actsAs: FieldDefinition = { id: 'actsAs', kind: 'people', name: { fr: 'Agit avec les droits de', en: 'Acts with the rights of' } }

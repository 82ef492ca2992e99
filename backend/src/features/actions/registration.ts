import { actions, fieldsOf, type ActionDefinition, type ActionId, type Bilingual, type FieldDefinition, type ReturnDefinition } from '@comptoir/shared/actions/definitions'

/** Raised when what the portal has registered must be renewed: a setting, a return value or a name has changed. */
export const registrationVersion = '5'

export interface HostRegistration {
  readonly kind: 'activity' | 'robot'
  readonly code: string
  readonly fields: Readonly<Record<string, unknown>>
}

interface Options {
  readonly publicUrl: string
  readonly authUserId: number
}

/** Both actions twice: as an activity (it reaches companies) and as a robot (it stands in the stages of deals). */
export const allRegistrations = (options: Options): HostRegistration[] =>
  Object.values(actions).flatMap(action => registrationsOf(action.id, options))

export function registrationsOf(actionId: ActionId, options: Options): HostRegistration[] {
  const action = actions[actionId]
  return [
    { kind: 'activity', code: action.activityCode, fields: hostFields(action, action.activityCode, options) },
    // No document type: it would keep the robot out of every record but that one.
    { kind: 'robot', code: action.robotCode, fields: hostFields(action, action.robotCode, options) },
  ]
}

/** In the designer's list the actions stand among those of the portal: named in its languages, although what they open is French or English. */
const furtherNames: Readonly<Record<ActionId, Readonly<Record<string, string>>>> = {
  'vendor-management': { de: 'Lieferantenmanagement', la: 'Gestión de proveedores', br: 'Gestão de fornecedores', it: 'Gestione fornitori', pl: 'Zarządzanie dostawcami', ar: 'إدارة الموردين' },
  'business-analytics': { de: 'Geschäftsanalyse', la: 'Análisis de negocio', br: 'Análise de negócios', it: 'Analisi aziendale', pl: 'Analityka biznesowa', ar: 'تحليل الأعمال' },
}

const inEnglish = ({ id, description }: ActionDefinition): Record<string, string> =>
  Object.fromEntries(Object.keys(furtherNames[id]).map(language => [language, description.en]))

function hostFields(action: ActionDefinition, code: string, { publicUrl, authUserId }: Options): Record<string, unknown> {
  return {
    HANDLER: `${publicUrl}/bx/action/${code}`,
    AUTH_USER_ID: authUserId,
    USE_SUBSCRIPTION: 'Y',
    NAME: { ...action.name, ...furtherNames[action.id] },
    DESCRIPTION: { ...inEnglish(action), ...action.description },
    PROPERTIES: {
      operation: { Name: { fr: 'Opération', en: 'Operation' }, Type: 'string', Required: 'Y', Multiple: 'N', Default: action.operations[0]?.id },
      ...Object.fromEntries(fieldsOf(action).map(field => [field.id, hostProperty(field)])),
    },
    RETURN_PROPERTIES: Object.fromEntries(action.returns.map(one => [one.id, hostReturn(one)])),
    USE_PLACEMENT: 'Y',
    PLACEMENT_HANDLER: `${publicUrl}/p/action-settings`,
  }
}

/** Text for every kind: only then may an expression of the workflow stand in it. */
const hostProperty = ({ name }: FieldDefinition): Record<string, unknown> =>
  ({ Name: name satisfies Bilingual, Type: 'string', Required: 'N', Multiple: 'N' })

const hostReturn = ({ name, type }: ReturnDefinition): Record<string, unknown> =>
  ({ Name: name, Type: type, Multiple: 'N' })

/** Kinds that crm.item.fields reports. */
export type FieldType =
  | 'integer' | 'double' | 'string' | 'text' | 'boolean' | 'char' | 'date' | 'datetime' | 'user'
  | 'crm_status' | 'crm_currency' | 'crm_company' | 'crm_contact' | 'crm_lead' | 'crm_category'
  | 'crm_deal' | 'crm_entity' | 'enumeration' | 'crm_multifield'

export interface Field {
  /** camelCase name of crm.item.*. */
  name: string
  /** Name in the old crm.deal.* and crm.company.* families. */
  upper: string
  type: FieldType
  title: string
  isRequired: boolean
  isReadOnly: boolean
  isMultiple: boolean
  isDynamic: boolean
  statusType: string | null
  items: { ID: string, VALUE: string }[] | null
}

type Flag = '!' | 'r' | '*'

/** Flags: `!` required, `r` read-only, `*` multiple. */
type Row = [name: string, type: FieldType, title: string, options?: { upper?: string, flags?: Flag[], statusType?: string }]

export function upperName(name: string): string {
  if (name.startsWith('ufCrm'))
    return `UF_CRM_${name.slice(5).replace(/^_/, '').replace(/([a-z])([A-Z0-9])/g, '$1_$2').toUpperCase()}`
  return name.replace(/([a-z])([A-Z0-9])/g, '$1_$2').toUpperCase()
}

function toField([name, type, title, { upper = upperName(name), flags = [], statusType } = {}]: Row): Field {
  return {
    name,
    upper,
    type,
    title,
    isRequired: flags.includes('!'),
    isReadOnly: flags.includes('r'),
    isMultiple: flags.includes('*'),
    isDynamic: false,
    statusType: statusType ?? null,
    items: null,
  }
}

const common: Row[] = [
  ['id', 'integer', 'ID', { flags: ['r'] }],
  ['xmlId', 'string', 'Code externe'],
  ['title', 'string', 'Nom'],
  ['createdBy', 'user', 'Créé par', { upper: 'CREATED_BY_ID', flags: ['r'] }],
  ['updatedBy', 'user', 'Modifié par', { upper: 'MODIFY_BY_ID', flags: ['r'] }],
  ['createdTime', 'datetime', 'Date de création', { upper: 'DATE_CREATE', flags: ['r'] }],
  ['updatedTime', 'datetime', 'Date de modification', { upper: 'DATE_MODIFY', flags: ['r'] }],
  ['lastActivityBy', 'user', 'Dernière activité par', { flags: ['r'] }],
  ['lastActivityTime', 'datetime', 'Dernière activité', { flags: ['r'] }],
  ['assignedById', 'user', 'Responsable'],
  ['opened', 'boolean', 'Accessible à tous'],
  ['categoryId', 'crm_category', 'Pipeline'],
  ['originatorId', 'string', 'Source externe'],
  ['originId', 'string', 'Identifiant externe'],
  ['webformId', 'integer', 'Formulaire CRM'],
  ['utmSource', 'string', 'UTM source'],
  ['utmMedium', 'string', 'UTM medium'],
  ['utmCampaign', 'string', 'UTM campaign'],
  ['utmContent', 'string', 'UTM content'],
  ['utmTerm', 'string', 'UTM term'],
]

const money: Row[] = [
  ['opportunity', 'double', 'Montant'],
  ['isManualOpportunity', 'boolean', 'Montant saisi à la main'],
  ['taxValue', 'double', 'Taxes'],
  ['currencyId', 'crm_currency', 'Devise'],
]

const clients: Row[] = [
  ['companyId', 'crm_company', 'Entreprise'],
  ['contactId', 'crm_contact', 'Contact'],
  ['contactIds', 'crm_contact', 'Contacts', { flags: ['*'] }],
  ['comments', 'text', 'Commentaire'],
  ['begindate', 'date', 'Date de début'],
  ['closedate', 'date', 'Date de clôture'],
]

const staged: Row[] = [
  ['stageId', 'crm_status', 'Étape'],
  ['previousStageId', 'crm_status', 'Étape précédente', { flags: ['r'] }],
  ['movedBy', 'user', 'Déplacé par', { flags: ['r'] }],
  ['movedTime', 'datetime', 'Date de changement d’étape', { flags: ['r'] }],
]

/** Deals and leads have an old family of methods, which says MOVED_BY_ID. */
const stagedOfOld = staged.map((row): Row => row[0] === 'movedBy' ? [row[0], row[1], row[2], { upper: 'MOVED_BY_ID', flags: ['r'] }] : row)

const deal: Row[] = [
  ...common,
  ...stagedOfOld,
  ...money,
  ...clients,
  ['stageSemanticId', 'string', 'Type d’étape', { flags: ['r'] }],
  ['isNew', 'boolean', 'Nouvelle', { flags: ['r'] }],
  ['closed', 'boolean', 'Clôturée'],
  ['typeId', 'crm_status', 'Type', { statusType: 'DEAL_TYPE' }],
  ['probability', 'integer', 'Probabilité'],
  ['leadId', 'crm_lead', 'Prospect', { flags: ['r'] }],
  ['additionalInfo', 'text', 'Informations complémentaires'],
  ['sourceId', 'crm_status', 'Source', { statusType: 'SOURCE' }],
  ['sourceDescription', 'text', 'Détail de la source'],
  ['isRecurring', 'boolean', 'Récurrente'],
  ['isReturnCustomer', 'boolean', 'Client existant'],
]

const company: Row[] = [
  ...common,
  ['logo', 'string', 'Logo'],
  ['address', 'string', 'Adresse'],
  ['addressCity', 'string', 'Ville'],
  ['addressCountry', 'string', 'Pays'],
  ['addressLegal', 'text', 'Adresse du siège', { upper: 'ADDRESS_LEGAL' }],
  ['bankingDetails', 'text', 'Coordonnées bancaires'],
  ['comments', 'text', 'Commentaire'],
  ['typeId', 'crm_status', 'Type d’entreprise', { upper: 'COMPANY_TYPE', statusType: 'COMPANY_TYPE' }],
  ['industry', 'crm_status', 'Secteur', { statusType: 'INDUSTRY' }],
  ['revenue', 'double', 'Chiffre d’affaires'],
  ['currencyId', 'crm_currency', 'Devise'],
  ['employees', 'crm_status', 'Effectif', { statusType: 'EMPLOYEES' }],
  ['leadId', 'crm_lead', 'Prospect', { flags: ['r'] }],
  ['originVersion', 'string', 'Version externe'],
  ['hasPhone', 'boolean', 'A un téléphone', { flags: ['r'] }],
  ['hasEmail', 'boolean', 'A une adresse électronique', { flags: ['r'] }],
  ['hasImol', 'boolean', 'A un canal ouvert', { flags: ['r'] }],
  ['isMyCompany', 'boolean', 'Mon entreprise'],
  ['contactIds', 'crm_contact', 'Contacts', { flags: ['*'] }],
  ['observers', 'user', 'Observateurs', { flags: ['*'] }],
  ['fm', 'crm_multifield', 'Téléphone et courriel', { flags: ['*'] }],
]

const contact: Row[] = [
  ...common.filter(([name]) => name !== 'title'),
  ['honorific', 'crm_status', 'Civilité', { statusType: 'HONORIFIC' }],
  ['name', 'string', 'Prénom'],
  ['secondName', 'string', 'Deuxième prénom'],
  ['lastName', 'string', 'Nom'],
  ['post', 'string', 'Fonction'],
  ['typeId', 'crm_status', 'Type de contact', { statusType: 'CONTACT_TYPE' }],
  ['sourceId', 'crm_status', 'Source', { statusType: 'SOURCE' }],
  ['companyId', 'crm_company', 'Entreprise'],
  ['companyIds', 'crm_company', 'Entreprises', { flags: ['*'] }],
  ['comments', 'text', 'Commentaire'],
  ['hasPhone', 'boolean', 'A un téléphone', { flags: ['r'] }],
  ['hasEmail', 'boolean', 'A une adresse électronique', { flags: ['r'] }],
  ['fm', 'crm_multifield', 'Téléphone et courriel', { flags: ['*'] }],
]

const lead: Row[] = [
  ...common,
  ['stageId', 'crm_status', 'Étape', { upper: 'STATUS_ID', statusType: 'STATUS' }],
  ...stagedOfOld.filter(([name]) => name.startsWith('moved')),
  ...money,
  ['stageSemanticId', 'string', 'Type d’étape', { upper: 'STATUS_SEMANTIC_ID', flags: ['r'] }],
  ['name', 'string', 'Prénom'],
  ['lastName', 'string', 'Nom'],
  ['companyTitle', 'string', 'Entreprise'],
  ['sourceId', 'crm_status', 'Source', { statusType: 'SOURCE' }],
  ['companyId', 'crm_company', 'Entreprise'],
  ['contactId', 'crm_contact', 'Contact'],
]

const quote: Row[] = [...common, ...staged, ...money, ...clients, ['quoteNumber', 'string', 'Numéro'], ['dealId', 'crm_deal', 'Transaction']]

const dynamic: Row[] = [
  ...common,
  ...staged,
  ...money,
  ...clients.filter(([name]) => name !== 'comments'),
  ['opportunityAccount', 'double', 'Montant en devise de base', { flags: ['r'] }],
  ['accountCurrencyId', 'crm_currency', 'Devise de base', { flags: ['r'] }],
  ['mycompanyId', 'crm_company', 'Mon entreprise'],
  ['sourceId', 'crm_status', 'Source', { statusType: 'SOURCE' }],
  ['sourceDescription', 'text', 'Détail de la source'],
  ['parentId2', 'crm_deal', 'Transaction'],
]

const smartInvoice: Row[] = [
  ...dynamic,
  ['accountNumber', 'string', 'Numéro', { flags: ['r'] }],
  ['comments', 'text', 'Commentaire'],
  ['parentId7', 'crm_entity', 'Devis'],
]

const standard = new Map<number, Field[]>([
  [1, lead.map(toField)],
  [2, deal.map(toField)],
  [3, contact.map(toField)],
  [4, company.map(toField)],
  [7, quote.map(toField)],
  [31, smartInvoice.map(toField)],
])
const dynamicFields = dynamic.map(toField)

export function standardFields(entityTypeId: number): Field[] {
  return standard.get(entityTypeId) ?? dynamicFields
}

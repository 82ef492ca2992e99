import type { CrmStore, StatusEntry } from '../crm/store.ts'

export const contractTypeId = 1036
export const vendorCategoryId = 3

type Stage = [id: string, name: string, semantics: 'P' | 'S' | 'F', color: string]

/** Order matters: the deal table keeps a stage as its position in this list. */
export const dealStages: Stage[] = [
  ['NEW', 'Prospection', 'P', '#39A8EF'],
  ['PREPARATION', 'Qualification', 'P', '#2FC6F6'],
  ['PREPAYMENT_INVOICE', 'Proposition envoyée', 'P', '#55D0E0'],
  ['EXECUTING', 'Négociation', 'P', '#FFA900'],
  ['WON', 'Gagnée', 'S', '#7BD500'],
  ['LOSE', 'Perdue', 'F', '#FF5752'],
  ['APOLOGY', 'Perdue, à analyser', 'F', '#FF5752'],
]

const contractStages: Stage[] = [
  ['NEW', 'Brouillon', 'P', '#39A8EF'],
  ['PREPARATION', 'En relecture', 'P', '#FFA900'],
  ['CLIENT', 'En vigueur', 'P', '#47E4C2'],
  ['SUCCESS', 'Échu', 'S', '#7BD500'],
  ['FAIL', 'Résilié', 'F', '#FF5752'],
]

const invoiceStages: Stage[] = [
  ['N', 'Nouvelle', 'P', '#39A8EF'],
  ['S', 'Envoyée', 'P', '#2FC6F6'],
  ['P', 'Payée', 'S', '#7BD500'],
  ['D', 'Impayée', 'F', '#FF5752'],
]

const leadStages: Stage[] = [
  ['NEW', 'Nouveau', 'P', '#39A8EF'],
  ['IN_PROCESS', 'En cours', 'P', '#2FC6F6'],
  ['CONVERTED', 'Converti', 'S', '#7BD500'],
  ['JUNK', 'Sans suite', 'F', '#FF5752'],
]

const quoteStages: Stage[] = [
  ['DRAFT', 'Brouillon', 'P', '#39A8EF'],
  ['SENT', 'Envoyé', 'P', '#2FC6F6'],
  ['APPROVED', 'Accepté', 'S', '#7BD500'],
  ['DECLAINED', 'Refusé', 'F', '#FF5752'],
]

const plain: Record<string, [id: string, name: string][]> = {
  COMPANY_TYPE: [['CUSTOMER', 'Client'], ['SUPPLIER', 'Fournisseur'], ['COMPETITOR', 'Concurrent'], ['PARTNER', 'Partenaire'], ['OTHER', 'Autre']],
  CONTACT_TYPE: [['CLIENT', 'Client'], ['SUPPLIER', 'Fournisseur'], ['PARTNER', 'Partenaire'], ['OTHER', 'Autre']],
  INDUSTRY: [['IT', 'Informatique'], ['TELECOM', 'Télécommunications'], ['MANUFACTURING', 'Industrie'], ['BANKING', 'Banque'], ['CONSULTING', 'Conseil'], ['FINANCE', 'Finance'], ['RETAIL', 'Commerce'], ['DELIVERY', 'Transport'], ['OTHER', 'Autre']],
  EMPLOYEES: [['EMPLOYEES_1', 'Moins de 50'], ['EMPLOYEES_2', '50 à 250'], ['EMPLOYEES_3', '250 à 500'], ['EMPLOYEES_4', 'Plus de 500']],
  SOURCE: [['CALL', 'Appel'], ['EMAIL', 'Courriel'], ['WEB', 'Site web'], ['ADVERTISING', 'Publicité'], ['PARTNER', 'Client existant'], ['RECOMMENDATION', 'Recommandation'], ['TRADE_SHOW', 'Salon']],
  DEAL_TYPE: [['SALE', 'Vente'], ['COMPLEX', 'Vente complexe'], ['GOODS', 'Marchandises'], ['SERVICES', 'Services'], ['SERVICE', 'Maintenance']],
  HONORIFIC: [['HNR_FR_1', 'M.'], ['HNR_FR_2', 'Mme']],
}

/** Sources that deals come from, by position. */
export const sources = plain.SOURCE!.map(([id]) => id)

export function addDirectories(store: CrmStore): void {
  let id = 0
  const add = (entityId: string, [statusId, name]: [string, string], at: number, more: Partial<StatusEntry> = {}) => store.statuses.push({
    id: ++id, entityId, statusId, name, sort: (at + 1) * 10, isSystem: true, categoryId: null, color: null, semantics: null, ...more,
  })
  const addStages = (entityId: string, prefix: string, stages: Stage[], categoryId: number) => stages.forEach(([stageId, name, semantics, color], at) =>
    add(entityId, [`${prefix}${stageId}`, name], at, { categoryId, semantics, color, isSystem: at === 0 || semantics !== 'P' }))

  addStages('DEAL_STAGE', '', dealStages, 0)
  addStages('DEAL_STAGE_1', 'C1:', dealStages, 1)
  addStages('STATUS', '', leadStages, 0)
  addStages('QUOTE_STATUS', '', quoteStages, 0)
  addStages('SMART_INVOICE_STAGE_4', 'DT31_4:', invoiceStages, 4)
  addStages(`DYNAMIC_${contractTypeId}_STAGE_5`, `DT${contractTypeId}_5:`, contractStages, 5)
  for (const [entityId, entries] of Object.entries(plain))
    entries.forEach((entry, at) => add(entityId, entry, at))

  store.types.push({ id: 1, entityTypeId: contractTypeId, title: 'Contrats fournisseurs' })
  store.categories.push(
    { id: 0, entityTypeId: 2, name: 'Général', sort: 300, isDefault: true, code: null },
    { id: 1, entityTypeId: 2, name: 'Renouvellements', sort: 400, isDefault: false, code: null },
    { id: 0, entityTypeId: 3, name: 'Contacts', sort: 100, isDefault: true, code: null },
    { id: 2, entityTypeId: 3, name: 'Contacts fournisseurs', sort: 500, isDefault: false, code: 'CATALOG_CONTRACTOR_CONTACT' },
    { id: 0, entityTypeId: 4, name: 'Entreprises', sort: 100, isDefault: true, code: null },
    { id: vendorCategoryId, entityTypeId: 4, name: 'Fournisseurs', sort: 500, isDefault: false, code: 'CATALOG_CONTRACTOR_COMPANY' },
    { id: 4, entityTypeId: 31, name: 'Factures', sort: 500, isDefault: true, code: null },
    { id: 5, entityTypeId: contractTypeId, name: 'Contrats', sort: 500, isDefault: true, code: null },
  )
  store.currencies.push(
    { code: 'EUR', fullName: 'Euro', amount: 1, amountCount: 1, isBase: true, formatString: '# &euro;', sort: 100 },
    { code: 'USD', fullName: 'Dollar américain', amount: 0.92, amountCount: 1, isBase: false, formatString: '# $', sort: 200 },
    { code: 'GBP', fullName: 'Livre sterling', amount: 1.17, amountCount: 1, isBase: false, formatString: '&pound;#', sort: 300 },
  )
  store.userFields.set(4, [{ name: 'ufCrmErpCode', type: 'string', title: 'Code comptable', isMultiple: false }])
  store.userFields.set(2, [{ name: 'ufCrmRenewal', type: 'boolean', title: 'Renouvellement', isMultiple: false }])
}

/** Category that records of a type get when none is named. */
export function defaultCategory(entityTypeId: number): number {
  return entityTypeId === 31 ? 4 : entityTypeId === contractTypeId ? 5 : 0
}

import type { Portal } from '../state.ts'
import { toPortalTime } from '../core/zoned-time.ts'
import { vendorCategoryId } from './directories.ts'
import { bankAccount, siren, vatNumber } from './identifiers.ts'
import { sellerId } from './people.ts'
import { scatter } from './random.ts'

const industries = ['IT', 'TELECOM', 'MANUFACTURING', 'BANKING', 'CONSULTING', 'FINANCE', 'RETAIL', 'DELIVERY', 'OTHER']
const cities = ['Lille', 'Lyon', 'Nantes', 'Bordeaux', 'Strasbourg', 'Rennes', 'Toulouse', 'Marseille', 'Paris', 'Grenoble']
const firstNames = ['Claire', 'Julien', 'Léa', 'Mathieu', 'Anne', 'Romain', 'Sarah', 'Olivier', 'Émilie', 'Vincent']
const lastNames = ['Durand', 'Moreau', 'Lefebvre', 'Rousseau', 'Faure', 'Mercier', 'Boyer', 'Gauthier', 'Henry', 'Lemaire']

/** Names of clients when no pipeline file brings its own. */
export function generatedCompanyNames(count: number): string[] {
  const stems = ['Alpes', 'Atlantique', 'Bocage', 'Cévennes', 'Dordogne', 'Estuaire', 'Flandre', 'Garrigue', 'Horizon', 'Isère', 'Jura', 'Loire', 'Morvan', 'Normandie', 'Océan', 'Provence', 'Quercy', 'Rhône', 'Savoie', 'Vexin']
  const trades = ['Logistique', 'Industrie', 'Santé', 'Énergie', 'Distribution', 'Conseil', 'Systèmes', 'Habitat', 'Textile', 'Mobilité']
  return Array.from({ length: count }, (_, at) => {
    const name = `${stems[at % stems.length]} ${trades[Math.floor(at / stems.length) % trades.length]}`
    const round = Math.floor(at / (stems.length * trades.length))
    return round === 0 ? name : `${name} ${round + 1}`
  })
}

export const suppliers: [name: string, industry: string, city: string, isInVendorCategory: boolean][] = [
  ['Imprimerie Delmas', 'MANUFACTURING', 'Lyon', false],
  ['Transports Kervella', 'DELIVERY', 'Rennes', false],
  ['Ateliers Bréchet', 'MANUFACTURING', 'Grenoble', true],
  ['Composants du Rhin', 'MANUFACTURING', 'Strasbourg', false],
  ['Nettoyage Lumière', 'OTHER', 'Paris', false],
  ['Cartonnages de l’Ouest', 'MANUFACTURING', 'Nantes', true],
  ['Optima Maintenance', 'IT', 'Lille', false],
  ['Hexagone Télécom', 'TELECOM', 'Paris', false],
  ['Bureautique Occitane', 'RETAIL', 'Toulouse', true],
  ['Fonderie Vasseur', 'MANUFACTURING', 'Lille', false],
  ['Traiteur Maison Roux', 'OTHER', 'Marseille', false],
  ['Cabinet Aubert Conseil', 'CONSULTING', 'Bordeaux', false],
]

interface Addition {
  title: string
  typeId: string
  industry: string
  city: string
  categoryId: number
}

/** Clients first, so that their numbers are 1 … n, then the suppliers with their legal and bank details. */
export function addCompanies(portal: Portal, clientNames: readonly string[]): Map<number, string> {
  const names = new Map<number, string>()
  const began = portal.clock.now() - 420 * 86_400_000
  const write = (row: number, { title, typeId, industry, city, categoryId }: Addition) => {
    const phone = `+33 ${1 + (row % 5)} ${String(scatter(row, 20, 100_000_000)).padStart(8, '0').replace(/(..)(?=.)/g, '$1 ')}`
    const item = portal.crm.add(4, {
      title,
      typeId,
      industry,
      categoryId,
      addressCity: city,
      addressCountry: 'France',
      address: `${1 + scatter(row, 21, 120)} rue de la République, ${city}`,
      employees: `EMPLOYEES_${1 + scatter(row, 22, 4)}`,
      revenue: (1 + scatter(row, 23, 400)) * 50_000,
      assignedById: sellerId(scatter(row, 24, 30)),
      createdBy: 1,
      createdTime: toPortalTime(began + row * 3_600_000),
      updatedTime: toPortalTime(began + row * 7_200_000),
      ufCrmErpCode: `${typeId === 'SUPPLIER' ? '401' : '411'}${String(row + 1).padStart(4, '0')}`,
      fm: [
        { id: row * 2 + 1, typeId: 'PHONE', valueType: 'WORK', value: phone },
        { id: row * 2 + 2, typeId: 'EMAIL', valueType: 'WORK', value: `contact@entreprise-${row + 1}.test` },
      ],
    }, { userId: 1, startsAutomation: false })
    names.set(item.id, title)
    addContact(portal, row, item.id, title, typeId)
    return item.id
  }
  clientNames.forEach((title, row) => write(row, { title, typeId: 'CUSTOMER', industry: industries[scatter(row, 25, industries.length)]!, city: cities[row % cities.length]!, categoryId: 0 }))
  const clients = new Map(names)
  suppliers.forEach(([title, industry, city, isInVendorCategory], at) => {
    const companyId = write(clientNames.length + at, { title, typeId: 'SUPPLIER', industry, city, categoryId: isInVendorCategory ? vendorCategoryId : 0 })
    addRequisite(portal, at, companyId, title, city)
  })
  return clients
}

function addContact(portal: Portal, row: number, companyId: number, companyName: string, companyType: string): void {
  const name = firstNames[scatter(row, 26, firstNames.length)]!
  const lastName = lastNames[scatter(row, 27, lastNames.length)]!
  const company = portal.crm.items(4)!.get(companyId)!
  const contact = portal.crm.add(3, {
    name,
    lastName,
    post: companyType === 'SUPPLIER' ? 'Responsable commercial' : 'Responsable achats',
    typeId: companyType === 'SUPPLIER' ? 'SUPPLIER' : 'CLIENT',
    companyId,
    companyIds: [companyId],
    comments: companyName,
    createdTime: company.createdTime,
    updatedTime: company.updatedTime,
    fm: [{ id: 10_000 + row, typeId: 'EMAIL', valueType: 'WORK', value: `interlocuteur@entreprise-${row + 1}.test` }],
  }, { userId: 1, startsAutomation: false })
  portal.crm.items(4)!.replace({ ...company, contactIds: [contact.id] })
}

function addRequisite(portal: Portal, at: number, companyId: number, name: string, city: string): void {
  const number = siren(at)
  const time = toPortalTime(portal.clock.now() - 300 * 86_400_000)
  const requisite = portal.crm.requisites.insert({
    ENTITY_TYPE_ID: 4,
    ENTITY_ID: companyId,
    PRESET_ID: 1,
    DATE_CREATE: time,
    DATE_MODIFY: time,
    CREATED_BY_ID: 1,
    MODIFY_BY_ID: 1,
    NAME: 'Société',
    ACTIVE: 'Y',
    SORT: 500,
    RQ_COMPANY_NAME: name,
    RQ_COMPANY_FULL_NAME: `${name} SAS`,
    RQ_SIREN: number,
    RQ_SIRET: `${number}00015`,
    RQ_VAT_ID: vatNumber(number),
    RQ_ADDR: city,
  })
  const account = bankAccount(at)
  portal.crm.bankDetails.insert({
    ENTITY_TYPE_ID: 8,
    ENTITY_ID: requisite.id,
    COUNTRY_ID: 132,
    DATE_CREATE: time,
    DATE_MODIFY: time,
    NAME: 'Compte principal',
    ACTIVE: 'Y',
    SORT: 500,
    RQ_BANK_NAME: account.bank,
    RQ_IBAN: account.iban,
    RQ_BIC: account.bic,
  })
}

import type { CrmAccess, Department, Portal, User } from '../state.ts'

/** People with a part of their own; sellers of the pipeline follow from `firstSellerId`. */
export const peopleIds = { admin: 1, manager: 2, seller: 3, limitedSeller: 4, buyer: 5, extranet: 6, southManager: 7, eastManager: 8 } as const
export const firstSellerId = 9
const sellerCount = 30

/** Names of the sellers when no pipeline file brings its own. */
const sellerNames = [
  'Alice Morel', 'Bastien Roche', 'Chloé Vidal', 'Damien Leroy', 'Élodie Garnier', 'Fabrice Noël', 'Gaëlle Perrin',
  'Hugo Lambert', 'Inès Colin', 'Jérôme Masson', 'Karine Aubry', 'Lucas Renard', 'Manon Chevalier', 'Nicolas Picard',
  'Océane Blanchard', 'Pierre Guérin', 'Quentin Barbier', 'Romane Dupuis', 'Simon Lacroix', 'Tiphaine Carlier',
  'Ulysse Fabre', 'Valérie Charpentier', 'William Marty', 'Xavier Poulain', 'Yasmine Brunet', 'Zoé Delattre',
  'Antoine Pichon', 'Béatrice Royer',
]

const departments: Department[] = [
  { id: 1, name: 'Direction', sort: 100, parentId: null, headId: peopleIds.admin },
  { id: 2, name: 'Commercial', sort: 200, parentId: 1, headId: null },
  { id: 3, name: 'Ventes Nord', sort: 210, parentId: 2, headId: peopleIds.manager },
  { id: 4, name: 'Ventes Sud', sort: 220, parentId: 2, headId: peopleIds.southManager },
  { id: 5, name: 'Ventes Est', sort: 230, parentId: 2, headId: peopleIds.eastManager },
  { id: 6, name: 'Achats', sort: 300, parentId: 1, headId: peopleIds.buyer },
]
const salesDepartments = [3, 4, 5]

/** Companies that the limited seller may not see. */
const hiddenFromLimitedSeller = [3, 17, 42, 88]

const everything: CrmAccess = { deals: 'all', mayEditDeals: true, mayImport: true, hiddenCompanyIds: [] }
const ofDepartment: CrmAccess = { deals: 'department', mayEditDeals: true, mayImport: true, hiddenCompanyIds: [] }
const own: CrmAccess = { deals: 'own', mayEditDeals: true, mayImport: false, hiddenCompanyIds: [] }

function person(id: number, fullName: string, position: string, departmentId: number, rest: Partial<User> = {}): User {
  const [name = '', ...lastName] = fullName.split(' ')
  const address = fullName.normalize('NFD').replaceAll(/[^A-Za-z ]/g, '').toLowerCase().replaceAll(' ', '.')
  return {
    id,
    name,
    lastName: lastName.join(' '),
    email: `${address}@portail.test`,
    position,
    gender: '',
    language: 'fr',
    timeZone: 'Europe/Paris',
    departmentIds: [departmentId],
    isAdmin: false,
    isExtranet: false,
    isActive: true,
    crm: own,
    ...rest,
  }
}

export function addPeople(portal: Portal, names: readonly string[] = sellerNames): void {
  const cast = [
    person(peopleIds.admin, 'Hélène Marchand', 'Administratrice', 1, { isAdmin: true, gender: 'F', crm: everything }),
    person(peopleIds.manager, 'Sophie Bernard', 'Directrice commerciale Nord', 3, { gender: 'F', hasBiAccess: true, crm: ofDepartment }),
    person(peopleIds.seller, 'Camille Laurent', 'Commerciale', 3, { gender: 'F' }),
    person(peopleIds.limitedSeller, 'Thomas Girard', 'Commercial', 3, { gender: 'M', crm: { ...own, hiddenCompanyIds: hiddenFromLimitedSeller } }),
    person(peopleIds.buyer, 'Nadia Benali', 'Acheteuse', 6, { gender: 'F', crm: { ...everything, mayEditDeals: false } }),
    person(peopleIds.extranet, 'Julien Petit', 'Partenaire', 2, { gender: 'M', isExtranet: true, departmentIds: [], crm: { ...own, deals: 'none' } }),
    person(peopleIds.southManager, 'Marc Fontaine', 'Directeur commercial Sud', 4, { gender: 'M', crm: ofDepartment }),
    person(peopleIds.eastManager, 'Laure Simon', 'Directrice commerciale Est', 5, { gender: 'F', crm: ofDepartment }),
  ]
  const sellers = names.map((name, at) => person(firstSellerId + at, name, 'Commercial', departmentOfSeller(at + 2)))
  for (const user of [...cast, ...sellers])
    portal.users.set(user.id, user)
  for (const department of departments)
    portal.departments.set(department.id, { ...department })
}

/** Sellers 0 and 1 are the two named ones; ten sellers to a region. */
function departmentOfSeller(at: number): number {
  return salesDepartments[Math.floor(at / Math.ceil(sellerCount / salesDepartments.length)) % salesDepartments.length]!
}

/** The user behind the nth seller: the two named people first. */
export function sellerId(at: number): number {
  return at === 0 ? peopleIds.seller : at === 1 ? peopleIds.limitedSeller : firstSellerId + at - 2
}

export const namedSellers = 2
export const generatedSellers = sellerNames.length + namedSellers

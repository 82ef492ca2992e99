/** By the host's name of a language: what stands in its menus is read before the app, whose own texts are French or English. */
type Words = Readonly<Record<'fr' | 'en', string>> & Readonly<Record<string, string>>

/** What Comptoir registers in a portal, as data. The host's spelling begins in install-steps. */
export interface PlacementRegistration {
  readonly code: string
  readonly path: string
  /** What administrators call it. */
  readonly place: Words
  readonly title: Words
  readonly description: Words
  /** A portal that does not know it loses a comfort, not a screen. */
  readonly isOptional?: boolean
}

const vendors: Words = { fr: 'Fournisseurs', en: 'Vendors', de: 'Lieferanten', la: 'Proveedores', br: 'Fornecedores', it: 'Fornitori', pl: 'Dostawcy', ar: 'الموردون' }

const autofill: Words = { fr: 'Fournisseurs de Comptoir', en: 'Comptoir vendors', de: 'Comptoir-Lieferanten', la: 'Proveedores de Comptoir', br: 'Fornecedores do Comptoir', it: 'Fornitori di Comptoir', pl: 'Dostawcy Comptoir', ar: 'موردو Comptoir' }

export const placementRegistrations: readonly PlacementRegistration[] = [
  {
    code: 'CRM_DEAL_DETAIL_TAB',
    place: { fr: 'Onglet des affaires', en: 'Deal tab' },
    path: '/p/deal-tab',
    title: vendors,
    description: { fr: 'Fournisseurs liés, coûts et marge de l’affaire', en: 'Linked vendors, costs and margin of the deal' },
  },
  {
    code: 'CRM_COMPANY_DETAIL_TAB',
    place: { fr: 'Onglet des entreprises', en: 'Company tab' },
    path: '/p/company-tab',
    title: { fr: 'Fournisseur', en: 'Vendor', de: 'Lieferant', la: 'Proveedor', br: 'Fornecedor', it: 'Fornitore', pl: 'Dostawca', ar: 'المورّد' },
    description: { fr: 'Fiche fournisseur, achats et dépenses', en: 'Vendor profile, purchases and spend' },
  },
  {
    code: 'CRM_ANALYTICS_MENU',
    place: { fr: 'Menu des analyses du CRM', en: 'CRM analytics menu' },
    path: '/p/analytics',
    title: { fr: 'Analyses Comptoir', en: 'Comptoir analytics', de: 'Comptoir-Analysen', la: 'Análisis Comptoir', br: 'Análises Comptoir', it: 'Analisi Comptoir', pl: 'Analizy Comptoir', ar: 'تحليلات Comptoir' },
    description: { fr: 'Ventes, pipeline et dépenses', en: 'Sales, pipeline and spend' },
  },
  {
    code: 'LEFT_MENU',
    place: { fr: 'Menu de gauche', en: 'Left menu' },
    path: '/p/directory',
    title: vendors,
    description: { fr: 'Annuaire des fournisseurs et imports', en: 'Vendor directory and imports' },
  },
  {
    // Sources of the search fields for a card's details: their title is what the portal calls the source.
    code: 'CRM_REQUISITE_AUTOCOMPLETE',
    place: { fr: 'Recherche de mentions légales dans les fiches', en: 'Company details search in cards' },
    isOptional: true,
    path: '/p/company-autofill',
    title: autofill,
    description: { fr: 'Mentions légales des fournisseurs de Comptoir', en: 'Company details of Comptoir’s vendors' },
  },
  {
    code: 'CRM_BANK_DETAIL_AUTOCOMPLETE',
    place: { fr: 'Recherche de coordonnées bancaires dans les fiches', en: 'Bank details search in cards' },
    isOptional: true,
    path: '/p/bank-autofill',
    title: autofill,
    description: { fr: 'Coordonnées bancaires approuvées des fournisseurs de Comptoir', en: 'Approved bank accounts of Comptoir’s vendors' },
  },
  {
    // No button: links in notices, tasks and to-dos open the page they name.
    code: 'REST_APP_URI',
    place: { fr: 'Liens des notifications', en: 'Links in notifications' },
    isOptional: true,
    path: '/p/main',
    title: { fr: 'Comptoir', en: 'Comptoir' },
    description: { fr: 'Ouvre la page dont parle une notification', en: 'Opens the page that a notice speaks of' },
  },
]

/** An administrator may leave any of them out. */
export const placementsWanted = (off: readonly string[]): readonly PlacementRegistration[] =>
  placementRegistrations.filter(({ code }) => !off.includes(code))

/** Changes of the CRM that the mirror wants to hear of, and the app's own life. */
export const eventRegistrations = [
  'ONAPPINSTALL', 'ONAPPUNINSTALL', 'ONAPPUPDATE',
  'ONCRMDEALADD', 'ONCRMDEALUPDATE', 'ONCRMDEALDELETE',
  'ONCRMCOMPANYADD', 'ONCRMCOMPANYUPDATE', 'ONCRMCOMPANYDELETE',
  'ONCRMLEADADD', 'ONCRMLEADUPDATE', 'ONCRMLEADDELETE',
  'ONCRMCONTACTADD', 'ONCRMCONTACTUPDATE', 'ONCRMCONTACTDELETE',
  // Smart invoices and every smart process.
  'ONCRMDYNAMICITEMADD', 'ONCRMDYNAMICITEMUPDATE', 'ONCRMDYNAMICITEMDELETE',
] as const

/** Of the rest the mirror hears by its schedule, where a portal does not tell. */
export const isOptionalEvent = (event: string): boolean => !/^ON(APP|CRM(DEAL|COMPANY))/.test(event)

export const requiredScope = ['crm', 'bizproc', 'placement', 'user_brief', 'im', 'task', 'department'] as const

/** `user` and `user_basic` contain what `user_brief` grants. */
const wider: Readonly<Record<string, readonly string[]>> = { user_brief: ['user', 'user_basic'] }

export const missingScope = (granted: readonly string[]): string[] =>
  requiredScope.filter(scope => ![scope, ...wider[scope] ?? []].some(name => granted.includes(name)))

/** A trigger of the CRM automation; handed in by the feature that fires it. */
export interface TriggerRegistration {
  readonly code: string
  readonly title: Readonly<Record<'fr' | 'en', string>>
}

/** An action of ours as the workflow designer must know it; handed in by the feature that runs it. */
export interface ActionRegistration {
  readonly kind: 'activity' | 'robot'
  readonly code: string
  readonly fields: Readonly<Record<string, unknown>>
}

import type { Placement } from '@comptoir/shared/portal/portal.contract'
import type { TextGroup } from '../platform/i18n/text-groups.ts'

/** The pages of the app's navigation in their groups, in its order; groups and pages have a name under `app.nav`. */
export const navGroups = {
  home: ['home'],
  purchases: ['vendors', 'deadlines', 'purchasing', 'alerts', 'payments', 'spend-reports', 'scorecards', 'approvals', 'history'],
  analytics: ['insights', 'boards', 'segments', 'analysis', 'forecasts', 'scenarios', 'marketing', 'finance', 'reports', 'watches', 'data-quality', 'dictionary'],
  processes: ['catalogue', 'runs', 'decisions'],
  administration: ['accounting', 'bi-builder', 'access', 'relationship-rules', 'vendor-attributes', 'imports', 'sources', 'synchronization', 'settings-file', 'personal-data', 'health'],
} as const
export type NavGroup = keyof typeof navGroups
export type Section = (typeof navGroups)[NavGroup][number]

export interface PageEntry {
  readonly path: string
  /** Feature folder and file of the page. */
  readonly page: string
  /** The groups of texts that it shows beside those of every page; they are loaded with it. */
  readonly texts: readonly TextGroup[]
  readonly isAdminOnly?: boolean
  /** Where the page stands in the navigation; the first page of a section is the one it leads to. */
  readonly section?: Section
}

/** Every page of Comptoir, whatever the placement it was reached from. */
export const pageEntries: readonly PageEntry[] = [
  { path: '/install', page: 'installation/InstallPage', texts: ['installation'] },
  { path: '/home', page: 'home/HomePage', texts: ['home'], section: 'home' },
  { path: '/actions', page: 'actions/CataloguePage', texts: ['actions', 'catalogue', 'processes'], section: 'catalogue' },
  { path: '/actions/:actionId/instructions', page: 'actions/InstructionsPage', texts: ['actions'], section: 'catalogue' },
  { path: '/runs', page: 'actions/RunsPage', texts: ['actions', 'catalogue', 'runs'], isAdminOnly: true, section: 'runs' },
  { path: '/decisions', page: 'decisions/DecisionsPage', texts: ['decisions', 'actions'], section: 'decisions' },
  { path: '/action-settings', page: 'actions/ActionSettingsPlacement', texts: ['actions'] },
  { path: '/deal', page: 'vendors/DealTabPlacement', texts: ['vendors'] },
  { path: '/company', page: 'vendors/CompanyTabPlacement', texts: ['vendors', 'recordHistory', 'files'] },
  { path: '/company-autofill', page: 'vendors/AutofillPlacement', texts: [] },
  { path: '/bank-autofill', page: 'vendors/AutofillPlacement', texts: [] },
  { path: '/vendors', page: 'vendors/DirectoryPage', texts: ['vendors', 'recordHistory', 'files'], section: 'vendors' },
  { path: '/vendors/:vendorId', page: 'vendors/VendorPage', texts: ['vendors', 'recordHistory', 'files'], section: 'vendors' },
  { path: '/purchasing', page: 'purchasing/PurchasingPage', texts: ['purchasing'], section: 'purchasing' },
  { path: '/purchasing/tolerances', page: 'purchasing/TolerancesPage', texts: ['purchasing'], section: 'purchasing' },
  { path: '/purchasing/quotations', page: 'purchasing/QuotationsPage', texts: ['purchasing'], section: 'purchasing' },
  { path: '/payments', page: 'payments/PaymentsPage', texts: ['payments'], section: 'payments' },
  { path: '/spend-reports', page: 'spend-reports/SpendReportsPage', texts: ['spendReports'], section: 'spend-reports' },
  { path: '/alerts', page: 'notices/AlertsPage', texts: ['notices'], section: 'alerts' },
  { path: '/alerts/preferences', page: 'notices/PreferencesPage', texts: ['notices'], section: 'alerts' },
  { path: '/alerts/settings', page: 'notices/AlertSettingsPage', texts: ['notices'], isAdminOnly: true, section: 'alerts' },
  { path: '/scorecards', page: 'scorecards/ScorecardsPage', texts: ['scorecards'], section: 'scorecards' },
  { path: '/scorecards/rules', page: 'scorecards/ScorecardRulesPage', texts: ['scorecards'], isAdminOnly: true, section: 'scorecards' },
  { path: '/deadlines', page: 'relationship/DeadlinesPage', texts: ['relationship'], section: 'deadlines' },
  { path: '/relationship-rules', page: 'relationship/RelationshipRulesPage', texts: ['relationship'], isAdminOnly: true, section: 'relationship-rules' },
  { path: '/vendor-attributes', page: 'attributes/AttributesPage', texts: ['attributes'], isAdminOnly: true, section: 'vendor-attributes' },
  { path: '/insights', page: 'insights/InsightsPage', texts: ['insights'], section: 'insights' },
  { path: '/dictionary', page: 'insights/DictionaryPage', texts: ['insights'], section: 'dictionary' },
  { path: '/boards', page: 'insights/BoardsPage', texts: ['boards'], section: 'boards' },
  { path: '/boards/:boardId', page: 'insights/BoardPage', texts: ['boards', 'insights', 'scenarios'], section: 'boards' },
  { path: '/reports', page: 'reports/ReportsPage', texts: ['reports'], section: 'reports' },
  { path: '/segments', page: 'segments/SegmentsPage', texts: ['segments'], section: 'segments' },
  { path: '/segments/compare', page: 'segments/ComparePage', texts: ['segments'], section: 'segments' },
  { path: '/analysis', page: 'analysis/AnalysisPage', texts: ['analysis'], section: 'analysis' },
  { path: '/forecasts', page: 'forecasts/ForecastsPage', texts: ['forecasts'], section: 'forecasts' },
  { path: '/scenarios', page: 'forecasts/ScenariosPage', texts: ['scenarios'], section: 'scenarios' },
  { path: '/approvals', page: 'access/ApprovalsPage', texts: ['access', 'recordHistory'], section: 'approvals' },
  { path: '/history', page: 'access/HistoryPage', texts: ['access', 'recordHistory'], section: 'history' },
  { path: '/access', page: 'access/AccessPage', texts: ['access'], isAdminOnly: true, section: 'access' },
  { path: '/watches', page: 'alerts/WatchesPage', texts: ['watches'], section: 'watches' },
  { path: '/data-quality', page: 'data-quality/DataQualityPage', texts: ['quality'], section: 'data-quality' },
  { path: '/accounting', page: 'accounting/AccountingPage', texts: ['accounting'], isAdminOnly: true, section: 'accounting' },
  { path: '/bi-builder', page: 'bi-builder/BiBuilderPage', texts: ['biBuilder'], isAdminOnly: true, section: 'bi-builder' },
  { path: '/imports', page: 'imports/ImportsPage', texts: ['imports', 'vendors'], isAdminOnly: true, section: 'imports' },
  { path: '/marketing', page: 'sources/MarketingPage', texts: ['marketing'], section: 'marketing' },
  { path: '/finance', page: 'sources/FinancePage', texts: ['ledger'], isAdminOnly: true, section: 'finance' },
  { path: '/sources', page: 'sources/SourcesPage', texts: ['sources', 'ledger'], isAdminOnly: true, section: 'sources' },
  { path: '/sources/exchange-rates', page: 'sources/ExchangeRatesPage', texts: ['sources'], isAdminOnly: true, section: 'sources' },
  { path: '/synchronization', page: 'mirror/SynchronizationPage', texts: ['sync'], isAdminOnly: true, section: 'synchronization' },
  { path: '/settings-file', page: 'settings-file/SettingsFilePage', texts: ['settingsFile'], isAdminOnly: true, section: 'settings-file' },
  { path: '/personal-data', page: 'personal-data/PersonalDataPage', texts: ['personalData'], isAdminOnly: true, section: 'personal-data' },
  { path: '/health', page: 'health/HealthPage', texts: ['health'], isAdminOnly: true, section: 'health' },
]

/** Placements whose page is a page of the app; the others stand inside a page of the host and have no navigation. */
const ownPages: readonly Placement[] = ['main', 'directory']

/** The page that stands alone when it was reached from this placement; null when every page belongs to the app. */
export const embeddedPath = (placement: Placement): string | null =>
  ownPages.includes(placement) ? null : startPaths[placement] ?? null

/** Where each placement of the host starts. */
export const startPaths: Readonly<Record<Placement, string>> = {
  'install': '/install',
  'main': '/home',
  'deal-tab': '/deal',
  'company-tab': '/company',
  'analytics': '/insights',
  'directory': '/vendors',
  'action-settings': '/action-settings',
  'company-autofill': '/company-autofill',
  'bank-autofill': '/bank-autofill',
}

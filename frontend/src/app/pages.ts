import type { Placement } from '@comptoir/shared/portal/portal.contract'

/** The pages of the app's navigation, in its order; each has a name under `app.nav`. */
export const sections = ['catalogue', 'runs', 'vendors', 'insights', 'imports', 'synchronization'] as const
export type Section = (typeof sections)[number]

export interface PageEntry {
  readonly path: string
  /** Feature folder and file of the page. */
  readonly page: string
  readonly isAdminOnly?: boolean
  /** Where the page stands in the navigation; the first page of a section is the one it leads to. */
  readonly section?: Section
}

/** Every page of Comptoir, whatever the placement it was reached from. */
export const pageEntries: readonly PageEntry[] = [
  { path: '/install', page: 'installation/InstallPage' },
  { path: '/actions', page: 'actions/CataloguePage', section: 'catalogue' },
  { path: '/actions/:actionId/instructions', page: 'actions/InstructionsPage', section: 'catalogue' },
  { path: '/runs', page: 'actions/RunsPage', isAdminOnly: true, section: 'runs' },
  { path: '/action-settings', page: 'actions/ActionSettingsPlacement' },
  { path: '/deal', page: 'vendors/DealTabPlacement' },
  { path: '/company', page: 'vendors/CompanyTabPlacement' },
  { path: '/vendors', page: 'vendors/DirectoryPage', section: 'vendors' },
  { path: '/insights', page: 'insights/InsightsPage', section: 'insights' },
  { path: '/imports', page: 'imports/ImportsPage', isAdminOnly: true, section: 'imports' },
  { path: '/synchronization', page: 'mirror/SynchronizationPage', isAdminOnly: true, section: 'synchronization' },
]

/** Placements whose page is a page of the app; the others stand inside a page of the host and have no navigation. */
const ownPages: readonly Placement[] = ['main', 'directory']

/** The page that stands alone when it was reached from this placement; null when every page belongs to the app. */
export const embeddedPath = (placement: Placement): string | null =>
  ownPages.includes(placement) ? null : startPaths[placement] ?? null

/** Where each placement of the host starts. */
export const startPaths: Readonly<Record<Placement, string>> = {
  'install': '/install',
  'main': '/actions',
  'deal-tab': '/deal',
  'company-tab': '/company',
  'analytics': '/insights',
  'directory': '/vendors',
  'action-settings': '/action-settings',
}

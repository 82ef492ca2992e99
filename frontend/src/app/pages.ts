import type { Placement } from '@comptoir/shared/portal/portal.contract'

export interface PageEntry {
  readonly path: string
  /** Feature folder and file of the page. */
  readonly page: string
  readonly isAdminOnly?: boolean
}

/** Every page of Comptoir, whatever the placement it was reached from. */
export const pageEntries: readonly PageEntry[] = [
  { path: '/install', page: 'installation/InstallPage' },
  { path: '/actions', page: 'actions/CataloguePage' },
  { path: '/actions/:actionId/instructions', page: 'actions/InstructionsPage' },
  { path: '/runs', page: 'actions/RunsPage', isAdminOnly: true },
  { path: '/action-settings', page: 'actions/ActionSettingsPlacement' },
  { path: '/deal', page: 'vendors/DealTabPlacement' },
  { path: '/company', page: 'vendors/CompanyTabPlacement' },
  { path: '/vendors', page: 'vendors/DirectoryPage' },
  { path: '/insights', page: 'insights/InsightsPage' },
  { path: '/imports', page: 'imports/ImportsPage', isAdminOnly: true },
  { path: '/synchronization', page: 'mirror/SynchronizationPage', isAdminOnly: true },
]

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

import type { Placement } from '@comptoir/shared/portal/portal.contract'
import type { Component } from 'vue'
import type { RouteRecordRaw } from 'vue-router'

type Loader = () => Promise<{ default: Component }>

// A page is loaded only when it is opened: a tab of the deal card never carries the dashboards.
const pages = import.meta.glob<{ default: Component }>(['../features/*/*Page.vue', '../features/*/*Placement.vue'])

interface Entry {
  readonly path: string
  /** Feature folder and file of the page. */
  readonly page: string
  readonly isAdminOnly?: boolean
}

/** Every page of Comptoir, whatever the placement it was reached from. */
const entries: readonly Entry[] = [
  { path: '/install', page: 'installation/InstallPage' },
  { path: '/actions', page: 'actions/CataloguePage' },
  { path: '/action-settings', page: 'actions/ActionSettingsPlacement' },
  { path: '/deal', page: 'vendors/DealTabPlacement' },
  { path: '/company', page: 'vendors/CompanyTabPlacement' },
  { path: '/vendors', page: 'vendors/DirectoryPage' },
  { path: '/insights', page: 'insights/InsightsPage' },
  { path: '/imports', page: 'imports/ImportsPage' },
]

/** Where each placement of the host starts. */
const starts: Readonly<Record<Placement, string>> = {
  'install': '/install',
  'main': '/actions',
  'deal-tab': '/deal',
  'company-tab': '/company',
  'analytics': '/insights',
  'directory': '/vendors',
  'action-settings': '/action-settings',
}

/**
 * A slider of the app opens its main page with the caller's options: `openApplication({ to: '/vendors/7' })`
 * starts it elsewhere.
 */
export function startPath(placement: Placement, options: Readonly<Record<string, unknown>>): string {
  const { to } = options
  return typeof to === 'string' && to.startsWith('/') ? to : starts[placement] ?? starts.main
}

export const routes: readonly RouteRecordRaw[] = entries.flatMap(({ path, page, isAdminOnly = false }) => {
  const component = pages[`../features/${page}.vue`] as Loader | undefined
  return component ? [{ path, component, meta: { isAdminOnly } }] : []
})

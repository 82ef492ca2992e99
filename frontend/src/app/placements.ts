import type { Placement } from '@comptoir/shared/portal/portal.contract'
import type { Component } from 'vue'
import type { RouteRecordRaw } from 'vue-router'
import { addTexts } from '../platform/i18n/i18n.ts'
import { pageEntries, startPaths } from './pages.ts'

// A page is loaded only when it is opened: a tab of the deal card never carries the dashboards.
const pages = import.meta.glob<{ default: Component }>(['../features/*/*Page.vue', '../features/*/*Placement.vue'])

/**
 * A slider of the app opens its main page with the caller's options: `openApplication({ to: '/vendors/7' })`
 * starts it elsewhere.
 */
export function startPath(placement: Placement, options: Readonly<Record<string, unknown>>): string {
  const { to } = options
  return typeof to === 'string' && /^\/[^/]/.test(to) ? to : startPaths[placement] ?? startPaths.main
}

export const routes: readonly RouteRecordRaw[] = pageEntries.flatMap(({ path, page, texts, isAdminOnly = false, section }) => {
  const load = pages[`../features/${page}.vue`]
  // Page and texts come together: it is never drawn without its words.
  const component = load && (() => Promise.all([load(), addTexts(texts)]).then(([loaded]) => loaded))
  return component ? [{ path, component, meta: { isAdminOnly, ...section && { section } } }] : []
})

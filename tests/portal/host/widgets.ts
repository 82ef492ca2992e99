import type { App, Placement, Portal } from '../state.ts'
import type { Markup } from './html.ts'
import type { ScreenContext } from './screen.ts'
import type { Viewer } from './viewer.ts'
import { mayOpenApp } from '../apps/lifecycle.ts'
import { html } from './html.ts'

export interface Widget {
  placement: Placement
  app: App
  title: string
}

/** What the viewer sees of a placement: nothing of apps that are not finished or not for them. */
export function widgetsAt(portal: Portal, viewer: Viewer, code: string): Widget[] {
  return portal.placements
    .filter(placement => placement.code === code && (placement.userId === 0 || placement.userId === viewer.user.id))
    .flatMap((placement) => {
      const app = portal.apps.get(placement.clientId)
      return app && app.isInstalled && mayOpenApp(app, viewer.user.id)
        ? [{ placement, app, title: widgetTitle(placement, app, viewer.language) }]
        : []
    })
}

export function widgetTitle({ title, langAll }: Placement, app: App, language: string): string {
  return langAll[language]?.TITLE || title || langAll.en?.TITLE || app.title
}

export function appTitle(app: App, language: string): string {
  return app.menuTitles[language] || app.menuTitles.en || app.title
}

/** Entries of the left menu: an app that is not finished is shown to administrators only. */
export function menuApps(portal: Portal, { user }: Viewer): App[] {
  return [...portal.apps.values()].filter(app =>
    !app.isScriptOnly && mayOpenApp(app, user.id) && (app.isInstalled || user.isAdmin))
}

export const appPath = (app: App): string => `/marketplace/view/${app.clientId}/`

/** Where a widget opens as a page of its own. */
export const widgetPath = ({ placement }: Widget): string => `/marketplace/placement/${placement.id}/`

/** Buttons of a toolbar; each opens its widget in a slider. */
export function widgetButtons({ portal, viewer }: ScreenContext, code: string, options: Record<string, string> = {}): Markup[] {
  return widgetsAt(portal, viewer, code).map(({ placement, title }) =>
    html`<button class="button" type="button" data-open-widget="${placement.id}" data-options="${JSON.stringify(options)}">${title}</button>`)
}

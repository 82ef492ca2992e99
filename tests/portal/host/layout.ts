import type { Content, Markup } from './html.ts'
import type { Page, ScreenContext } from './screen.ts'
import { embeddedJson, html, trusted } from './html.ts'
import { icon } from './icons.ts'
import { leftMenu } from './left-menu.ts'
import { topBar } from './top-bar.ts'
import { textsOf } from './text/index.ts'
import { isRightToLeft } from './viewer.ts'
import { widgetsAt } from './widgets.ts'

/** The whole document around a screen: with menus, or bare inside a slider. */
export function documentOf(page: Page, context: ScreenContext): string {
  const { viewer, t } = context
  const content = context.isInSlider
    ? html`<main class="bare-page" id="content" tabindex="-1">${page.body}</main>`
    : html`<a class="skip" href="#content">${t('shell.skip')}</a>
      <div class="shell">
        <div class="brand-cell"><a class="brand" href="/" aria-label="${context.portal.settings.title}">${icon('menu')}<span>Bitrix24</span><small>${t('shell.standIn')}</small></a></div>
        ${topBar(page, context)}
        ${leftMenu(page, context)}
        <main id="content" tabindex="-1">${page.body}</main>
      </div>
      ${backgroundWorkers(context)}`
  return html`${trusted('<!doctype html>')}
<html lang="${viewer.language}" dir="${isRightToLeft(viewer.language) ? 'rtl' : 'ltr'}" data-theme="${viewer.theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/host/portal.css">
${clientData(context)}
<script type="module" src="/host/client/page.ts"></script>
</head>
<body>${content}</body>
</html>`.markup
}

/** Invisible frames of apps, on each page but not in sliders. */
const backgroundWorkers = ({ portal, viewer }: ScreenContext): Markup[] =>
  widgetsAt(portal, viewer, 'PAGE_BACKGROUND_WORKER').map(({ placement, title }) =>
    html`<div class="visually-hidden" aria-hidden="true" data-frame data-eager data-placement-id="${placement.id}" data-title="${title}" data-options="{}"></div>`)

function clientData({ portal, viewer, uri, isInSlider }: ScreenContext): Markup {
  return embeddedJson('portal-data', {
    origin: portal.origin,
    uri,
    isInSlider,
    language: viewer.language,
    userId: viewer.user.id,
    texts: textsOf(viewer.language),
  })
}

/** Head of a page: its name, then whatever can be done there. */
export function pageHead(title: string, ...tools: Content[]): Markup {
  return html`<div class="page-head"><h1>${title}</h1>${tools}</div>`
}

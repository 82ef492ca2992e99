import type { Markup } from '../html.ts'
import type { Page, ScreenContext } from '../screen.ts'
import type { TextKey } from '../text/index.ts'
import { frameFaultKinds, restFaultKinds } from '../../core/faults.ts'
import { faultTexts } from '../text/faults.ts'
import { html } from '../html.ts'
import { pageHead } from '../layout.ts'

export function faultsPanel(context: ScreenContext): Page {
  const { portal, viewer, t } = context
  const texts = faultTexts[viewer.language]
  const switches = frameFaultKinds.map(kind => html`<label class="check"><input type="checkbox" name="${kind}"${portal.faults.frame[kind] ? html` checked` : ''}> ${texts[kind]}</label>`)
  const body = html`${pageHead(t('tools.faultsTitle'), html`<form method="post" action="/host/faults/clear"><button class="button small">${t('tools.clearFaults')}</button></form>`)}
    <p style="margin-bottom:14px">${t('tools.faultsText')}</p>
    <div class="columns">
      <section class="card"><h2>${t('tools.faultsFrame')}</h2>
        <form class="fault-list" method="post" action="/host/faults/frame" data-auto-submit>${switches}<div><button class="button primary small">${t('shell.apply')}</button></div></form></section>
      <section class="card"><h2>${t('tools.faultsHttp')}</h2>${restFaults(context)}</section>
      <section class="card"><h2>${t('tools.timeAndTokens')}</h2>${timeTools(context)}</section>
    </div>`
  return { title: t('tools.faultsTitle'), section: 'faults', body }
}

function timeTools({ portal, t, format }: ScreenContext): Markup {
  const jump = (hours: number, text: string) => html`<button class="button small" name="hours" value="${hours}">${text}</button>`
  return html`<p class="soft" style="margin-bottom:10px">${format.moment(portal.clock.now())}</p>
    <form class="row" method="post" action="/host/clock">${jump(1, `+ 1 ${t('tools.hour')}`)}${jump(24, `+ 24 ${t('tools.hours')}`)}${jump(720, `+ 30 ${t('tools.days')}`)}${jump(0, t('tools.realTime'))}</form>
    <form style="margin-top:12px" method="post" action="/host/tokens/expire"><button class="button small danger">${t('tools.expireTokens')}</button></form>`
}

function restFaults({ portal, viewer, t }: ScreenContext): Markup {
  const texts = faultTexts[viewer.language]
  return html`<form class="stack" method="post" action="/host/faults/rest">
    <label class="field"><span>${t('tools.kind')}</span><select name="kind">${restFaultKinds.map(kind => html`<option value="${kind}">${texts[kind]}</option>`)}</select></label>
    <label class="field"><span>${t('tools.method')}</span><input name="method" placeholder="crm.item.list" dir="ltr"></label>
    <label class="field"><span>${t('tools.count')}</span><input name="count" type="number" min="1" value="1"></label>
    <div><button class="button primary small">${t('tools.arm')}</button></div></form>
    ${portal.faults.rest.length > 0 && html`<h3 style="margin-top:16px">${t('tools.active')}</h3>
      <ul>${portal.faults.rest.map(({ kind, methods, remaining }) => html`<li>${texts[kind]} ${methods?.join(', ')} ${remaining !== null && `× ${remaining}`}</li>`)}</ul>`}`
}

const channels: readonly (readonly [string, TextKey])[] = [
  ['', 'tools.all'],
  ['rest', 'tools.rest'],
  ['delivery', 'tools.events'],
  ['workflow', 'tools.workflow'],
  ['frame', 'tools.frame'],
]

export function liveConsole({ t }: ScreenContext): Page {
  const body = html`${pageHead(t('tools.consoleTitle'), html`
    <select class="control" data-console-channel aria-label="${t('tools.kind')}">${channels.map(([value, key]) => html`<option value="${value}">${t(key)}</option>`)}</select>
    <button class="button small" type="button" data-console-pause aria-pressed="false">${t('tools.pause')}</button>
    <button class="button small" type="button" data-console-clear>${t('tools.clear')}</button>
    <span class="soft" data-console-state role="status" style="color:inherit"></span>`)}
    <div class="work"><div class="console" data-console aria-label="${t('tools.consoleTitle')}"><p class="empty" data-console-empty>${t('tools.waiting')}</p></div></div>`
  return { title: t('tools.consoleTitle'), section: 'console', body }
}

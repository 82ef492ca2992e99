import type { Page, ScreenContext } from '../screen.ts'
import { html } from '../html.ts'
import { NoSuchPage } from '../screen.ts'
import { fullName, initials } from '../viewer.ts'

/** Where names in notifications and dialogs lead. */
export function profile(context: ScreenContext): Page {
  const { portal, t, params } = context
  const user = portal.users.get(Number(params.id))
  if (!user)
    throw new NoSuchPage()
  const name = fullName(user)
  const departments = user.departmentIds.flatMap(id => portal.departments.get(id)?.name ?? [])
  const facts = [[t('crm.email'), user.email], [t('crm.department'), departments.join(', ')]] as const
  const body = html`<div class="${context.isInSlider ? '' : 'panel'}">
    <header class="record-head"><span class="avatar big" aria-hidden="true">${initials(name)}</span><h1>${name}</h1></header>
    <section class="card"><p class="soft">${user.position}</p><dl class="facts">${facts.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl></section></div>`
  return { title: name, section: 'home', body }
}

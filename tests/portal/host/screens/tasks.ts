import type { Task } from '../../state.ts'
import type { Content, Markup } from '../html.ts'
import type { Page, ScreenContext } from '../screen.ts'
import { html } from '../html.ts'
import { pageHead } from '../layout.ts'
import { recordPath, recordTitle, userName } from '../records.ts'
import { richText } from '../rich-text.ts'
import { NoSuchPage } from '../screen.ts'
import { grid } from './list-view.ts'

const finished = '5'

export function taskList(context: ScreenContext): Page {
  const { portal, viewer, t, format, params } = context
  const userId = Number(params.id)
  if (userId !== viewer.user.id && !viewer.user.isAdmin)
    throw new NoSuchPage('denied')
  const tasks = [...portal.tasks.values()].filter(({ responsibleId }) => responsibleId === userId).reverse()
  const body = html`${pageHead(t('tools.tasksTitle'))}${assignments(context)}${grid<Task>([
    { title: t('crm.name'), isMain: true, cell: task => html`<a href="/company/personal/user/${task.responsibleId}/tasks/task/view/${task.id}/" data-slider>${task.title}</a>` },
    { title: t('tools.deadline'), cell: task => task.deadline ? format.moment(task.deadline) : html`<span class="soft">${t('tools.noDeadline')}</span>` },
    { title: t('tools.links'), cell: task => links(context, task) },
    { title: t('tools.createdBy'), cell: task => userName(portal, task.createdBy) },
    { title: t('crm.status'), cell: task => state(context, task) },
  ], tasks, t('tools.noTasks'))}`
  return { title: t('tools.tasksTitle'), section: 'tasks', body }
}

export function taskCard(context: ScreenContext): Page {
  const { portal, t, format, params } = context
  const task = portal.tasks.get(Number(params.task))
  if (!task)
    throw new NoSuchPage()
  const facts: readonly (readonly [string, Content])[] = [
    [t('crm.responsible'), userName(portal, task.responsibleId)],
    [t('tools.createdBy'), userName(portal, task.createdBy)],
    [t('tools.deadline'), task.deadline ? format.moment(task.deadline) : t('tools.noDeadline')],
    [t('tools.links'), links(context, task)],
    [t('crm.created'), format.moment(task.createdAt)],
    [t('crm.status'), state(context, task)],
  ]
  const body = html`<div class="${context.isInSlider ? '' : 'panel'}"><header class="record-head"><h1>${task.title}</h1></header>
    <div class="record"><section class="card"><dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></section>
    <section class="card"><h2>${t('bp.description')}</h2><p>${richText(task.description)}</p></section></div></div>`
  return { title: task.title, section: 'tasks', body }
}

/** Questions that running workflows put to the viewer. */
function assignments({ portal, viewer, t, uri }: ScreenContext): Markup | null {
  const open = [...portal.bizproc.tasks.values()].filter(({ userId, status }) => userId === viewer.user.id && status === 0)
  if (open.length === 0)
    return null
  return html`<section class="card" style="margin-bottom:14px"><h2>${t('bp.approvals')}</h2>${open.map(task => html`
    <form class="row" method="post" action="/host/bizproc/tasks/${task.id}"><input type="hidden" name="back" value="${uri}">
      <div class="grow"><b>${task.name}</b><div class="soft">${task.description}</div></div>
      <button class="button success small" name="answer" value="yes">${t('bp.approveYes')}</button>
      <button class="button danger small" name="answer" value="no">${t('bp.approveNo')}</button></form>`)}</section>`
}

function state({ t, uri }: ScreenContext, task: Task): Markup {
  if (task.status === finished)
    return html`<span class="chip good">${t('tools.taskDone')}</span>`
  return html`<form method="post" action="/host/tasks/${task.id}/complete"><input type="hidden" name="back" value="${uri}">
    <button class="button small">${t('tools.complete')}</button></form>`
}

const linkTypes: Record<string, number> = { L: 1, D: 2, C: 3, CO: 4, Q: 7, SI: 31 }

function links({ portal }: ScreenContext, { crmLinks }: Task): Content {
  return crmLinks.map((link, index) => {
    const comma = index > 0 ? ', ' : ''
    const [code = '', id = ''] = link.split('_')
    const type = linkTypes[code] ?? Number.parseInt(code.slice(1), 16)
    const item = portal.crm.items(type)?.get(Number(id))
    return item ? html`${comma}<a href="${recordPath(type, item.id)}" data-slider>${recordTitle(type, item)}</a>` : `${comma}${link}`
  })
}

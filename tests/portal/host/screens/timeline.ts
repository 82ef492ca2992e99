import type { Item } from '../../crm/store.ts'
import type { TimelineEntry } from '../../state.ts'
import type { Markup } from '../html.ts'
import type { IconName } from '../icons.ts'
import type { ScreenContext } from '../screen.ts'
import { html } from '../html.ts'
import { icon } from '../icons.ts'
import { richText } from '../rich-text.ts'
import { stageMoves, stageOf, userName } from '../records.ts'

interface Moment {
  at: number
  icon: IconName
  kind: string
  content: Markup
}

const shownMoments = 60

/** What happened with a record, newest first, under a box to add a comment. */
export function recordTimeline(context: ScreenContext, entityTypeId: number, item: Item): Markup {
  const { t, uri, format } = context
  const moments = [...entries(context, entityTypeId, item), ...moves(context, entityTypeId, item)]
    .sort((a, b) => b.at - a.at)
    .slice(0, shownMoments)
  return html`<ol class="timeline">
    <li><span class="dot" aria-hidden="true">${icon('comment')}</span>
      <form class="card stack" method="post" action="/host/crm/${entityTypeId}/${item.id}/comment" data-reload-form>
        <input type="hidden" name="back" value="${uri}">
        <label class="field"><span>${t('crm.comment')}</span><textarea name="text" rows="2" required placeholder="${t('crm.commentPlaceholder')}"></textarea></label>
        <div><button class="button primary small">${t('crm.send')}</button></div>
      </form></li>
    ${moments.length === 0 && html`<li><div class="card soft">${t('crm.noTimeline')}</div></li>`}
    ${moments.map(moment => html`<li><span class="dot ${moment.kind}" aria-hidden="true">${icon(moment.icon)}</span>
      <div class="card">${moment.content} <time datetime="${new Date(moment.at).toISOString()}">${format.moment(moment.at)}</time></div></li>`)}
  </ol>`
}

function entries(context: ScreenContext, entityTypeId: number, item: Item): Moment[] {
  const { portal } = context
  return portal.timeline
    .filter(entry => entry.entityTypeId === entityTypeId && entry.entityId === item.id)
    .map(entry => ({ at: entry.at, icon: entry.kind === 'todo' ? 'check' : 'comment', kind: entry.kind, content: entryText(context, entry) }))
}

function entryText({ portal, t, format }: ScreenContext, entry: TimelineEntry): Markup {
  const app = entry.clientId ? portal.apps.get(entry.clientId)?.title : null
  const author = [userName(portal, entry.authorId), app].filter(Boolean).join(' · ')
  return html`${entry.title && html`<strong>${entry.title}</strong><br>`}${richText(entry.text)}
    ${entry.deadline && html`<span class="chip">${t('tools.deadline')} : ${format.moment(entry.deadline)}</span>`}
    <span class="soft small-text">${author}</span>`
}

function moves({ portal, t }: ScreenContext, entityTypeId: number, item: Item): Moment[] {
  return stageMoves(portal, entityTypeId, item.id)
    .map(move => ({
      at: Date.parse(String(move.createdTime)),
      icon: 'stage' as const,
      kind: 'stage',
      content: html`<span class="soft">${t('crm.movedTo')}</span> <span class="chip">${stageOf(portal, entityTypeId, move)?.name ?? String(move.stageId)}</span>`,
    }))
    .filter(({ at }) => Number.isFinite(at))
}

import type { FastifyInstance } from 'fastify'
import type { Item } from '../crm/store.ts'
import type { Portal } from '../state.ts'
import { templatesOf } from '../bizproc/designer.ts'
import { documentTypeOf, entityTypeIdOf } from '../bizproc/documents.ts'
import { formatFor } from './format.ts'
import { findRecords, placementPrefix, readTitle, recordPath, recordTitle } from './records.ts'
import { richText } from './rich-text.ts'
import { contains } from './screens/list-view.ts'
import { fullName, viewerOf } from './viewer.ts'
import { widgetsAt } from './widgets.ts'

const shownChoices = 60
const shownNotices = 50

const crmTypes: Readonly<Record<string, { id: number, prefix: string }>> = {
  lead: { id: 1, prefix: 'L' },
  contact: { id: 3, prefix: 'C' },
  company: { id: 4, prefix: 'CO' },
  deal: { id: 2, prefix: 'D' },
}

/** What the dialogs of the portal offer to choose from. */
export function registerLookups(app: FastifyInstance, portal: Portal): void {
  app.get('/host/people', async () => [...portal.users.values()].filter(({ isActive }) => isActive).map(user => ({
    id: user.id,
    name: fullName(user),
    photo: '',
    position: user.position,
    url: `/company/personal/user/${user.id}/`,
    sub: false,
    sup: false,
  })))

  app.get('/host/departments', async () => [...portal.departments.values()].map(({ id, name }) => ({ id, name })))

  app.get<{ Querystring: { types?: string, find?: string } }>('/host/crm-records', async ({ query, headers }) => {
    const { user } = viewerOf(portal, headers)
    const wanted = (query.types ?? '').split(',').filter(type => type in crmTypes)
    const types = wanted.length > 0 ? wanted : Object.keys(crmTypes)
    return types.flatMap((type) => {
      const { id, prefix } = crmTypes[type]!
      return search(id, query.find, user.id).map(item => ({
        id: `${prefix}_${item.id}`,
        type,
        place: 'search',
        title: recordTitle(id, item),
        desc: '',
        url: recordPath(id, item.id),
        image: '',
      }))
    })
  })

  function search(entityTypeId: number, find: string | undefined, userId: number): Item[] {
    const user = portal.users.get(userId)!
    return findRecords(portal, user, { entityTypeId, matches: read => contains(readTitle(entityTypeId, read), find), page: 1, pageSize: shownChoices }).items
  }

  app.get<{ Querystring: { template?: string, find?: string } }>('/host/run-records', async ({ query, headers }) => {
    const { user } = viewerOf(portal, headers)
    const template = portal.bizproc.templates.get(Number(query.template))
    const entityTypeId = template ? entityTypeIdOf(template.documentType) ?? 0 : 0
    return search(entityTypeId, query.find, user.id).map(item => ({ id: item.id, title: recordTitle(entityTypeId, item) }))
  })

  app.get<{ Querystring: { type?: string } }>('/host/run-templates', async ({ query }) =>
    templatesOf(portal, documentTypeOf(Number(query.type))).map(({ id, name }) => ({ id, title: name })))

  app.get<{ Querystring: { type?: string } }>('/host/row-widgets', async ({ query, headers }) => {
    return widgetsAt(portal, viewerOf(portal, headers), `${placementPrefix(Number(query.type))}_LIST_MENU`)
      .map(({ placement, title }) => ({ id: placement.id, title }))
  })

  app.get('/host/notifications', async ({ headers }) => {
    const { user, language } = viewerOf(portal, headers)
    const format = formatFor(portal, language)
    const own = portal.notifications.filter(({ userId }) => userId === user.id)
    return {
      unread: own.filter(({ isRead }) => !isRead).length,
      entries: own.slice(-shownNotices).reverse().map(({ id, message, at, isRead, fromUserId, clientId }) => ({
        id,
        html: richText(message).markup,
        at: format.moment(at),
        isRead,
        from: clientId ? portal.apps.get(clientId)?.title ?? '' : portal.users.has(fromUserId ?? 0) ? fullName(portal.users.get(fromUserId!)!) : '',
      })),
    }
  })
}

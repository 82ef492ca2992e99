import type { FastifyInstance } from 'fastify'
import { AppError } from '@comptoir/shared/errors'
import { addMonths, dayAt } from '@comptoir/shared/insights/calendar'
import { deadlineApi } from '@comptoir/shared/relationship/deadline.contract'
import { serve } from '../../platform/http/serve.ts'
import { calendarFile, calendarFileName } from './calendar-file.ts'
import { listSubscriptions, openCalendar, revoke, subscribe } from './calendars.postgres.ts'
import { listDeadlines } from './deadlines.postgres.ts'
import { deadlinesDocument } from './deadlines-document.ts'
import type { RelationshipDeps } from './relationship-deps.ts'

/** A calendar holds what was due lately, too: a missed day must not vanish overnight. */
const monthsBack = 3

export function deadlineRoutes(app: FastifyInstance, { db, now, publicUrl, findPortal }: RelationshipDeps): void {
  serve(app, deadlineApi.list, ({ query }, caller) => listDeadlines(db, caller, query, now()))
  serve(app, deadlineApi.download, async ({ query: { language, ...filter } }, caller) => {
    const { deadlines } = await listDeadlines(db, caller, filter, now())
    return { file: calendarFile({ deadlines, language, domain: caller.portal.domain, now: now() }), name: calendarFileName(language) }
  })
  serve(app, deadlineApi.export, async ({ query: { format, language, ...filter } }, caller) => {
    const { renderDocument } = await import('../../platform/documents/render-document.ts')
    const { body, ...file } = await renderDocument(deadlinesDocument(await listDeadlines(db, caller, filter, now()), { language, timeZone: caller.portal.timeZone, now: now() }), format)
    return { ...file, base64: body.toString('base64') }
  })

  serve(app, deadlineApi.subscriptions, (_request, caller) => listSubscriptions(db, caller))
  serve(app, deadlineApi.subscribe, async ({ body }, caller) => {
    const { subscription, token } = await subscribe(db, caller, body, now())
    return { subscription, url: `${publicUrl.replace(/\/$/, '')}/calendar/${token}.ics` }
  })
  serve(app, deadlineApi.revoke, async ({ params }, caller) => {
    await revoke(db, caller, params.subscriptionId, now())
    return {}
  })

  serve(app, deadlineApi.feed, async ({ params }, _caller, { reply }) => {
    const calendar = await openCalendar(db, params.file.replace(/\.ics$/, ''), now())
    const portal = calendar && await findPortal(calendar.portalId)
    if (!calendar || !portal || portal.status === 'gone')
      throw new AppError('calendar.not_found')
    // Who reads by an address proves no rights of an administrator: what was granted to the person is what is shown.
    const onlooker = { portal, viewer: { userId: calendar.userId, name: '', isAdmin: false, departmentIds: [] } }
    const { kinds, isMineOnly } = calendar.filter
    const { deadlines } = await listDeadlines(db, onlooker, {
      from: addMonths(dayAt(now(), portal.timeZone), -monthsBack), ...kinds && { kinds }, ...isMineOnly && { owner: calendar.userId },
    }, now())
    void reply.type('text/calendar; charset=utf-8').header('cache-control', 'private, max-age=900')
    return calendarFile({ deadlines, language: calendar.language, domain: portal.domain, now: now() })
  })
}

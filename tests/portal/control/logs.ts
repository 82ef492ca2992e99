import type { JournalChannel } from '../core/journal.ts'
import type { PortalModule } from '../module.ts'
import { withoutSecrets } from '../rest/masking.ts'

export function logRoutes({ app, portal }: PortalModule): void {
  const { journal } = portal

  app.get<{ Querystring: { channel?: JournalChannel, since?: string } }>('/control/log', ({ query }) =>
    journal.read(query.channel, Number(query.since ?? 0)))
  app.delete('/control/log', () => {
    journal.clear()
    return { isCleared: true }
  })
  app.get('/control/notifications', () => portal.notifications)
  app.get('/control/tasks', () => [...portal.tasks.values()])
  app.get('/control/timeline', () => portal.timeline)

  app.get('/control/stream', (request, reply) => {
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'connection': 'keep-alive' })
    raw.write(': open\n\n')
    const stop = journal.subscribe(entry => raw.write(`id: ${entry.seq}\nevent: ${entry.channel}\ndata: ${JSON.stringify(withoutSecrets(entry))}\n\n`))
    request.raw.on('close', stop)
    raw.on('error', stop)
  })
}

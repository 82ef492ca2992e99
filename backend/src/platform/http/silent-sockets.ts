import type { FastifyInstance } from 'fastify'
import type { Socket } from 'node:net'

/**
 * A browser opens connections ahead of need. As nothing was ever asked over them they do not count as idle,
 * and a server that closes would wait for them for a minute.
 */
export function closeSilentSockets(app: FastifyInstance): void {
  const silent = new Set<Socket>()
  app.server.on('connection', (socket: Socket) => {
    silent.add(socket)
    socket.once('close', () => silent.delete(socket))
  })
  app.server.on('request', ({ socket }) => silent.delete(socket))
  app.addHook('preClose', async () => silent.forEach(socket => socket.destroy()))
}

import type { FastifyInstance } from 'fastify'
import type { Socket } from 'node:net'

/** Who connects while we close may still ask, and be told that we close. */
const lastWordMs = 1_000

/**
 * A browser opens connections ahead of need. As nothing was ever asked over them they do not count as idle, and a server
 * that closes would wait for them for a minute; as long as for those whose last question it answers while it closes.
 */
export function closeSilentSockets(app: FastifyInstance): void {
  const silent = new Set<Socket>()
  let isClosing = false
  const closeIfSilent = (socket: Socket): unknown => silent.has(socket) && socket.destroy()
  app.server.on('connection', (socket: Socket) => {
    silent.add(socket)
    socket.once('close', () => silent.delete(socket))
    if (isClosing)
      setTimeout(closeIfSilent, lastWordMs, socket).unref()
  })
  app.server.on('request', ({ socket }, response) => {
    silent.delete(socket)
    response.once('close', () => isClosing && socket.destroySoon())
  })
  app.addHook('preClose', async () => {
    isClosing = true
    silent.forEach(socket => socket.destroy())
  })
}

import { once } from 'node:events'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { createHttp } from './fastify.ts'

describe('a server that ends', () => {
  it('waits for no connection over which nothing was asked', async () => {
    const app = await createHttp({ log: pino({ level: 'silent' }) })
    await app.listen({ host: '127.0.0.1', port: 0 })
    const accepted = once(app.server, 'connection')
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
    await accepted
    const ended = once(socket, 'close')
    await app.close()
    await ended
    expect(socket.destroyed).toBe(true)
  })

  it('nor for one that is opened while it finishes its work', async () => {
    const app = await createHttp({ log: pino({ level: 'silent' }) })
    let finish = (): void => undefined
    const working = new Promise<void>((resolve) => {
      finish = resolve
    })
    app.addHook('preClose', () => working)
    await app.listen({ host: '127.0.0.1', port: 0 })
    const closing = app.close()
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
    const ended = once(socket, 'close')
    await once(app.server, 'connection')
    finish()
    await Promise.all([closing, ended])
    expect(socket.destroyed).toBe(true)
  })

  it('nor for one whose last question is answered meanwhile', async () => {
    const app = await createHttp({ log: pino({ level: 'silent' }) })
    let answer = (): void => undefined
    const answered = new Promise<void>((resolve) => {
      answer = resolve
    })
    app.get('/slow', async () => {
      await answered
      return 'done'
    })
    await app.listen({ host: '127.0.0.1', port: 0 })
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1').setEncoding('utf8')
    const asked = once(app.server, 'request')
    socket.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n')
    await asked
    const closing = app.close()
    const told = once(socket, 'data')
    const ended = once(socket, 'close')
    // Only now has the server let go of the connections that were idle.
    setImmediate(() => setImmediate(answer))
    expect((await told)[0]).toMatch(/^HTTP\/1.1 200[\s\S]*done$/)
    await Promise.all([closing, ended])
  })
})

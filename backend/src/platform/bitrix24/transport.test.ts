import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createPost } from './transport.ts'

let server: Server | undefined
afterEach(() => server?.close())

async function listen(handler: RequestListener): Promise<string> {
  server = createServer(handler)
  await new Promise<void>(resolve => server!.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/rest/profile`
}

const post = createPost()
const options = { timeoutMs: 2_000 }

describe('one exchange with the host', () => {
  it('sends JSON, or a form for the authorization server', async () => {
    const types: (string | undefined)[] = []
    const url = await listen((request, reply) => {
      types.push(request.headers['content-type'])
      reply.end('{"result":true}')
    })
    await post(url, { a: 1 }, options)
    await post(url, new URLSearchParams({ a: '1' }), options)
    expect(types).toEqual(['application/json', 'application/x-www-form-urlencoded'])
  })

  it('calls a page of HTML, an empty body, a bare list and a dropped connection unavailable', async () => {
    const bodies = ['<html>502</html>', '', '[1]']
    const url = await listen((request, reply) => {
      const body = bodies.shift()
      if (body === undefined)
        request.socket.destroy()
      else
        reply.end(body)
    })
    const codes = []
    for (let n = 0; n < 4; n++)
      codes.push((await post(url, {}, options)).fault)
    expect(codes.map(fault => [fault?.kind, fault?.code])).toEqual([
      ['unavailable', 'unreadable'], ['unavailable', 'empty'], ['unavailable', 'unreadable'], ['unavailable', 'network'],
    ])
  })

  it('gives up on a host that stays silent', async () => {
    const url = await listen(() => undefined)
    expect((await post(url, {}, { timeoutMs: 30 })).fault).toMatchObject({ kind: 'unavailable', code: 'timeout' })
    server?.closeAllConnections()
  })

  it('never follows a redirect by itself', async () => {
    let hits = 0
    const url = await listen((_request, reply) => {
      hits++
      reply.writeHead(302, { location: 'http://elsewhere.test/rest/profile' }).end()
    })
    const exchange = await post(url, { auth: 'secret' }, options)
    expect(exchange).toMatchObject({ location: 'http://elsewhere.test/rest/profile', fault: null })
    expect(hits).toBe(1)
  })

  it('reads how long the host wants to be left alone', async () => {
    const url = await listen((_request, reply) => reply.writeHead(503, { 'retry-after': '3' }).end('{"error":"QUERY_LIMIT_EXCEEDED"}'))
    expect((await post(url, {}, options)).fault).toMatchObject({ kind: 'limit', retryAfterMs: 3_000 })
  })

  it('stops when its caller does', async () => {
    const url = await listen(() => undefined)
    const stop = new AbortController()
    const pending = post(url, {}, { timeoutMs: 5_000, signal: stop.signal })
    stop.abort()
    await expect(pending).rejects.toThrow()
    server?.closeAllConnections()
  })
})

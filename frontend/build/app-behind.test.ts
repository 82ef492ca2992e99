// @vitest-environment node
import { createServer, request as send, type IncomingMessage, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createServer as createVite, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appBehind } from './app-behind.ts'

const page = '<head><link rel="modulepreload" crossorigin href="/assets/a.js"></head><div id="app"></div>'
  + '<script type="module" crossorigin src="/assets/index-1.js"></script><link rel="stylesheet" crossorigin href="/assets/index-1.css">'

let behind: Server
let vite: ViteDevServer
let address: string
beforeAll(async () => {
  behind = createServer((request, response) => {
    if (request.url === '/p/main')
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': page.length }).end(page)
    else
      request.pipe(response.writeHead(201, { 'content-type': 'application/json' }))
  }).listen(0, '127.0.0.1')
  await once(behind, 'listening')
  const { port } = behind.address() as AddressInfo
  vite = await createVite({ configFile: false, logLevel: 'silent', plugins: [appBehind(`http://127.0.0.1:${port}`)], server: { host: '127.0.0.1', port: 0, ws: false } })
  await vite.listen()
  address = `http://127.0.0.1:${(vite.httpServer?.address() as AddressInfo).port}`
})
afterAll(async () => {
  await vite.close()
  behind.close()
})

/** Not by `fetch`: the pages' tests have none. */
async function ask(path: string, body?: string): Promise<{ status: number | undefined, text: string }> {
  const [answer] = await once(send(`${address}${path}`, { method: body ? 'POST' : 'GET' }).end(body), 'response') as [IncomingMessage]
  return { status: answer.statusCode, text: await text(answer) }
}

describe('the development server before Comptoir', () => {
  it('lets the pages load their modules from itself', async () => {
    const { text: html } = await ask('/p/main')
    expect(html).toContain('<script type="module" src="/@vite/client"></script><script type="module" src="/src/main.ts"></script>')
    expect(html).not.toContain('/assets/')
  })

  it('passes everything else on as it is', async () => {
    expect(await ask('/api/x', '{"a":1}')).toEqual({ status: 201, text: '{"a":1}' })
  })
})

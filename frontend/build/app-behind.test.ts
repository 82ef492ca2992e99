// @vitest-environment node
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
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

describe('the development server before Comptoir', () => {
  it('lets the pages load their modules from itself', async () => {
    const html = await (await fetch(`${address}/p/main`)).text()
    expect(html).toContain('<script type="module" src="/@vite/client"></script><script type="module" src="/src/main.ts"></script>')
    expect(html).not.toContain('/assets/')
  })

  it('passes everything else on as it is', async () => {
    const answer = await fetch(`${address}/api/x`, { method: 'POST', body: '{"a":1}' })
    expect(answer.status).toBe(201)
    expect(await answer.json()).toEqual({ a: 1 })
  })
})

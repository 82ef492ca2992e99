import { request as send, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** What the development server itself answers: its client, modules and files. */
const own = /^\/(?:@|src\/|node_modules\/)/

/**
 * For development: stands before a running Comptoir at `address`. Comptoir answers everything but the pages'
 * modules, and its pages load those from here, so that a change shows at once.
 */
export function appBehind(address: string): Plugin {
  return {
    name: 'comptoir:app-behind',
    apply: 'serve',
    config: () => ({
      appType: 'custom',
      // The devtools want the browser's storage, which a frame of another site may not have.
      resolve: { alias: { '@vue/devtools-api': join(import.meta.dirname, 'no-devtools.ts') } },
    }),
    configureServer(server) {
      server.middlewares.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
        if (own.test(request.url ?? ''))
          next()
        else
          passOn(address, request, response)
      })
    },
  }
}

function passOn(address: string, request: IncomingMessage, response: ServerResponse): void {
  // A compressed page could not be changed on its way.
  const { 'accept-encoding': _, ...headers } = request.headers
  const passed = send(new URL(request.url ?? '/', address), { method: request.method, headers }, (answer) => {
    const status = answer.statusCode ?? 502
    if (!answer.headers['content-type']?.startsWith('text/html')) {
      response.writeHead(status, answer.headers)
      answer.pipe(response)
      return
    }
    const { 'content-length': _length, ...rest } = answer.headers
    const parts: Buffer[] = []
    answer.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      response.writeHead(status, rest).end(loadedFromHere(Buffer.concat(parts).toString()))
    })
  })
  // It starts anew after each change of its sources.
  passed.on('error', () => {
    if (!response.headersSent)
      response.writeHead(503, { 'retry-after': '1' })
    response.end()
  })
  request.pipe(passed)
}

/** The built page without its built files. */
const loadedFromHere = (html: string): string => html
  .replace(/<link rel="(?:modulepreload|stylesheet)"[^>]*>/g, '')
  .replace(/<script type="module"[^>]*src="\/assets\/[^>]*><\/script>/, '<script type="module" src="/@vite/client"></script><script type="module" src="/src/main.ts"></script>')

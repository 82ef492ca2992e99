import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Authority {
  readonly url: string
  /** From now on it also vouches for the tokens of this portal, whatever it is called by then. */
  know(portal: { readonly origin: string }): void
  close(): Promise<void>
}

/** One authorization server for many portals, as in the cloud: each stand-in answers for its own tokens only. */
export async function startAuthority(): Promise<Authority> {
  const portals: { readonly origin: string }[] = []
  const server = createServer((request, response) => void forward(request, response, portals))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    know: portal => void portals.push(portal),
    close: () => closeServer(server),
  }
}

async function forward(request: IncomingMessage, response: ServerResponse, portals: readonly { readonly origin: string }[]): Promise<void> {
  try {
    const body = await bodyOf(request)
    for (const [at, portal] of portals.entries()) {
      const answer = await fetch(`${portal.origin}${request.url}`, {
        method: 'POST', body, headers: { 'content-type': request.headers['content-type'] ?? '' },
      })
      const text = await answer.text()
      if (!isStranger(text) || at === portals.length - 1)
        return void response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' }).end(text)
    }
  }
  catch {
    // The portal dropped the connection: so do we.
    response.destroy()
  }
}

/** The token is none of that portal's; any other answer is about the token itself. */
const isStranger = (text: string): boolean => /"error":"(invalid_grant|invalid_token|NO_AUTH_FOUND)"/.test(text)

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request)
    chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

export const closeServer = (server: Server): Promise<void> => new Promise((resolve) => {
  server.closeAllConnections()
  server.close(() => resolve())
})

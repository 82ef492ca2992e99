import type { AddressInfo } from 'node:net'
import type { PortalOptions } from './portal.ts'
import type { Portal } from './state.ts'
import formbody from '@fastify/formbody'
import fastify from 'fastify'
import { registerBiconnector } from './biconnector/index.ts'
import { registerBizproc } from './bizproc/index.ts'
import { registerControl } from './control/index.ts'
import { loadData } from './data/index.ts'
import { registerEvents } from './events/index.ts'
import { registerHost } from './host/index.ts'
import { registerOAuth } from './oauth/index.ts'
import { createPortal } from './portal.ts'
import { registerRest } from './rest/index.ts'
import { createRegistry } from './rest/registry.ts'
import { parseQuery } from './rest/form.ts'

export interface StartOptions extends PortalOptions {
  /** 0 = any free port. */
  port?: number
  host?: string
  /** `auto` = the sales pipeline file when present, otherwise generated; `generate:N`; `none` = people and directories only. */
  data?: string
}

export interface RunningPortal {
  url: string
  portal: Portal
  close(): Promise<void>
}

const bodyLimit = 64 * 1024 * 1024

export async function startPortal({ port = 0, host = 'localhost', data = 'none', ...options }: StartOptions = {}): Promise<RunningPortal> {
  const portal = createPortal(options)
  const app = fastify({ bodyLimit, routerOptions: { querystringParser: parseQuery, maxParamLength: 500 }, forceCloseConnections: true })
  const rest = createRegistry()
  const module = { app, portal, rest }
  loadData(portal, data)
  registerEvents(module)
  // REST and OAuth read any body themselves, as PHP would: type and content need not agree.
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
    registerRest({ ...module, app: scope })
    registerOAuth({ ...module, app: scope })
  })
  await app.register(async (scope) => {
    await scope.register(formbody, { parser: text => parseQuery(text) })
    registerControl({ ...module, app: scope })
    registerBizproc({ ...module, app: scope })
    registerBiconnector({ ...module, app: scope })
    registerHost({ ...module, app: scope })
  })
  await app.listen({ port, host })
  portal.origin = `http://${host}:${(app.server.address() as AddressInfo).port}`
  portal.onClose(() => app.close())
  return { url: portal.origin, portal, close: () => portal.close() }
}

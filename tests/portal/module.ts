import type { FastifyInstance } from 'fastify'
import type { RestRegistry } from './rest/registry.ts'
import type { Portal } from './state.ts'

/** What every folder of the portal gets when it plugs itself in. */
export interface PortalModule {
  app: FastifyInstance
  portal: Portal
  rest: RestRegistry
}

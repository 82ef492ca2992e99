import type { FastifyReply } from 'fastify'
import type { PortalModule } from '../module.ts'
import { appRoutes } from './apps.ts'
import { behaviourRoutes } from './behaviour.ts'
import { eventRoutes } from './events.ts'
import { logRoutes } from './logs.ts'
import { stateRoutes } from './state.ts'
import { ControlError } from './error.ts'

/** Everything that a tester, or the console screen, may do to the portal from outside. */
export function registerControl(module: PortalModule): void {
  module.app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply: FastifyReply) => {
    const status = error instanceof ControlError || error instanceof RangeError ? 400 : error.statusCode ?? 500
    return reply.code(status).send({ error: error.message })
  })
  for (const register of [appRoutes, behaviourRoutes, eventRoutes, logRoutes, stateRoutes])
    register(module)
}

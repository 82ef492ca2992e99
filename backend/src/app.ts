import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { join } from 'node:path'
import { workOnJobs } from './app-jobs.ts'
import { addRoutes, builtPages } from './app-routes.ts'
import { composeServices, type AppParts, type Services } from './app-services.ts'
import { describeApi } from './platform/http/api-docs.ts'
import { createHttp } from './platform/http/fastify.ts'

/** Long enough for a batch of an import or an answer of the portal; what still runs then is handed back. */
export const graceMs = 8_000

/** The whole application, listening to nobody yet. Production and tests build the same. */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const { config, log, pages = builtPages, onUndeclaredError } = parts
  const app = await createHttp({ log, onUndeclaredError })
  await describeApi(app, { version: config.version, publicUrl: config.publicUrl })
  const services = composeServices(parts)
  workOnJobs(parts, services)
  await app.register(fastifyStatic, {
    root: join(pages, 'assets'), prefix: '/assets/', preCompressed: true, immutable: true, maxAge: '365d', index: false,
  })
  await app.register(async scope => addRoutes(scope, parts, services))
  await startRounds(app, parts, services)
  return app
}

/** What looks around by itself: for steps that wait, and, unless somebody else moves the clock, for whatever has a date. */
async function startRounds(app: FastifyInstance, { config, hasRounds = true }: AppParts, { actions, purchasing, notices, watches, decisions }: Services): Promise<void> {
  const isSoleOwner = config.databaseUrl === null
  await actions.start({ isSoleOwner })
  if (hasRounds) {
    purchasing.start()
    await notices.start({ isSoleOwner })
    watches.start()
    await decisions.start({ isSoleOwner })
  }
  app.addHook('onClose', () => Promise.all([actions, notices, purchasing, watches, decisions].map(service => service.stop(graceMs))))
}

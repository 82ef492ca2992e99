import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'

/** OpenAPI, read off the contracts that the routes are made of. Registered before the first route. */
export async function describeApi(app: FastifyInstance, { version, publicUrl }: { version: string, publicUrl: string }): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Comptoir', version, description: 'Vendor management and business analytics embedded in Bitrix24' },
      servers: [{ url: publicUrl }],
      components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } } },
      security: [{ session: [] }],
    },
    // The host's own doors are not an API of ours.
    transform: ({ schema, url }) => ({ schema: url.startsWith('/api/') ? schema : { ...schema, hide: true }, url }),
  })
  app.get('/api/docs', { schema: { hide: true } }, async () => app.swagger())
}

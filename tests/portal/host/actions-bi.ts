import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Portal } from '../state.ts'
import { mayUseBi } from '../biconnector/access.ts'
import { linkOf, readColumns, readTables } from '../biconnector/calls.ts'
import { createDataset } from '../biconnector/datasets.ts'
import { createSource } from '../biconnector/sources.ts'
import { RestError } from '../rest/registry.ts'
import { field } from './form.ts'
import { viewerOf } from './viewer.ts'

/** What a person does by hand in the Analytics hub: connect a system, make a dataset of one of its tables. */
export function registerBiActions(app: FastifyInstance, portal: Portal): void {
  const userOf = (request: FastifyRequest) => viewerOf(portal, request.headers).user

  app.post('/host/bi/sources', async (request, reply) => {
    const user = userOf(request)
    const connector = portal.bi.connectors.get(Number(field(request.body, 'connectorId')))
    if (!mayUseBi(user) || !connector)
      return reply.code(403).send({ error: 'denied' })
    const settings = Object.fromEntries(connector.settings.map(({ code }) => [code, field(request.body, `setting_${code}`)]))
    const source = await createSource(portal, connector, { title: field(request.body, 'title') || connector.title, description: '', active: true, settings, userId: user.id })
    return reply.redirect(source ? `/bi/source/${source.id}/` : '/bi/source/?error=SOURCE_CREATE_CONNECTION_ERROR', 303)
  })

  app.post<{ Params: { id: string } }>('/host/bi/sources/:id/datasets', async (request, reply) => {
    const user = userOf(request)
    const source = portal.bi.sources.get(Number(request.params.id))
    if (!mayUseBi(user) || !source)
      return reply.code(403).send({ error: 'denied' })
    const refused = (reason: string) => reply.redirect(`/bi/source/${source.id}/?error=${encodeURIComponent(reason)}`, 303)
    const table = field(request.body, 'table')
    const [tables, columns] = [await readTables(linkOf(portal, source), ''), await readColumns(linkOf(portal, source), table)]
    if (!tables.isGood || !columns.isGood)
      return refused(tables.isGood ? columns.isGood ? '' : columns.reason : tables.reason)
    try {
      const dataset = await createDataset(portal, source, {
        name: field(request.body, 'name'),
        description: '',
        externalCode: table,
        externalName: tables.value.find(({ code }) => code === table)?.title ?? table,
        fields: columns.value.map(({ code, type }) => ({ name: code.toUpperCase(), externalCode: code, type })),
        userId: user.id,
      })
      return dataset ? await reply.redirect(`/bi/dataset/${dataset.id}/`, 303) : refused('Error adding dataset')
    }
    catch (error) {
      if (error instanceof RestError)
        return refused(error.code)
      throw error
    }
  })
}

import type { FastifyInstance } from 'fastify'
import { attributeApi } from '@comptoir/shared/attributes/attribute.contract'
import { serve } from '../../platform/http/serve.ts'
import type { Database } from '../../platform/storage/database.ts'
import { addDefinition, changeDefinition, listDefinitions, orderDefinitions } from './definitions.postgres.ts'
import { readVendorAttributes, saveVendorAttributes, wordsInUse } from './vendor-attributes.postgres.ts'

export interface AttributesDeps {
  readonly db: Database
  readonly now: () => Date
}

export function attributesRoutes(app: FastifyInstance, { db, now }: AttributesDeps): void {
  serve(app, attributeApi.definitions, (_request, { portal }) => listDefinitions(db, portal.id))
  serve(app, attributeApi.words, async (_request, caller) => {
    const [tags, supplies] = await Promise.all([wordsInUse(db, caller, 'tags'), wordsInUse(db, caller, 'supplies')])
    return { tags, supplies }
  })
  serve(app, attributeApi.add, async ({ body }, caller) => {
    await addDefinition(db, caller, body, now())
    return listDefinitions(db, caller.portal.id)
  })
  serve(app, attributeApi.change, async ({ params, body }, caller) => {
    await changeDefinition(db, caller, { ...params, version: body.version }, body.fields, now())
    return listDefinitions(db, caller.portal.id)
  })
  serve(app, attributeApi.order, async ({ body }, caller) => {
    await orderDefinitions(db, caller, body.attributeIds)
    return listDefinitions(db, caller.portal.id)
  })
  serve(app, attributeApi.ofVendor, ({ params }, caller) => readVendorAttributes(db, caller, params.vendorId))
  serve(app, attributeApi.save, async ({ params, body }, caller) => {
    await saveVendorAttributes(db, caller, params.vendorId, body, now())
    return readVendorAttributes(db, caller, params.vendorId)
  })
}

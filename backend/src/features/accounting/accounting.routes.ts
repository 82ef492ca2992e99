import type { FastifyInstance, FastifyRequest } from 'fastify'
import { accountingApi, accountingDoors } from '@comptoir/shared/accounting/accounting.contract'
import { idempotencyHeader, signatureHeader } from '@comptoir/shared/accounting/signature'
import { AppError } from '@comptoir/shared/errors'
import type { TokenCipher } from '../../platform/bitrix24/token-cipher.ts'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { serve } from '../../platform/http/serve.ts'
import { readAccounting, saveSettings } from './accounting-settings.postgres.ts'
import { takeDelivery, type DeliveryDeps } from './deliveries.postgres.ts'
import { previewExport, pullJournal, writeExport } from './exports.postgres.ts'
import { addKey, openKey, requireSignature, revokeKey } from './keys.postgres.ts'

export interface AccountingDeps extends DeliveryDeps {
  readonly now: () => Date
  readonly cipher: TokenCipher
  readonly findPortal: (portalId: number) => Promise<PortalRecord | null>
}

export function accountingRoutes(app: FastifyInstance, deps: AccountingDeps): void {
  const { db, cipher, now } = deps
  serve(app, accountingApi.get, (_request, { portal }) => readAccounting(db, portal.id))
  serve(app, accountingApi.saveSettings, async ({ body }, caller) => {
    await saveSettings(db, caller, body.fields, body.version)
    return readAccounting(db, caller.portal.id)
  })
  serve(app, accountingApi.preview, ({ query }, { portal }) => previewExport(db, portal, query))
  serve(app, accountingApi.export, ({ query }, { portal }) => writeExport(db, portal, query))
  serve(app, accountingApi.addKey, async ({ body }, caller) => {
    const made = await addKey(db, cipher, caller, body)
    return { ...made, accounting: await readAccounting(db, caller.portal.id) }
  })
  serve(app, accountingApi.revokeKey, async ({ params }, caller) => {
    await revokeKey(db, caller, params.keyId, now())
    return readAccounting(db, caller.portal.id)
  })
  void app.register(async scope => doors(scope, deps))
}

const bodies = new WeakMap<FastifyRequest, string>()

/** A signature is over the bytes that came, so these doors keep them beside what they were read as. */
function doors(app: FastifyInstance, deps: AccountingDeps): void {
  const { db, cipher, now } = deps
  const readJson = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    bodies.set(request, String(body))
    void readJson(request, String(body), done)
  })
  const portalOf = async (portalId: number): Promise<PortalRecord> => {
    const portal = await deps.findPortal(portalId)
    if (!portal || portal.status !== 'installed')
      throw new AppError('portal.not_installed')
    return portal
  }
  serve(app, accountingDoors.deliver, async ({ body }, _caller, { request }) => {
    const key = await openKey(db, request.headers.authorization, 'invoices:write', now())
    const text = bodies.get(request) ?? ''
    requireSignature(cipher, key, single(request.headers[signatureHeader]), text, now())
    const idempotencyKey = single(request.headers[idempotencyHeader])
    if (!idempotencyKey || !/^[\w.:-]{1,120}$/.test(idempotencyKey))
      throw new AppError('request.invalid', { details: { in: 'headers', header: idempotencyHeader } })
    return takeDelivery(deps, await portalOf(key.portalId), key, { idempotencyKey, body: text, content: body })
  })
  serve(app, accountingDoors.journal, async ({ query }, _caller, { request }) => {
    const key = await openKey(db, request.headers.authorization, 'journal:read', now())
    return pullJournal(db, await portalOf(key.portalId), query)
  })
}

const single = (header: string | string[] | undefined): string | undefined => Array.isArray(header) ? header[0] : header

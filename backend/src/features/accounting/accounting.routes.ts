import type { FastifyInstance } from 'fastify'
import { accountingApi, accountingDoors } from '@comptoir/shared/accounting/accounting.contract'
import { accountingPresetApi } from '@comptoir/shared/accounting/preset.contract'
import { AppError } from '@comptoir/shared/errors'
import { idempotencyHeader, signatureHeader } from '@comptoir/shared/http/signature'
import type { TokenCipher } from '../../platform/bitrix24/token-cipher.ts'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { serve } from '../../platform/http/serve.ts'
import { keepBodies, keptBody, singleHeader } from '../../platform/http/signed-body.ts'
import { readAccounting, saveSettings } from './accounting-settings.postgres.ts'
import { takeDelivery, type DeliveryDeps } from './deliveries.postgres.ts'
import { listExports, previewExport, previewMapping, pullJournal, writeExport } from './exports.postgres.ts'
import { addKey, openKey, requireSignature, revokeKey } from './keys.postgres.ts'
import { createPreset, listVersions, removePreset, restorePreset, savePreset } from './presets.postgres.ts'

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
  serve(app, accountingApi.preview, ({ query }, { portal }) => previewExport(db, portal, query, now()))
  serve(app, accountingApi.export, ({ body }, caller) => writeExport(db, caller, body, now()))
  serve(app, accountingApi.exports, (_request, { portal }) => listExports(db, portal.id))
  serve(app, accountingApi.addKey, async ({ body }, caller) => {
    const made = await addKey(db, cipher, caller, body)
    return { ...made, accounting: await readAccounting(db, caller.portal.id) }
  })
  serve(app, accountingApi.revokeKey, async ({ params }, caller) => {
    await revokeKey(db, caller, params.keyId, now())
    return readAccounting(db, caller.portal.id)
  })
  presetRoutes(app, deps)
  void app.register(async scope => doors(scope, deps))
}

function presetRoutes(app: FastifyInstance, { db }: AccountingDeps): void {
  serve(app, accountingPresetApi.create, ({ body }, caller) => createPreset(db, caller, body))
  serve(app, accountingPresetApi.save, ({ params, body }, caller) => savePreset(db, caller, params.presetId, body))
  serve(app, accountingPresetApi.restore, ({ params, body }, caller) => restorePreset(db, caller, params.presetId, body))
  serve(app, accountingPresetApi.remove, async ({ params }, caller) => {
    await removePreset(db, caller, params.presetId)
    return params
  })
  serve(app, accountingPresetApi.versions, ({ params }, { portal }) => listVersions(db, portal.id, params.presetId))
  serve(app, accountingPresetApi.preview, ({ body }, { portal }) => previewMapping(db, portal, body))
}

function doors(app: FastifyInstance, deps: AccountingDeps): void {
  const { db, cipher, now } = deps
  keepBodies(app)
  const portalOf = async (portalId: number): Promise<PortalRecord> => {
    const portal = await deps.findPortal(portalId)
    if (!portal || portal.status !== 'installed')
      throw new AppError('portal.not_installed')
    return portal
  }
  serve(app, accountingDoors.deliver, async ({ body }, _caller, { request }) => {
    const key = await openKey(db, request.headers.authorization, 'invoices:write', now())
    const text = keptBody(request)
    requireSignature(cipher, key, singleHeader(request, signatureHeader), text, now())
    const idempotencyKey = singleHeader(request, idempotencyHeader)
    if (!idempotencyKey || !/^[\w.:-]{1,120}$/.test(idempotencyKey))
      throw new AppError('request.invalid', { details: { in: 'headers', header: idempotencyHeader } })
    return takeDelivery(deps, await portalOf(key.portalId), key, { idempotencyKey, body: text, content: body })
  })
  serve(app, accountingDoors.journal, async ({ query }, _caller, { request }) => {
    const key = await openKey(db, request.headers.authorization, 'journal:read', now())
    return pullJournal(db, await portalOf(key.portalId), query)
  })
}

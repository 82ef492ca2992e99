import type { FastifyInstance } from 'fastify'
import { biBuilderApi, type BiBuilder } from '@comptoir/shared/bi-builder/bi-builder.contract'
import { AppError } from '@comptoir/shared/errors'
import type { Crm } from '../../platform/bitrix24/client.ts'
import type { TokenCipher } from '../../platform/bitrix24/token-cipher.ts'
import type { Caller } from '../../platform/http/caller.ts'
import { serve } from '../../platform/http/serve.ts'
import { biStore } from './bi-store.postgres.ts'
import { biDoorRoutes, wordsOf, type BiDoorDeps } from './doors.routes.ts'
import { addKey, currentKey, dropKeys } from './keys.postgres.ts'
import { explained, type CallPortal } from './portal-calls.ts'
import { chooseAtFirst, chooseDatasets, forgetPublication, readBiBuilder, readPublication, savePublication, tableOwnerOf } from './publication.postgres.ts'

export interface BiBuilderDeps extends BiDoorDeps {
  readonly cipher: TokenCipher
  readonly crm: Pick<Crm, 'for'>
  readonly publicUrl: string
}

export function biBuilderRoutes(app: FastifyInstance, deps: BiBuilderDeps): void {
  const { db, cipher, publicUrl } = deps
  const state = ({ portal }: Caller): Promise<BiBuilder> => readBiBuilder(db, portal, publicUrl)

  biDoorRoutes(app, deps)
  serve(app, biBuilderApi.get, (_request, caller) => state(caller))

  serve(app, biBuilderApi.choose, async ({ body }, caller) => {
    await chooseDatasets(db, caller.portal.id, body.codes)
    if (body.vendorScope)
      await savePublication(db, { portalId: caller.portal.id, userId: caller.viewer.userId }, { vendor_scope: body.vendorScope })
    return state(caller)
  })

  serve(app, biBuilderApi.publish, async ({ params }, caller) => {
    await chooseAtFirst(db, caller.portal.id)
    const { takeStep } = await import('./publish.ts')
    await withPortal(deps, caller, call => takeStep(params.biStep, {
      call, publicUrl, language: wordsOf(caller.portal), store: biStore(db, cipher, { portalId: caller.portal.id, userId: caller.viewer.userId }, publicUrl),
    }))
    return state(caller)
  })

  serve(app, biBuilderApi.rotateKey, async (_request, caller) => {
    await rotateKey(deps, caller)
    return state(caller)
  })

  serve(app, biBuilderApi.unpublish, async (_request, caller) => {
    // First of all nothing is answered any more, even if the portal cannot be reached now.
    await dropKeys(db, caller.portal.id)
    const { takeBack } = await import('./publish.ts')
    await withPortal(deps, caller, takeBack)
    await forgetPublication(db, caller.portal.id)
    return state(caller)
  })

  serve(app, biBuilderApi.revealKey, async (_request, { portal, viewer, log }) => {
    const known = await currentKey(db, cipher, portal.id)
    if (!known)
      throw new AppError('bi.step_before', { details: { step: 'source' } })
    log.info({ userId: viewer.userId }, 'the key of BI Builder was shown')
    return { key: known.key }
  })

  serve(app, biBuilderApi.preview, async ({ params }, { portal }) => {
    const [{ readQuestion }, { readRows }] = await Promise.all([import('./question.ts'), import('./read-rows.postgres.ts')])
    const question = readQuestion({ table: params.biCode, limit: previewRows }, [params.biCode])
    const { value } = await readRows(db, await tableOwnerOf(db, portal), question).next()
    return { codes: question.columns.map(({ code }) => code), rows: (value ?? []).map(row => [...row]) }
  })
}

const previewRows = 5

async function withPortal({ crm, publicUrl }: BiBuilderDeps, { portal }: Caller, run: (call: CallPortal) => Promise<unknown>): Promise<void> {
  const client = crm.for(portal.id)
  try {
    await run(async (method, params) => (await client.call(method, params)).result)
  }
  catch (error) {
    throw explained(error, `${publicUrl}/bx/bi`)
  }
}

/** Both keys hold while the connection changes over: BI Builder tries the new one before it takes it. */
async function rotateKey(deps: BiBuilderDeps, caller: Caller): Promise<void> {
  const { db, cipher } = deps
  const owner = { portalId: caller.portal.id, userId: caller.viewer.userId }
  const { sourceId } = await readPublication(db, owner.portalId)
  if (sourceId === null)
    throw new AppError('bi.step_before', { details: { step: 'source' } })
  const { keyId } = await addKey(db, cipher, owner)
  try {
    const { takeStep } = await import('./publish.ts')
    await withPortal(deps, caller, call => takeStep('source', { call, publicUrl: deps.publicUrl, language: wordsOf(caller.portal), store: biStore(db, cipher, owner, deps.publicUrl) }))
  }
  catch (error) {
    await dropKeys(db, owner.portalId, { only: keyId })
    throw error
  }
  await dropKeys(db, owner.portalId, { but: keyId })
}

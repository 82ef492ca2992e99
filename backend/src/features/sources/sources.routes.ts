import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '@comptoir/shared/errors'
import { idempotencyHeader, signatureHeader } from '@comptoir/shared/http/signature'
import type { AdCostSettings } from '@comptoir/shared/sources/ad-columns'
import { sourceApi, sourceDoors, type SourceInput, type SourceProbe, type SourceRun } from '@comptoir/shared/sources/source.contract'
import type { TokenCipher } from '../../platform/bitrix24/token-cipher.ts'
import { serve } from '../../platform/http/serve.ts'
import { isSigned, keepBodies, keptBody, singleHeader } from '../../platform/http/signed-body.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import { checkAddress } from '../../platform/outbound/read-address.ts'
import type { Database } from '../../platform/storage/database.ts'
import { sendReading, type FetchAddress } from './read-source.job.ts'
import { openDoor } from './source-door.postgres.ts'
import { failRun, lastRuns, noteRun, type RunPlace, type Settled } from './source-runs.postgres.ts'
import { changeSource, createSource, findSource, listSources, mergedHeaders, openHeaders, pauseSource, removeSource, renewKey, restoreSource, type Administrator, type SavedSource, type SourceRow } from './sources.postgres.ts'
import { takeTable } from './take-delivery.postgres.ts'

export interface SourceDeps {
  readonly db: Database
  readonly jobs: Pick<Jobs, 'send'>
  readonly cipher: TokenCipher
  readonly now: () => Date
  readonly fetchAddress: FetchAddress
  readonly publicUrl: string
}

const runsShown = 30

export function sourceRoutes(app: FastifyInstance, deps: SourceDeps): void {
  const { db, cipher, now } = deps
  const list = (caller: Pick<Administrator, 'portal'>) => listSources(db, caller, new URL(sourceDoors.deliver.path, deps.publicUrl).href)
  const saved = async (caller: Administrator, { sourceId, secrets }: SavedSource) => ({ sourceId, secrets, sources: await list(caller) })

  serve(app, sourceApi.list, (_request, caller) => list(caller))
  serve(app, sourceApi.preview, async ({ body }, caller) => {
    const { previewSource } = await import('./preview-source.ts')
    const stored = await storedHeaders(deps, caller, body)
    return previewSource({ probe: body, currency: caller.portal.currency, fetch: address => deps.fetchAddress(address, mergedHeaders(body.headers, stored)) })
  })
  serve(app, sourceApi.create, async ({ body }, caller) => {
    insistOnSound(body)
    return saved(caller, await createSource({ db, cipher, now: now() }, caller, body))
  })
  serve(app, sourceApi.change, async ({ params, body }, caller) => {
    insistOnSound(body)
    return saved(caller, await changeSource({ db, cipher, now: now() }, caller, params.sourceId, body))
  })
  serve(app, sourceApi.pause, async ({ params, body }, caller) => {
    await pauseSource(db, caller, params.sourceId, body.isPaused, now())
    return list(caller)
  })
  serve(app, sourceApi.renewKey, async ({ params }, caller) => saved(caller, await renewKey({ db, cipher, now: now() }, caller, params.sourceId)))
  serve(app, sourceApi.remove, async ({ params }, caller) => {
    await removeSource(db, caller, params.sourceId, now())
    return list(caller)
  })
  serve(app, sourceApi.restore, async ({ params }, caller) => {
    await restoreSource(db, caller, params.sourceId, now())
    return list(caller)
  })
  deliveryRoutes(app, deps, list)
  void app.register(async scope => doorRoutes(scope, deps))
}

function deliveryRoutes(app: FastifyInstance, deps: SourceDeps, list: (caller: Pick<Administrator, 'portal'>) => ReturnType<typeof listSources>): void {
  const { db, jobs, now } = deps
  serve(app, sourceApi.run, async ({ params: { sourceId } }, caller) => {
    const { kind } = await findSource(db, caller.portal.id, sourceId)
    if (kind !== 'address')
      throw new AppError('source.other_kind')
    await db.transaction().execute(async (tx) => {
      const runId = await noteRun(tx, caller.portal.id, { sourceId, reason: 'person', dueAt: now() })
      if (runId !== null)
        await sendReading(jobs, tx, { portalId: caller.portal.id, sourceId, runId })
    })
    return list(caller)
  })
  serve(app, sourceApi.deliver, async ({ params, body }, caller) => {
    const source = await findSource(db, caller.portal.id, params.sourceId)
    if (source.kind !== 'file')
      throw new AppError('source.other_kind')
    const bytes = Buffer.from(body.base64, 'base64')
    const take = source.dataset === 'ledger' ? await ledgerTaker(caller.portal.currency, { name: body.name, bytes }) : await tableTaker(bytes)
    return { run: await takeNow(deps, source, { reason: 'person', fileName: body.name }, take), sources: await list(caller) }
  })
  serve(app, sourceApi.runs, async ({ params: { sourceId } }, { portal }) => {
    await findSource(db, portal.id, sourceId)
    return { runs: (await lastRuns(db, portal.id, [sourceId], runsShown)).get(sourceId) ?? [] }
  })
}

function doorRoutes(scope: FastifyInstance, deps: SourceDeps): void {
  keepBodies(scope)
  serve(scope, sourceDoors.deliver, async (_body, _caller, { request }) => {
    const source = await openDoor(deps.db, request.headers.authorization, deps.now())
    const body = keptBody(request)
    const name = nameOfDelivery(deps, source, request, body)
    const { readJsonTable } = await import('./read-table.ts')
    const { read, added, changed, same, refused } = await takeNow(deps, source, { reason: 'delivery' },
      async (taking, place, at) => takeTable(taking, source, { ...place, ...name && { delivery: { key: name, body } } }, await readJsonTable(body, (source.settings as AdCostSettings).rowsPath), at))
    return { read, added, changed, same, refused }
  })
}

/**
 * What tells a delivery from every other: the name its sender gave it, else its signature. Null: neither was given.
 * @throws AppError source.signature_invalid, request.invalid
 */
function nameOfDelivery({ cipher, now }: SourceDeps, source: SourceRow, request: FastifyRequest, body: string): string | null {
  const signature = singleHeader(request, signatureHeader)
  const isSound = signature !== undefined && source.signing_secret !== null && isSigned(body, signature, cipher.open(source.portal_id, source.signing_secret), now())
  if (!isSound && (source.is_signature_required || signature !== undefined))
    throw new AppError('source.signature_invalid')
  const name = singleHeader(request, idempotencyHeader)
  if (name !== undefined && !/^[\w.:-]{1,120}$/.test(name))
    throw new AppError('request.invalid', { details: { in: 'headers', header: idempotencyHeader } })
  return name ?? signature ?? null
}

type Take = (db: Database, place: RunPlace, at: Date, source: SourceRow) => Promise<Settled>

async function tableTaker(bytes: Buffer): Promise<Take> {
  const { readFileTable } = await import('./read-table.ts')
  return async (db, place, at, source) => takeTable(db, source, place, await readFileTable(bytes, (source.settings as AdCostSettings).rowsPath), at)
}

async function ledgerTaker(currency: string, file: { readonly name: string, readonly bytes: Buffer }): Promise<Take> {
  const [{ openFec }, { takeLedger }] = await Promise.all([import('./ledger-reading.ts'), import('./take-ledger.postgres.ts')])
  return async (db, place, at, source) => takeLedger(db, { source, place, file, currency, reading: await openFec(file.bytes, currency) }, at)
}

/** A delivery that fails is noted down, too: the page says what was wrong with it. */
async function takeNow({ db, now }: SourceDeps, source: SourceRow, { reason, fileName }: { reason: SourceRun['reason'], fileName?: string }, take: Take): Promise<SourceRun> {
  const at = now()
  const runId = await noteRun(db, source.portal_id, { sourceId: source.source_id, reason, dueAt: at, state: 'running', ...fileName !== undefined && { fileName } })
  if (runId === null)
    throw new AppError('request.too_many')
  const place = { portalId: source.portal_id, runId }
  try {
    const settled = await take(db, place, at, source)
    return { runId, reason, state: 'done', fileName: fileName ?? null, ...settled, errorCode: null, dueAt: at.toISOString(), finishedAt: at.toISOString() }
  }
  catch (error) {
    await failRun(db, place, error, at)
    throw error
  }
}

/** Stored secrets go to the host they were stored for, and to no other that is tried out. */
async function storedHeaders({ db, cipher }: SourceDeps, { portal }: Administrator, { sourceId, address }: SourceProbe): Promise<Record<string, string>> {
  if (sourceId === undefined || address === null)
    return {}
  const source = await findSource(db, portal.id, sourceId)
  const isSameHost = source.address !== null && URL.canParse(address) && new URL(source.address).host === new URL(address).host
  return isSameHost ? openHeaders(cipher, portal.id, source.headers_sealed) : {}
}

/** @throws AppError source.columns_missing, source.address_refused, source.other_kind */
function insistOnSound({ kind, dataset, settings, address }: SourceInput): void {
  if (dataset === 'ledger' && kind !== 'file')
    throw new AppError('source.other_kind')
  if (dataset === 'ad_costs' && (!settings || settings.columns.day === null || settings.columns.cost === null || (settings.columns.channel === null && settings.channel.trim() === '')))
    throw new AppError('source.columns_missing')
  if (kind === 'address')
    checkAddress(address ?? '')
}

import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { biDoors } from '@comptoir/shared/bi-builder/bi-builder.contract'
import { biDatasets, type BiColumn } from '@comptoir/shared/bi-builder/datasets'
import { AppError } from '@comptoir/shared/errors'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { field } from '../../platform/http/host-form.ts'
import { serve, type RawExchange } from '../../platform/http/serve.ts'
import type { Database } from '../../platform/storage/database.ts'
import { openKey } from './keys.postgres.ts'
import { chosenCodes, tableOwnerOf } from './publication.postgres.ts'
import { keySetting } from './publish.ts'
import type { Cell } from './read-rows.postgres.ts'

export interface BiDoorDeps {
  readonly db: Database
  readonly now: () => Date
  readonly findPortal: (portalId: number) => Promise<PortalRecord | null>
}

export const wordsOf = ({ language }: Pick<PortalRecord, 'language'>): 'fr' | 'en' => language === 'fr' ? 'fr' : 'en'

/** The four addresses that BI Builder calls. The key is looked at before anything else of the request. */
export function biDoorRoutes(app: FastifyInstance, deps: BiDoorDeps): void {
  const { db } = deps
  serve(app, biDoors.check, async (_request, _caller, { request }) => {
    await openPortal(deps, request.body)
    return { ok: true }
  })

  serve(app, biDoors.tables, async (_request, _caller, { request }) => {
    const portal = await openPortal(deps, request.body)
    const searched = (field(request.body, 'searchString') ?? '').toLocaleLowerCase()
    const tables = (await chosenCodes(db, portal.id)).map(code => ({ code, title: biDatasets[code].title[wordsOf(portal)] }))
    return tables.filter(({ code, title }) => code.includes(searched) || title.toLocaleLowerCase().includes(searched))
  })

  serve(app, biDoors.table, async (_request, _caller, { request }) => {
    const portal = await openPortal(deps, request.body)
    const { tableOf } = await import('./question.ts')
    const code = tableOf(request.body, await chosenCodes(db, portal.id))
    return biDatasets[code].columns.map(({ code: name, type, name: words }) => ({ code: name, name: words[wordsOf(portal)], type }))
  })

  serve(app, biDoors.data, (_request, _caller, exchange) => answerRows(deps, exchange))
}

/** @throws AppError bi.key_invalid, request.too_many */
async function openPortal({ db, now, findPortal }: BiDoorDeps, body: unknown): Promise<PortalRecord> {
  const portal = await findPortal(await openKey(db, field(body, 'connection', keySetting), now()))
  if (portal?.status !== 'installed')
    throw new AppError('bi.key_invalid')
  return portal
}

async function answerRows(deps: BiDoorDeps, { request, reply }: RawExchange): Promise<never> {
  const portal = await openPortal(deps, request.body)
  const [{ readQuestion }, { readRows }] = await Promise.all([import('./question.ts'), import('./read-rows.postgres.ts')])
  const question = readQuestion(request.body, await chosenCodes(deps.db, portal.id))
  const pages = readRows(deps.db, await tableOwnerOf(deps.db, portal), question)
  // The first page before the status: what fails at once fails as an answer, what fails later as a broken connection.
  const first = await pages.next()
  await reply.type('application/json; charset=utf-8').send(Readable.from(written(question.columns, first, pages)))
  return reply as never
}

async function* written(columns: readonly BiColumn[], first: IteratorResult<readonly Cell[][], void>, pages: AsyncGenerator<readonly Cell[][], void>): AsyncGenerator<string> {
  yield `[${JSON.stringify(columns.map(({ code }) => code))}`
  for (let page = first; !page.done; page = await pages.next()) {
    if (page.value.length > 0)
      yield `,\n${page.value.map(row => JSON.stringify(row)).join(',\n')}`
  }
  yield ']'
}

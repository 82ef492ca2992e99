import type { FastifyInstance } from 'fastify'
import { importApi, type Import } from '@comptoir/shared/imports/import.contract'
import { serve } from '../../platform/http/serve.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Database } from '../../platform/storage/database.ts'
import { readSample } from './analyse.ts'
import { analyseImport, chooseSheet, configureImport, decideRows, fixCell, toDuplicate } from './import-changes.postgres.ts'
import { readDiffs } from './import-diffs.postgres.ts'
import { decideDuplicates, readDuplicates } from './import-duplicates.postgres.ts'
import { storedFile, storeFile, sweepFiles } from './import-file.postgres.ts'
import { countIssueRows, readIssueRows } from './import-issues.postgres.ts'
import { assertCan } from './import-record.ts'
import { cancelStep, startPreview, startRun, startUndo } from './import-steps.postgres.ts'
import { toRow, viewImport } from './import-view.postgres.ts'
import { deleteImport, getImport, listImports, moveImport } from './imports.postgres.ts'
import { readConflicts } from './undo.postgres.ts'

export interface ImportDeps {
  readonly db: Database
  readonly jobs: Pick<Jobs, 'send'>
  readonly now: () => Date
}

const pageSize = 30
const issuePage = 100

export function importRoutes(app: FastifyInstance, deps: ImportDeps): void {
  fileRoutes(app, deps)
  settingRoutes(app, deps)
  reviewRoutes(app, deps)
  stepRoutes(app, deps)
}

function fileRoutes(app: FastifyInstance, { db, now }: ImportDeps): void {
  void app.register(async (scope) => {
    // The file streams through to the database; it is never whole in memory.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_, payload, done) => done(null, payload))
    serve(scope, importApi.upload, async ({ query, body }, { portal, viewer }) => {
      await sweepFiles(db, portal.id, now())
      const fileName = query.name.replace(/^.*[\\/]/, '').replace(/\p{Cc}/gu, '') || 'import.csv'
      const importId = await storeFile(db, (body ?? []) as AsyncIterable<Buffer>, { portalId: portal.id, userId: viewer.userId, fileName })
      await analyseImport(db, portal, importId)
      return view(db, portal.id, importId)
    })
  })

  serve(app, importApi.list, async ({ query }, { portal }) => {
    const listed = await listImports(db, portal.id, { ...query.before !== undefined && { before: new Date(query.before) }, limit: pageSize + 1 })
    return { imports: listed.slice(0, pageSize).map(toRow), hasMore: listed.length > pageSize }
  })

  serve(app, importApi.get, ({ params }, { portal }) => view(db, portal.id, params.importId))

  serve(app, importApi.discard, async ({ params }, { portal }) => {
    const record = await getImport(db, portal.id, params.importId)
    assertCan('discard', record)
    await deleteImport(db, record, ['analysed', 'previewed'])
    return {}
  })
}

const view = async (db: Database, portalId: number, importId: string): Promise<Import> =>
  viewImport(db, await getImport(db, portalId, importId))

function settingRoutes(app: FastifyInstance, { db }: ImportDeps): void {
  serve(app, importApi.sample, async ({ params }, { portal }) => {
    const record = await getImport(db, portal.id, params.importId)
    return { rows: record.profile ? await readSample(storedFile(db, record), record.profile) : [] }
  })

  serve(app, importApi.configure, async ({ params: { importId }, body }, { portal }) => {
    await configureImport(db, portal, importId, body.set, body.reset ?? [])
    return view(db, portal.id, importId)
  })

  serve(app, importApi.chooseSheet, async ({ params: { importId }, body }, { portal }) => {
    await chooseSheet(db, portal, importId, body.sheet)
    return view(db, portal.id, importId)
  })
}

function reviewRoutes(app: FastifyInstance, { db }: ImportDeps): void {
  serve(app, importApi.issues, async ({ params, query }, { portal }) => {
    const record = await getImport(db, portal.id, params.importId)
    const limit = query.limit ?? issuePage
    const rows = await readIssueRows(db, record, { ...query, limit })
    return { rows, total: await countIssueRows(db, record, query), nextAfterLine: rows.length === limit ? rows.at(-1)!.line : null }
  })

  serve(app, importApi.fix, ({ params, body: { everywhere = false, ...fix } }, { portal, viewer }) =>
    fixCell(db, portal.id, params.importId, { ...fix, everywhere }, viewer.userId))

  serve(app, importApi.decideRows, ({ params, body }, { portal, viewer }) =>
    decideRows(db, portal.id, params.importId, body, viewer.userId))

  serve(app, importApi.diffs, async ({ params, query }, { portal }) =>
    ({ diffs: await readDiffs(db, await getImport(db, portal.id, params.importId), query.outcome) }))

  serve(app, importApi.duplicates, async ({ params }, { portal }) => {
    const record = await getImport(db, portal.id, params.importId)
    return { duplicates: (await readDuplicates(db, record)).map(row => toDuplicate(row, record)) }
  })

  serve(app, importApi.decide, async ({ params: { importId }, body }, { portal, viewer }) => {
    const record = await getImport(db, portal.id, importId)
    assertCan('configure', record)
    await decideDuplicates(db, record, body.incomingKeys, body.decision, viewer.userId)
    await moveImport(db, record, { is_preview_stale: true }, { states: ['analysed', 'previewed'] })
    return view(db, portal.id, importId)
  })

  serve(app, importApi.conflicts, async ({ params }, { portal }) => {
    const record = await getImport(db, portal.id, params.importId)
    return { conflicts: await db.transaction().execute(tx => readConflicts(tx, record)) }
  })
}

function stepRoutes(app: FastifyInstance, deps: ImportDeps): void {
  const steps = [[importApi.preview, startPreview], [importApi.start, startRun], [importApi.cancel, cancelStep], [importApi.undo, startUndo]] as const
  for (const [contract, step] of steps) {
    serve(app, contract, async ({ params: { importId } }, { portal, viewer }) => {
      await step(deps, await getImport(deps.db, portal.id, importId), viewer.userId)
      return view(deps.db, portal.id, importId)
    })
  }
}

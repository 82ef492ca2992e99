import { createHash } from 'node:crypto'
import { AppError } from '@comptoir/shared/errors'
import { isTextFile } from '@comptoir/shared/imports/text-file'
import { maxImportBytes, maxWorkbookBytes } from '@comptoir/shared/imports/import.contract'
import type { ImportSource } from '@comptoir/shared/imports/profile-file'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { ImportRecord } from './import-record.ts'
import { isWorkbook, readWorkbook, type WorkbookText } from '../../platform/workbooks/read-workbook.ts'

const chunkBytes = 262_144

async function* inChunks(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pending: Buffer[] = []
  let size = 0
  for await (const piece of stream) {
    pending.push(piece)
    size += piece.length
    if (size < chunkBytes)
      continue
    const whole = Buffer.concat(pending)
    for (let at = 0; at + chunkBytes <= whole.length; at += chunkBytes)
      yield whole.subarray(at, at + chunkBytes)
    const rest = whole.subarray(whole.length - whole.length % chunkBytes)
    pending = [rest]
    size = rest.length
  }
  if (size > 0)
    yield Buffer.concat(pending)
}

interface Place { readonly portalId: number, readonly importId: string }

/** Puts a file away piece by piece; it becomes visible once it is whole. Pieces of a broken upload go with their row. */
export async function storeFile(db: Database, stream: AsyncIterable<Buffer>, { portalId, userId, fileName }: { portalId: number, userId: number, fileName: string }): Promise<string> {
  const { import_id: importId } = await db.insertInto('imports')
    .values({ portal_id: portalId, file_name: fileName, fingerprint: '', size_bytes: 0, created_by: userId })
    .returning('import_id').executeTakeFirstOrThrow()
  try {
    const pieces = inChunks(stream)
    const { value: first } = await pieces.next()
    if (first && isWorkbook(first))
      await storeWorkbook(db, { portalId, importId }, await whole(first, pieces))
    else
      await storeText(db, { portalId, importId }, first ? startingWith(first, pieces) : pieces)
  }
  catch (error) {
    await db.deleteFrom('imports').where('portal_id', '=', portalId).where('import_id', '=', importId).execute()
    throw error
  }
  return importId
}

async function* startingWith(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  if (!isTextFile(first))
    throw new AppError('import.not_text')
  yield first
  yield* rest
}

async function storeText(db: Database, { portalId, importId }: Place, pieces: AsyncIterable<Buffer>): Promise<void> {
  const digest = createHash('sha256')
  let size = 0
  let ordinal = 0
  for await (const bytes of pieces) {
    size += bytes.length
    if (size > maxImportBytes)
      throw new AppError('request.too_large', { details: { maxBytes: maxImportBytes } })
    digest.update(bytes)
    await db.insertInto('import_chunks').values({ portal_id: portalId, import_id: importId, ordinal: ordinal++, bytes }).execute()
  }
  if (size === 0)
    throw new AppError('import.empty')
  await db.updateTable('imports').set({ fingerprint: digest.digest('hex'), size_bytes: size })
    .where('portal_id', '=', portalId).where('import_id', '=', importId).execute()
}

/** Only a whole archive can be unpacked. */
async function whole(first: Buffer, rest: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces = [first]
  let size = first.length
  for await (const piece of rest) {
    size += piece.length
    if (size > maxWorkbookBytes)
      throw new AppError('request.too_large', { details: { maxBytes: maxWorkbookBytes } })
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

async function storeWorkbook(db: Database, place: Place, bytes: Buffer): Promise<void> {
  const { text, sheet, sheets } = await readWorkbook(bytes)
  await storeText(db, place, inChunks(oneByOne(text)))
  await db.insertInto('import_workbooks').values({ portal_id: place.portalId, import_id: place.importId, sheet, sheets: [...sheets], bytes }).execute()
}

async function* oneByOne(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text)
}

export async function findWorkbook(db: Database, { portalId, importId }: Place): Promise<{ sheet: string, sheets: string[] } | null> {
  return await db.selectFrom('import_workbooks').select(['sheet', 'sheets']).where('portal_id', '=', portalId).where('import_id', '=', importId).executeTakeFirst() ?? null
}

/** The sheet as text, before anything is replaced. */
export async function readSheet(db: Database, { portalId, importId }: Place, sheet: string): Promise<WorkbookText> {
  const row = await db.selectFrom('import_workbooks').select(['bytes', 'sheets']).where('portal_id', '=', portalId).where('import_id', '=', importId).executeTakeFirst()
  if (!row?.sheets.includes(sheet))
    throw new AppError('import.not_found')
  return readWorkbook(row.bytes, sheet)
}

export async function replaceText(db: Database, { portalId, importId }: Place, { text, sheet }: WorkbookText): Promise<void> {
  await db.deleteFrom('import_chunks').where('portal_id', '=', portalId).where('import_id', '=', importId).execute()
  await storeText(db, { portalId, importId }, inChunks(oneByOne(text)))
  await db.updateTable('import_workbooks').set({ sheet }).where('portal_id', '=', portalId).where('import_id', '=', importId).execute()
}

/** Once a sheet is being imported no other is chosen any more: what stands in them is kept no longer. */
export async function forgetOtherSheets(tx: Tx, { portalId, importId }: Place): Promise<void> {
  await tx.updateTable('import_workbooks').set({ bytes: Buffer.alloc(0) }).where('portal_id', '=', portalId).where('import_id', '=', importId).execute()
}

/** The stored file, one piece in memory at a time. */
export function storedFile(db: Database, { portalId, importId, fileName }: Pick<ImportRecord, 'portalId' | 'importId' | 'fileName'>): ImportSource {
  return {
    name: fileName,
    async* bytes() {
      for (let ordinal = 0; ; ordinal++) {
        const chunk = await db.selectFrom('import_chunks').select('bytes')
          .where('portal_id', '=', portalId).where('import_id', '=', importId).where('ordinal', '=', ordinal).executeTakeFirst()
        if (!chunk)
          return
        yield chunk.bytes
      }
    },
  }
}

/** How long the bytes of a settled file are kept, and how long a file waits for its import. */
export const keptDays = 30
const brokenAfterMs = 60 * 60_000

/** Files nobody needs any more: broken uploads, files that were never imported, the bytes of imports long done. */
export async function sweepFiles(db: Database, portalId: number, now: Date): Promise<void> {
  const old = new Date(now.getTime() - keptDays * 86_400_000)
  await db.deleteFrom('imports').where('portal_id', '=', portalId).where(({ and, or, eb }) => or([
    and([eb('state', '=', 'uploading'), eb('created_at', '<', new Date(now.getTime() - brokenAfterMs))]),
    and([eb('state', 'in', ['analysed', 'previewed']), eb('updated_at', '<', old)]),
  ])).execute()
  for (const table of ['import_chunks', 'import_workbooks'] as const) {
    await db.deleteFrom(table).where('portal_id', '=', portalId).where('import_id', 'in', query => query.selectFrom('imports').select('import_id')
      .where('portal_id', '=', portalId).where('state', 'in', ['done', 'undone']).where('finished_at', '<', old)).execute()
  }
}

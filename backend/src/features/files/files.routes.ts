import type { FastifyInstance } from 'fastify'
import { AppError } from '@comptoir/shared/errors'
import { contentTypeOf } from '@comptoir/shared/files/file-kinds'
import { fileApi, type KeptFile } from '@comptoir/shared/files/file.contract'
import type { Crm } from '../../platform/bitrix24/client.ts'
import { addressOfFile, drivePermission, folderInStorage, uploadFile } from '../../platform/bitrix24/drive-calls.ts'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Database } from '../../platform/storage/database.ts'
import { announceFile, findFile, knownFile, listFiles, markRemoved, noteFile, requireSubject, vendorOfSubject, type Asker, type FilePlace } from './files.postgres.ts'
import { checkFile, folderOfVendor, type CheckedFile } from './keep-file.ts'

export interface FileDeps {
  readonly db: Database
  readonly now: () => Date
  readonly crm: Pick<Crm, 'for'>
  /** The bytes at an address that the portal named. */
  readonly fetchFile: (address: string) => Promise<Buffer>
  /** What was taken away goes to the trash of the Drive. */
  readonly wake: () => Promise<unknown>
}

export function fileRoutes(app: FastifyInstance, { db, now, crm, fetchFile, wake }: FileDeps): void {
  serve(app, fileApi.list, async ({ params: { vendorId } }, caller) => ({ hasDrive: hasDrive(caller.portal), ...await listFiles(db, caller, vendorId) }))

  serve(app, fileApi.keep, async ({ params: { vendorId }, body: { name, content, ...place } }, caller) => {
    await requireSubject(db, caller, vendorId, place.subject, 'editor')
    return keepFile({ db, now, crm, wake }, caller, { vendorId, ...place }, checkFile({ name, content }))
  })

  serve(app, fileApi.read, async ({ params: { fileId } }, caller) => {
    const { name, driveFileId } = await findFile(db, caller, fileId, 'viewer')
    requireDrive(caller.portal)
    const address = await addressOfFile(crm.for(caller.portal.id), driveFileId)
    if (address === null)
      throw new AppError('file.gone', { details: { name } })
    const bytes = await fetchFile(address).catch((cause: unknown) => { throw new AppError('crm.unavailable', { cause }) })
    return { fileName: name, contentType: contentTypeOf(name) ?? 'application/octet-stream', base64: bytes.toString('base64') }
  })

  serve(app, fileApi.remove, async ({ params: { fileId } }, caller) => {
    await markRemoved(db, caller, await findFile(db, caller, fileId, 'editor'), now())
    await wake()
    return { isDone: true }
  })
}

const hasDrive = (portal: PortalRecord): boolean => portal.scope.includes(drivePermission)

function requireDrive(portal: PortalRecord): void {
  if (!hasDrive(portal))
    throw new AppError('file.no_drive')
}

async function keepFile({ db, now, crm, wake }: Pick<FileDeps, 'db' | 'now' | 'crm' | 'wake'>, asker: Asker & { readonly portal: PortalRecord }, place: FilePlace, file: CheckedFile): Promise<KeptFile> {
  const name = await vendorOfSubject(db, asker, place)
  requireDrive(asker.portal)
  const known = await knownFile(db, asker, place, file.sha256)
  if (known)
    return known
  const client = crm.for(asker.portal.id)
  const folderId = await folderInStorage(client, folderOfVendor({ vendorId: place.vendorId, name }))
  const fileId = await announceFile(db, asker, place, file, folderId, now())
  const driveFileId = await uploadFile(client, folderId, file)
  if (!await noteFile(db, asker, place, file, { fileId, driveFileId }, now()))
    await wake()
  const kept = await knownFile(db, asker, place, file.sha256)
  if (!kept)
    throw new AppError('file.not_found')
  return kept
}

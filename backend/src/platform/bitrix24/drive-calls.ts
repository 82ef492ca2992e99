import { AppError } from '@comptoir/shared/errors'
import type { CallAnswer, CrmClient } from './client.ts'
import { toList, toMap } from './php-query.ts'

/** The permission that an administrator gives, or not. */
export const drivePermission = 'disk'

const hostCodeOf = (error: unknown): unknown => error instanceof AppError ? (error.details as { hostCode?: unknown } | undefined)?.hostCode : undefined

/** A folder of the app's own storage, made when it is not there. */
export async function folderInStorage(client: CrmClient, name: string): Promise<number> {
  const storage = toMap((await client.call('disk.storage.getforapp', {}, { isRepeatable: true })).result)
  return folderIn(client, Number(storage.ID), name)
}

/** The same in a person's own storage. @throws AppError crm.not_found */
export async function folderOfPerson(client: CrmClient, userId: number, name: string): Promise<number> {
  const { result } = await client.call('disk.storage.getlist', { filter: { ENTITY_TYPE: 'user', ENTITY_ID: userId } }, { isRepeatable: true })
  const [storage] = toList(result).map(toMap)
  if (!storage)
    throw new AppError('crm.not_found', { details: { userId } })
  return folderIn(client, Number(storage.ID), name)
}

async function folderIn(client: CrmClient, storageId: number, name: string): Promise<number> {
  const find = async (): Promise<number | null> => {
    const { result } = await client.call('disk.storage.getchildren', { id: storageId, filter: { NAME: name, TYPE: 'folder' } }, { isRepeatable: true })
    const [first] = toList(result).map(toMap)
    return first ? Number(first.ID) : null
  }
  const known = await find()
  if (known !== null)
    return known
  try {
    return Number(toMap((await client.call('disk.storage.addfolder', { id: storageId, data: { NAME: name } })).result).ID)
  }
  catch (error) {
    // Somebody else made it between our two questions.
    const made = hostCodeOf(error) === 'DISK_OBJ_22000' ? await find() : null
    if (made === null)
      throw error
    return made
  }
}

export async function uploadFile(client: CrmClient, folderId: number, { name, base64 }: { readonly name: string, readonly base64: string }): Promise<number> {
  const { result } = await client.call('disk.folder.uploadfile', { id: folderId, data: { NAME: name }, fileContent: [name, base64], generateUniqueName: true })
  return Number(toMap(result).ID)
}

export async function hasFile(client: CrmClient, folderId: number, name: string): Promise<boolean> {
  const { result } = await client.call('disk.folder.getchildren', { id: folderId, filter: { NAME: name, TYPE: 'file' } }, { isRepeatable: true })
  return toList(result).length > 0
}

/** The numbers of all files in a folder. */
export async function filesInFolder(client: CrmClient, folderId: number): Promise<number[]> {
  const ids: number[] = []
  for (let start: number | null = 0; start !== null;) {
    const page: CallAnswer = await client.call('disk.folder.getchildren', { id: folderId, filter: { TYPE: 'file' }, start }, { isRepeatable: true }).catch(goneAsNothing)
    ids.push(...toList(page.result).map(file => Number(toMap(file).ID)))
    start = page.next
  }
  return ids
}

/** Where the file may be read for a while, without a login; null when it is no longer in the Drive. */
export async function addressOfFile(client: CrmClient, fileId: number): Promise<string | null> {
  const { result } = await client.call('disk.file.get', { id: fileId }).catch(goneAsNothing)
  const address = toMap(result).DOWNLOAD_URL
  return typeof address === 'string' ? address : null
}

export async function trashFile(client: CrmClient, fileId: number): Promise<void> {
  await client.call('disk.file.markdeleted', { id: fileId }, { isRepeatable: true }).catch(goneAsNothing)
}

function goneAsNothing(error: unknown): CallAnswer {
  if (error instanceof AppError && error.code === 'crm.not_found')
    return { result: null, total: null, next: null, startedAt: null }
  throw error
}

import type { PortalModule } from '../../module.ts'
import type { Portal } from '../../state.ts'
import type { MethodOptions, RestCall } from '../registry.ts'
import { toPortalTime } from '../../core/zoned-time.ts'
import { Drive, type DriveObject } from '../../work/drive.ts'
import { listParam, mapParam, numberParam, pageOf, param, upperKeys } from '../params.ts'
import { RestError } from '../registry.ts'

const options: MethodOptions = { scope: 'disk' }
const notFound = (id: number) => new RestError(400, 'ERROR_NOT_FOUND', `Could not find entity with id \`${id}\``)
const argument = (position: number) => new RestError(400, 'ERROR_ARGUMENT', `Invalid value of parameter {Parameter #${position}}`)

/** The Drive as far as apps need it: their own storage and those of people, folders in them, files by base64 and by their address. */
export function driveMethods(module: PortalModule): void {
  const drive = new Drive(module.portal)
  storageMethods(module, drive)
  folderMethods(module, drive)
  fileMethods(module, drive)
}

function storageMethods({ portal, rest }: PortalModule, drive: Drive): void {
  const rootOf = ({ params }: RestCall): DriveObject => {
    const id = numberParam(params, 'id')
    const storage = drive.storage(id)
    if (!storage)
      throw notFound(id)
    return living(drive, storage.rootId, 'folder')
  }
  rest.method('disk.storage.getForApp', {
    ...options, admin: true, appContext: true, contextError: { status: 400, code: 'ACCESS_DENIED', description: 'Access denied! Application context required' },
  }, ({ caller }) => {
    const { clientId } = caller.app!
    const { id, rootId } = drive.storageOf(clientId, caller.user.id)
    return { ID: String(id), NAME: clientId, CODE: null, MODULE_ID: 'disk', ENTITY_TYPE: 'restapp', ENTITY_ID: String(id), ROOT_OBJECT_ID: String(rootId) }
  })
  // An administrator reaches everybody's storage, others their own.
  rest.method('disk.storage.getList', options, ({ caller, params }) => {
    const filter = upperKeys(mapParam(params, 'filter'))
    const rows = [...portal.users.values()].filter(({ id, isActive }) => isActive && (caller.user.isAdmin || id === caller.user.id)).map(({ id, name, lastName }) => {
      const storage = drive.storageOf(id, id)
      return { ID: String(storage.id), NAME: `${name} ${lastName}`, CODE: null, MODULE_ID: 'disk', ENTITY_TYPE: 'user', ENTITY_ID: String(id), ROOT_OBJECT_ID: String(storage.rootId) }
    }).filter(row => Object.entries(filter).every(([key, value]) => String(row[key.replace(/^=/, '') as keyof typeof row]) === String(value)))
    const { page, next } = pageOf(rows, param(params, 'start'))
    return { result: page, total: rows.length, ...next }
  })
  rest.method('disk.storage.getChildren', options, call => children(portal, drive, rootOf(call), call))
  rest.method('disk.storage.addFolder', options, call => addFolder(portal, drive, rootOf(call), call))
}

function folderMethods({ portal, rest }: PortalModule, drive: Drive): void {
  const folderOf = ({ params }: RestCall): DriveObject => {
    const id = numberParam(params, 'id')
    if (id === 0)
      throw argument(0)
    return living(drive, id, 'folder')
  }
  rest.method('disk.folder.getChildren', options, call => children(portal, drive, folderOf(call), call))
  rest.method('disk.folder.addSubFolder', options, call => addFolder(portal, drive, folderOf(call), call))

  rest.method('disk.folder.uploadFile', options, (call) => {
    const folder = folderOf(call)
    const wanted = nameIn(call)
    if (wanted === '')
      throw new RestError(400, 'DISK_BASE_SERVICE_22001', 'Error: required parameter NAME (DISK_BASE_SERVICE_22001)')
    const content = Buffer.from(String(listParam(call.params, 'fileContent')[1] ?? ''), 'base64')
    if (content.length === 0)
      throw new RestError(400, 'ERROR_COULD_NOT_SAVE_FILE', 'Could not save file')
    const isUnique = ['true', '1', 'Y'].includes(String(param(call.params, 'generateUniqueName')))
    if (!isUnique && drive.hasChild(folder.id, wanted))
      throw new RestError(400, 'DISK_OBJ_22000', 'A file with this name already exists')
    const name = drive.freeName(folder.id, wanted)
    return describe(portal, drive, drive.add(folder, { type: 'file', name, createdBy: call.caller.user.id, content }))
  })
}

function fileMethods({ app, portal, rest }: PortalModule, drive: Drive): void {
  const fileOf = ({ params }: RestCall): DriveObject => living(drive, numberParam(params, 'id'), 'file')
  rest.method('disk.file.get', options, call => describe(portal, drive, fileOf(call)))
  rest.method('disk.file.markDeleted', options, (call) => {
    const file = fileOf(call)
    drive.trash(file, call.caller.user.id)
    return describe(portal, drive, file)
  })

  app.get<{ Querystring: { token?: string } }>('/rest/download.json', (request, reply) => {
    const file = drive.fileAt(request.query.token ?? '')
    if (!file)
      return reply.code(400).send({ error: 'ERROR_NOT_FOUND', error_description: 'File is not found' })
    return reply.header('content-type', 'application/octet-stream').header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`).send(file.content)
  })
}

function living(drive: Drive, id: number, type: DriveObject['type']): DriveObject {
  const object = drive.find(id, type)
  if (!object)
    throw notFound(id)
  return object
}

const nameIn = ({ params }: RestCall): string => String(upperKeys(mapParam(params, 'data')).NAME ?? '')

function addFolder(portal: Portal, drive: Drive, parent: DriveObject, call: RestCall): unknown {
  const name = nameIn(call)
  if (name === '')
    throw argument(1)
  if (drive.hasChild(parent.id, name))
    throw new RestError(400, 'DISK_OBJ_22000', 'A folder with this name already exists')
  return describe(portal, drive, drive.add(parent, { type: 'folder', name, createdBy: call.caller.user.id }))
}

function children(portal: Portal, drive: Drive, parent: DriveObject, { params }: RestCall): unknown {
  const filter = Object.entries(upperKeys(mapParam(params, 'filter'))).map(([key, value]) => [key.replace(/^=/, ''), String(value)] as const)
  const rows = drive.childrenOf(parent.id).map(object => describe(portal, drive, object))
    .filter(row => filter.every(([key, value]) => String(row[key]) === value))
  const { page, next } = pageOf(rows, param(params, 'start'))
  return { result: page, total: rows.length, ...next }
}

const describe = (portal: Portal, drive: Drive, { id, type, name, storageId, parentId, createdBy, at, deletedBy, deletedAt, content }: DriveObject): Record<string, unknown> => ({
  ID: String(id),
  NAME: name,
  CODE: null,
  STORAGE_ID: String(storageId),
  TYPE: type,
  PARENT_ID: String(parentId),
  DELETED_TYPE: deletedAt === null ? '0' : '3',
  CREATE_TIME: toPortalTime(at),
  UPDATE_TIME: toPortalTime(deletedAt ?? at),
  DELETE_TIME: deletedAt === null ? null : toPortalTime(deletedAt),
  CREATED_BY: String(createdBy),
  UPDATED_BY: String(deletedBy ?? createdBy),
  DELETED_BY: String(deletedBy ?? 0),
  DETAIL_URL: `${portal.origin}/docs/${type === 'file' ? 'file' : 'path'}/${encodeURIComponent(name)}`,
  ...type === 'folder'
    ? { REAL_OBJECT_ID: String(id) }
    : { GLOBAL_CONTENT_VERSION: '1', FILE_ID: String(30_000 + id), SIZE: String(content.length), DOWNLOAD_URL: drive.addressOf(id) },
})

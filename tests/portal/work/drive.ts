import { randomUUID } from 'node:crypto'
import type { Portal } from '../state.ts'

/** Of an app, by its client id, or of a person, by their number. */
export interface Storage { readonly id: number, readonly owner: string | number, readonly rootId: number }

export interface DriveObject {
  readonly id: number
  readonly type: 'folder' | 'file'
  readonly name: string
  readonly storageId: number
  readonly parentId: number
  readonly createdBy: number
  readonly at: number
  deletedBy: number | null
  deletedAt: number | null
  readonly content: Buffer
}

type NewObject = Pick<DriveObject, 'type' | 'name' | 'createdBy'> & { readonly content?: Buffer }

/** The storages that apps and people have for themselves, with folders and files. */
export class Drive {
  readonly #portal: Portal
  readonly #storages: Storage[] = []
  readonly #objects = new Map<number, DriveObject>()
  readonly #downloads = new Map<string, number>()

  constructor(portal: Portal) {
    this.#portal = portal
  }

  /** Made when it is first asked for. */
  storageOf(owner: string | number, userId: number): Storage {
    const known = this.#storages.find(storage => storage.owner === owner)
    if (known)
      return known
    const id = this.#portal.nextId('drive')
    const root = this.#put({ type: 'folder', name: String(owner), createdBy: userId }, { storageId: id, parentId: 0 })
    const storage = { id, owner, rootId: root.id }
    this.#storages.push(storage)
    return storage
  }

  storage(id: number): Storage | undefined {
    return this.#storages.find(storage => storage.id === id)
  }

  find(id: number, type: DriveObject['type']): DriveObject | undefined {
    const object = this.#objects.get(id)
    return object?.type === type && object.deletedAt === null ? object : undefined
  }

  childrenOf(parentId: number): DriveObject[] {
    return [...this.#objects.values()].filter(object => object.parentId === parentId && object.deletedAt === null)
  }

  hasChild(parentId: number, name: string): boolean {
    return this.childrenOf(parentId).some(object => object.name === name)
  }

  add(folder: DriveObject, object: NewObject): DriveObject {
    return this.#put(object, { storageId: folder.storageId, parentId: folder.id })
  }

  trash(file: DriveObject, userId: number): void {
    Object.assign(file, { deletedBy: userId, deletedAt: this.#portal.clock.now() })
  }

  /** `file.pdf`, else `file (1).pdf` and so on. */
  freeName(folderId: number, wanted: string): string {
    const [, stem = wanted, ending = ''] = /^(.*?)(\.[^.]*)?$/s.exec(wanted) ?? []
    for (let number = 0; ; number++) {
      const name = number === 0 ? wanted : `${stem} (${number})${ending}`
      if (!this.hasChild(folderId, name))
        return name
    }
  }

  /** An address that opens the file to whoever has it, without a login. */
  addressOf(fileId: number): string {
    const token = randomUUID()
    this.#downloads.set(token, fileId)
    return `${this.#portal.origin}/rest/download.json?auth=${randomUUID().replaceAll('-', '')}&token=disk%7C${token}`
  }

  fileAt(token: string): DriveObject | undefined {
    return this.find(this.#downloads.get(token.replace(/^disk\|/, '')) ?? 0, 'file')
  }

  #put({ content = Buffer.alloc(0), ...object }: NewObject, place: Pick<DriveObject, 'storageId' | 'parentId'>): DriveObject {
    const put = { ...object, ...place, id: this.#portal.nextId('drive'), at: this.#portal.clock.now(), deletedBy: null, deletedAt: null, content }
    this.#objects.set(put.id, put)
    return put
  }
}

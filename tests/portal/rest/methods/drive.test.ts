import type { Session } from '../../testing/session.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { peopleIds } from '../../data/people.ts'
import { everyScope, openSession } from '../../testing/session.ts'

describe('the Drive of an app', () => {
  let session: Session
  beforeAll(async () => {
    session = await openSession({}, { scopes: [...everyScope, 'disk'] })
  })
  afterAll(() => session.close())

  it('gives an app one storage, and only to administrators', async () => {
    const { result } = await session.call('disk.storage.getForApp')
    expect(result).toMatchObject({ ENTITY_TYPE: 'restapp', MODULE_ID: 'disk' })
    expect((await session.call('disk.storage.getforapp')).result).toEqual(result)
    expect(await session.call('disk.storage.getForApp', {}, peopleIds.seller)).toMatchObject({ status: 403, error: 'ACCESS_DENIED' })
  })

  it('keeps a file in a folder, under a free name, and hands it out at its address until it is in the trash', async () => {
    const { result: storage } = await session.call('disk.storage.getForApp')
    const { result: folder } = await session.call('disk.storage.addFolder', { id: storage.ID, data: { NAME: 'Imprimerie' } })
    expect(await session.call('disk.storage.addFolder', { id: storage.ID, data: { NAME: 'Imprimerie' } })).toMatchObject({ status: 400, error: 'DISK_OBJ_22000' })
    expect(await session.call('disk.storage.getChildren', { id: storage.ID, filter: { NAME: 'Imprimerie', TYPE: 'folder' } })).toMatchObject({ total: 1, result: [{ ID: folder.ID }] })

    const upload = { id: folder.ID, data: { NAME: 'kbis.pdf' }, fileContent: ['kbis.pdf', Buffer.from('%PDF').toString('base64')], generateUniqueName: true }
    const { result: first } = await session.call('disk.folder.uploadFile', upload)
    const { result: second } = await session.call('disk.folder.uploadFile', upload)
    expect([first.NAME, second.NAME, first.SIZE]).toEqual(['kbis.pdf', 'kbis (1).pdf', '4'])
    expect(await session.call('disk.folder.uploadFile', { ...upload, generateUniqueName: false })).toMatchObject({ error: 'DISK_OBJ_22000' })

    const { result: found } = await session.call('disk.file.get', { id: first.ID })
    expect(await (await fetch(found.DOWNLOAD_URL)).text()).toBe('%PDF')
    expect((await session.call('disk.file.markDeleted', { id: first.ID })).result).toMatchObject({ DELETED_TYPE: '3' })
    expect(await session.call('disk.file.get', { id: first.ID })).toMatchObject({ status: 400, error: 'ERROR_NOT_FOUND' })
    expect((await fetch(found.DOWNLOAD_URL)).status).toBe(400)
  })

  it('refuses an app without the permission', async () => {
    const other = await openSession()
    expect(await other.call('disk.storage.getForApp')).toMatchObject({ status: 403, error: 'insufficient_scope' })
    await other.close()
  })
})

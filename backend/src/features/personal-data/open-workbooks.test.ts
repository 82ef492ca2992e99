import { afterAll, beforeAll, expect, it } from 'vitest'
import writeExcelFile from 'write-excel-file/node'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import { searchOpenWorkbooks } from './open-workbooks.postgres.ts'
import { soughtBy } from './person.postgres.ts'

let database: TestDatabase
let portalId: number
let importId: string
beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  portalId = (await db.insertInto('portals').values({ member_id: 'm', domain: 'd', client_endpoint: '', server_endpoint: '', status: 'installed' }).returning('portal_id').executeTakeFirstOrThrow()).portal_id
  importId = (await db.insertInto('imports').values({ portal_id: portalId, file_name: 'carnet.xlsx', fingerprint: 'f', size_bytes: 1, state: 'analysed' } as never).returning('import_id').executeTakeFirstOrThrow()).import_id
  const row = (...cells: string[]) => cells.map(value => ({ value }))
  const bytes = await writeExcelFile([
    { data: [row('Fournisseur', 'Ville'), row('Buis', 'Caen')], sheet: 'Fournisseurs' },
    { data: [row('Prénom', 'Nom', 'Mobile'), row('Odon', 'Brisset', '06 99 88 77 66')], sheet: 'Contacts' },
  ]).toBuffer()
  await db.insertInto('import_workbooks').values({ portal_id: portalId, import_id: importId, sheet: 'Fournisseurs', sheets: ['Fournisseurs', 'Contacts'], bytes }).execute()
})
afterAll(() => database.close())

it('finds a person on a sheet that nobody has chosen, and nobody else', async () => {
  const search = (term: string) => searchOpenWorkbooks(database.db, soughtBy(portalId, term))
  const contacts = [{ id: `${importId}/Contacts`, subject: 'carnet.xlsx', field: null, value: 'Contacts' }]
  expect(await search('odon brisset')).toEqual(contacts)
  expect(await search('+33 6 99 88 77 66')).toEqual(contacts)
  expect(await search('Brisset Odon')).toEqual([])
  expect(await search('.*')).toEqual([])
  expect(await search('Jean-Luc (bis)')).toEqual([])
  // The chosen sheet is stored as text, and searched there.
  expect(await search('Buis')).toEqual([])
  await database.db.updateTable('import_workbooks').set({ bytes: Buffer.alloc(0) }).execute()
  expect(await search('odon brisset')).toEqual([])
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { importsUnderTest, type ImportsUnderTest } from './testing/imports-under-test.ts'

let imports: ImportsUnderTest
beforeAll(async () => {
  imports = await importsUnderTest()
})
afterAll(() => imports.close())

const lines = () => imports.db.selectFrom('vendor_changes').innerJoin('vendors', join => join.onRef('vendors.vendor_id', '=', 'vendor_changes.vendor_id'))
  .select(['name', 'old_value', 'new_value', 'origin']).where('field', '=', 'purchases').orderBy('vendor_change_id').execute()

it('a vendor\'s history says which file brought how many purchases, and that they were taken back', async () => {
  await imports.bring('liste.csv', 'Fournisseur\nMorel\n')
  const { importId } = await imports.bring('achats.csv', 'Fournisseur;Date;Montant\nMorel;31/01/2026;10,00\nMorel;01/02/2026;20,00\nDurand;01/02/2026;5,00\n')
  const [morel, durand] = [{ label: 'achats.csv (2)' }, { label: 'achats.csv (1)' }]
  expect((await lines()).sort((one, other) => other.name.localeCompare(one.name))).toEqual([
    { name: 'Morel', old_value: null, new_value: morel, origin: 'import' }, { name: 'Durand', old_value: null, new_value: durand, origin: 'import' },
  ])
  await imports.ask('POST', `/api/imports/${importId}/undo`)
  await imports.deliver()
  expect((await imports.get(importId)).undoResult).toMatchObject({ purchasesRemoved: 3, vendorsRemoved: 1, conflicts: 0 })
  expect(await lines()).toEqual([
    { name: 'Morel', old_value: null, new_value: morel, origin: 'import' }, { name: 'Morel', old_value: morel, new_value: null, origin: 'import' },
  ])
})

it('purchases of a later file do not keep a vendor from going with the file that made it, once they are gone', async () => {
  const made = await imports.bring('un.csv', 'Fournisseur;Date;Montant\nForge;31/01/2026;10,00\n')
  const later = await imports.bring('deux.csv', 'Fournisseur;Date;Montant\nForge;01/02/2026;20,00\n')
  for (const { importId } of [later, made]) {
    await imports.ask('POST', `/api/imports/${importId}/undo`)
    await imports.deliver()
  }
  expect((await imports.get(made.importId)).undoResult).toMatchObject({ vendorsRemoved: 1, conflicts: 0 })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importsUnderTest, type ImportsUnderTest } from './testing/imports-under-test.ts'

describe('tags, supplies and the portal\'s own attributes', () => {
  let imports: ImportsUnderTest
  let ids: Record<string, string>
  beforeAll(async () => {
    imports = await importsUnderTest()
    const attribute = (label: string, kind: 'choice' | 'number' | 'yesNo', options: string[] = []) =>
      ({ portal_id: imports.portal.id, label, kind, options, field_group: 'identity' as const, required_from: 'never' as const, position: 1 })
    const rows = await imports.db.insertInto('vendor_attributes')
      .values([attribute('Certification', 'choice', ['ISO 9001', 'Aucune']), attribute('Effectif', 'number'), attribute('Cadre signé', 'yesNo')])
      .returning(['label', 'attribute_id']).execute()
    ids = Object.fromEntries(rows.map(row => [row.label, row.attribute_id]))
  })
  afterAll(() => imports.close())

  const stored = async (name: string) => imports.db.selectFrom('vendors').select(['tags', 'supplies', 'attributes', 'version']).where('name', '=', name).executeTakeFirst()
  const first = 'Nom;Étiquettes;Produits et services;Certification;Effectif;Cadre signé\nMorel;Local, Urgent;Papier;iso 9001;1 250,5;oui\nDurand;;;ISO 14001;;non\n'

  it('are found by their titles, read by their kind and written', async () => {
    const { importId } = await imports.upload('fournisseurs.csv', first)
    const tried = await imports.preview(importId)
    expect(tried.profile?.columns.map(({ field }) => field)).toEqual(['vendorName', 'tags', 'supplies', ...['Certification', 'Effectif', 'Cadre signé'].map(label => `attribute:${ids[label]}`)])
    expect(tried.preview?.issues).toMatchObject({ 'attribute.invalid': { severity: 'warning', lines: [3] } })
    await imports.ask('POST', `/api/imports/${importId}/start`)
    await imports.deliver()
    expect(await stored('Morel')).toMatchObject({
      tags: ['Local', 'Urgent'], supplies: ['Papier'], attributes: { [ids.Certification!]: 'ISO 9001', [ids.Effectif!]: 1250.5, [ids['Cadre signé']!]: true },
    })
    expect(await stored('Durand')).toMatchObject({ tags: [], supplies: [], attributes: { [ids['Cadre signé']!]: false } })
  })

  it('of a vendor on file grow or change, with their history, and come back with the undo', async () => {
    const before = await stored('Morel')
    const done = await imports.bring('suite.csv', 'Nom;Étiquettes;Certification;Effectif\nMorel;urgent, Lyon;Aucune;\n')
    expect(done.result).toMatchObject({ vendorsUpdated: 1 })
    expect(await stored('Morel')).toMatchObject({ tags: ['Local', 'Urgent', 'Lyon'], attributes: { [ids.Certification!]: 'Aucune', [ids.Effectif!]: 1250.5 } })
    const diffs = (await imports.ask('GET', `/api/imports/${done.importId}/diffs`)).body.diffs
    expect(diffs[0].changes).toEqual([
      { field: 'tags', old: 'Local, Urgent', new: 'Local, Urgent, Lyon' }, { field: 'attribute:identity:Certification', old: 'ISO 9001', new: 'Aucune' },
    ])
    const history = await imports.db.selectFrom('vendor_changes').select(['field', 'old_value', 'new_value']).where('origin_id', '=', done.importId).orderBy('field').execute()
    expect(history).toEqual([
      { field: 'attribute:identity:Certification', old_value: 'ISO 9001', new_value: 'Aucune' }, { field: 'tags', old_value: 'Local, Urgent', new_value: 'Local, Urgent, Lyon' },
    ])
    await imports.ask('POST', `/api/imports/${done.importId}/undo`)
    await imports.deliver()
    const { tags, supplies, attributes } = (await stored('Morel'))!
    expect({ tags, supplies, attributes }).toEqual({ tags: before!.tags, supplies: before!.supplies, attributes: before!.attributes })
  })

  it('say nothing new the second time, and blank cells erase only when asked', async () => {
    expect((await imports.bring('encore.csv', `${first} `)).result).toMatchObject({ vendorsUpdated: 0, vendorsUnchanged: 2 })
    await imports.bring('vide.csv', 'Nom;Étiquettes;Effectif\nMorel;;\n', { blankErases: true })
    expect(await stored('Morel')).toMatchObject({ tags: [], supplies: ['Papier'], attributes: { [ids.Certification!]: 'ISO 9001' } })
    expect((await stored('Morel'))!.attributes).not.toHaveProperty(ids.Effectif!)
  })
})
